"""Decisions made for the linter: a clean one, and each of the faults that it may find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from frameworks import cite, dimension, framework, indicator, rule
from running import as_plugin

from dti_core.errors import PluginMisbehaved
from dti_core.hookspecs import hookimpl
from dti_core.linting import Finding, lint, refused
from dti_core.models import (
    Calendar,
    Discrepancy,
    Exclusion,
    Framework,
    Listed,
    Milestone,
    Ranking,
    Tier,
    Tiers,
)

EXCLUSION = Exclusion(policy="deduct", citation=cite())
DATES = (
    ("window_start", "01/01", 0, "from"),
    ("window_end", "31/12", 0, "to"),
    ("entry_deadline", "31/01", 1, "before"),
    ("appraisal", "15/02", 1, "to"),
    ("approval", "28/02", 1, "within_month"),
    ("publication", "28/02", 1, "within_month"),
)
"""Kind, day, years after the one under evaluation, whether the day counts."""


@dataclass(frozen=True)
class Decided:
    """A decision as a plugin gives it; each part is made when a hook asks for it."""

    levels: Callable[[], Sequence[Framework]]
    tiers: Callable[[], Tiers | None] = lambda: None
    dates: Sequence[tuple] | None = DATES

    @hookimpl
    def dti_register_frameworks(self, choices):
        return list(self.levels())

    @hookimpl
    def dti_tier(self, framework):
        return self.tiers()

    @hookimpl
    def dti_calendar(self, framework, year):
        return self.dates and calendar(year, *self.dates)


def found(decided: Decided, year: int | None = None) -> list[Finding]:
    """Return everything that the linter finds, at all levels."""
    plugin = as_plugin(decided)
    try:
        linted = lint(plugin, plugin.frameworks(), year)
    except PluginMisbehaved as error:
        linted = refused(error)
    return [finding for each in linted for finding in each.findings]


def one(*dimensions, **fields) -> Framework:
    """Build a clean level; any field can be replaced."""
    return framework(*dimensions, **{"exclusion": EXCLUSION} | fields)


def decided(*dimensions, **fields) -> Decided:
    """Make a decision of one level, clean but for the fields that are given."""
    beside = {key: fields.pop(key) for key in ("tiers", "dates") if key in fields}
    return Decided(lambda: [one(*dimensions, **fields)], **beside)


def ruled(kind: str, /, max_points: str = "10", dates: Sequence[tuple] = DATES, **parameters):
    """Make a decision of one indicator, ``I.1``, under a rule."""
    return Decided(
        lambda: [
            one(dimension("I", indicator(max_points=max_points, rule=rule(kind, **parameters))))
        ],
        dates=dates,
    )


def tiers(*lowers: str, **fields) -> Tiers:
    """Make tiers ``A``, ``B`` … of these lower bounds, as they stand."""
    named = [
        Tier(name=name, lower=lower, citation=cite())
        for name, lower in zip("ABCDE", lowers, strict=False)
    ]
    return Tiers(**{"tiers": named} | fields)


def calendar(year: int, *dates: tuple) -> Calendar:
    """Make the calendar of a year; a date may go on with an id (else its kind) and a citation."""
    milestones = [_milestone(year, *each) for each in dates]
    return Calendar(year=year, milestones=sorted(milestones, key=lambda each: each.date))


def _milestone(year: int, *parts) -> Milestone:
    kind, day, offset, boundary, named, citation = (*parts, *("", None)[len(parts) - 4 :])
    fields = {"id": named or kind, "kind": kind, "name": f"Mốc {named or kind}", "day": boundary}
    return Milestone(date=_day(day, year + offset), citation=citation or cite(), **fields)


def _day(day: str, year: int) -> dt.date:
    return dt.datetime.strptime(f"{day}/{year}", "%d/%m/%Y").astimezone().date()


def moved(kind: str, day: str, offset: int = 0, boundary: str = "to") -> Sequence[tuple]:
    """Return the clean dates with one of another day."""
    return [each if each[0] != kind else (kind, day, offset, boundary) for each in DATES]


def ranking(code: str = "overall", **fields) -> Ranking:
    return Ranking(**{"code": code, "name": f"Bảng {code}", "citation": cite()} | fields)


def listed(code: str, **fields) -> Listed:
    return Listed(
        **{"code": code, "dimension": "I", "name": f"Chỉ số {code}", "citation": cite()} | fields
    )


def discrepancy(**fields) -> Discrepancy:
    given = {
        "id": "told",
        "about": "numbering",
        "declared": "một",
        "found": "hai",
        "used": "hai",
        "citation": cite(),
    }
    return Discrepancy(**given | fields)
