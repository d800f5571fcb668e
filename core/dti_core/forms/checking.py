"""Content of forms → answers: core's own collector checks every cell, and says where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from dti_core.collecting import checking
from dti_core.collecting.parsing import parse
from dti_core.collecting.reading import COLUMNS
from dti_core.errors import InvalidFacts, Problem
from dti_core.forms.answers import FIELDS, OF_UNIT, Answer
from dti_core.forms.content import FormContent
from dti_core.forms.setup import EXPLANATION
from dti_core.messages import known
from dti_core.models import Framework

WORDS: Final = ("evidence", "explanation")
FACTS: Final = tuple(name for name in FIELDS if name != "text")


@dataclass(frozen=True)
class Checked:
    """A form whose cells were checked: its answers, or else what is wrong with it.

    :param answers: by the code of the indicator or information; "" is the status of the unit.
    :param problems: at most the first hundred; ``total`` counts them all.
    """

    content: FormContent
    answers: Mapping[str, Answer]
    problems: tuple[Problem, ...] = ()
    total: int = 0


def check(contents: Sequence[FormContent], framework: Framework, year: int) -> list[Checked]:
    """Check forms, each by itself: what is wrong in one does not stand in the way of another."""
    together = _together(contents, framework, year)
    if together is not None:
        return together
    return [_alone(each, framework, year) for each in contents]


def _together(
    contents: Sequence[FormContent], framework: Framework, year: int
) -> list[Checked] | None:
    """Check all forms in one go; None where anything is wrong, or where two are of one unit."""
    units = {each.identity.unit for each in contents}
    if len(units) < len(contents):
        return None
    try:
        table = _checked(contents, framework, year)
    except InvalidFacts:
        return None
    answers: list[dict[str, Answer]] = [_words(each) for each in contents]
    for source, code, answer in answers_in(table):
        answers[source][code] = answer
    return [Checked(each, mine) for each, mine in zip(contents, answers, strict=True)]


def _alone(content: FormContent, framework: Framework, year: int) -> Checked:
    try:
        table = _checked([content], framework, year)
    except InvalidFacts as error:
        placed = tuple(_placed(each, content) for each in error.problems)
        return Checked(content, {}, placed, error.total)
    return Checked(content, _words(content) | {code: each for _, code, each in answers_in(table)})


def _placed(problem: Problem, content: FormContent) -> Problem:
    """Say of a fault in which cell it is."""
    cell = None if problem.row is None else content.cell(problem.row, problem.column)
    return replace(problem, key=in_own_words(problem.key), cell=cell)


def in_own_words(key: str) -> str:
    """Return the message of a fault that names columns as a form does, where it has one."""
    own = f"form.cell.{key}"
    return own if known(own, "") else key


def _checked(contents: Sequence[FormContent], framework: Framework, year: int) -> pl.DataFrame:
    records = [
        {"row": number, "source": place, "file": each.file, **cells}
        for place, each in enumerate(contents)
        for number, cells in each.tidy()
        if not _only_words(each, cells)
    ]
    return checked_records(records, framework, year, excel=True)


def checked_records(
    records: Sequence[Mapping[str, object]], framework: Framework, year: int, *, excel: bool
) -> pl.DataFrame:
    """Put rows of tidy input through the collector's checks.

    :param records: tidy rows with ``row``, ``source`` (a number) and ``file``.
    :return: what :func:`dti_core.collecting.parsing.parse` gives.
    :raises InvalidFacts: with the first hundred faults, and their number.
    """
    places: dict[str, Any] = {"row": pl.UInt32, "source": pl.UInt32, "file": pl.String}
    schema = places | dict.fromkeys(COLUMNS, pl.String)
    columns = {name: [record.get(name) for record in records] for name in schema}
    flags = {"comma": pl.lit(value=True), "excel": pl.lit(value=excel)}
    table = parse(pl.DataFrame(columns, schema).with_columns(**flags), framework)
    checking.check(table, framework, year)
    return table


def _only_words(content: FormContent, cells: Mapping[str, str]) -> bool:
    """Tell whether a row only explains, which is all there is to do in that stage."""
    return content.identity.stage == EXPLANATION and not any(
        name not in {*WORDS, "unit", "unit_name", "group", "indicator"} for name in cells
    )


def _words(content: FormContent) -> dict[str, Answer]:
    return {
        cells["indicator"]: Answer(
            evidence=cells.get("evidence"), explanation=cells.get("explanation")
        )
        for _, cells in content.tidy()
        if "indicator" in cells and _only_words(content, cells)
    }


def answers_in(table: pl.DataFrame) -> Iterator[tuple[int, str, Answer]]:
    """Yield the answers of a checked table, each with the number of its source."""
    for row in table.iter_rows(named=True):
        if row["indicator"] is None:
            yield row["source"], OF_UNIT, Answer(text=row["status"], reason=row["reason"])
        elif row["accepts"] is None:
            yield row["source"], row["indicator"], Answer(text=str(row["raw_value"]))
        else:
            yield row["source"], row["indicator"], Answer(**{name: row[name] for name in FACTS})
