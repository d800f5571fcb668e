"""The file of an annex → its table, from the sheet whose heading names the columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from dti_core.annex.table import COLUMNS, KNOWN, REQUIRED, Row, Sheet, Table, clean
from dti_core.collecting.reading import EXCEL, decoded, separator_of, sheets, start_of
from dti_core.errors import InvalidAnnex, Problem
from dti_core.sources import Source

Cells = Sequence[Sequence[str | None]]

DEFUSED: Final = re.compile(r"^'(?=[=+\-@\t\r])")
"""An apostrophe that keeps a spreadsheet from taking the text of a CSV file for a formula."""


def read(source: Source) -> Table:
    """Read a CSV file or a workbook; the file is never written to.

    :raises InvalidFacts: the file cannot be read, or no sheet of it is an annex.
    """
    if start_of(source).startswith(EXCEL):
        return _of_workbook(source)
    text = decoded(source)
    separator = separator_of(text.lstrip().split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [[DEFUSED.sub("", cell) for cell in row] for row in reader]
    except csv.Error as error:
        raise _wrong(source, "read.csv") from error
    return _table(source, None, rows, comma=separator == ";")


def _of_workbook(source: Source) -> Table:
    """Choose the sheet that has the required columns; else tell of the one that comes nearest."""
    found = sheets(source)
    fits = {name: len(set(REQUIRED) & set(_heading(found[name])[1])) for name in found}
    whole = [name for name in fits if fits[name] == len(REQUIRED)]
    if len(whole) > 1:
        raise _wrong(source, "annex.two-sheets", sheets=", ".join(whole))
    best = max(fits, key=lambda name: fits[name], default=None)
    if best is None or 2 * fits[best] < len(REQUIRED):
        names = {"sheets": ", ".join(fits), "columns": ", ".join(REQUIRED)}
        raise _wrong(source, "annex.no-sheet", **names)
    return _table(source, best, found[best], comma=True)


def _wrong(source: Source, key: str, **values: object) -> InvalidAnnex:
    return InvalidAnnex([Problem(key, values, source.text_name)])


def _heading(rows: Cells) -> tuple[int, list[str]]:
    """Return the first row that is not blank, and its number."""
    for number, row in enumerate(rows, 1):
        if any(cell and cell.strip() for cell in row):
            return number, [clean("", cell).lower() for cell in row]
    return 1, []


def _table(source: Source, name: str | None, rows: Cells, *, comma: bool) -> Table:
    number, heading = _heading(rows)
    columns = {column: place for place, column in enumerate(heading) if column}
    sheet = Sheet(source.text_name, name, columns, number, comma)
    wrong = [*_wrong_columns(sheet, heading), *_stray_cells(sheet, heading, rows)]
    if wrong:
        raise InvalidAnnex(wrong)
    given = [_row(sheet, at, cells) for at, cells in enumerate(rows, 1) if at > number]
    return Table(sheet, [row for row in given if any(row.cells.values())])


def _row(sheet: Sheet, number: int, cells: Sequence[str | None]) -> Row:
    given = {
        column: clean(column, cells[place])
        for column, place in sheet.columns.items()
        if place < len(cells)
    }
    return Row(sheet, number, given)


def _wrong_columns(sheet: Sheet, heading: Sequence[str]) -> Iterator[Problem]:
    for name, times in Counter(filter(None, heading)).items():
        if name not in KNOWN:
            close = ", ".join(get_close_matches(name, KNOWN, 1) or COLUMNS)
            yield sheet.problem("read.unknown-column", None, name, close=close)
        elif times > 1:
            yield sheet.problem("read.column-twice", None, name)
    for name in REQUIRED:
        if name not in heading:
            yield sheet.problem("annex.column-missing", None, None, field=name)


def _stray_cells(sheet: Sheet, heading: Sequence[str], rows: Cells) -> Iterator[Problem]:
    """Tell of text in a column that has no name."""
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            unnamed = place > len(heading) or not heading[place - 1]
            if number > sheet.heading and unnamed and cell and cell.strip():
                yield sheet.problem("annex.stray-cell", number, None, cell=cell, place=place)
