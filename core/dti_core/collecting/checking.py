"""What makes a row of facts wrong: each check is a condition, a message and a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import polars as pl

from dti_core.errors import InvalidFacts, Problem
from dti_core.models import Framework
from dti_core.rules import FactType
from dti_core.rules.base import shown

FIRST: Final = 100
"""How many faults are told; the others are counted."""


@dataclass(frozen=True, slots=True)
class Check:
    """A row is wrong where ``wrong`` is true; ``shows`` are the columns that the message names."""

    key: str
    column: str
    wrong: pl.Expr
    shows: tuple[str, ...] = ()


def check(table: pl.DataFrame, framework: Framework) -> None:
    """Check every row of parsed input.

    :raises InvalidFacts: with the first hundred faults in the order of the rows, and their number.
    """
    if table.is_empty():
        raise InvalidFacts([Problem("fact.none")])
    checks = [*_row_checks(), *_unit_checks(table, framework)]
    wrong = table.lazy().select(
        pl.lit(None).alias("_"),
        *(each.wrong.fill_null(value=False).alias(str(n)) for n, each in enumerate(checks)),
    ).collect()  # fmt: skip
    counts = wrong.drop("_").sum().row(0)
    problems: list[tuple[str, int, Problem]] = []
    for number, each in enumerate(checks):
        if counts[number]:
            found = table.filter(wrong[str(number)]).head(FIRST)
            problems.extend(_problems(each, found, table, framework))
    if problems:
        problems.sort(key=lambda found: found[:2])
        raise InvalidFacts([each for _, _, each in problems[:FIRST]], sum(counts))


def _row_checks() -> Iterator[Check]:
    col, accepts = pl.col, pl.col("accepts")
    has_value, has_points = col("raw_value").is_not_null(), col("raw_points").is_not_null()
    is_na, share = col("status").eq_missing("na"), accepts == FactType.SHARE
    has_whole, whole = col("raw_denominator").is_not_null(), col("denominator")
    yield Check("fact.no-unit", "unit", col("unit").is_null())
    yield Check("fact.no-indicator", "indicator", col("indicator").is_null())
    known = accepts.is_not_null()
    yield Check(
        "fact.unknown-indicator",
        "indicator",
        col("indicator").is_not_null() & ~known,
        ("indicator",),
    )
    yield Check("fact.status", "status", col("status").is_not_null() & ~is_na, ("status",))
    given = has_value.cast(pl.Int8) + has_points.cast(pl.Int8) + is_na.cast(pl.Int8)
    yield Check("fact.nothing", "value", (given == 0) & (col("status").is_null() | is_na))
    yield Check("fact.more-than-one", "value", given > 1)
    yield Check("fact.na-without-reason", "reason", is_na & col("reason").is_null())
    yield Check("fact.reason-without-na", "reason", ~is_na & col("reason").is_not_null())
    yield Check(
        "fact.denominator-alone", "denominator", has_whole & ~has_value & (is_na | has_points)
    )
    only_points = accepts == FactType.POINTS
    yield Check("fact.points-only", "value", has_value & only_points, ("raw_value",))
    no_whole = known & ~share & ~only_points
    yield Check("fact.no-denominator-here", "denominator", has_whole & has_value & no_whole)
    unread = has_value & col("value").is_null()
    for kind in (FactType.NUMBER, FactType.SHARE, FactType.YES_NO, FactType.DATE):
        yield Check(f"fact.not-{kind}", "value", unread & (accepts == kind), ("raw_value",))
    for name in ("denominator", "points"):
        wrong = col(f"raw_{name}").is_not_null() & col(name).is_null()
        yield Check(f"fact.bad-{name}", name, wrong, (f"raw_{name}",))
    number = accepts.is_in([FactType.NUMBER, FactType.SHARE])
    for name, where in (("value", number), ("denominator", known), ("points", known)):
        yield Check("fact.negative", name, where & (col(name) < 0), (f"raw_{name}",))
        large = where & (col(name) > col("largest"))
        yield Check("fact.too-large", name, large, (f"raw_{name}", "largest"))
    yield Check(
        "fact.above-maximum",
        "points",
        col("points") > col("max_points"),
        ("raw_points", "max_points"),
    )
    above_one = share & (col("value") > whole)
    yield Check("fact.percent-above-100", "value", above_one & ~has_whole, ("raw_value",))
    yield Check(
        "fact.share-above-one", "value", above_one & has_whole, ("raw_value", "raw_denominator")
    )
    zero = share & (whole == 0) & (col("value") == 0) & col("zero_is_error")
    yield Check("fact.zero-denominator", "denominator", zero)


def _unit_checks(table: pl.DataFrame, framework: Framework) -> Iterator[Check]:
    unit, cell = pl.col("unit"), ("unit", "indicator")
    if table.select(cell).is_duplicated().any():
        again = pl.col("accepts").is_not_null() & ~pl.struct(cell).is_first_distinct()
        yield Check("fact.twice", "indicator", unit.is_not_null() & again, cell)
    for name in ("unit_name", "group"):
        differs = pl.col(name).drop_nulls().n_unique().over("unit") > 1
        yield Check("fact.unit-differs", name, unit.is_not_null() & differs, ("unit",))
    if any(ranking.scope == "group" for ranking in framework.rankings):
        alone = unit.is_not_null() & pl.col("group").is_null().all().over("unit")
        yield Check("fact.no-group", "group", alone, ("unit",))
    if "reported_at" in table.columns:
        unread = pl.col("raw_reported_at").is_not_null() & pl.col("reported_at").is_null()
        yield Check("fact.bad-reported_at", "reported_at", unread, ("raw_reported_at",))


def _problems(
    check: Check, found: pl.DataFrame, table: pl.DataFrame, framework: Framework
) -> Iterator[tuple[str, int, Problem]]:
    for record in found.select("file", "row", *check.shows).iter_rows(named=True):
        values: dict[str, object] = {
            name.removeprefix("raw_"): _shown(name, record[name]) for name in check.shows
        }
        if check.key == "fact.unknown-indicator":
            values["close"] = _close(record["indicator"], framework)
        if check.key == "fact.twice":
            same = (pl.col(name) == record[name] for name in check.shows)
            values["first"] = "{}: {}".format(*table.filter(*same).select("file", "row").row(0))
        place = (record["file"], record["row"])
        yield *place, Problem(check.key, values, *place, check.column)


def _shown(name: str, value: object) -> object:
    return shown(value) if name in {"max_points", "largest"} and isinstance(value, int) else value


def _close(code: str, framework: Framework) -> str:
    """Suggest the sub-items of a parent, or the codes that look alike."""
    for indicator in framework.indicators:
        if indicator.items and indicator.code == code:
            return ", ".join(leaf.code for leaf in indicator.leaves())
    codes: Sequence[str] = [leaf.code for _, leaf in framework.leaves]
    return ", ".join(get_close_matches(code, codes, 3) or [f"{codes[0]} … {codes[-1]}"])
