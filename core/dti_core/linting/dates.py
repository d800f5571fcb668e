"""Data windows, deadlines and publication, each in its order, over several years (DTI3xx)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Final, TypeVar

from dti_core.linting.findings import Case, Finding
from dti_core.messages import text
from dti_core.models import Calendar, DayBoundary, Decision, Milestone, MilestoneKind

T = TypeVar("T")
DAY: Final = dt.timedelta(days=1)
START, END = MilestoneKind.WINDOW_START, MilestoneKind.WINDOW_END
STEPS: Final = (
    END,
    MilestoneKind.ENTRY_DEADLINE,
    MilestoneKind.APPRAISAL,
    MilestoneKind.APPROVAL,
    MilestoneKind.PUBLICATION,
)
"""Each of them comes when all before it are done, or on the same day."""

OPENINGS: Final = (
    (MilestoneKind.OPENING, MilestoneKind.ENTRY_DEADLINE),
    (MilestoneKind.APPRAISAL, MilestoneKind.EXPLANATION),
)
"""The first of one kind comes before the first of another; later ones may follow it."""

DEADLINES: Final = (*STEPS[1:], MilestoneKind.EXPLANATION, MilestoneKind.PROGRESS_REPORT)
YEARS_WITH_A_LEAP_DAY: Final = 5


def years(decision: Decision, year: int | None) -> list[int]:
    """Return years of the decision to look at: that one and its neighbours, or the first five.

    Among five windows that follow one another there is a leap day, whatever day they start on.
    """
    first = decision.first_year
    asked = range(first, first + YEARS_WITH_A_LEAP_DAY)
    if year is not None:
        asked = range(year - 1, year + 2)
    return [each for each in asked if decision.answers_for(each)]


def find(case: Case) -> Iterator[Finding]:
    """Look at the calendars of the years one by one, and at each two that follow one another."""
    calendars = case.calendars
    if not calendars:
        return
    yield from _halves(calendars[0])
    yield from _first_of_each(calendars, _reversed)
    yield from _first_of_each(calendars, _out_of_order)
    yield from _first_of_each(pairwise(calendars), _between)
    yield from _before_force(calendars[0], case.framework.decision)


def last_day(milestone: Milestone) -> dt.date | None:
    """Return the last day that still counts, None where the clause fixes none."""
    before = milestone.day is DayBoundary.BEFORE
    return milestone.date - DAY if milestone.date and before else milestone.date


def window(calendar: Calendar) -> tuple[Milestone, dt.date, Milestone, dt.date] | None:
    """Return the milestones and the days, both inclusive, of a data window with fixed dates.

    A window may be reversed: its first day after its last.
    """
    start, end = _dated(calendar, START), _dated(calendar, END)
    if not start or not end:
        return None
    return start[0][0], start[0][1], end[-1][0], end[-1][1]


def _first_of_each(items: Iterable[T], look: Callable[[T], Iterable[Finding]]) -> list[Finding]:
    """Keep the first finding of each code and subject: every year repeats it."""
    found: dict[tuple[str, str], Finding] = {}
    for item in items:
        for each in look(item):
            found.setdefault((each.code, each.subject), each)
    return list(found.values())


def _dated(calendar: Calendar, kind: MilestoneKind) -> list[tuple[Milestone, dt.date]]:
    """Return the milestones of a kind with their last days, in order."""
    ends = ((each, last_day(each)) for each in calendar.milestones if each.kind is kind)
    dated = [(each, end) for each, end in ends if end is not None]
    return sorted(dated, key=lambda each: each[1])


def _halves(calendar: Calendar) -> Iterator[Finding]:
    """Yield a window of which the decision tells one side alone."""
    kinds = {each.kind: each for each in calendar.milestones}
    for mine, other in ((START, END), (END, START)):
        if mine in kinds and other not in kinds:
            yield _finding("DTI304", kinds[mine])


def _reversed(calendar: Calendar) -> Iterator[Finding]:
    if (found := window(calendar)) and found[1] > found[3]:
        start, first, end, last = found
        yield _finding("DTI303", end, start=_day(first), end=_day(last), from_id=start.id)


def _out_of_order(calendar: Calendar) -> Iterator[Finding]:
    """Yield each step that is to be done before one that comes before it."""
    for place, kind in enumerate(STEPS):
        earlier = [each for one in STEPS[:place] for each in _dated(calendar, one)]
        steps = _dated(calendar, kind)
        late = [each for each in earlier if steps and each[1] > steps[-1][1]]
        yield from _before(late[:1], steps[-1:])
    for kind, after in OPENINGS:
        firsts, steps = _dated(calendar, kind)[:1], _dated(calendar, after)[:1]
        yield from _before([each for each in firsts if steps and each[1] > steps[0][1]], steps)


def _before(
    late: list[tuple[Milestone, dt.date]], steps: list[tuple[Milestone, dt.date]]
) -> Iterator[Finding]:
    for (milestone, end), (step, day) in zip(late, steps, strict=False):
        told = {"day": _day(day), "before": milestone.name, "before_day": _day(end)}
        yield _finding("DTI305", step, **told, before_id=milestone.id)


def _between(calendars: tuple[Calendar, Calendar]) -> Iterator[Finding]:
    """Compare the windows of two years that follow one another."""
    one, next_one = (window(each) for each in calendars)
    if one is None or next_one is None or calendars[0].year + 1 != calendars[1].year:
        return
    end, last, first = one[2], one[3], next_one[1]
    if one[1] > last or first > next_one[3]:
        return
    years_told = {"year": calendars[0].year, "next_year": calendars[1].year}
    if last >= first:
        yield _finding("DTI301", end, **_span(first, last), **years_told)
    elif first - last > DAY:
        yield _finding("DTI302", end, **_span(last + DAY, first - DAY), **years_told)


def _span(first: dt.date, last: dt.date) -> dict[str, object]:
    """Name the days from the first to the last."""
    key = "lint.span.one" if first == last else "lint.span.more"
    days = (last - first).days + 1
    return {"span": text(key, start=_day(first), end=_day(last), days=days)}


def _before_force(calendar: Calendar, decision: Decision) -> Iterator[Finding]:
    """Yield deadlines of the first year that had passed when the decision came into force."""
    force = decision.in_force_from or decision.date
    if force is None or calendar.year != decision.first_year:
        return
    for each in calendar.milestones:
        end = last_day(each)
        if each.kind in DEADLINES and end is not None and end < force:
            yield _finding("DTI306", each, day=_day(end), force=_day(force))


def _finding(code: str, milestone: Milestone, **values: object) -> Finding:
    told = {"name": milestone.name} | values
    return Finding(code, milestone.id, milestone.citation.clause, told)


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
