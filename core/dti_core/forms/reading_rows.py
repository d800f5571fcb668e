"""The rows of a form that came back, found by their hidden ids wherever they stand now."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from dti_core.collecting.cells import as_typed
from dti_core.errors import Problem
from dti_core.forms.answers import OF_UNIT
from dti_core.forms.columns import INPUTS, columns, statuses
from dti_core.forms.content import ContentRow, FormContent
from dti_core.forms.rows import FILLED, FormRow, rows_of
from dti_core.forms.setup import Setup
from dti_core.forms.wording import in_vietnamese
from dti_core.messages import text
from dti_core.models import Framework
from dti_core.rules import FactType

WORDS: Final = ("reason", "evidence", "explanation")
"""What may be said of several indicators at once, in one merged cell."""

FIGURES: Final = ("value", "denominator", "points")
"""What nobody writes below the last indicator but by mistake; words may be a signature."""

FIRST_SERIAL: Final = dt.date(1899, 12, 30)
SERIALS: Final = range(20_000, 80_000)
"""The numbers by which a spreadsheet counts the days from 1954 to 2119."""

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Wanted:
    """What a form of some kind has to bring back.

    :param columns: the headings of its columns by their keys.
    :param rows: the rows that are filled in by their hidden ids.
    :param labels: the code of a status by what the drop-down calls it, of the unit or not.
    """

    columns: Mapping[str, str]
    rows: Mapping[str, FormRow]
    labels: Mapping[tuple[bool, str], str]


@in_vietnamese
def wanted(setup: Setup, group: str) -> Wanted:
    """Return what the form of a unit of a group has to bring back."""
    needed = (each for each in columns(setup, {}) if each.is_input or each.key in {"id", "code"})
    rows = {each.id: each for each in rows_of(setup, group) if each.kind in FILLED}
    headings = {each.key: each.heading for each in needed}
    return Wanted(headings, rows, _labels(setup.framework))


@dataclass(frozen=True)
class Table:
    """The sheet of a form: where its keys stand, its typed cells from A1 on, what is merged."""

    heading: int
    places: Mapping[str, int]
    cells: Sequence[Sequence[Any]]
    merged: Sequence[Merged]

    def cell(self, row: int, key: str) -> Any:
        """Return a cell; a merged one that holds words holds them in each of its rows."""
        place = self.places[key]
        if self._spread:
            row, place = self._spread.get((row, place), (row, place))
        return self.cells[row][place]

    def filled(self, row: int, keys: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """Yield those cells of a row in which anything stands."""
        for key in keys:
            given = self.cell(row, key)
            if given != "":
                yield key, given

    @cached_property
    def _spread(self) -> dict[tuple[int, int], tuple[int, int]]:
        words = {self.places[key] for key in WORDS if key in self.places}
        return {
            (row, place): (top, left)
            for (top, left), (bottom, right) in self.merged
            for place in words.intersection(range(left, right + 1))
            for row in range(top, min(bottom, len(self.cells) - 1) + 1)
        }


class RowReader:
    """Reads the rows of one form and gathers what is wrong with them."""

    def __init__(self, content: FormContent, table: Table, wanted: Wanted) -> None:
        """Prepare to read a table as the form that its hidden id names."""
        self._content, self._table = content, table
        self._inputs = [key for key in INPUTS if key in table.places]
        self._known, self._labels = wanted.rows, wanted.labels
        self._seen: dict[str, int] = {}
        self._problems: list[Problem] = []

    def read(self) -> tuple[tuple[ContentRow, ...], list[Problem]]:
        """Return every row that may be filled in, and the faults in the order of the rows."""
        rows = tuple(self._rows())
        absent = [row.code or row.name for key, row in self._known.items() if key not in self._seen]
        if absent:
            self._tell("form.rows-absent", self._table.heading, None, codes=", ".join(absent))
        self._merged()
        return rows, sorted(self._problems, key=lambda each: each.row or 0)

    def _tell(self, key: str, row: int, column: str | None, **values: object) -> None:
        self._problems.append(self._content.problem(key, row + 1, column, **values))

    def _rows(self) -> Iterator[ContentRow]:
        keys = [str(self._table.cell(n, "id")).strip() for n in range(len(self._table.cells))]
        last = max((n for n, key in enumerate(keys) if key in self._known), default=0)
        for number in range(self._table.heading + 1, len(keys)):
            key = keys[number]
            if key in self._known:
                row = self._row(number, key)
                if row is not None:
                    yield row
            elif key:
                self._tell("form.row-unknown", number, None, given=key)
            elif number > self._table.heading + 1:  # beneath the keys stand the headings
                self._stray(number, self._inputs if number < last else FIGURES)

    def _row(self, number: int, key: str) -> ContentRow | None:
        row, shown = self._known[key], _clean(as_typed(self._table.cell(number, "code")))
        if key in self._seen:
            values = {"code": row.code or row.name, "first": self._seen[key] + 1}
            self._tell("form.row-twice", number, None, **values)
            return None
        self._seen[key] = number
        if shown and shown != _clean(row.code):
            self._tell("form.code-moved", number, "code", given=shown, code=row.code)
        return ContentRow(number + 1, row.kind, row.code, dict(self._cells(number, row)))

    def _cells(self, number: int, row: FormRow) -> Iterator[tuple[str, str]]:
        for key, given in self._table.filled(number, self._inputs):
            typed = _day(given) if key == "value" and _is_dated(row) else as_typed(given)
            if typed is None:
                continue
            if key == "status":
                typed = self._labels.get((row.code == OF_UNIT, _clean(typed).casefold()), typed)
            yield key, typed

    def _stray(self, number: int, columns: Sequence[str]) -> None:
        """Tell of what was entered in a row that is of no indicator, such as an inserted one."""
        mine = [key for key in columns if key in self._table.places]
        for key, given in self._table.filled(number, mine):
            if as_typed(given) is not None:
                self._tell("form.stray-cell", number, key, given=as_typed(given))

    def _merged(self) -> None:
        """Tell of merged cells that are filled in: whose number it is nobody can know."""
        known = set(self._seen.values())
        for (top, left), (bottom, right) in self._table.merged:
            mine = known.intersection(range(top, bottom + 1))
            for key in self._inputs:
                inside = left <= self._table.places[key] <= right
                if inside and len(mine) > 1 and key not in WORDS:
                    self._tell("form.merged", top, key, last=bottom + 1)


def _is_dated(row: FormRow) -> bool:
    return row.indicator is not None and row.indicator.rule.accepts == FactType.DATE


def _day(given: Any) -> str | None:
    """Read the number of a day, where the cell has lost its format; anything else as it is."""
    whole = isinstance(given, int | float) and not isinstance(given, bool) and given == int(given)
    if whole and int(given) in SERIALS:
        return (FIRST_SERIAL + dt.timedelta(days=int(given))).isoformat()
    return as_typed(given)


def _clean(given: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", given or "").split())


def _labels(framework: Framework) -> dict[tuple[bool, str], str]:
    """Return the code of each status by what the drop-down calls it, of units and of indicators."""
    labels = {
        (False, _clean(text(f"form.status.{each}")).casefold()): each
        for each in statuses(framework)
    }
    return labels | {(True, _clean(each.name).casefold()): each.code for each in framework.statuses}
