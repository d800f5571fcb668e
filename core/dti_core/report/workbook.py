"""XLSX: a workbook to read and to print, in the language in use."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from dti_core.messages import text
from dti_core.models import Framework
from dti_core.pipeline import Evaluation
from dti_core.report.tabular import TEXTS, table

if TYPE_CHECKING:
    import polars as pl
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FIXED_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The same facts give the same bytes."""

A4: Final = 9
WIDTHS: Final = {"rank": 7, "unit": 14, "unit_name": 30}
OTHER_WIDTH: Final = 12
READING_WIDTHS: Final = (18, 16, 60, 70)
LINE_HEIGHT: Final = 15
"""In points; a row is as high as the lines of its longest cell."""


def to_xlsx(evaluation: Evaluation) -> bytes:
    """Write three sheets: the ranking, the dimensions, and the readings in force with the recipe.

    Text is never taken for a formula. Numbers are what a spreadsheet can hold: the double nearest
    to the exact decimal.
    """
    import xlsxwriter

    units, framework = table(evaluation), evaluation.framework
    empty = [name for name in TEXTS if name not in units.columns or not any(units[name])]
    used = [name for name in units.columns if name not in empty]
    of_dimensions = [name for name in used if ":" in name]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": FIXED_TIME})
        ranked = [name for name in used if name not in of_dimensions]
        _write_table(book, "report.sheet", units.select(ranked), framework)
        dimensions = units.select("unit", "unit_name", *of_dimensions)
        _write_table(book, "report.dimensions-sheet", dimensions, framework)
        _write_readings(book, evaluation)
    return buffer.getvalue()


def _write_table(book: Workbook, title: str, units: pl.DataFrame, framework: Framework) -> None:
    sheet = book.add_worksheet(text(title))
    heading = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    figure = book.add_format({"num_format": "0.00"})
    for place, name in enumerate(units.columns):
        sheet.set_column(place, place, WIDTHS.get(name, OTHER_WIDTH))
        sheet.write_string(0, place, _heading(name, framework), heading)
        for row, cell in enumerate(units[name], 1):
            if name in TEXTS:
                sheet.write_string(row, place, cell or "")
            elif cell is not None:
                sheet.write_number(row, place, float(cell), None if "rank" in name else figure)
    sheet.set_row(0, 3 * LINE_HEIGHT)
    sheet.freeze_panes(1, units.columns.index("unit_name") + 1)
    sheet.autofilter(0, 0, len(units), len(units.columns) - 1)
    sheet.repeat_rows(0)
    _print_on_wide_pages(sheet)


def _heading(name: str, framework: Framework) -> str:
    """Name a column for people: ``points:I`` is the points of dimension I."""
    figure, of_dimension, code = name.partition(":")
    if of_dimension:
        return f"{code} · {text(f'column.{figure}')}"
    code, of_ranking, figure = name.rpartition(".")
    names = {ranking.code: ranking.name for ranking in framework.rankings}
    return f"{names[code]} · {text(f'column.{figure}')}" if of_ranking else text(f"column.{name}")


def _write_readings(book: Workbook, evaluation: Evaluation) -> None:
    sheet = book.add_worksheet(text("report.readings-sheet"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate(READING_WIDTHS):
        sheet.set_column(place, place, width)
    for row, cells in enumerate(_readings(evaluation)):
        lines = max(
            -(-len(cell) // width) for cell, width in zip(cells, READING_WIDTHS, strict=False)
        )
        sheet.set_row(row, (lines or 1) * LINE_HEIGHT)
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, wrapped)
    _print_on_wide_pages(sheet)


def _readings(evaluation: Evaluation) -> list[Sequence[str]]:
    """Return a row for each interpretation, each discrepancy and each part of the recipe."""
    framework, rows = evaluation.framework, list[Sequence[str]]()
    if framework.annex and framework.annex.illustrative:
        rows.append((text("report.illustrative-annex", name=framework.annex.name), "", "", ""))
    for each in framework.interpretations:
        chosen = f"{each.in_force}: {each.chosen.text}"
        rows.append((each.id, each.citation.clause, each.question, chosen))
    for found in framework.discrepancies:
        differs = f"{text('report.discrepancy')}: {found.declared} ≠ {found.found}"
        rows.append((found.id, found.citation.clause, differs, found.used))
    rows += [
        (text("report.recipe"), name, str(value))
        for name, value in evaluation.recipe.items()
        if name != "interpretations"
    ]
    return rows


def _print_on_wide_pages(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
