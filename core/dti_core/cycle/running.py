"""A cycle as it stands on a day: its law, its stages, its units and what is open for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sqlmodel import col, select

from dti_core.cycle.naming import stage_name
from dti_core.cycle.refusing import refused
from dti_core.cycle.states import (
    FROZEN,
    ONE_ROUND,
    STAGE_OF,
    TWO_ROUNDS,
    PhaseState,
    State,
    unit_state,
)
from dti_core.errors import UsageError, usage_error
from dti_core.forms import Setup
from dti_core.loader import load_plugin
from dti_core.models import Framework
from dti_core.plugin import Plugin
from dti_core.sources import Source
from dti_core.store.tables import Appraiser, Blob, Cycle, LockException, Phase, Unit
from dti_core.store.tables.base import clean
from dti_core.store.units import units_on

if TYPE_CHECKING:
    from sqlmodel import Session

    from dti_core.store.writing import Write
    from dti_core.valuing import Value

ORDER: Final = ("self", "round1", "explanation", "round2", "final")


@dataclass(frozen=True)
class Which:
    """Which cycle is meant; None: whichever there is."""

    plugin: str | None = None
    level: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Law:
    """What a cycle is run by: the plugin, and the framework with the annex and the readings."""

    plugin: Plugin
    framework: Framework
    year: int

    def setup(self, stage: str) -> Setup:
        """Return what the forms of a stage share."""
        return Setup(self.framework, self.year, stage, self.plugin.name, self._formulas)

    @cached_property
    def _formulas(self) -> Mapping[str, Value]:
        return self.plugin.formulas(self.framework)


def find(session: Session, which: Which) -> Cycle:
    """Find the cycle that is meant.

    :raises UsageError: there is none, or more than one; those that are there are named.
    """
    every = session.exec(select(Cycle).order_by(col(Cycle.id))).all()
    found = [each for each in every if _matches(each, which)]
    if len(found) == 1:
        return found[0]
    named = ", ".join(f"{each.plugin} {each.level} {each.year}" for each in found or every)
    if not every:
        raise usage_error("cycle.none")
    raise usage_error("cycle.several" if found else "cycle.no-such", cycles=named)


def _matches(cycle: Cycle, which: Which) -> bool:
    wanted = ((which.plugin, cycle.plugin), (which.level, cycle.level), (which.year, cycle.year))
    return all(asked is None or asked == there for asked, there in wanted)


def law_of(session: Session, cycle: Cycle) -> Law:
    """Load what a cycle is run by, with the annex that was brought when it was opened.

    :raises PluginUnavailable: the plugin is not installed.
    :raises UsageError: the plugin no longer knows the level or the year.
    """
    plugin = load_plugin(cycle.plugin)
    framework = plugin.framework(cycle.level, cycle.year, cycle.choices)
    if cycle.annex is not None:
        from dti_core.annex import bring

        blob = session.get_one(Blob, cycle.annex)
        framework = bring(framework, Source(cycle.annex_name or "", data=blob.content or b""))
    return Law(plugin, framework, cycle.year)


@dataclass(frozen=True)
class Running:
    """A cycle on a day. It is read anew in every transaction, so that it is true there.

    :param stages: how each stage stands for all units; ``own``: for one unit, by its id.
    :param units: by code, those that are there on the day.
    """

    cycle: Cycle
    law: Law
    today: date
    stages: Mapping[str, Phase]
    own: Mapping[tuple[str, int], Phase]
    units: Mapping[str, Unit]
    exceptions: tuple[LockException, ...]
    appraisers: tuple[Appraiser, ...]

    @property
    def state(self) -> State:
        """Where the cycle stands; it begins to take reports by itself when the day has come."""
        state = State(self.cycle.state)
        first = self.stages["self"].starts
        if state is State.OPENED and (first is None or first <= self.today):
            return State.REPORTING
        return state

    @property
    def states(self) -> tuple[State, ...]:
        """The states that this cycle goes through."""
        return TWO_ROUNDS if "round2" in self.stages else ONE_ROUND

    @property
    def stage(self) -> str | None:
        """The stage that is being filled in; None before and after."""
        return STAGE_OF.get(self.state)

    @property
    def finished(self) -> str | None:
        """The latest measuring stage that is over; None while none is."""
        over = [each for each in ORDER if each != "explanation" and self._is_over(each)]
        return over[-1] if over else None

    def _is_over(self, stage: str) -> bool:
        return stage in self.stages and self.stages[stage].state == PhaseState.CLOSED

    def unit(self, code: str) -> Unit:
        """Return a unit of this cycle.

        :raises UsageError: it is none.
        """
        found = self.units.get(clean(code))
        if found is None:
            raise self._unknown(code)
        return found

    def _unknown(self, code: str) -> UsageError:
        from difflib import get_close_matches

        close = ", ".join(get_close_matches(code, self.units, 3, 0.5) or sorted(self.units)[:3])
        return usage_error("cycle.no-unit", unit=code, level=self.cycle.level, close=close)

    def own_state(self, unit: Unit, stage: str = "self") -> PhaseState | None:
        """Say how a stage stands for a unit; None: it has not begun."""
        phase = self.own.get((stage, unit.id))
        return None if phase is None else PhaseState(phase.state)

    def exception(self, unit: Unit, stage: str = "self") -> LockException | None:
        """Return the exception that lets a unit fill in a stage today.

        None holds once the council has what it decides on.
        """
        if self.state in FROZEN:
            return None
        mine = (each for each in self.exceptions if each.unit == unit.id and each.stage == stage)
        return next((each for each in mine if each.until >= self.today), None)

    def state_of(self, unit: Unit) -> State:
        """Say where a unit stands."""
        reopened = self.exception(unit) is not None
        return unit_state(self.state, self.own_state(unit), reopened=reopened)

    def is_late(self, unit: Unit) -> bool:
        """Tell whether reporting is over for a unit that has not released what it reports."""
        is_over = self._is_over("self") and self.exception(unit) is None
        return is_over and self.own_state(unit) is not PhaseState.SUBMITTED

    def require(self, stage: str) -> None:
        """Refuse a stage that this cycle does not have.

        :raises CycleRefused: it has not.
        """
        if stage not in self.stages:
            known = ", ".join(str(stage_name(each)) for each in ORDER if each in self.stages)
            raise refused("cycle.no-stage", stage=stage_name(stage), stages=known)


@dataclass(frozen=True)
class View:
    """One transaction that reads, and the cycle as it stands in it."""

    session: Session
    running: Running


@dataclass(frozen=True)
class Turn(View):
    """One transaction of changes, and the cycle as it stands in it."""

    write: Write

    def anew(self) -> Turn:
        """Return the same transaction with the cycle as it stands in it now."""
        held = self.running
        return Turn(
            self.session, running(self.session, held.cycle, held.law, held.today), self.write
        )


@dataclass(frozen=True)
class Place:
    """Where answers belong: to a unit, at a stage, and of whose voice ("": nobody's alone)."""

    unit: Unit
    stage: str = "self"
    appraiser: str = ""

    def __post_init__(self) -> None:
        """Write the name as the store does."""
        object.__setattr__(self, "appraiser", clean(self.appraiser))

    def values(self, **others: object) -> dict[str, object]:
        """Return what messages say of it."""
        return {"unit": self.unit.code, "stage": stage_name(self.stage), **others}


def _order(phase: Phase) -> int:
    return ORDER.index(phase.stage)


def _unit_on(session: Session, day: date, level: str, code: str) -> Unit | None:
    same = session.exec(select(Unit).where(Unit.code == code, Unit.level == level))
    return next((each for each in same if each.exists_on(day)), None)


def running(
    session: Session, cycle: Cycle, law: Law, today: date, code: str | None = None
) -> Running:
    """Read how a cycle stands.

    :param code: of the unit that it is all about; the others are then not read, which is quicker
        where there are hundreds. None, or a code that no unit has: all are.
    """
    session.expire_all()
    cycle = session.get_one(Cycle, cycle.id)
    one = None if code is None else _unit_on(session, today, cycle.level, clean(code))
    phases = select(Phase).where(Phase.cycle == cycle.id)
    if one is not None:
        phases = phases.where(col(Phase.unit).is_(None) | (Phase.unit == one.id))
    read = session.exec(phases).all()
    exceptions = select(LockException).where(LockException.cycle == cycle.id)
    appraisers = select(Appraiser).where(Appraiser.cycle == cycle.id)
    units = units_on(session, today, cycle.level) if one is None else [one]
    return Running(
        cycle,
        law,
        today,
        {each.stage: each for each in sorted(read, key=_order) if each.unit is None},
        {(each.stage, each.unit): each for each in read if each.unit is not None},
        {each.code: each for each in units},
        tuple(session.exec(exceptions.order_by(col(LockException.id)))),
        tuple(session.exec(appraisers.order_by(col(Appraiser.id)))),
    )
