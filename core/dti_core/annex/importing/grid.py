"""The file of an annex as cells, each with its place; merged cells know where their text stands."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from dti_core.annex.reading import DEFUSED
from dti_core.collecting.reading import EXCEL, decoded, sheets, start_of
from dti_core.errors import InvalidAnnex, Problem
from dti_core.sources import Source

Place = tuple[int, int]
"""Row, counted from 1 as a spreadsheet does, and column, counted from 0."""

SEPARATORS: Final = (",", ";", "\t")
LONGEST: Final = 60
"""Characters of a cell that a message shows."""


@dataclass(frozen=True)
class Grid:
    """A sheet: the texts of its cells by place, without the empty ones.

    :param sheet: its name; None in a CSV file.
    :param merged: each covered cell with the cell that holds the text.
    :param numbers: cells that the workbook holds as numbers.
    """

    file: str
    sheet: str | None
    cells: dict[Place, str]
    merged: dict[Place, Place] = field(default_factory=dict)
    numbers: frozenset[Place] = frozenset()

    def __getitem__(self, place: Place) -> str:
        """Return the text of a cell, "" where nothing stands."""
        return self.cells.get(place, "")

    @cached_property
    def rows(self) -> dict[int, dict[int, str]]:
        """The rows in which something stands, in order: their texts by column."""
        rows: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(self.cells.items()):
            rows.setdefault(row, {})[column] = text
        return rows

    def above(self, place: Place) -> Place:
        """Return the cell whose text stands for this one: itself, or the first of a merged one."""
        return self.merged.get(place, place)

    def problem(self, key: str, place: Place | int, **values: object) -> Problem:
        """Describe what was found in a cell, or in a row."""
        from xlsxwriter.utility import xl_col_to_name

        row, column = place if isinstance(place, tuple) else (place, None)
        letters = "" if column is None else xl_col_to_name(column)
        if self.sheet is None:
            return Problem(key, values, self.file, row, letters or None)
        return Problem(key, values, self.file, row, letters or None, f"{self.sheet}!{letters}{row}")


def read_grids(source: Source) -> Iterator[list[Grid]]:
    """Yield the readings of a file: one of a workbook, one for each separator of a CSV file.

    :raises InvalidFacts: the file cannot be read.
    """
    if start_of(source).startswith(EXCEL):
        if _is_document(source):
            raise InvalidAnnex([Problem("annex.import-document", {}, source.text_name)])
        yield _of_workbook(source)
        return
    text = decoded(source)
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            rows = [[DEFUSED.sub("", cell) for cell in row] for row in reader]
        except csv.Error as error:
            raise InvalidAnnex([Problem("read.csv", {}, source.text_name)]) from error
        yield [Grid(source.text_name, None, _texts(rows))]


def _is_document(source: Source) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as parts:
            return any(each.startswith("word/") for each in parts.namelist())
    except zipfile.BadZipFile:
        return False


def _of_workbook(source: Source) -> list[Grid]:
    from python_calamine import CalamineWorkbook

    texts = sheets(source)
    book = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
    grids = []
    for name, rows in texts.items():
        sheet = book.get_sheet_by_name(name)
        typed = sheet.to_python(skip_empty_area=False)
        numbers = {
            (row, column)
            for row, cells in enumerate(typed, 1)
            for column, cell in enumerate(cells)
            if isinstance(cell, int | float) and not isinstance(cell, bool)
        }
        merged = dict(_covered(sheet.merged_cell_ranges or ()))
        grids.append(Grid(source.text_name, name, _texts(rows), merged, frozenset(numbers)))
    return grids


def _covered(ranges: Sequence[tuple[Place, Place]]) -> Iterator[tuple[Place, Place]]:
    for (top, left), (bottom, right) in ranges:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    yield (row + 1, column), (top + 1, left)


def _texts(rows: Sequence[Sequence[str | None]]) -> dict[Place, str]:
    given = (
        ((row, column), _clean(cell))
        for row, cells in enumerate(rows, 1)
        for column, cell in enumerate(cells)
        if cell
    )
    return {place: text for place, text in given if text}


def _clean(cell: str) -> str:
    """Write NFC text line by line, without needless blanks and control characters."""
    lines = unicodedata.normalize("NFC", cell).splitlines()
    seen = (
        "".join(each for each in line if each.isprintable() or each.isspace()) for line in lines
    )
    return "\n".join(filter(None, (" ".join(line.split()) for line in seen)))


def short(text: str) -> str:
    """Write the start of a text on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
