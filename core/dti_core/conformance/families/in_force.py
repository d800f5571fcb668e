"""In force: a decision answers for its own years and for no other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from dti_core.conformance.check import check
from dti_core.conformance.readings import each_choice
from dti_core.conformance.subject import Subject, each_level
from dti_core.errors import PluginMisbehaved, UsageError
from dti_core.models import Decision, Framework

LONGEST: Final = 10
"""Years: a set of indicators is made anew long before."""

YEAR: Final = 366
"""Days between the day of a decision and the day from which it is in force."""

AROUND: Final = 1
"""Years between the day of a decision and the first year that it evaluates."""


@check(
    "in_force.years",
    title="years outside the decision are refused, its first and last year are answered",
    why="a ranking of a year by a decision that was not the law of that year is void",
    guards="Decision",
)
def years(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        first, last = framework.decision.first_year, framework.decision.last_year
        for year in dict.fromkeys((first, last)):
            if _answering(subject, framework, year) != framework.decision:
                yield f"the year {year} is not answered by the decision that is in force then"
        for year in (first - 1, last + 1):
            found = _answering(subject, framework, year)
            if found is not None and not found.first_year <= year <= found.last_year:
                yield f"the year {year} is answered, but the decision is for {first}–{last}"

    yield from each_level(subject.frameworks, find)


def _answering(subject: Subject, framework: Framework, year: int) -> Decision | None:
    try:
        return subject.plugin.framework(framework.level, year).decision
    except UsageError:
        return None


@check(
    "in_force.disjoint",
    title="two decisions never answer for one year, whichever reading is chosen",
    why="with two laws for one year nobody can say which ranking holds",
    guards="Decision",
)
def disjoint(subject: Subject) -> Iterator[str]:
    for choice, frameworks in each_choice(subject):
        if isinstance(frameworks, PluginMisbehaved):
            overlaps = [each for each in frameworks.problems if each.key == "plugin.years-overlap"]
            yield from (f"{choice}: {each}" for each in overlaps)
        else:
            pairs = combinations(frameworks, 2)
            yield from (f"{choice}: {fault}" for pair in pairs for fault in _overlap(*pair))


def _overlap(one: Framework, other: Framework) -> Iterator[str]:
    mine, theirs = one.decision, other.decision
    apart = mine.last_year < theirs.first_year or theirs.last_year < mine.first_year
    if one.level == other.level and not apart:
        yield f"{one.level}: {mine.number} and {theirs.number} answer for the same year"


@check(
    "in_force.plausible",
    title="the dates and years of a decision are in their order and near one another",
    why="a slip in a year makes a decision answer for years that it never knew",
    guards="Decision",
)
def plausible(subject: Subject) -> Iterator[str]:
    yield from each_level(subject.frameworks, lambda framework: _dates(framework.decision))


def _dates(decision: Decision) -> Iterator[str]:
    first, last = decision.first_year, decision.last_year
    if last - first >= LONGEST:
        yield f"{first}–{last} are more than {LONGEST} years: correct last_year"
    if decision.date and abs(decision.date.year - first) > AROUND:
        yield f"a decision of {decision.date} evaluates from {first} on: correct one of them"
    force = decision.in_force_from
    if decision.date and force and not 0 <= (force - decision.date).days <= YEAR:
        yield f"a decision of {decision.date} is in force from {force}: correct one of them"
    for each in decision.supersedes:
        if decision.date and each.date >= decision.date:
            yield f"it supersedes {each.number} of {each.date}, which is no older than itself"


CHECKS: Final = (years, disjoint, plausible)
