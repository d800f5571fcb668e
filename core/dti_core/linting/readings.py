"""What nobody has decided yet, and entries that tell of nothing (DTI8xx; DTI002: what is read)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dti_core.linting.figures import figures_of
from dti_core.linting.findings import CODES, Case, Finding, Linted, Severity
from dti_core.messages import text
from dti_core.models import Detail, Discrepancy, Framework, Interpretation


def find(case: Case) -> Iterator[Finding]:
    """Say how much of the level could be read, and what is still open in it."""
    framework, clause = case.framework, case.framework.declared.citation.clause
    if framework.detail is not Detail.INDICATORS:
        values = {"detail": text(f"lint.detail.{framework.detail}")}
        yield Finding("DTI002", framework.level, clause, values)
    if framework.exclusion is None:
        yield Finding("DTI802", "exclusion")
    for each in framework.interpretations:
        if not each.overridden:
            told = {"question": each.question, "option": each.in_force, "text": each.chosen.text}
            yield Finding("DTI801", each.id, each.citation.clause, told)


def acknowledge(framework: Framework, finding: Finding) -> Finding:
    """Mark a finding that an entry of the framework tells of."""
    if finding.severity is Severity.NOTE:
        return finding
    for each in entries(framework):
        if _tells(each, finding):
            return replace(finding, acknowledged=each.id)
    return finding


def entries(framework: Framework) -> Sequence[Discrepancy | Interpretation]:
    """Return what may tell of a finding: contradictions first, then doubtful places."""
    return (*framework.discrepancies, *framework.interpretations)


def _tells(entry: Discrepancy | Interpretation, finding: Finding) -> bool:
    figures = finding.values.get("figures")
    if isinstance(entry, Discrepancy) and figures and figures_of(entry) == figures:
        return True
    return any(covers(each, finding) for each in entry.lint)


def covers(pattern: str, finding: Finding) -> bool:
    """Tell whether ``CODE`` or ``CODE:subject`` names a finding."""
    code, _, subject = pattern.partition(":")
    return code == finding.code and subject in {"", finding.subject}


def idle(linted: Sequence[Linted]) -> Iterator[tuple[int, Finding]]:
    """Yield acknowledgements that name no finding at any level of their decision.

    Each comes with the place of its level; one entry may stand at several. Under a reading that
    the authority chose, a place may have nothing to acknowledge any more.
    """
    told: dict[tuple[str, str, str], tuple[int, str]] = {}
    used: set[tuple[str, str, str]] = set()
    for place, each in enumerate(linted):
        if each.framework is None or _chosen(each.framework):
            continue
        for entry in entries(each.framework):
            for pattern in entry.lint:
                key = (each.framework.decision.number, entry.id, pattern)
                told.setdefault(key, (place, entry.citation.clause))
                if any(covers(pattern, finding) for finding in each.findings):
                    used.add(key)
    for key in sorted(told.keys() - used):
        place, clause = told[key]
        _, entry_id, pattern = key
        known = text("lint.known.yes" if pattern.partition(":")[0] in CODES else "lint.known.no")
        yield place, Finding("DTI803", entry_id, clause, {"pattern": pattern, "known": known})


def _chosen(framework: Framework) -> bool:
    return any(each.overridden for each in framework.interpretations)
