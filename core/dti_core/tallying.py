"""points → tally: sums of points and of applicable maxima, by unit and dimension."""

from __future__ import annotations

import narwhals as nw

from dti_core.facts import LazyFrame
from dti_core.models import Framework


def tally(scored: LazyFrame, framework: Framework) -> LazyFrame:
    """Add up the points of each unit.

    :param scored: what :func:`dti_core.scoring.score` gives.
    :return: one row for each unit: ``reported`` (how many facts there are) and for each dimension
        ``points:CODE`` and ``max_points:CODE``, int64 in ten-thousandths. What is not applicable
        has left the maximum; what is missing has not.
    """
    codes = [dimension.code for dimension in framework.dimensions]
    sums = ["points", "excluded", "reported"]
    by_dimension = (
        scored.with_columns(reported=nw.lit(1, dtype=nw.Int64()))
        .group_by("unit", "dimension")
        .agg(nw.col(*sums).sum())
    )
    spread = by_dimension.with_columns(
        _only(code, name).alias(f"{name}:{code}") for code in codes for name in sums[:2]
    )
    wide = [f"{name}:{code}" for code in codes for name in sums[:2]]
    by_unit = spread.group_by("unit").agg(nw.col("reported", *wide).sum())
    by_unit = by_unit.with_columns(nw.col("reported", *wide).cast(nw.Int64()))
    return by_unit.with_columns(
        (dimension.max_points - nw.col(f"excluded:{dimension.code}")).alias(
            f"max_points:{dimension.code}"
        )
        for dimension in framework.dimensions
    ).drop(f"excluded:{code}" for code in codes)


def _only(code: str, name: str) -> nw.Expr:
    return nw.when(nw.col("dimension") == code).then(nw.col(name)).otherwise(0)
