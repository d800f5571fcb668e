"""What stands in a form that came back, each cell knowing where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dti_core.errors import Problem
from dti_core.forms.answers import OF_UNIT
from dti_core.forms.identity import Identity
from dti_core.forms.rows import Kind


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One row that may be filled in: its number (from 1), what it is of, and the text of its cells.

    ``cells`` are named as in tidy input; an empty cell is left out.
    """

    number: int
    kind: Kind
    code: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class FormContent:
    """A form as it was read.

    :param file: the name of the file; ``sha256`` is of its bytes.
    :param columns: the place, from 0, of each column of the sheet.
    """

    file: str
    sha256: str
    identity: Identity
    sheet: str
    columns: Mapping[str, int]
    rows: tuple[ContentRow, ...] = ()

    def with_rows(self, rows: tuple[ContentRow, ...]) -> FormContent:
        """Return the same form with its rows."""
        return replace(self, rows=rows)

    def cell(self, row: int, column: str | None) -> str:
        """Name a cell as a spreadsheet does."""
        place = None if column is None else self.columns.get(column)
        return f"{self.sheet}!{'' if place is None else _letters(place)}{row}"

    def problem(self, key: str, row: int, column: str | None, **values: object) -> Problem:
        """Describe a fault of a cell."""
        return Problem(key, values, self.file, row, column, self.cell(row, column))

    def tidy(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row that says anything as a row of tidy input, with its number."""
        who = {"unit": self.identity.unit, "unit_name": self.identity.unit_name}
        if self.identity.group:
            who["group"] = self.identity.group
        for row in self.rows:
            if row.cells:
                indicator = {} if row.code == OF_UNIT else {"indicator": row.code}
                yield row.number, {**who, **indicator, **row.cells}


def _letters(place: int) -> str:
    """Name a column, counted from 0, as a spreadsheet does; without its library, which is large."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
