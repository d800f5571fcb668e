"""facts → points: the rule of each indicator, and the one rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import narwhals as nw

from dti_core.facts import LazyFrame
from dti_core.models import Framework
from dti_core.rules import Earned, FactType, Rule, ZeroDenominator

Constant = str | int | bool
DROPPED: Final = (
    *("earned_part", "earned_whole", "rule", "own_max"),
    *("nothing_below", "zero_excludes", "zero_part"),
)


def score(rows: LazyFrame, framework: Framework, year: int) -> LazyFrame:
    """Score every fact.

    :param rows: the columns of :data:`dti_core.facts.FACT_COLUMNS`.
    :return: the same rows with ``dimension``, ``applicable``, and in ten-thousandths ``points``
        (0 where not applicable), ``max_points`` (of this unit) and ``excluded`` (what leaves the
        denominator; less than nothing where a replacement brings more).
    """
    rules = measuring_rules(framework)
    rows = rows.rename({"points": "awarded", "max_points": "own_max"})
    rows = rows.join(_indicators(rows, framework, rules), on="indicator", how="left")
    nothing_below = (nw.col("denominator") == 0).fill_null(value=False)
    # A rule never sees a zero denominator: one stands there until the rule has been asked.
    rows = rows.with_columns(nothing_below=nothing_below).with_columns(
        denominator=nw.when(nw.col("nothing_below")).then(1).otherwise(nw.col("denominator")),
        applicable=_applicable(),
    )
    earned = _earned(rules, year)
    rows = rows.with_columns(earned_part=earned.numerator, earned_whole=earned.denominator)
    return rows.with_columns(
        denominator=nw.when(nw.col("nothing_below")).then(0).otherwise(nw.col("denominator")),
        points=nw.when(nw.col("applicable")).then(_points(framework.point_unit)).otherwise(0),
        excluded=nw.when(nw.col("applicable")).then(_replaced()).otherwise(nw.col("max_points")),
        max_points=nw.when(~nw.col("own_max").is_null())
        .then(nw.col("own_max"))
        .otherwise(nw.col("max_points")),
    ).drop(*DROPPED)


def measuring_rules(framework: Framework) -> list[Rule]:
    """Return the different rules that score a measured value."""
    rules = (leaf.rule for _, leaf in framework.leaves)
    return list(dict.fromkeys(rule for rule in rules if rule.accepts != FactType.POINTS))


def _indicators(rows: LazyFrame, framework: Framework, rules: Sequence[Rule]) -> LazyFrame:
    """Return a row for each indicator that has facts, in whatever engine holds them.

    A table made here and joined would tie the step to engines that take one in.
    """
    columns: dict[str, dict[str, Constant]] = {
        "dimension": {},
        "max_points": {},
        "rule": {},
        "zero_excludes": {},
        "zero_part": {},
    }
    number = {rule: position for position, rule in enumerate(rules)}
    for dimension, leaf in framework.leaves:
        at_zero = leaf.rule.zero_denominator
        columns["dimension"][leaf.code] = dimension.code
        columns["max_points"][leaf.code] = leaf.max_points
        columns["rule"][leaf.code] = number.get(leaf.rule, -1)
        columns["zero_excludes"][leaf.code] = at_zero == ZeroDenominator.NOT_APPLICABLE
        columns["zero_part"][leaf.code] = int(at_zero == ZeroDenominator.FULL)
    return (
        rows.select("indicator")
        .unique()
        .with_columns(_looked_up(by_code).alias(name) for name, by_code in columns.items())
    )


def _looked_up(by_code: Mapping[str, Constant]) -> nw.Expr:
    """Choose a constant by the indicator: one case for each different constant."""
    codes: dict[Constant, list[str]] = {}
    for code, each in by_code.items():
        codes.setdefault(each, []).append(code)
    cases = [(nw.col("indicator").is_in(those), _literal(each)) for each, those in codes.items()]
    (first, constant), *others = cases
    chosen: nw.Expr = nw.when(first).then(constant)
    for case, constant in others:
        chosen = nw.when(case).then(constant).otherwise(chosen)
    return chosen


def _literal(constant: Constant) -> nw.Expr:
    """Make a literal; engines would give an integer fewer bits than a column has."""
    is_integer = isinstance(constant, int) and not isinstance(constant, bool)
    return nw.lit(constant, dtype=nw.Int64()) if is_integer else nw.lit(constant)


def _earned(rules: Sequence[Rule], year: int) -> Earned:
    """Choose the earned share by the rule of the row; where nothing is below, by its policy."""
    numerator, denominator = 0 * nw.col("value"), nw.col("value")  # of what no rule measures
    for position, rule in enumerate(rules):
        share, mine = rule.earned(year), nw.col("rule") == position
        numerator = nw.when(mine).then(share.numerator).otherwise(numerator)
        denominator = nw.when(mine).then(share.denominator).otherwise(denominator)
    at_zero = nw.when(nw.col("nothing_below"))
    return Earned(
        at_zero.then(nw.col("zero_part")).otherwise(numerator),
        at_zero.then(1).otherwise(denominator),
    )


def _applicable() -> nw.Expr:
    """Tell what counts: not what a document leaves out, nor a zero denominator by its rule."""
    by_document = ~nw.col("reason").is_null() & nw.col("own_max").is_null()
    return ~(by_document | (nw.col("nothing_below") & nw.col("zero_excludes")))


def _replaced() -> nw.Expr:
    """Return how much less the maximum is that the council set for this unit."""
    changed = nw.col("max_points") - nw.col("own_max")
    return nw.when(~nw.col("own_max").is_null()).then(changed).otherwise(0)


def _points(unit: int) -> nw.Expr:
    """Round the earned part of the maximum, or the awarded points, half up to the unit."""
    part, whole = nw.col("earned_part"), nw.col("earned_whole")
    measured = (2 * (nw.col("max_points") // unit) * part + whole) // (2 * whole)
    awarded = (2 * nw.col("awarded") + unit) // (2 * unit)
    return nw.when(nw.col("awarded").is_null()).then(measured).otherwise(awarded) * unit
