"""How a cycle stands: who is missing, what is to be done, and how long is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dti_core.cycle.answers import MEASURING
from dti_core.cycle.appraising import unappraised
from dti_core.cycle.running import Running
from dti_core.cycle.states import BY_UNITS, PhaseState, State
from dti_core.store import cells
from dti_core.store.tables import Unit

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class UnitStatus:
    """How one unit stands.

    :param entered: how many indicators it has answered, of ``asked``; ``waiting``: how many of them
        are still to be appraised at this stage.
    :param until: the last day on which it may fill in what is open; None: no day is set.
    """

    unit: Unit
    state: State
    late: bool
    released: bool
    entered: int
    asked: int
    waiting: int
    until: date | None


@dataclass(frozen=True)
class CycleStatus:
    """How a cycle stands on a day; ``days_left`` is negative when the last day is over."""

    running: Running
    units: tuple[UnitStatus, ...]
    until: date | None
    days_left: int | None

    @property
    def missing(self) -> list[str]:
        """The units that still have something to release."""
        return [each.unit.code for each in self.units if not each.released and not each.late]


def status_of(session: Session, running: Running) -> CycleStatus:
    """Say how a cycle stands."""
    stage = running.stage
    until = running.stages[stage].ends if stage else None
    left = None if until is None else (until - running.today).days
    asked = {leaf.code for _, leaf in running.law.framework.leaves}
    latest = cells.latest(session, running.cycle.id, "self").values()
    entered = Counter(e.unit for e in latest if e.indicator in asked and not e.is_empty)
    waiting = Counter[int]()
    if stage in MEASURING and stage != "self":
        units = running.units.values()
        waiting.update(unit.id for unit, *_ in unappraised(session, running, units))
    own = stage if stage in BY_UNITS else "self"
    rows = tuple(
        UnitStatus(
            unit,
            running.state_of(unit),
            running.is_late(unit),
            running.own_state(unit, own) is PhaseState.SUBMITTED,
            entered[unit.id],
            len(asked),
            waiting[unit.id],
            _until(running, unit, own),
        )
        for _, unit in sorted(running.units.items())
    )
    return CycleStatus(running, rows, until, left)


def _until(running: Running, unit: Unit, stage: str) -> date | None:
    exception = running.exception(unit, stage)
    if exception is not None:
        return exception.until
    return running.stages[stage].ends if running.stage == stage else None
