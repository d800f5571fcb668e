"""A filled-in form of another system → tidy rows, self-assessed and appraised, by a mapping."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dti_core.collecting.reading import EXCEL, decoded, separator_of, sheets, start_of
from dti_core.errors import InvalidFacts, Problem
from dti_core.forms.answers import Answer, Unit
from dti_core.forms.checking import answers_in, checked_records, in_own_words
from dti_core.forms.mapping import ORDINARY, ColumnMapping
from dti_core.forms.safety import refuse_dangerous
from dti_core.models import Framework, Indicator
from dti_core.numbers import from_decimal
from dti_core.rules.base import shown
from dti_core.sources import Source

DEFUSED: Final = re.compile(r"^'(?=[=+\-@\t\r])")
POINTS: Final = {"self": "self_points", "round1": "appraised_points"}
"""The column of the points of each stage that such a form holds."""

TIDY: Final = {
    "status": "status",
    **dict.fromkeys(("reason", "evidence", "explanation"), "evidence"),
}
"""The column of theirs that a column of tidy input comes from."""

TOP: Final = 30


@dataclass(frozen=True)
class Foreign:
    """What another system's form says: tidy rows by stage, and the answers that they give.

    :param numbers: in which row, from 1, each indicator stands.
    """

    rows: Mapping[str, tuple[dict[str, str], ...]]
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read_foreign(
    source: Source, mapping: ColumnMapping, framework: Framework, unit: Unit, year: int
) -> Foreign:
    """Read the form of one unit; both stages go through core's own checks.

    :raises InvalidFacts: with every fault, by row and column.
    """
    form = _Form(source, mapping, framework, unit)
    problems = [*form.faults()]
    rows = {stage: tuple(form.tidy(stage)) for stage in POINTS}
    answers = dict[str, dict[str, Answer]]()
    for stage, given in rows.items():
        place = {"source": 0, "file": source.text_name}
        records = [{"row": number, **place, **cells} for number, cells in given]
        try:
            table = checked_records(records, framework, year, excel=False)
        except InvalidFacts as error:
            problems += [form.placed(each, stage) for each in error.problems]
        else:
            answers[stage] = {code: each for _, code, each in answers_in(table)}
    if problems:
        once = {str(each): each for each in sorted(problems, key=lambda each: each.row or 0)}
        raise InvalidFacts(list(once.values()))
    numbers = {cells["indicator"]: row for given in rows.values() for row, cells in given}
    told = {stage: tuple(cells for _, cells in given) for stage, given in rows.items()}
    return Foreign(told, answers, numbers)


def heading_of(column: str, stage: str, mapping: ColumnMapping) -> str | None:
    """Return which of their columns a column of tidy input comes from, where it has one.

    :param stage: ``self`` or ``round1``: whose points.
    """
    name = {"indicator": "code", **TIDY}.get(column, POINTS[stage])
    return mapping.headings.get(name)


class _Form:
    """The rows of one form of another system."""

    def __init__(
        self, source: Source, mapping: ColumnMapping, framework: Framework, unit: Unit
    ) -> None:
        self._file, self._mapping, self._unit = source.text_name, mapping, unit
        self._leaves = {leaf.code: leaf for _, leaf in framework.leaves}
        self._sums = {each.code for each in framework.dimensions}
        self._sums |= {each.code for each in framework.indicators if each.items}
        self._rows = [row for row in _rows(source, mapping) if self._is_indicator(row)]

    def _is_indicator(self, row: _Row) -> bool:
        """Tell of a row whether it is one, and not a heading or a sum."""
        code = self._code(row)
        if code:
            return code in self._leaves or code not in self._sums
        sums = tuple(each.casefold() for each in self._mapping.sums)
        is_sum = row["name"].casefold().startswith(sums)
        return not is_sum and any(row[column] for column in POINTS.values())

    def _code(self, row: _Row) -> str:
        return self._mapping.codes.get(row["code"], row["code"])

    def _status(self, row: _Row) -> str:
        """Return what the status of a row means: "" where it changes nothing, or nobody knows."""
        meant = self._mapping.statuses.get(row["status"], ORDINARY)
        return "" if meant == ORDINARY else meant

    def tidy(self, stage: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows of a stage that say anything, with their numbers."""
        who = {"unit": self._unit.code, "unit_name": self._unit.name, "group": self._unit.group}
        for row in self._rows:
            points, status = row[POINTS[stage]], self._status(row)
            cells = {"indicator": self._code(row), "points": points, "evidence": row["evidence"]}
            if status:
                nothing = not points.strip("0.,")
                cells |= {"status": status, "reason": row["evidence"]}
                cells |= {"points": ""} if nothing else {}
            if points or status:
                yield row.number, {key: each for key, each in (who | cells).items() if each}

    def placed(self, problem: Problem, stage: str) -> Problem:
        """Say of a fault which of their columns it is in."""
        heading = heading_of(problem.column or "", stage, self._mapping)
        return replace(problem, key=in_own_words(problem.key), column=heading)

    def faults(self) -> Iterator[Problem]:
        """Yield what only the form as a whole can tell."""
        for row in self._rows:
            yield from self._wrong_status(row)
            leaf = self._leaves.get(self._code(row))
            if leaf is not None:
                yield from self._wrong_maximum(row, leaf)
            yield from self._wrong_difference(row)

    def _problem(self, key: str, row: _Row, column: str, **values: object) -> Problem:
        return Problem(key, values, self._file, row.number, self._mapping.headings[column])

    def _wrong_status(self, row: _Row) -> Iterator[Problem]:
        given = row["status"]
        if given and given not in self._mapping.statuses:
            yield self._problem("form.foreign.status", row, "status", given=given)

    def _wrong_maximum(self, row: _Row, leaf: Indicator) -> Iterator[Problem]:
        given = row["max_points"]
        if given and _number(given) != leaf.max_points:
            values = {"given": given, "max_points": shown(leaf.max_points)}
            yield self._problem("form.foreign.maximum", row, "max_points", **values)

    def _wrong_difference(self, row: _Row) -> Iterator[Problem]:
        names = ("appraised_points", "self_points", "difference")
        appraised, own, difference = (_number(row[name]) for name in names)
        if appraised is None or own is None or difference is None:
            return
        if appraised - own != difference:
            values = {"given": row["difference"], "found": shown(appraised - own)}
            yield self._problem("form.foreign.difference", row, "difference", **values)


def _number(given: str) -> int | None:
    """Read a number; None where there is none, which the checks tell of where it matters."""
    try:
        return from_decimal(given.replace(",", ".").removeprefix("+"))
    except ValueError:
        return None


def _rows(source: Source, mapping: ColumnMapping) -> Iterator[_Row]:
    """Yield the rows below the heading, by what the mapping says that columns hold."""
    records = _records(source)
    wanted = {_clean(heading): name for name, heading in mapping.headings.items()}
    scores = [len(wanted.keys() & set(map(_clean, record))) for record in records[:TOP]]
    at = max(range(len(scores)), key=scores.__getitem__, default=0)
    heading = [_clean(cell) for cell in records[at]] if records else []
    absent = [mapping.headings[name] for given, name in wanted.items() if given not in heading]
    if absent:
        told = ({"heading": each} for each in absent)
        raise InvalidFacts(
            [Problem("form.foreign.column", each, source.text_name) for each in told]
        )
    places = {name: heading.index(given) for given, name in wanted.items()}
    for number, record in enumerate(records[at + 1 :], at + 2):
        cells = {name: record[place] for name, place in places.items() if place < len(record)}
        yield _Row(number, {name: _text(name, cell) for name, cell in cells.items()})


def _records(source: Source) -> Sequence[Sequence[str]]:
    if start_of(source).startswith(EXCEL):
        refuse_dangerous(source)
        found = next(iter(sheets(source, 1).values()), [])
        return [[cell or "" for cell in row] for row in found]
    text = decoded(source)
    separator = separator_of(text.lstrip().split("\n", 1)[0])
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise InvalidFacts([Problem("read.csv", file=source.text_name)]) from error


def _clean(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFC", heading).split()).casefold()


def _text(name: str, cell: str) -> str:
    """Return the text of a cell; only what was written of the evidence may have several lines."""
    text = unicodedata.normalize("NFC", DEFUSED.sub("", cell))
    return text.strip() if name == "evidence" else " ".join(text.split())
