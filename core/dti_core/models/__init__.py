"""The law as frozen data: decisions, frameworks, tiers and calendars."""

from dti_core.models.calendar import Calendar, DayBoundary, Milestone, MilestoneKind
from dti_core.models.framework import Declared, Dimension, Framework, Indicator, Level, Ranking
from dti_core.models.law import Citation, Clause, Decision, Discrepancy, Interpretation, Option
from dti_core.models.tier import Tier, Tiers

__all__ = [
    "Calendar",
    "Citation",
    "Clause",
    "DayBoundary",
    "Decision",
    "Declared",
    "Dimension",
    "Discrepancy",
    "Framework",
    "Indicator",
    "Interpretation",
    "Level",
    "Milestone",
    "MilestoneKind",
    "Option",
    "Ranking",
    "Tier",
    "Tiers",
]
