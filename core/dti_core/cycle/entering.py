"""Entering answers of a unit at a stage: a new version of every cell that says something new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dti_core.cycle.access import may_enter
from dti_core.cycle.answers import (
    OF_NOBODY,
    ROUNDS,
    content_of,
    effective,
    figures_of,
    voices,
)
from dti_core.cycle.refusing import refuse
from dti_core.cycle.running import ORDER, Law, Place, Running, Turn, View
from dti_core.cycle.states import BY_UNITS, PhaseState, State
from dti_core.errors import Problem
from dti_core.forms import OF_UNIT, Answer, Answers, figures
from dti_core.forms import Unit as FormUnit
from dti_core.store import cells
from dti_core.store.cells import Entry
from dti_core.store.tables import Phase, Unit

WHAT: Final = {"self": "cycle.report", "explanation": "cycle.explain"}
"""What the trail calls an entry; every other stage is an appraisal."""


def enter(turn: Turn, place: Place, answers: Answers, why: str = "") -> list[Entry]:
    """Record answers of a unit; what an answer says nothing of is emptied.

    :param answers: by indicator, those that are to change; checked by core's collector before.
    :return: the cells that say something new.
    :raises CycleRefused: the stage is not open for the unit, an indicator is another's to appraise
        or the chair's to settle, or points are lowered without a word.
    """
    refuse([*faults(turn, place, answers), *_not_chair(turn, place, answers)])
    begin(turn)
    start(turn, place)
    cycle = turn.running.cycle.id
    known = cells.latest(turn.session, cycle, place.stage, [place.unit.id])
    entries = []
    for code, answer in answers.items():
        cell = (cycle, place.unit.id, code, place.stage, place.appraiser)
        version = known[cell].version + 1 if cell in known else 1
        entries.append(Entry(*cell, version=version, **content_of(answer)))
    what = WHAT.get(place.stage, "cycle.appraise")
    entered = cells.record(turn.write, entries, what, why, known)
    if place.stage == "self":
        _appraise_anew(turn, place.unit, {each.indicator for each in entered})
    return entered


def _appraise_anew(turn: Turn, unit: Unit, codes: set[str]) -> None:
    """Empty what the round that is on says of answers that an exception let a unit change."""
    cycle, stage = turn.running.cycle.id, turn.running.stage
    if stage not in ROUNDS or not codes:
        return
    known = cells.latest(turn.session, cycle, stage, [unit.id])
    old = [each for each in known.values() if each.indicator in codes and not each.is_empty]
    emptied = [Entry(*each.cell, version=each.version + 1) for each in old]
    cells.record(turn.write, emptied, "cycle.reappraise")


def faults(view: View, place: Place, answers: Answers) -> Iterator[Problem]:
    """Yield every reason why answers cannot be entered."""
    closed = may_enter(view.running, place)
    if closed is not None:
        yield closed
    elif place.stage not in BY_UNITS:
        yield from _not_theirs(view.running, place, answers)
        yield from _settled_otherwise(view, place, answers)
        yield from _lowered(view.running.law, place.unit, before_of(view, place), answers)


def before_of(view: View, place: Place, upto: int | None = None) -> Answers:
    """Return what held for a unit before a stage began, or held at a version of the facts."""
    running = view.running
    stages = [each for each in ORDER if each in running.stages]
    before = stages[stages.index(place.stage) - 1]
    held = effective(view.session, running, before, [place.unit.id], upto)
    return held.get(place.unit.id, {})


def _lowered(law: Law, unit: Unit, before: Answers, after: Answers) -> Iterator[Problem]:
    """Ask for a reason wherever an appraiser gives less than what held, or leaves it out."""
    was, now = (points_of(law, unit, each) for each in (before, after))
    for code, answer in after.items():
        given, left = was.get(code), now.get(code)
        less = given is not None and (left is None or left < given)
        if less and not (answer.explanation or answer.reason):
            yield Problem("cycle.needs-reason", {"unit": unit.code, "indicator": code})


def points_of(law: Law, unit: Unit, answers: Answers) -> Mapping[str, int | None]:
    """Return the points that the engine gives each answer; None where it is left out."""
    who = FormUnit(unit.code, unit.name, unit.group)
    scored = {code: each for code, each in answers.items() if code != OF_UNIT and each.is_fact}
    return figures(law.setup("self"), {who: scored})[unit.code].points


def _not_theirs(running: Running, place: Place, answers: Answers) -> Iterator[Problem]:
    """Refuse what an appraiser does not appraise."""
    if place.appraiser == OF_NOBODY:
        return
    for code in answers:
        names = appraisers_of(running, code)
        if place.appraiser not in names:
            told = {"indicator": code, "appraiser": place.appraiser}
            yield Problem("cycle.not-theirs", told | {"names": ", ".join(names) or "–"})


def _settled_otherwise(view: View, place: Place, answers: Answers) -> Iterator[Problem]:
    """Tell an appraiser that what is settled counts, whatever he says; he may say the same."""
    if place.appraiser == OF_NOBODY:
        return
    said = voices(view.session, view.running, place.stage, [place.unit.id])
    for code, answer in answers.items():
        counts = said.get((place.unit.id, code), {}).get(OF_NOBODY, answer)
        if answer != Answer() and figures_of(counts) != figures_of(answer):
            told = {"indicator": code, "appraiser": place.appraiser}
            yield Problem("cycle.settled-already", place.values(**told))


def _not_chair(turn: Turn, place: Place, answers: Answers) -> Iterator[Problem]:
    """Leave what several appraise to the chair, where one is named."""
    chairs, who = chairs_of(turn.running), turn.write.who
    if place.stage in BY_UNITS or place.appraiser != OF_NOBODY or not chairs or who in chairs:
        return
    if any(len(appraisers_of(turn.running, code)) > 1 for code in answers):
        yield Problem("cycle.not-chair", {"who": who, "names": ", ".join(chairs)})


def chairs_of(running: Running) -> list[str]:
    """Return who settles what appraisers see differently; nobody: whoever leads the council."""
    return [each.name for each in running.appraisers if each.chair]


def appraisers_of(running: Running, code: str) -> list[str]:
    """Return who appraises an indicator: those named for it, else whoever has the rest."""
    voting = [each for each in running.appraisers if not each.chair]
    own = [each.name for each in voting if each.indicator == code]
    return own or [each.name for each in voting if not each.indicator]


def begin(turn: Turn) -> None:
    """Note that the cycle takes reports, once its first day has come."""
    cycle = turn.running.cycle
    if cycle.state == State.OPENED and turn.running.state is State.REPORTING:
        turn.write.change(cycle, "cycle.begin", state=State.REPORTING.value)


def start(turn: Turn, place: Place) -> None:
    """Note that a unit has begun to fill in a stage."""
    if place.stage not in BY_UNITS:
        return
    phase = turn.running.own.get((place.stage, place.unit.id))
    state = PhaseState.REPORTING.value
    if phase is None:
        cycle = turn.running.cycle.id
        new = Phase(cycle=cycle, stage=place.stage, unit=place.unit.id, state=state)
        turn.write.add([new], "cycle.begin")
    else:
        turn.write.change(phase, "cycle.begin", state=state)
