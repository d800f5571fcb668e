"""The rows of an annex as they stand in its file, each knowing where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from dti_core.errors import Problem
from dti_core.lawfiles import to_parameters
from dti_core.lawfiles.rows import split

COLUMNS: Final = (
    *("code", "parent", "dimension", "name", "max_points", "rule", "parameters", "rankings"),
    *("groups", "evidence", "appraiser", "clause"),
)
"""The columns of a template, in order."""

REQUIRED: Final = ("code", "dimension", "name", "max_points", "rule")
OPTIONAL: Final = ("action", "condition", "note")
"""What the decision's own tables hold beside: taken in where it is there."""

KNOWN: Final = (*COLUMNS, *OPTIONAL)
LONG: Final = ("evidence", *OPTIONAL)
"""Texts that may have several lines."""

BLOCKS: Final = ("bonus", "deduction")
DIFFERENCE: Final = "difference"


@dataclass(frozen=True)
class Sheet:
    """Where the table stands: the file, its sheet (None: a CSV file) and the place of each column.

    ``comma``: a decimal comma may stand in a number.
    """

    file: str
    name: str | None
    columns: Mapping[str, int]
    heading: int = 1
    comma: bool = False

    def problem(self, key: str, row: int | None, column: str | None, **values: object) -> Problem:
        """Describe a fault of a cell; without a row, of the heading of the column."""
        row = self.heading if row is None else row
        if column not in self.columns:
            column = None
        return Problem(key, values, self.file, row, column, self._cell(row, column))

    def _cell(self, row: int, column: str | None) -> str | None:
        """Name a cell as a spreadsheet does; a CSV file has none."""
        if self.name is None:
            return None
        from xlsxwriter.utility import xl_col_to_name

        letters = "" if column is None else xl_col_to_name(self.columns[column])
        return f"{self.name}!{letters}{row}"


@dataclass(frozen=True)
class Row:
    """One row: the clean text of its cells, "" where nothing stands."""

    sheet: Sheet
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell."""
        return self.cells.get(column, "")

    def problem(self, key: str, column: str | None, **values: object) -> Problem:
        """Describe a fault of one of its cells."""
        return self.sheet.problem(key, self.number, column, **values)

    @cached_property
    def kind(self) -> str:
        """The rule in small letters."""
        return self["rule"].lower()

    @property
    def is_difference(self) -> bool:
        """Whether it declares a difference that the authority knows of."""
        return self.kind == DIFFERENCE

    @property
    def is_block(self) -> bool:
        """Whether it opens a block outside the scale."""
        return self.kind in BLOCKS

    @property
    def is_dimension(self) -> bool:
        """Whether it is a main indicator, or a block."""
        alone = not (self["dimension"] or self["parent"] or self.kind)
        return self.is_block or alone

    @property
    def is_indicator(self) -> bool:
        """Whether it is an indicator or a sub-indicator."""
        return not self.is_difference and not self.is_dimension

    @cached_property
    def rankings(self) -> tuple[str, ...]:
        """The codes of the rankings that it names."""
        return tuple(dict.fromkeys(split(self["rankings"])))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that it is for."""
        return tuple(split(self["groups"]))

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The parameters of its rule."""
        given = to_parameters(self["parameters"])
        return {name.lower(): value for name, value in given.items()}


@dataclass(frozen=True)
class Table:
    """Every row of an annex that is not blank, in order."""

    sheet: Sheet
    rows: Sequence[Row]

    @cached_property
    def dimensions(self) -> tuple[Row, ...]:
        """The rows of main indicators and of blocks outside the scale."""
        return tuple(row for row in self.rows if row.is_dimension)

    @cached_property
    def indicators(self) -> tuple[Row, ...]:
        """The rows of indicators and sub-indicators."""
        return tuple(row for row in self.rows if row.is_indicator)

    @cached_property
    def differences(self) -> tuple[Row, ...]:
        """The rows that declare a difference."""
        return tuple(row for row in self.rows if row.is_difference)

    def of_dimension(self, code: str) -> Iterator[Row]:
        """Yield the indicators of a main indicator, without their sub-indicators."""
        return (r for r in self.indicators if r["dimension"] == code and not r["parent"])

    def items(self, row: Row) -> Iterator[Row]:
        """Yield the sub-indicators that name a row as their parent."""
        return (each for each in self.indicators if each["parent"] == row["code"])


def clean(column: str, cell: str | None) -> str:
    """Return the NFC text of a cell; blanks of any kind become one, except in long texts."""
    text = unicodedata.normalize("NFC", cell or "")
    return text.strip() if column in LONG else " ".join(text.split())
