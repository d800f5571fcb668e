"""The rows of a table, each with the texts of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dti_core.annex.importing.grid import Grid, Place
from dti_core.annex.importing.headings import Region
from dti_core.annex.importing.points import Amount, read_amount
from dti_core.annex.importing.wordings import LEVELS

FILLED: Final = (
    "main",
    "action",
    "condition",
    "evidence",
    "appraiser",
    "levels",
    "clause",
    *LEVELS,
)
"""Columns in which a merged cell says the same of each of its rows."""


@dataclass(frozen=True)
class Line:
    """A row of a table.

    :param own: what stands in its own cells, by column.
    :param texts: beside that what merged cells say of it.
    :param places: where all of it stands.
    :param everything: every text of the row, also in columns that are not known.
    """

    grid: Grid
    row: int
    own: dict[str, str]
    texts: dict[str, str]
    places: dict[str, list[Place]]
    everything: dict[int, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a column."""
        return self.texts.get(column, "")

    @property
    def is_alone(self) -> bool:
        """Whether one cell is all that stands in the row."""
        return len(self.everything) == 1

    @property
    def first(self) -> str:
        """The first text of the row."""
        return next(iter(self.everything.values()))

    @property
    def is_wide(self) -> bool:
        """Whether its only cell is merged with others beside it, or shouts."""
        at = (self.row, next(iter(self.everything)))
        beside = self.grid.merged.get((self.row, at[1] + 1)) == at
        return self.is_alone and (beside or self.first.isupper())

    def amount(self, column: str) -> Amount | None:
        """Read the maximum in a column."""
        typed = any(place in self.grid.numbers for place in self.places.get(column, ()))
        return read_amount(self[column], typed=typed) if self[column] else None

    @property
    def has_amount(self) -> bool:
        """Whether a maximum stands in it."""
        return any(self.amount(each) is not None for each in ("max_points", *LEVELS))


def read_lines(region: Region) -> Iterator[Line]:
    """Yield the rows of a table."""
    for row in region.rows:
        own: dict[str, list[str]] = {}
        texts: dict[str, list[str]] = {}
        places: dict[str, list[Place]] = {}
        for at, column in region.columns.items():
            place = _place(region.grid, (row, at), column)
            if text := region.grid[place]:
                texts.setdefault(column, []).append(text)
                places.setdefault(column, []).append(place)
                if place == (row, at):
                    own.setdefault(column, []).append(text)
        everything = region.grid.rows[row]
        yield Line(region.grid, row, _joined(own), _joined(texts), places, everything)


def _joined(texts: dict[str, list[str]]) -> dict[str, str]:
    return {column: "\n".join(each) for column, each in texts.items()}


def _place(grid: Grid, place: Place, column: str) -> Place:
    """Return the cell that speaks for this one: of a merged one the first, in the same column."""
    above = grid.above(place)
    return above if column in FILLED and above[1] == place[1] else place
