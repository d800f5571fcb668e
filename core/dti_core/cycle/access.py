"""Who may fill in what, and until when: the lock at the deadline and the freeze for the council."""

from __future__ import annotations

from dti_core.cycle.naming import day_text, state_name
from dti_core.cycle.running import Place, Running
from dti_core.cycle.states import BY_UNITS, STAGE_OF, PhaseState, State
from dti_core.errors import Problem


def may_enter(running: Running, place: Place) -> Problem | None:
    """Return why a stage of a unit cannot be filled in today; None where it can."""
    running.require(place.stage)
    told = place.values(state=state_name(running.state))
    if running.state is State.PUBLISHED:
        return Problem("cycle.is-published", told)
    if place.stage not in BY_UNITS:
        return _may_appraise(running, place)
    if running.own_state(place.unit, place.stage) is PhaseState.SUBMITTED:
        return Problem("cycle.is-submitted", told)
    return may_report(running, place)


def may_report(running: Running, place: Place) -> Problem | None:
    """Let a unit report while the stage is open, or while an exception lets it."""
    if running.exception(place.unit, place.stage) is not None:
        return None
    first, last = running.stages["self"].starts, running.stages[place.stage].ends
    if running.state is State.OPENED and first is not None:
        return Problem("cycle.not-yet", place.values(first=day_text(first)))
    if running.stage != place.stage:
        return _out_of_turn(running, place)
    if last is not None and running.today > last:
        return Problem("cycle.locked", place.values(last=day_text(last)))
    return None


def _may_appraise(running: Running, place: Place) -> Problem | None:
    """Let a stage be appraised while it is its turn, and the unit no longer reports."""
    if running.stage != place.stage:
        return _out_of_turn(running, place)
    if running.state_of(place.unit) is State.REPORTING:
        return Problem("cycle.still-reports", place.values())
    return None


def _out_of_turn(running: Running, place: Place) -> Problem:
    """Say that the stage has not come yet, or that it is over and frozen."""
    states = {stage: state for state, stage in STAGE_OF.items()}
    turn = running.states.index(states[place.stage])
    early = running.states.index(running.state) < turn
    key = "cycle.too-early" if early else "cycle.frozen"
    return Problem(key, place.values(state=state_name(running.state)))
