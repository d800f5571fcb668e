"""``units.csv`` or its workbook → the units in it, with every fault of the file."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from dti_core.errors import InvalidFacts, Problem
from dti_core.models import Level
from dti_core.sources import Source

COLUMNS: Final = ("unit", "unit_name", "level", "group")
REQUIRED: Final = ("unit", "level")
FIRST: Final = 100
"""How many faults are told; the others are counted."""

DEFUSED: Final = re.compile(r"^'(?=[=+\-@\t\r])")
"""An apostrophe that keeps a spreadsheet from taking the text of a CSV file for a formula."""

LEVELS: Final = tuple(each.value for each in Level)


@dataclass(frozen=True)
class UnitRow:
    """One row: where it stands and the clean text of its cells ("" where nothing stands)."""

    file: str
    row: int
    unit: str
    unit_name: str
    level: str
    group: str

    def problem(self, key: str, column: str, **values: object) -> Problem:
        """Describe a fault of one of its cells."""
        return Problem(key, {"unit": self.unit, **values}, self.file, self.row, column)


@dataclass
class UnitTable:
    """Every row that is not blank, and what is wrong with the rows."""

    columns: frozenset[str]
    rows: list[UnitRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def check(self) -> None:
        """Refuse a table that has faults.

        :raises InvalidFacts: with the first hundred in the order of the rows, and their number.
        """
        if self.problems:
            told = sorted(self.problems, key=lambda each: each.row or 0)
            raise InvalidFacts(told[:FIRST], len(told))


def read_units(source: Source) -> UnitTable:
    """Read units from CSV or from the first sheet of a workbook; the file is never written to.

    The faults of its rows are kept with the table, to be told together with those that only the
    store shows.

    :raises InvalidFacts: the file cannot be read, or its columns are wrong.
    """
    rows = _cells(source)
    heading = [_clean(cell).lower() for cell in rows[0]] if rows else []
    wrong = list(_wrong_columns(source.text_name, heading))
    if wrong:
        raise InvalidFacts(wrong)
    table = UnitTable(frozenset(heading))
    for number, cells in enumerate(rows[1:], 2):
        given = {name: _clean(cell) for name, cell in zip(heading, cells, strict=False)}
        if any(map(_clean, cells)):
            table.rows.append(_row(source.text_name, number, given))
            if len(cells) > len(heading) and any(map(_clean, cells[len(heading) :])):
                values = {"cells": len(cells), "columns": len(heading)}
                fault = Problem("read.too-many-cells", values, source.text_name, number)
                table.problems.append(fault)
    table.problems += _faults(table.rows)
    if not table.rows:
        table.problems.append(Problem("unit.none", file=source.text_name))
    return table


def _row(file: str, number: int, given: dict[str, str]) -> UnitRow:
    code = given.get("unit", "")
    name = given.get("unit_name", "") or code
    return UnitRow(file, number, code, name, given.get("level", "").lower(), given.get("group", ""))


def _cells(source: Source) -> Sequence[Sequence[str | None]]:
    from dti_core.collecting.reading import EXCEL, decoded, separator_of, sheets, start_of

    if start_of(source).startswith(EXCEL):
        return next(iter(sheets(source, 1).values()), [])
    text = decoded(source)
    separator = separator_of(text.split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [[DEFUSED.sub("", cell) for cell in row] for row in reader]
    except csv.Error as error:
        raise InvalidFacts([Problem("read.csv", file=source.text_name)]) from error


def _clean(cell: str | None) -> str:
    """Return NFC text; blanks of any kind become one."""
    return " ".join(unicodedata.normalize("NFC", cell or "").split())


def _wrong_columns(file: str, heading: Sequence[str]) -> Iterator[Problem]:
    for place, name in enumerate(heading, 1):
        if not name:
            yield Problem("read.column-unnamed", {"place": place}, file, 1)
        elif name not in COLUMNS:
            close = ", ".join(get_close_matches(name, COLUMNS, 1) or COLUMNS)
            yield Problem("read.unknown-column", {"close": close}, file, 1, name)
    for name, times in Counter(heading).items():
        if name in COLUMNS and times > 1:
            yield Problem("read.column-twice", {}, file, 1, name)
    for name in REQUIRED:
        if name not in heading:
            yield Problem("read.column-missing", {}, file, 1, name)


def _faults(rows: Sequence[UnitRow]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in rows:
        if not row.unit:
            yield row.problem("unit.no-code", "unit")
        elif row.unit in first:
            yield row.problem("unit.twice", "unit", first=first[row.unit])
        first.setdefault(row.unit, row.row)
        if not row.level:
            yield row.problem("unit.no-level", "level", levels=", ".join(LEVELS))
        elif row.level not in LEVELS:
            yield row.problem("unit.level", "level", level=row.level, close=_close_level(row.level))
        for name in COLUMNS:
            if not getattr(row, name).isprintable():
                yield row.problem("unit.control", name)


def _close_level(level: str) -> str:
    """Name the level that is meant, as far as its letters without marks tell, else all."""
    plain = unicodedata.normalize("NFD", level.replace("đ", "d"))
    letters = "".join(each for each in plain if each.isalpha())
    return ", ".join([each for each in LEVELS if each in letters] or LEVELS)
