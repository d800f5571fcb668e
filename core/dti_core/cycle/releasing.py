"""Submitting what a unit says: entered by one person, released by another."""

from __future__ import annotations

from collections.abc import Iterator

from dti_core.cycle.access import may_enter, may_report
from dti_core.cycle.answers import answer_of, codes_of
from dti_core.cycle.proving import shown_names
from dti_core.cycle.refusing import refuse
from dti_core.cycle.running import Place, Running, Turn
from dti_core.cycle.states import PhaseState, State
from dti_core.errors import Problem
from dti_core.store import cells
from dti_core.store.cells import Entry
from dti_core.store.tables import Unit


def release(turn: Turn, unit: Unit, why: str = "") -> str:
    """Submit what was entered for a unit at the stage that is open for it.

    :return: the stage.
    :raises CycleRefused: nothing was entered, or by the same person, or too late, or an answer has
        neither evidence nor an explanation where the decision asks for it.
    """
    place = Place(unit, reporting_stage(turn.running, unit))
    refuse(_faults(turn, place))
    _set(turn, place, PhaseState.SUBMITTED, "cycle.release", why)
    return place.stage


def withdraw(turn: Turn, unit: Unit, why: str = "") -> str:
    """Take back what was submitted, while the unit could still report.

    :return: the stage.
    :raises CycleRefused: it was not submitted, or the deadline is over.
    """
    place = Place(unit, reporting_stage(turn.running, unit))
    refuse(_cannot_withdraw(turn.running, place))
    _set(turn, place, PhaseState.REPORTING, "cycle.withdraw", why)
    return place.stage


def reporting_stage(running: Running, unit: Unit) -> str:
    """Return the stage that a unit is filling in: its self-assessment, or its explanation."""
    if running.state_of(unit) is State.REPORTING:
        return "self"
    excepted = running.exception(unit, "explanation") is not None
    return "explanation" if excepted or running.stage == "explanation" else "self"


def _set(turn: Turn, place: Place, state: PhaseState, what: str, why: str) -> None:
    phase = turn.running.own[place.stage, place.unit.id]
    turn.write.change(phase, what, why, state=state.value)


def _faults(turn: Turn, place: Place) -> Iterator[Problem]:
    closed = may_enter(turn.running, place)
    if closed is not None:
        yield closed
        return
    cycle, session = turn.running.cycle.id, turn.session
    latest = cells.latest(session, cycle, place.stage, [place.unit.id]).values()
    entered = [each for each in latest if not each.is_empty]
    if not entered:
        yield Problem("cycle.nothing-entered", place.values())
    if turn.write.who in {each.entered_by for each in latest}:
        yield Problem("cycle.same-person", place.values(who=turn.write.who))
    if place.stage == "self":
        yield from _bare(turn, place, entered)


def _bare(turn: Turn, place: Place, entered: list[Entry]) -> Iterator[Problem]:
    """Ask for evidence, or for a word why there is none, where the decision asks for it."""
    duty = turn.running.law.framework.evidence
    if duty is None:
        return
    shown = shown_names(turn.session, turn.running)
    codes = codes_of(turn.running.law)
    for each in entered:
        answer = answer_of(each, codes)
        has_words = answer.evidence or answer.explanation or answer.reason
        if each.indicator in codes and not has_words and (each.unit, each.indicator) not in shown:
            told = {"indicator": each.indicator, "clause": duty.citation.clause}
            yield Problem("cycle.no-evidence", place.values(**told))


def _cannot_withdraw(running: Running, place: Place) -> Iterator[Problem]:
    if running.own_state(place.unit, place.stage) is not PhaseState.SUBMITTED:
        yield Problem("cycle.not-submitted", place.values())
        return
    closed = may_report(running, place)
    if closed is not None:
        yield closed
