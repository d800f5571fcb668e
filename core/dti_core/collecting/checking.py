"""What makes a row of facts wrong: each check is a condition, a message and a column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from dti_core.collecting.exclusions import (
    EXCLUDED,
    exclusions,
    information,
    is_information,
    of_group,
    status_of_unit,
)
from dti_core.collecting.faults import Check, problem
from dti_core.errors import InvalidFacts, Problem
from dti_core.models import Framework
from dti_core.rules import FactType
from dti_core.rules.counts import days

FIRST: Final = 100
"""How many faults are told; the others are counted."""

ONE_PERCENT: Final = 10_000


def check(table: pl.DataFrame, framework: Framework, year: int | None) -> None:
    """Check every row of parsed input; dates lie in the year before, of or after ``year``.

    :raises InvalidFacts: with the first hundred faults in the order of the rows, and their number.
    """
    checks = [*_presence(framework), *exclusions(table, framework), *_readability(), *_range()]
    checks += [*_dates(year), *_units(table, framework)]
    checks += [*of_group(framework), *information(framework)]
    conditions = {str(n): each.wrong.fill_null(value=False) for n, each in enumerate(checks)}
    counting = {number: wrong.sum() for number, wrong in conditions.items()}
    counts = table.lazy().select(**counting).collect(engine="in-memory").row(0)
    found: list[tuple[int, int, Problem]] = []
    for number, each in enumerate(checks):
        if counts[number]:
            rows = table.filter(conditions[str(number)]).head(FIRST)
            if each.key == "fact.twice":
                rows = _with_first_place(rows, table)
            for row in rows.iter_rows(named=True):
                place = (row["source"], row["row"])
                found.append((*place, problem(each.key, each.column, each.shows, row, framework)))
    if found:
        found.sort(key=lambda each: each[:2])
        raise InvalidFacts([each for *_, each in found[:FIRST]], sum(counts))


def _with_first_place(rows: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Add where the fact of each row stands first."""
    cell, place = ["unit", "indicator"], pl.format("{}: {}", "file", "row")
    first = table.group_by(cell).agg(first=place.first())
    return rows.join(first, on=cell, how="left", maintain_order="left")


def _has_double(table: pl.DataFrame) -> bool:
    """Tell whether a unit and indicator stand twice, by numbers, which are quicker than text."""
    units = pl.Enum(table["unit"].unique().drop_nulls())
    cells = table.lazy().select(
        pl.col("unit").cast(units).to_physical().cast(pl.UInt64) * 2**32 + pl.col("place")
    )
    cell = cells.collect().to_series().drop_nulls()
    return cell.n_unique() < len(cell)


def _presence(framework: Framework) -> Iterator[Check]:
    """Exactly one of value, points and *not applicable*, of a unit and an indicator."""
    col = pl.col
    has_value, has_points = col("raw_value").is_not_null(), col("raw_points").is_not_null()
    has_whole, status = col("raw_denominator").is_not_null(), col("status")
    is_na, accepts = status.eq_missing("na"), col("accepts")
    yield Check("fact.no-unit", "unit", col("unit").is_null())
    of_unit = (
        status.is_not_null() & ~status.is_in(EXCLUDED)
        if framework.statuses
        else pl.lit(value=False)
    )
    nameless = col("indicator").is_null() & ~of_unit
    yield Check("fact.no-indicator", "indicator", nameless)
    scored = ~is_information(framework) if framework.information else pl.lit(value=True)
    unknown = col("indicator").is_not_null() & accepts.is_null() & scored
    yield Check("fact.unknown-indicator", "indicator", unknown, ("indicator",))
    given = has_value.cast(pl.Int8) + has_points.cast(pl.Int8) + is_na.cast(pl.Int8)
    nothing = (given == 0) & status.is_null() & ~has_whole
    yield Check("fact.nothing", "value", nothing & scored)
    yield Check("fact.more-than-one", "value", (given > 1) & scored)
    yield Check("fact.denominator-alone", "denominator", has_whole & ~has_value & scored)
    only_points = accepts == FactType.POINTS
    yield Check("fact.points-only", "value", has_value & only_points, ("raw_value",))
    takes_none = ~accepts.is_in([FactType.SHARE, FactType.POINTS])
    yield Check("fact.no-denominator-here", "denominator", has_whole & has_value & takes_none)


def _readability() -> Iterator[Check]:
    """Find what cannot be read; :mod:`dti_core.collecting.faults` tells why."""
    measured = pl.col("accepts") != FactType.POINTS
    for name in ("value", "denominator", "points", "reported_at"):
        known = pl.col("accepts").is_not_null() | (name == "reported_at")
        unread = known & pl.col(f"raw_{name}").is_not_null() & pl.col(name).is_null()
        yield Check(
            "unread", name, unread & measured if name == "value" else unread, (f"raw_{name}",)
        )


def _range() -> Iterator[Check]:
    """Numbers within what the indicator allows."""
    accepts, value, whole = pl.col("accepts"), pl.col("value"), pl.col("denominator")
    share, points = accepts == FactType.SHARE, pl.col("points")
    number, has_whole = (
        share | (accepts == FactType.NUMBER),
        pl.col("raw_denominator").is_not_null(),
    )
    for name, where in (
        ("value", number),
        ("denominator", share),
        ("points", accepts.is_not_null()),
    ):
        yield Check("fact.negative", name, where & (pl.col(name) < 0), (f"raw_{name}",))
    for name, where in (("value", number), ("denominator", share)):
        large = where & (pl.col(name) > pl.col("largest"))
        yield Check("fact.too-large", name, large, (f"raw_{name}", "largest"))
    above = (points > pl.col("limit")) & pl.col("raw_max_points").is_null()
    yield Check("fact.above-maximum", "points", above, ("raw_points", "limit"))
    above_one = share & (value > whole) & (whole >= 0)
    yield Check("fact.percent-above-100", "value", above_one & ~has_whole, ("raw_value",))
    both = ("raw_value", "raw_denominator")
    yield Check("fact.share-above-one", "value", above_one & has_whole, both)
    # A cell shown as 50 % holds 0.5: nobody can tell what a share up to one means there.
    doubtful = share & ~has_whole & pl.col("excel") & (value > 0) & (value <= ONE_PERCENT)
    yield Check("fact.excel-percent", "value", doubtful, ("raw_value",))
    zero = share & (whole == 0) & (value == 0) & pl.col("zero_is_error")
    yield Check("fact.zero-denominator", "denominator", zero)


def _dates(year: int | None) -> Iterator[Check]:
    """Refuse dates of other years; a plan may be signed the year before, or late the year after."""
    if year is not None:
        first, last = days(date(year - 1, 1, 1)), days(date(year + 1, 12, 31))
        far = (pl.col("accepts") == FactType.DATE) & ~pl.col("value").is_between(first, last)
        yield Check("fact.other-year", "value", far, ("raw_value",))


def _units(table: pl.DataFrame, framework: Framework) -> Iterator[Check]:
    """No fact twice; one name and one group for each unit."""
    unit, cell = pl.col("unit"), ("unit", "indicator")
    if _has_double(table):
        again = pl.col("accepts").is_not_null() & ~pl.struct(cell).is_first_distinct()
        yield Check("fact.twice", "indicator", unit.is_not_null() & again, (*cell, "first"))
    for name in ("unit_name", "group"):
        if table[name].null_count() < len(table):
            first = pl.col(name).drop_nulls().first().over("unit")
            differs = unit.is_not_null() & (pl.col(name) != first)
            yield Check("fact.unit-differs", name, differs, ("unit", name))
    if framework.statuses:
        given = status_of_unit(framework)
        differs = given.is_not_null() & (given != given.drop_nulls().first().over("unit"))
        yield Check("fact.unit-differs", "status", differs, ("unit", "status"))
    if any(ranking.scope == "group" for ranking in framework.rankings):
        alone = unit.is_not_null() & pl.col("group").is_null().all().over("unit")
        yield Check("fact.no-group", "group", alone, ("unit",))
