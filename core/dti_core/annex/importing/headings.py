"""Where the tables of a sheet begin, and what their columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dti_core.annex.importing.grid import Grid
from dti_core.annex.importing.labels import ROMAN
from dti_core.annex.importing.points import read_amount
from dti_core.annex.importing.wordings import LEVELS, column_of, is_total, preference

JOINED: Final = ("action", "condition", "evidence", "appraiser", "clause", "note")
"""Columns whose texts may come from several: one below the other."""

FEWEST: Final = 2
"""Letters of a heading."""

DEEPEST: Final = 2
"""Rows of a heading below its first one."""

NUMBER_OF_COLUMN: Final = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?: ?= ?[\d()+ ]+)?")


@dataclass
class Region:
    """A table of a sheet.

    :param headings: the texts above each column.
    :param columns: what the columns that are known mean.
    :param doubles: columns for which another one was taken, with that one.
    """

    grid: Grid
    heading: list[int]
    headings: dict[int, str]
    columns: dict[int, str]
    doubles: dict[int, int]
    rows: list[int] = field(default_factory=list)

    def places(self, column: str) -> list[int]:
        """Return where a column of the table stands."""
        return [at for at, each in self.columns.items() if each == column]


def find_regions(grid: Grid) -> list[Region]:
    """Find the tables of a sheet; a heading that is repeated belongs to the table it repeats."""
    regions: list[Region] = []
    rows = iter(grid.rows)
    waiting = list(rows)
    while waiting:
        number = waiting.pop(0)
        if _is_heading(_known(grid, number)):
            region = _region(grid, [number, *_below(grid, number, waiting)])
            del waiting[: len(region.heading) - 1]
            _take(region, regions)
        elif regions:
            regions[-1].rows.append(number)
    return regions


def fit(region: Region) -> int:
    """Tell how many columns of a table are known."""
    return len(set(region.columns.values()))


def _known(grid: Grid, number: int) -> dict[int, str]:
    found = {at: column_of(text) for at, text in grid.rows[number].items()}
    return {at: column for at, column in found.items() if column}


def _is_heading(known: dict[int, str]) -> bool:
    columns = set(known.values())
    return bool(columns & {"name", "main"}) and len(columns) > 1


def _below(grid: Grid, number: int, waiting: list[int]) -> Iterator[int]:
    """Yield the rows of the heading below its first one."""
    above = _known(grid, number)
    named = {at for at, column in above.items() if column in {"code", "name", "main"}}
    below = iter(waiting)
    row = next(below, None)
    for _ in range(DEEPEST):
        if row is None or not _refines(grid, number, row, named):
            break
        yield row
        row = next(below, None)
    if row is not None and _numbers_columns(grid.rows[row]):
        yield row


def _refines(grid: Grid, number: int, row: int, named: set[int]) -> bool:
    """Tell whether a row divides columns of the heading above: "Sở | Huyện | Xã"."""
    texts = grid.rows[row]
    if named & set(texts) or any(map(_is_entry, texts.values())):
        return False
    refined = {at: _refined(_group(grid, number, at), text) for at, text in texts.items()}
    levels = {at for at, column in _known(grid, number).items() if column in LEVELS}
    return any(refined.values()) and all(refined.get(at, True) for at in levels)


def _is_entry(text: str) -> bool:
    """Tell whether a text stands in rows and in no heading: a number, a date, a mark, a total."""
    is_word = sum(map(str.isalpha, text)) >= FEWEST and not ROMAN.fullmatch(text)
    return not is_word or is_total(text) or read_amount(text) is not None


def _refined(group: str, text: str) -> str | None:
    return column_of(text) or column_of(f"{group} {text}")


def _group(grid: Grid, number: int, at: int) -> str:
    """Return the heading above a column, which may stand over several."""
    above = grid.above((number, at))
    left = [text for place, text in grid.rows[number].items() if place <= at]
    return grid[above] or (left[-1] if left else "")


def _numbers_columns(texts: dict[int, str]) -> bool:
    """Tell whether a row only numbers the columns: "(1) | (2) | (3)", "A | B | 1 | 2=3+4"."""
    found = [NUMBER_OF_COLUMN.fullmatch(each) for each in texts.values()]
    named = [each[1] for each in found if each]
    numbers = [each for each in named if each.isdecimal()]
    letters = named[: len(named) - len(numbers)]
    counted = [chr(ord("A") + at) for at in range(len(letters))]
    counted += [str(number) for number in range(1, len(numbers) + 1)]
    return None not in found and named == counted and len(named) > DEEPEST and bool(numbers)


def _region(grid: Grid, rows: list[int]) -> Region:
    first, texts = rows[0], dict(grid.rows[rows[0]])
    found = _known(grid, first)
    for row in rows[1:]:
        if _numbers_columns(grid.rows[row]):
            continue
        for at, text in grid.rows[row].items():
            group = _group(grid, first, at)
            column = _refined(group, text)
            found.pop(at, None)
            if column:
                found[at] = column
            texts[at] = f"{group} {text}".strip()
    columns, doubles = _one_each(found, texts)
    return Region(grid, rows, texts, columns, doubles)


def _one_each(
    found: dict[int, str], texts: dict[int, str]
) -> tuple[dict[int, str], dict[int, int]]:
    """Choose one column for each meaning; a second name is what is to be done."""
    columns: dict[int, str] = {}
    doubles: dict[int, int] = {}
    best: dict[str, int] = {}
    for at in sorted(found, key=lambda at: (preference(found[at], texts[at]), at)):
        column = found[at]
        if column in best and column == "name":
            column = "action"
        if column in best and column not in JOINED:
            doubles[at] = best[column]
            continue
        best.setdefault(column, at)
        columns[at] = column
    return dict(sorted(columns.items())), doubles


def _take(region: Region, regions: list[Region]) -> None:
    """Add a table, or the rows of a repeated heading to the table above."""
    if regions and regions[-1].headings == region.headings:
        regions[-1].heading += region.heading
    else:
        regions.append(region)


def maxima_in_levels(region: Region) -> bool:
    """Tell whether the columns of the levels hold maxima, there being no other column of them."""
    return not region.places("max_points") and any(region.places(each) for each in LEVELS)
