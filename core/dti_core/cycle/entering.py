"""Entering answers of a unit at a stage: a new version of every cell that says something new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dti_core.cycle.access import may_enter
from dti_core.cycle.answers import OF_NOBODY, content_of, effective
from dti_core.cycle.refusing import refuse
from dti_core.cycle.running import ORDER, Law, Place, Running, Turn, View
from dti_core.cycle.states import BY_UNITS, PhaseState, State
from dti_core.errors import Problem
from dti_core.forms import OF_UNIT, Answers, figures
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
    :raises CycleRefused: the stage is not open for the unit, an indicator is another's to appraise,
        or points are lowered without a word.
    """
    refuse(faults(turn, place, answers))
    begin(turn)
    start(turn, place)
    cycle = turn.running.cycle.id
    known = cells.latest(turn.session, cycle, place.stage, [place.unit.id])
    entries = []
    for code, answer in answers.items():
        cell = (cycle, place.unit.id, code, place.stage, place.appraiser)
        version = known[cell].version + 1 if cell in known else 1
        entries.append(Entry(*cell, version=version, **content_of(answer)))
    return cells.record(turn.write, entries, WHAT.get(place.stage, "cycle.appraise"), why)


def faults(view: View, place: Place, answers: Answers) -> Iterator[Problem]:
    """Yield every reason why answers cannot be entered."""
    closed = may_enter(view.running, place)
    if closed is not None:
        yield closed
    elif place.stage not in BY_UNITS:
        yield from _not_theirs(view.running, place, answers)
        yield from _lowered(view.running.law, place.unit, before_of(view, place), answers)


def before_of(view: View, place: Place) -> Answers:
    """Return what held for a unit before a stage began."""
    running = view.running
    stages = [each for each in ORDER if each in running.stages]
    before = stages[stages.index(place.stage) - 1]
    held = effective(view.session, running, before, [place.unit.id])
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
