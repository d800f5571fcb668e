"""CSV and Parquet: one row for each unit."""

from __future__ import annotations

import io
import json
from typing import Final

import polars as pl

from dti_core.models import Framework
from dti_core.numbers import DECIMALS
from dti_core.pipeline import Evaluation
from dti_core.report.figures import written

FORMULA_START: Final = r"^[=+\-@\t\r]"
"""A spreadsheet takes text that starts so for a formula (CWE-1236)."""


TEXTS: Final = ("unit", "unit_name", "group", "tier", "status")


def columns(framework: Framework) -> dict[str, str]:
    """Return the columns of a table: of ``Evaluation.units``, and as they are named outside.

    The first ranking is ``rank``, ``points``, ``max_points``, ``value``; every further ranking
    ``R`` is ``R.rank`` and so on; dimensions are ``points:CODE`` and ``max_points:CODE``.
    """
    first, *others = (ranking.code for ranking in framework.rankings)
    figures = ("rank", "points", "max_points", "value")
    named = {f"{first}.rank": "rank"} | {name: name for name in TEXTS[:3]}
    named |= {f"{first}.{figure}": figure for figure in figures[1:]}
    named["tier"] = "tier"
    if framework.statuses:
        named["status"] = "status"
    named |= {f"{code}.{figure}": f"{code}.{figure}" for code in others for figure in figures}
    for dimension in framework.dimensions:
        named |= {
            name: name for name in (f"points:{dimension.code}", f"max_points:{dimension.code}")
        }
    return named


def table(evaluation: Evaluation) -> pl.DataFrame:
    """Return one row for each unit, every figure as exact decimal text."""
    named = columns(evaluation.framework)
    return written(evaluation).select(pl.col(column).alias(name) for column, name in named.items())


def to_csv(evaluation: Evaluation) -> bytes:
    """Write UTF-8 CSV with a decimal point; text that looks like a formula gets an apostrophe."""
    units = table(evaluation)
    defused = pl.col([name for name in TEXTS if name in units.columns]).str.replace(
        f"({FORMULA_START})", "'$1"
    )
    return units.with_columns(defused).write_csv().encode()


def to_parquet(evaluation: Evaluation) -> bytes:
    """Write Parquet; figures are exact decimals, ranks are integers; the recipe is metadata."""
    units = table(evaluation)
    figures = [name for name in units.columns if units.schema[name] == pl.String]
    exact = pl.col([name for name in figures if name not in TEXTS]).cast(pl.Decimal(18, DECIMALS))
    buffer = io.BytesIO()
    recipe = {"dti_recipe": json.dumps(evaluation.recipe, ensure_ascii=False)}
    units.with_columns(exact).write_parquet(buffer, metadata=recipe)
    return buffer.getvalue()
