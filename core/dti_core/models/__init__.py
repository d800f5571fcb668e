"""The law as frozen data: decisions, frameworks, tiers and calendars."""

from dti_core.models.calendar import Calendar, DayBoundary, Milestone, MilestoneKind
from dti_core.models.framework import AnnexSource, Detail, Framework, Level, Ranking
from dti_core.models.law import Citation, Clause, Decision, Discrepancy, Interpretation, Option
from dti_core.models.policy import (
    Appraiser,
    EvidenceDuty,
    Exclusion,
    ExclusionPolicy,
    UnitStatus,
)
from dti_core.models.tier import Override, Tier, Tiers
from dti_core.models.tree import Block, Declared, Dimension, Indicator, Information, Listed

__all__ = [
    "AnnexSource",
    "Appraiser",
    "Block",
    "Calendar",
    "Citation",
    "Clause",
    "DayBoundary",
    "Decision",
    "Declared",
    "Detail",
    "Dimension",
    "Discrepancy",
    "EvidenceDuty",
    "Exclusion",
    "ExclusionPolicy",
    "Framework",
    "Indicator",
    "Information",
    "Interpretation",
    "Level",
    "Listed",
    "Milestone",
    "MilestoneKind",
    "Option",
    "Override",
    "Ranking",
    "Tier",
    "Tiers",
    "UnitStatus",
]
