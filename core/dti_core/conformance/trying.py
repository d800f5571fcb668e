"""Trying generated cases on a plugin: the same ones in every run, the smallest fault told."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, Final, NamedTuple

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.errors import HypothesisException
from hypothesis.strategies import SearchStrategy

from dti_core.conformance.cases import Case, as_facts, as_rows, as_source
from dti_core.conformance.drawing import Field
from dti_core.conformance.pasting import as_example
from dti_core.conformance.subject import Subject
from dti_core.facts import Facts
from dti_core.models import Framework
from dti_core.pipeline import Evaluation, evaluate, evaluate_facts
from dti_core.plugin import Plugin

SHRINKING: Final = 1.0
"""Seconds that are given to making a failing case smaller."""

LEAST: Final = 3
"""Cases that every level gets, however few a check tries."""

Cell = tuple[str, str]
Row = Mapping[str, Any]
Drawn = Callable[[Field], SearchStrategy[Case]]


class Found(NamedTuple):
    """A fault in a case, with the units and indicators that show it (none: all)."""

    text: str
    units: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """A case with what the plugin makes of it, evaluated when it is asked for."""

    plugin: Plugin
    ground: Field
    case: Case

    @property
    def framework(self) -> Framework:
        """The framework that the case is of."""
        return self.ground.framework

    @cached_property
    def evaluation(self) -> Evaluation:
        """The evaluation of the facts as they were drawn."""
        return self.evaluate(as_facts(self.case))

    @cached_property
    def scored(self) -> Mapping[Cell, Row]:
        """The scored fact of each unit and indicator."""
        rows = self.evaluation.scored.collect().rows(named=True)
        return {(each["unit"], each["indicator"]): each for each in rows}

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """The row of each unit."""
        return {each["unit"]: each for each in self.evaluation.units.rows(named=True)}

    @cached_property
    def in_a_file(self) -> Case:
        """The units that a file can name: those of which anything is known."""
        known = (each for each in self.case.units if each.facts or each.status)
        return Case(self.case.year, tuple(known))

    @cached_property
    def lines(self) -> list[dict[str, str]]:
        """The rows of a tidy file of the case."""
        return list(as_rows(self.in_a_file, self.framework))

    @cached_property
    def collected(self) -> Evaluation:
        """The evaluation of what the plugin collects from that file."""
        return self.collect(self.lines)

    def evaluate(self, facts: Facts) -> Evaluation:
        """Evaluate other facts in the same framework and year."""
        return evaluate_facts(self.plugin, self.framework, self.case.year, facts)

    def collect(self, lines: Iterable[Mapping[str, str]]) -> Evaluation:
        """Collect and evaluate the rows of a file in the same framework and year."""
        return evaluate(self.plugin, self.framework, self.case.year, [as_source(lines)])


Find = Callable[[Tried], Iterable[Found]]


def grounds(subject: Subject) -> Sequence[Field]:
    """Return the framework of every level that can score, with its tiers and a year."""
    kept: dict[str, Sequence[Field]] = vars(subject)
    if "grounds" not in kept:
        kept["grounds"] = [
            Field(each, subject.plugin.tiers(each), each.decision.first_year)
            for each in subject.scorable
            if each.leaves
        ]
    return kept["grounds"]


def for_all(
    subject: Subject,
    drawn: Drawn,
    find: Find,
    *,
    fewer: int = 1,
    where: Callable[[Field], bool] = bool,
) -> Iterator[str]:
    """Yield the first fault of each level, with the smallest case that shows it.

    :param drawn: the strategy of a framework.
    :param find: yields what is wrong in a case.
    :param fewer: how many times fewer cases than usual, where one holds many.
    :param where: which levels are tried.
    :raises DtiError: a case cannot be evaluated.
    """
    for place, ground in enumerate(grounds(subject)):
        if not where(ground):
            continue
        tried = corpus(subject, drawn, place, ground)[::-fewer]  # the last ones have most in them
        first = next(((each, found) for each in tried for found in find(each)), None)
        if first is not None:
            strategy = drawn(ground)
            smallest, found = _smallest(subject.plugin, ground, strategy, find, len(tried)) or first
            yield f"{ground.framework.level}: {found.text}\n{as_example(smallest, found)}"


def corpus(subject: Subject, drawn: Drawn, place: int, ground: Field) -> Sequence[Tried]:
    """Return the cases of a level; every check on the same strategy sees the same ones."""
    kept: dict[object, Sequence[Tried]] = vars(subject).setdefault("corpora", {})
    key = drawn.__name__, place
    if key not in kept:
        count = max(LEAST, ceil(subject.cases / len(grounds(subject))))
        cases: list[Case] = []
        _draw(drawn(ground), count, cases.append)
        kept[key] = [Tried(subject.plugin, ground, each) for each in cases]
    return kept[key]


def _draw(strategy: SearchStrategy[Case], count: int, visit: Callable[[Case], object]) -> None:
    """Visit cases, the same ones in every run; where a visit raises, ever smaller ones."""

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        print_blob=False,
        report_multiple_bugs=False,
    )
    @given(strategy)
    def each(case: Case) -> None:
        visit(case)

    with tempfile.TemporaryDirectory() as home:  # no files beside the user's
        set_hypothesis_home_dir(home)
        try:
            each()
        finally:
            set_hypothesis_home_dir(None)


class _FaultyError(Exception):
    """Tells Hypothesis that a case is faulty."""


class _Enough(BaseException):
    """Ends the search for smaller cases: Hypothesis lets through what is no ``Exception``."""


def _smallest(
    plugin: Plugin, ground: Field, strategy: SearchStrategy[Case], find: Find, count: int
) -> tuple[Tried, Found] | None:
    """Return the smallest faulty case that is found in time, with its first fault."""
    faulty: list[tuple[Tried, Found]] = []
    stop = time.monotonic() + SHRINKING

    def visit(case: Case) -> None:
        if time.monotonic() > stop:
            raise _Enough
        each = Tried(plugin, ground, case)
        for found in find(each):
            faulty.append((each, found))
            raise _FaultyError

    # Also where a fault comes and goes: what was found is found.
    with contextlib.suppress(_FaultyError, _Enough, HypothesisException):
        _draw(strategy, count, visit)
    return min(faulty, key=lambda each: _size(each[0].case), default=None)


def _size(case: Case) -> int:
    return sum(1 + len(each.facts) for each in case.units)
