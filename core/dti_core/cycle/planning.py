"""The calendar of a decision → the stages of a cycle and when each is open."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dti_core.cycle.states import ONE_ROUND, STAGE_OF, TWO_ROUNDS, State
from dti_core.models import Calendar, DayBoundary, Milestone, MilestoneKind

ENDS: Final = {
    "self": (MilestoneKind.ENTRY_DEADLINE, 0),
    "round1": (MilestoneKind.APPRAISAL, 0),
    "explanation": (MilestoneKind.EXPLANATION, 0),
    "round2": (MilestoneKind.APPRAISAL, 1),
    "final": (MilestoneKind.APPROVAL, 0),
}
"""The milestone that ends a stage: its kind, and which of that kind."""


@dataclass(frozen=True)
class Plan:
    """The states of a cycle in order, and the first and last day of each of its stages."""

    states: tuple[State, ...]
    days: Mapping[str, tuple[date | None, date | None]]


def plan(calendar: Calendar | None, last_days: Mapping[str, date]) -> Plan:
    """Plan a cycle: two rounds where the decision lets units explain between them.

    :param last_days: by stage, the day that the authority sets, above all where the decision
        leaves it to somebody.
    """
    milestones = calendar.milestones if calendar else ()
    kinds = {each.kind for each in milestones}
    states = TWO_ROUNDS if MilestoneKind.EXPLANATION in kinds else ONE_ROUND
    days = {
        stage: (_first(milestones, stage), last_days.get(stage) or _last(milestones, stage))
        for stage in (STAGE_OF[each] for each in states if each in STAGE_OF)
    }
    return Plan(states, {stage: _ordered(*each) for stage, each in days.items()})


def _ordered(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """Leave out a first day that lies behind a last day that was set otherwise."""
    return (None if first and last and first > last else first), last


def _first(milestones: tuple[Milestone, ...], stage: str) -> date | None:
    if stage != "self":
        return None
    return next(_days(milestones, MilestoneKind.OPENING), (None, None))[0]


def _last(milestones: tuple[Milestone, ...], stage: str) -> date | None:
    kind, number = ENDS[stage]
    found = [last for _, last in _days(milestones, kind)]
    return found[number] if number < len(found) else None


def _days(
    milestones: tuple[Milestone, ...], kind: MilestoneKind
) -> Iterator[tuple[date | None, date | None]]:
    """Yield the first and the last day that each milestone of a kind allows."""
    for each in milestones:
        if each.kind is kind:
            yield _first_day(each), last_day(each)


def _first_day(milestone: Milestone) -> date | None:
    if milestone.date is None or milestone.day is DayBoundary.BEFORE:
        return None
    return milestone.date.replace(day=1) if _is_month(milestone) else milestone.date


def last_day(milestone: Milestone) -> date | None:
    """Return the last day on which a milestone is kept: *trước ngày 15* is the 14th."""
    day = milestone.date
    if day is None:
        return None
    if _is_month(milestone):
        return day.replace(day=months.monthrange(day.year, day.month)[1])
    return day if milestone.day_counts else day - timedelta(days=1)


def _is_month(milestone: Milestone) -> bool:
    return milestone.day is DayBoundary.WITHIN_MONTH
