"""What a decision says at one level, from wherever the plugin says it: framework, tiers, dates.

A hook that fails is told by the check of its own family; for all others it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dti_core.conformance.subject import Subject
from dti_core.errors import PluginMisbehaved
from dti_core.models import Calendar, Citation, Framework, Indicator, Tiers

TABLES: Final = (
    *("rankings", "statuses", "information", "listed", "interpretations", "discrepancies"),
)
POLICIES: Final = ("exclusion", "evidence", "appraiser")


@dataclass(frozen=True, slots=True)
class Cited:
    """Something that cites: what it is, for people, and where it stands in the decision."""

    what: str
    citation: Citation


def tiers_of(subject: Subject, framework: Framework) -> Tiers | None:
    """Return the tiers of a level, as far as the plugin gives any."""
    try:
        return subject.plugin.tiers(framework)
    except PluginMisbehaved:
        return None


def calendar_of(subject: Subject, framework: Framework, year: int) -> Calendar | None:
    """Return the calendar of a year, as far as the plugin gives one."""
    try:
        return subject.plugin.calendar(framework, year)
    except PluginMisbehaved:
        return None


def indicators(framework: Framework) -> Iterator[Indicator]:
    """Yield every indicator and sub-indicator."""
    for dimension in framework.dimensions:
        for each in dimension.indicators:
            yield from each.walk()


def cited(subject: Subject, framework: Framework) -> Iterator[Cited]:
    """Yield everything of a level that cites a clause."""
    yield from _of_framework(framework)
    tiers = tiers_of(subject, framework)
    for tier in tiers.tiers if tiers else ():
        yield Cited(f"tier {tier.name}", tier.citation)
    for override in tiers.overrides if tiers else ():
        yield Cited(f"override of {override.status}", override.citation)
    calendar = calendar_of(subject, framework, framework.decision.first_year)
    for milestone in calendar.milestones if calendar else ():
        yield Cited(f"milestone {milestone.id}", milestone.citation)


def _of_framework(framework: Framework) -> Iterator[Cited]:
    yield Cited("the level", framework.declared.citation)
    for dimension in framework.dimensions:
        yield Cited(f"main indicator {dimension.code}", dimension.citation)
    for indicator in indicators(framework):
        yield Cited(f"indicator {indicator.code}", indicator.citation)
    for name in POLICIES:
        policy = getattr(framework, name)
        if policy is not None:
            yield Cited(f"the policy {name}", policy.citation)
    for name in TABLES:
        for entry in getattr(framework, name):
            code = getattr(entry, "code", None) or entry.id
            yield Cited(f"{name}: {code}", entry.citation)
