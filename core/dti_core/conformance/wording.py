"""All texts of a level that people read, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from dti_core.base import Model
from dti_core.conformance.law import calendar_of, cited, indicators, tiers_of
from dti_core.conformance.subject import Subject
from dti_core.models import (
    Dimension,
    Framework,
    Indicator,
    Information,
    Listed,
    Ranking,
    UnitStatus,
)

Coded = Dimension | Indicator | Information | Listed | Ranking | UnitStatus

TEXTS: Final = (
    *("name", "note", "action", "condition", "evidence", "appraiser", "title", "issuer"),
    *("source", "text", "question", "why", "declared", "found", "used", "decided_by"),
)
"""The fields of models that hold words for people."""


class Wording(NamedTuple):
    """A text: of what, in which field."""

    where: str
    field: str
    text: str


def wordings(subject: Subject, framework: Framework) -> Iterator[Wording]:
    """Yield every text of a level that is not empty."""
    for where, model in _models(subject, framework):
        for field in TEXTS:
            given = getattr(model, field, "")
            if isinstance(given, str) and given:
                yield Wording(where, field, given)
    for each in cited(subject, framework):
        if each.citation.quote:
            yield Wording(each.what, "quote", each.citation.quote)


def _models(subject: Subject, framework: Framework) -> Iterator[tuple[str, Model]]:
    yield from (("decision", framework.decision), ("level", framework))
    yield from ((f"clause {each.id}", each) for each in framework.decision.clauses)
    yield from ((each.code, each) for each in _coded(framework))
    for interpretation in framework.interpretations:
        yield interpretation.id, interpretation
        yield from ((f"{interpretation.id}={each.id}", each) for each in interpretation.options)
    yield from ((each.id, each) for each in framework.discrepancies)
    yield from _beside(subject, framework)


def _coded(framework: Framework) -> Iterator[Coded]:
    yield from framework.dimensions
    yield from indicators(framework)
    yield from framework.information
    yield from framework.listed
    yield from framework.rankings
    yield from framework.statuses


def _beside(subject: Subject, framework: Framework) -> Iterator[tuple[str, Model]]:
    tiers = tiers_of(subject, framework)
    for tier in tiers.tiers if tiers else ():
        yield "tier", tier
    calendar = calendar_of(subject, framework, framework.decision.first_year)
    for milestone in calendar.milestones if calendar else ():
        yield milestone.id, milestone
