"""Integers → exact decimal text, in columns: what every format writes."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from dti_core.models import Framework
from dti_core.numbers import DECIMALS
from dti_core.pipeline import Evaluation


def decimal(column: str, decimals: int, unit: int) -> pl.Expr:
    """Write a non-negative int64 column that counts 10**-unit as text with ``decimals`` places.

    What the places cut off is zero: points are rounded before, values are counted in their last
    place.
    """
    count = pl.col(column).floordiv(10 ** (unit - decimals))
    whole = count.floordiv(10**decimals).cast(pl.String)
    if not decimals:
        return whole
    rest = count.mod(10**decimals).cast(pl.String).str.zfill(decimals)
    return pl.concat_str(whole, pl.lit("."), rest)


def figure_columns(framework: Framework) -> dict[str, tuple[int, int]]:
    """Return each column of ``Evaluation.units`` that is a figure, with its places and unit."""
    points, values = (framework.point_decimals, DECIMALS), (framework.value_decimals,) * 2
    figures = {}
    for ranking in framework.rankings:
        figures[f"{ranking.code}.points"] = figures[f"{ranking.code}.max_points"] = points
        figures[f"{ranking.code}.value"] = values
    for dimension in framework.dimensions:
        figures[f"points:{dimension.code}"] = figures[f"max_points:{dimension.code}"] = points
    return figures


def written(evaluation: Evaluation) -> pl.DataFrame:
    """Return ``Evaluation.units`` with every figure as exact decimal text."""
    units: pl.DataFrame = nw.to_native(evaluation.units)
    figures = figure_columns(evaluation.framework)
    return units.with_columns(
        decimal(column, *places).alias(column) for column, places in figures.items()
    )
