"""One unit may still fill in a stage until a day, although it is locked for the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dti_core.cycle.naming import day_text, state_name
from dti_core.cycle.refusing import refuse
from dti_core.cycle.running import Place, Running, Turn
from dti_core.cycle.states import BY_UNITS, FROZEN, STAGE_OF, PhaseState
from dti_core.errors import Problem
from dti_core.store.tables import LockException


def lock_exception(turn: Turn, place: Place, until: date, reason: str) -> LockException:
    """Except a unit from the lock; what it had submitted is open until it is released anew.

    :param until: the last day.
    :raises CycleRefused: units do not fill in the stage, it has not begun, the day is over, or
        there is no reason.
    """
    turn.running.require(place.stage)
    refuse(_faults(turn.running, place, until, reason))
    granted = LockException(
        cycle=turn.running.cycle.id,
        unit=place.unit.id,
        stage=place.stage,
        until=until,
        reason=reason,
        granted_by=turn.write.who,
        granted_at=turn.write.now,
    )
    turn.write.add([granted], "cycle.except", reason)
    phase = turn.running.own.get((place.stage, place.unit.id))
    if phase is not None:
        turn.write.change(phase, "cycle.except", reason, state=PhaseState.REPORTING.value)
    return granted


def _faults(running: Running, place: Place, until: date, reason: str) -> Iterator[Problem]:
    if not reason.strip():
        yield Problem("cycle.exception-reason", place.values())
    if until < running.today:
        yield Problem("cycle.exception-over", place.values(until=day_text(until)))
    if place.stage not in BY_UNITS:
        yield Problem("cycle.exception-stage", place.values())
    elif running.state in FROZEN or not _has_begun(running, place.stage):
        yield Problem("cycle.exception-state", place.values(state=state_name(running.state)))


def _has_begun(running: Running, stage: str) -> bool:
    reached = running.states[: running.states.index(running.state) + 1]
    return stage in {STAGE_OF.get(each) for each in reached}
