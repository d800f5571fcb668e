"""Every maximum, rule, tier, date and reading with its clause and the words quoted (DTI7xx).

A framework whose clauses are not listed cannot be built at all: :mod:`dti_core.linting.refusals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dti_core.linting.findings import Case, Finding
from dti_core.messages import text
from dti_core.models import Citation, Detail, Framework

NAMED: Final = (
    *("rankings", "statuses", "information", "listed", "interpretations", "discrepancies"),
)
Cited = tuple[str, str, Citation]
"""What cites (as the messages call it), its code or id, and where it stands."""


def find(case: Case) -> Iterator[Finding]:
    """Look at every citation of the level, its tiers and its dates."""
    for part, subject, citation in (*_of_framework(case.framework), *_beside(case)):
        what = {"what": text(f"lint.cites.{part}"), "cited": citation.clause}
        if not citation.quote:
            yield Finding("DTI701", subject, citation.clause, what)
        if not case.framework.decision.has_clause(citation.clause):
            yield Finding("DTI702", subject, citation.clause, what)


def _of_framework(framework: Framework) -> Iterator[Cited]:
    yield "level", framework.level, framework.declared.citation
    for dimension in framework.dimensions:
        yield "dimensions", dimension.code, dimension.citation
        # Without an annex the one indicator of a main indicator is that main indicator.
        for indicator in dimension.indicators if framework.detail is Detail.INDICATORS else ():
            for each in indicator.walk():
                yield "indicators", each.code, each.citation
    policies = {name: getattr(framework, name) for name in ("exclusion", "evidence", "appraiser")}
    for name, policy in policies.items():
        if policy is not None:
            yield name, name, policy.citation
    for name in NAMED:
        for entry in getattr(framework, name):
            yield name, getattr(entry, "code", None) or entry.id, entry.citation


def _beside(case: Case) -> Iterator[Cited]:
    """Yield what the hooks give beside the framework; the clauses are the same every year."""
    if case.tiers is not None:
        for tier in case.tiers.tiers:
            yield "tiers", tier.name, tier.citation
        for override in case.tiers.overrides:
            yield "overrides", override.status, override.citation
    for calendar in case.calendars[:1]:
        for milestone in calendar.milestones:
            yield "milestones", milestone.id, milestone.citation
