"""tally → value: the decision's formula, kept as the exact ratio of two integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from dti_core.facts import LazyFrame
from dti_core.models import Block, Dimension, Framework


@dataclass(frozen=True, slots=True)
class Value:
    """A formula: ``numerator ÷ denominator``, two int64 expressions over the columns of a tally.

    The columns are ``points`` and ``max_points`` of the ranking, and ``points:CODE`` and
    ``max_points:CODE`` of each dimension, all in ten-thousandths.
    """

    numerator: nw.Expr
    denominator: nw.Expr


def points_over_maximum() -> Value:
    """Return core's own formula: points ÷ applicable maximum."""
    return Value(nw.col("points"), nw.col("max_points"))


def value(tallied: LazyFrame, framework: Framework, formulas: Mapping[str, Value]) -> LazyFrame:
    """Value every unit in every ranking.

    :param tallied: what :func:`dti_core.tallying.tally` gives.
    :param formulas: ranking code to formula.
    :return: the tally with, for each ranking ``R``: ``R.points``, ``R.max_points``, the exact
        ratio ``R.numerator``, ``R.denominator``, and ``R.value``, that ratio times the framework's
        scale, rounded half up to units of its last shown decimal. Where nothing is applicable
        the denominator and the value are null.
    """
    shown = framework.value_scale * 10**framework.value_decimals
    for ranking in framework.rankings:
        code, dimensions = ranking.code, framework.in_ranking(ranking)
        valued = tallied.with_columns(
            points=_points(dimensions), max_points=_sum("max_points", dimensions)
        ).with_columns(
            nw.col("points").alias(f"{code}.points"),
            nw.col("max_points").alias(f"{code}.max_points"),
            formulas[code].numerator.alias(f"{code}.numerator"),
            formulas[code].denominator.alias(f"{code}.denominator"),
        )
        # Engines give literals a narrower integer, in which the product below would wrap round.
        names = [f"{code}.numerator", f"{code}.denominator"]
        schema = valued.collect_schema()
        valued = valued.with_columns(
            nw.col(name).cast(nw.Int64()) for name in names if schema[name].is_integer()
        )
        numerator, denominator = nw.col(f"{code}.numerator"), nw.col(f"{code}.denominator")
        tallied = valued.with_columns(
            nw.when(denominator > 0).then(denominator).alias(f"{code}.denominator")
        ).with_columns(
            ((2 * shown * numerator + denominator) // (2 * denominator)).alias(f"{code}.value")
        )
    return tallied.drop("points", "max_points")


def _points(dimensions: Sequence[Dimension]) -> nw.Expr:
    """Add what counts and what is given beside the scale, take off deductions, never below zero."""
    added = _sum("points", [each for each in dimensions if each.block is not Block.DEDUCTION])
    taken = [each for each in dimensions if each.block is Block.DEDUCTION]
    if not taken:
        return added
    left = added - _sum("points", taken)
    return nw.when(left > 0).then(left).otherwise(0)


def _sum(column: str, dimensions: Sequence[Dimension]) -> nw.Expr:
    return nw.sum_horizontal(*(nw.col(f"{column}:{each.code}") for each in dimensions))
