"""Calendar: every milestone of every year, in order, from the words of the decision alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from dti_core.conformance.check import check
from dti_core.conformance.clock import watched
from dti_core.conformance.law import calendar_of
from dti_core.conformance.quoting import QuotedDay, days, last_word
from dti_core.conformance.subject import Subject, each_level
from dti_core.errors import PluginMisbehaved
from dti_core.lawfiles.readings import for_level, read_law
from dti_core.models import Calendar, Framework, Milestone, MilestoneKind

YEARS: Final = 10
"""So many that leap years are among them."""


@check(
    "calendar.years",
    title="every year has its calendar, of that year, for ten years",
    why="a deadline that is computed in one year only fails in the next",
    guards="Calendar",
)
def years(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        given = 0
        for year in _years(framework):
            try:
                given += subject.plugin.calendar(framework, year) is not None
            except PluginMisbehaved as error:
                given += 1
                yield from (f"{year}: {each}" for each in error.problems)
        if given not in {0, YEARS}:
            yield f"only {given} of {YEARS} years have a calendar: give all of them one"

    yield from each_level(subject.frameworks, find)


@check(
    "calendar.complete",
    title="every milestone of the decision is in the calendar of every year, once",
    why="a deadline that is not shown is missed",
    guards="Milestone",
)
def complete(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        named = _named(subject, framework)
        for calendar in _calendars(subject, framework):
            stands = Counter(each.id for each in calendar.milestones)
            named = named or set(stands)
            yield from (f"{calendar.year}: {each} is missing" for each in sorted(named - {*stands}))
            twice = (each for each, times in stands.items() if times > 1)
            yield from (f"{calendar.year}: {each} stands twice" for each in twice)
        if named and _gives_none(subject, framework):
            yield f"the data name {len(named)} milestones: implement dti_calendar"

    yield from each_level(subject.frameworks, find)


def _gives_none(subject: Subject, framework: Framework) -> bool:
    """Tell whether the plugin says that there are no dates; a hook that fails says nothing."""
    try:
        return subject.plugin.calendar(framework, framework.decision.first_year) is None
    except PluginMisbehaved:
        return False


def _named(subject: Subject, framework: Framework) -> set[str]:
    """Return the ids of the milestones of a level in the plugin's data files, if it has such."""
    laws = (read_law(path.parent) for path in subject.folder.rglob("decision.toml"))
    mine = [law for law in laws if law["decision"]["number"] == framework.decision.number]
    return {each["id"] for law in mine for each in for_level(law, "milestones", framework.level)}


@check(
    "calendar.order",
    title="milestones come in the order of their dates, each step after the one before it",
    why="nobody can be appraised before the deadline for the report",
    guards="Milestone",
)
def order(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for calendar in _calendars(subject, framework):
            dated = [each for each in calendar.milestones if each.date is not None]
            for one, other in pairwise(dated):
                if str(one.date) > str(other.date):
                    yield f"{calendar.year}: {one.id} stands before {other.id}: sort them"
            yield from _steps(calendar)

    yield from each_level(subject.frameworks, find)


STEPS: Final = (
    (MilestoneKind.WINDOW_START, MilestoneKind.WINDOW_END),
    (MilestoneKind.ENTRY_DEADLINE, MilestoneKind.APPROVAL),
    (MilestoneKind.ENTRY_DEADLINE, MilestoneKind.PUBLICATION),
    (MilestoneKind.APPRAISAL, MilestoneKind.PUBLICATION),
    (MilestoneKind.APPROVAL, MilestoneKind.PUBLICATION),
)


def _steps(calendar: Calendar) -> Iterator[str]:
    last: dict[MilestoneKind, Milestone] = {}
    for each in sorted(calendar.milestones, key=lambda each: str(each.date or "")):
        if each.date is not None:
            last[each.kind] = each
    for one, other in STEPS:
        if one in last and other in last and str(last[one].date) > str(last[other].date):
            yield f"{calendar.year}: {last[one].id} is after {last[other].id}: correct the dates"


@check(
    "calendar.dates",
    title="a milestone is on the same day of every year, leap years too",
    why="units plan by the day that the decision names",
    guards="Milestone",
)
def dates(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        first: dict[str, tuple[str, str]] = {}
        for calendar in _calendars(subject, framework):
            for each in calendar.milestones:
                found = _day(each, calendar.year)
                day, side = first.setdefault(each.id, found)
                if found != (day, side):
                    yield f"{calendar.year}: {each.id} is {' '.join(found)}, else {day} {side}"

    yield from each_level(subject.frameworks, find)


def _day(milestone: Milestone, year: int) -> tuple[str, str]:
    """Return day and month with the years between, and whether the day itself counts."""
    side = milestone.day or milestone.decided_by
    if milestone.date is None:
        return "", side
    day, years_between = milestone.date, milestone.date.year - year
    end_of_february = day.month == FEBRUARY and day.day in {28, 29}
    return ("end of February" if end_of_february else f"{day:%d/%m}") + f"{years_between:+}", side


FEBRUARY: Final = 2


@check(
    "calendar.quoted",
    title="each date, and whether its day counts, is the one in the words quoted",
    why="“trước 30/11” and “đến 30/11” are a day apart",
    guards="Milestone",
)
def quoted(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        calendar = calendar_of(subject, framework, framework.decision.first_year)
        for each in calendar.milestones if calendar else ():
            told = list(days(each.citation.quote))
            if told and each.date is not None:
                yield from _unlike_the_quote(each, told, framework.decision.first_year)

    yield from each_level(subject.frameworks, find)


SIDES: Final = {
    "từ": "from",
    "đến": "to",
    "chậm nhất": "to",
    "hạn": "to",
    "trước": "before",
    "trong": "within_month",
}


def _unlike_the_quote(milestone: Milestone, told: list[QuotedDay], year: int) -> Iterator[str]:
    mine = [each for each in told if _is_day(milestone, each, year)]
    if not mine:
        yield f"{milestone.id} is on {milestone.date:%d/%m/%Y}, which is not in the words quoted"
    sides = [last_word(each.before, SIDES) for each in mine]
    if sides and None not in sides and milestone.day not in sides:
        yield f"{milestone.id} counts as “{milestone.day}”, by the words quoted “{sides[0]}”"


def _is_day(milestone: Milestone, told: QuotedDay, year: int) -> bool:
    """Tell whether a milestone of the calendar of a year is on a day that is quoted."""
    date = milestone.date
    return date is not None and (
        told.day in {None, date.day}
        and told.month in {None, date.month}
        and told.year in {None, date.year, date.year - year}
    )


@check(
    "calendar.clock",
    title="the calendar is computed from the year alone, without a look at a clock",
    why="a calendar printed today must be the one that was announced",
    guards="Calendar",
)
def clock(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        year = framework.decision.first_year
        calendar_of(subject, framework, year)  # whatever is imported for it reads no clock later
        with watched() as seen:
            calendar_of(subject, framework, year)
        for each in dict.fromkeys(seen):
            yield f"dti_calendar calls {each}: compute the dates from the year that is given"

    yield from each_level(subject.frameworks, find)


def _years(framework: Framework) -> range:
    first = framework.decision.first_year
    return range(first, first + YEARS)


def _calendars(subject: Subject, framework: Framework) -> Iterator[Calendar]:
    """Yield the calendars of ten years, as far as the plugin gives them."""
    for year in _years(framework):
        calendar = calendar_of(subject, framework, year)
        if calendar is not None:
            yield calendar


CHECKS: Final = (years, complete, order, dates, quoted, clock)
