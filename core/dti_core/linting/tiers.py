"""Tiers that no value reaches, and statuses that change nothing (DTI4xx).

That tiers leave no gap, do not overlap and are named by overrides is checked where they are built:
see :mod:`dti_core.linting.refusals`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dti_core.linting.findings import Case, Finding
from dti_core.models import Block, Framework

WHOLE = 100


def find(case: Case) -> Iterator[Finding]:
    """Look at the tiers of the level, and at the statuses of its units."""
    tiers, framework = case.tiers, case.framework
    for each in tiers.tiers if tiers else ():
        out_of_reach = each.lower > WHOLE or (each.lower == WHOLE and not each.lower_closed)
        if out_of_reach and not _may_exceed(framework):
            yield Finding("DTI403", each.name, each.citation.clause, {"lower": str(each.lower)})
    decided = {each.status for each in tiers.overrides} if tiers else set()
    for status in framework.statuses:
        if status.ranked and status.code not in decided:
            yield Finding("DTI405", status.code, status.citation.clause, {"name": status.name})


def _may_exceed(framework: Framework) -> bool:
    """Tell whether a bonus may bring a value above 100 %."""
    blocks = {each.block for each in framework.dimensions}
    return Block.BONUS in blocks or framework.bonus_block == "annex"
