"""points → tally: sums of points and of applicable maxima, by unit and dimension."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from dti_core.facts import LazyFrame
from dti_core.models import Dimension, Framework, Indicator


def tally(scored: LazyFrame, units: LazyFrame, framework: Framework) -> LazyFrame:
    """Add up the points of each unit.

    :param scored: what :func:`dti_core.scoring.score` gives.
    :param units: the columns of :data:`dti_core.facts.UNIT_COLUMNS`.
    :return: the units, each with ``reported`` (how many facts of the scale there are) and for each
        dimension ``points:CODE`` and ``max_points:CODE``, int64 in ten-thousandths. What is not
        applicable has left the maximum; what is missing has not. A block outside the scale has its
        points up to its cap, and no maximum.
    """
    tallied = units.join(_sums(scored, framework), on="unit", how="left")
    tallied = tallied.with_columns(_nothing_reported(framework))
    return tallied.with_columns(
        expression
        for each in framework.dimensions
        for expression in (_points(each), _max_points(each))
    ).drop(f"excluded:{each.code}" for each in framework.dimensions)


def expected(framework: Framework) -> nw.Expr:
    """Return how many facts of the scale a unit reports, which may depend on its group."""
    leaves = [leaf for each in framework.dimensions_in_scale for leaf in each.leaves]
    total = nw.lit(len(leaves), dtype=nw.Int64()) + 0 * nw.col("reported")
    for leaf in leaves:
        if leaf.groups:
            total = total - nw.when(elsewhere(leaf)).then(1).otherwise(0)
    return total


def elsewhere(leaf: Indicator) -> nw.Expr:
    """Tell of a unit whether an indicator is only for units of other groups."""
    return ~nw.col("group").is_in(leaf.groups)


def _sums(scored: LazyFrame, framework: Framework) -> LazyFrame:
    """Add up by unit and dimension, then spread the dimensions over columns."""
    codes = [dimension.code for dimension in framework.dimensions]
    outside = [each.code for each in framework.dimensions if not each.in_scale]
    sums = ["points", "excluded", "reported"]
    one = nw.lit(1, dtype=nw.Int64())
    counted = nw.when(~nw.col("dimension").is_in(outside)).then(one) if outside else one
    by_dimension = (
        scored.with_columns(reported=counted).group_by("unit", "dimension").agg(nw.col(*sums).sum())
    )
    spread = by_dimension.with_columns(
        _only(code, name).alias(f"{name}:{code}") for code in codes for name in sums[:2]
    )
    wide = [f"{name}:{code}" for code in codes for name in sums[:2]]
    by_unit = spread.group_by("unit").agg(nw.col("reported", *wide).sum())
    return by_unit.with_columns(nw.col("reported", *wide).cast(nw.Int64()))


def _only(code: str, name: str) -> nw.Expr:
    return nw.when(nw.col("dimension") == code).then(nw.col(name)).otherwise(0)


def _nothing_reported(framework: Framework) -> Iterator[nw.Expr]:
    """Give a unit without any fact no points, of everything."""
    yield nw.col("reported").fill_null(0)
    for each in framework.dimensions:
        yield nw.col(f"points:{each.code}", f"excluded:{each.code}").fill_null(0)


def _points(dimension: Dimension) -> nw.Expr:
    """Return the points of a dimension; of a block outside the scale, up to its cap."""
    points = nw.col(f"points:{dimension.code}")
    if dimension.cap is None:
        return points
    return (
        nw.when(points > dimension.cap)
        .then(dimension.cap)
        .otherwise(points)
        .alias(f"points:{dimension.code}")
    )


def _max_points(dimension: Dimension) -> nw.Expr:
    """Return what applies to the unit, without what is excluded or for other groups."""
    excluded = nw.col(f"excluded:{dimension.code}")
    total = dimension.max_points - (excluded if dimension.in_scale else 0 * excluded)
    for leaf in dimension.leaves if dimension.in_scale else ():
        if leaf.groups:
            total = total - nw.when(elsewhere(leaf)).then(leaf.max_points).otherwise(0)
    return total.alias(f"max_points:{dimension.code}")
