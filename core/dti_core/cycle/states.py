"""The states of a cycle and of a unit in it, and which follows which."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a cycle stands; a unit stands there too, unless it is ahead or behind."""

    OPENED = "opened"
    REPORTING = "reporting"
    SUBMITTED = "submitted"
    ROUND1 = "round1"
    EXPLANATION = "explanation"
    ROUND2 = "round2"
    COUNCIL = "council"
    PUBLISHED = "published"


class PhaseState(StrEnum):
    """How a stage stands: for all units the first three, for one unit the others."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    REPORTING = "reporting"
    SUBMITTED = "submitted"
    LATE = "late"


ONE_ROUND: Final = (
    State.OPENED,
    State.REPORTING,
    State.ROUND1,
    State.COUNCIL,
    State.PUBLISHED,
)
TWO_ROUNDS: Final = (
    *ONE_ROUND[:3],
    State.EXPLANATION,
    State.ROUND2,
    *ONE_ROUND[3:],
)
"""The states of a cycle in order; ``submitted`` is a unit's alone."""

STAGE_OF: Final = {
    State.REPORTING: "self",
    State.ROUND1: "round1",
    State.EXPLANATION: "explanation",
    State.ROUND2: "round2",
    State.COUNCIL: "final",
}
"""The stage of facts that is filled in while a cycle is in a state."""

BY_UNITS: Final = ("self", "explanation")
"""The stages that units fill in; the others are appraised."""

FROZEN: Final = frozenset({State.COUNCIL, State.PUBLISHED})
"""When what units say is frozen: no round is left in which it would be appraised."""


def unit_state(cycle: State, own: PhaseState | None, *, reopened: bool = False) -> State:
    """Say where a unit stands.

    :param own: how its self-assessment stands; None: it has not begun.
    :param reopened: an exception lets it report although the cycle has gone on.
    """
    if cycle is State.REPORTING and own is PhaseState.SUBMITTED:
        return State.SUBMITTED
    if reopened and own is not PhaseState.SUBMITTED and cycle is not State.PUBLISHED:
        return State.REPORTING
    return cycle


def following(states: tuple[State, ...], state: State) -> State | None:
    """Return the state that comes next; None after the last."""
    later = states[states.index(state) + 1 :]
    return later[0] if later else None
