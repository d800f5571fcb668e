"""A form in another program: IronCalc, a spreadsheet engine that shares nothing with ours.

It computes every formula anew, is typed into as by a person, moves rows and columns about, and
saves workbooks of its own making.
"""

from __future__ import annotations

import io
import tempfile
from functools import cached_property
from pathlib import Path

import ironcalc
from python_calamine import CalamineWorkbook

FORM = 0
"""The sheet that is filled in is the first."""


class Spreadsheet:
    """A workbook that is open; ``cell`` names a row by its hidden id and a column by its key."""

    def __init__(self, content: bytes):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "form.xlsx"
            path.write_bytes(content)
            self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC")

    @cached_property
    def keys_row(self) -> int:
        return next(row for row in range(1, 60) if "explanation" in self._line(row))

    def _line(self, row: int) -> list[object]:
        return [self.model.get_cell_value(FORM, row, column) for column in range(1, 60)]

    @property
    def columns(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self._line(self.keys_row), 1) if key}

    @property
    def rows(self) -> dict[str, int]:
        place = self.columns["id"]
        below = range(self.keys_row + 1, self.keys_row + 400)
        ids = ((self.model.get_cell_value(FORM, row, place), row) for row in below)
        return {str(each): row for each, row in ids if each}

    def calculate(self) -> Spreadsheet:
        self.model.evaluate()
        return self

    def value(self, row: int, column: int) -> object:
        found = self.model.get_cell_value(FORM, row, column)
        return "" if found is None else found

    def formulas(self) -> dict[tuple[int, int], str]:
        """Every formula of the form, by its row and column."""
        cells = (
            (row, column) for sheet, row, column in self.model.get_all_cells() if sheet == FORM
        )
        found = {cell: self.model.get_cell_formula(FORM, *cell) for cell in cells}
        return {cell: formula for cell, formula in found.items() if formula}

    def of(self, indicator: str, key: str) -> object:
        return self.value(self.rows[f"indicator {indicator}"], self.columns[key])

    def enter(self, indicator: str, **cells: object) -> None:
        """Type into the row of an indicator; None clears a cell."""
        row = self.rows[f"indicator {indicator}"]
        for key, given in cells.items():
            place = (FORM, row, self.columns[key])
            if given is None:
                self.model.clear_cell_contents(*place)
            elif isinstance(given, str):
                self.model.update_cell_with_text(*place, given)
            else:
                self.model.update_cell_with_number(*place, float(given))

    def saved(self) -> bytes:
        """Save as a workbook of its own."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "saved.xlsx"
            self.model.evaluate()
            self.model.save_to_xlsx(str(path))
            return path.read_bytes()


def cached(content: bytes) -> list[list[object]]:
    """The cells of the first sheet as they are stored, formulas by their cached values."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(FORM).to_python(skip_empty_area=False)
