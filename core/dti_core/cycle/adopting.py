"""Forms of another system: one side of each becomes answers at the stage that is open."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final

from dti_core.cycle.entering import before_of, enter, faults, points_of
from dti_core.cycle.naming import state_name
from dti_core.cycle.refusing import CycleRefused, refuse
from dti_core.cycle.running import Place, Running, Turn, View
from dti_core.cycle.sending import said, without_words
from dti_core.cycle.states import BY_UNITS, State
from dti_core.errors import InvalidFacts, Problem
from dti_core.forms import Answer, Answers, ColumnMapping, Foreign, heading_of, read_foreign
from dti_core.forms import Unit as FormUnit
from dti_core.forms.comparing import differing
from dti_core.sources import Source
from dti_core.store import blobs
from dti_core.store.tables import Unit

WHAT: Final = "cycle.adopt"


@dataclass(frozen=True)
class Adopting:
    """A form of another system, and how it is read.

    :param mapping: what its columns hold; None: the ordinary one, if its headings are there.
    :param unit: the code of the unit that it is of; "": the name of the file says it.
    :param appraiser: whose appraisal it brings ("": nobody's alone).
    """

    source: Source
    mapping: ColumnMapping | None = None
    unit: str = ""
    appraiser: str = ""

    @property
    def columns(self) -> ColumnMapping:
        """The mapping that is used."""
        return self.mapping or ColumnMapping()


@dataclass(frozen=True)
class CellChange:
    """One cell that says something else than what is known; "" is an empty cell.

    :param heading: their heading of the column that the change comes from.
    :param column: what changes, named as in tidy input.
    """

    row: int
    heading: str
    indicator: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Adopted:
    """What a form of another system would do."""

    place: Place
    changes: tuple[CellChange, ...] = ()
    answers: Answers = field(default_factory=dict)


def adopt(view: View, form: Adopting) -> Adopted:
    """Work out what a form of another system changes; indicators that it leaves out stay.

    :raises InvalidFacts: with every fault of the file, by row and column.
    :raises CycleRefused: with every reason why it cannot be taken in, by row where there is one.
    :raises UsageError: there is no such unit.
    """
    running = view.running
    unit = running.unit(form.unit or unit_in(form.source))
    place = _place(running, unit, form)
    foreign = _read(running, unit, form)
    now = said(view.session, running, place.stage, [unit], place.appraiser)[unit.id]
    held = now if place.stage in BY_UNITS else without_words(before_of(view, place)) | now
    told = dict(_told(running, place, foreign.answers[place.stage], held))
    new = {code: each for code, each in told.items() if each != now.get(code)}
    refuse(_placed(each, form, foreign, place) for each in faults(view, place, new))
    return Adopted(place, tuple(_changes(running, form, foreign, (place, held, new))), new)


def take_foreign(turn: Turn, form: Adopting) -> Adopted:
    """Take a form of another system in, whole, and keep the file as it came.

    :raises InvalidFacts, CycleRefused, UsageError: as of :func:`adopt`; nothing of it is saved.
    """
    adopted = adopt(turn, form)
    place, file = adopted.place, form.source.text_name
    kept = blobs.keep(turn.write, form.source.content, WHAT)
    enter(turn, place, adopted.answers)
    told = {"file": file, "sha256": kept, "unit": place.unit.code}
    turn.write.note(WHAT, **told, stage=place.stage, appraiser=place.appraiser)
    return adopted


def unit_in(source: Source) -> str:
    """Return the code of a unit by which a file is called, with the letters composed."""
    return unicodedata.normalize("NFC", PurePath(source.text_name).stem).strip()


def _place(running: Running, unit: Unit, form: Adopting) -> Place:
    """Choose the stage that is open for the unit, of the two that such a form holds."""
    if running.state in {State.OPENED, State.REPORTING} or _reports(running, unit):
        return Place(unit)
    if running.stage == "round1":
        return Place(unit, "round1", form.appraiser)
    state = state_name(running.state)
    problem = Problem("cycle.adopt-stage", {"unit": unit.code, "state": state})
    raise CycleRefused([replace(problem, file=form.source.text_name)])


def _reports(running: Running, unit: Unit) -> bool:
    return running.state_of(unit) is State.REPORTING


def _read(running: Running, unit: Unit, form: Adopting) -> Foreign:
    """Read the form; where no mapping was given and the ordinary one does not fit, ask for one."""
    law, who = running.law, FormUnit(unit.code, unit.name, unit.group)
    try:
        return read_foreign(form.source, form.columns, law.framework, who, law.year)
    except InvalidFacts as error:
        absent = [each for each in error.problems if each.key == "form.foreign.column"]
        if form.mapping is not None or len(absent) < error.total:
            raise
        headings = ", ".join(f"“{each.values['heading']}”" for each in absent)
        values = {"headings": headings}
        told = Problem("form.foreign.no-mapping", values, form.source.text_name)
        raise InvalidFacts([told]) from error


def _told(
    running: Running, place: Place, given: Answers, held: Answers
) -> Iterator[tuple[str, Answer]]:
    """Yield what is said of each indicator.

    A unit's words stay where the form has none. An appraiser who gives what held leaves the answer
    as it is; where he gives something else, what the row notes is his reason.
    """
    if place.stage in BY_UNITS:
        for code, each in given.items():
            old = held.get(code, Answer())
            words = each.evidence or old.evidence
            yield code, replace(each, evidence=words, explanation=old.explanation)
        return
    was = points_of(running.law, place.unit, held)
    for code, each in given.items():
        as_before = each.points is not None and each.points == was.get(code)
        own = replace(each, evidence=None, explanation=each.evidence)
        yield code, held[code] if as_before else own


def _placed(problem: Problem, form: Adopting, foreign: Foreign, place: Place) -> Problem:
    """Say of a fault of an indicator in which row it is, and in which of their columns."""
    row = foreign.numbers.get(str(problem.values.get("indicator", "")))
    heading = heading_of("points", place.stage, form.columns) if row else None
    return replace(problem, file=form.source.text_name, row=row, column=heading)


def _changes(
    running: Running, form: Adopting, foreign: Foreign, what: tuple[Place, Answers, Answers]
) -> Iterator[CellChange]:
    """Yield what changes, in the order of the rows."""
    place, held, new = what
    leaves = {leaf.code: leaf for _, leaf in running.law.framework.leaves}
    for code in sorted(new, key=foreign.numbers.__getitem__):
        before = held.get(code, Answer())
        for column, old, now in differing(code, before, new[code], leaves.get(code)):
            heading = heading_of(column, place.stage, form.columns) or ""
            yield CellChange(foreign.numbers[code], heading, code, column, old, now)
