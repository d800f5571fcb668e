"""CSV, Parquet and XLSX: one row for each unit."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from dti_core.messages import text
from dti_core.models import Framework
from dti_core.numbers import DECIMALS
from dti_core.pipeline import Evaluation
from dti_core.report.figures import written

if TYPE_CHECKING:
    from xlsxwriter import Workbook

FORMULA_START: Final = r"^[=+\-@\t\r]"
"""A spreadsheet takes text that starts so for a formula (CWE-1236)."""

FIXED_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)

TEXTS: Final = ("unit", "unit_name", "group", "tier")


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
    defused = pl.col(TEXTS).str.replace(f"({FORMULA_START})", "'$1")
    return table(evaluation).with_columns(defused).write_csv().encode()


def to_parquet(evaluation: Evaluation) -> bytes:
    """Write Parquet; figures are exact decimals, ranks are integers; the recipe is metadata."""
    units = table(evaluation)
    figures = [name for name in units.columns if units.schema[name] == pl.String]
    exact = pl.col([name for name in figures if name not in TEXTS]).cast(pl.Decimal(18, DECIMALS))
    buffer = io.BytesIO()
    recipe = {"dti_recipe": json.dumps(evaluation.recipe, ensure_ascii=False)}
    units.with_columns(exact).write_parquet(buffer, metadata=recipe)
    return buffer.getvalue()


def to_xlsx(evaluation: Evaluation) -> bytes:
    """Write a workbook: the units, and the readings in force with the recipe on a second sheet.

    Headings are in the language in use; text is never taken for a formula; the same facts give
    the same bytes.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": FIXED_TIME})
        _write_units(book, evaluation)
        _write_readings(book, evaluation)
    return buffer.getvalue()


def _write_units(book: Workbook, evaluation: Evaluation) -> None:
    units = table(evaluation)
    sheet = book.add_worksheet(text("report.sheet"))
    heading = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    figure = book.add_format({"num_format": "0.00"})
    for place, name in enumerate(units.columns):
        sheet.write_string(0, place, _heading(name, evaluation.framework), heading)
        for row, cell in enumerate(units[name], 1):
            if name in TEXTS:
                sheet.write_string(row, place, cell or "")
            elif cell is not None:
                sheet.write_number(row, place, float(cell), None if "rank" in name else figure)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, len(units.columns) - 1, 12)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(units), len(units.columns) - 1)


def _heading(name: str, framework: Framework) -> str:
    """Name a column for people: ``points:I`` is the points of dimension I."""
    figure, of_dimension, code = name.partition(":")
    if of_dimension:
        return f"{code} · {text(f'column.{figure}')}"
    code, of_ranking, figure = name.rpartition(".")
    names = {ranking.code: ranking.name for ranking in framework.rankings}
    return f"{names[code]} · {text(f'column.{figure}')}" if of_ranking else text(f"column.{name}")


def _write_readings(book: Workbook, evaluation: Evaluation) -> None:
    framework = evaluation.framework
    sheet = book.add_worksheet(text("report.readings-sheet"))
    rows = [
        [each.id, each.citation.clause, each.question, f"{each.in_force}: {each.chosen.text}"]
        for each in framework.interpretations
    ]
    for each in framework.discrepancies:
        what = f"{each.declared} ≠ {each.found}"
        rows.append(
            [each.id, each.citation.clause, text("report.discrepancy"), f"{what}; {each.used}"]
        )
    rows += [[text("report.recipe"), name, str(value)] for name, value in evaluation.recipe.items()]
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, wrapped)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 3, 70)
