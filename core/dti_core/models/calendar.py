"""The milestones of one year under evaluation."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from dti_core.base import Model, Name, Text
from dti_core.models.law import Citation


class MilestoneKind(StrEnum):
    """What a milestone is about."""

    WINDOW_START = "window_start"
    WINDOW_END = "window_end"
    OPENING = "opening"
    ENTRY_DEADLINE = "entry_deadline"
    APPRAISAL = "appraisal"
    EXPLANATION = "explanation"
    SYNTHESIS = "synthesis"
    REPORT = "report"
    APPROVAL = "approval"
    PUBLICATION = "publication"
    PROGRESS_REPORT = "progress_report"


class DayBoundary(StrEnum):
    """How the clause bounds the day, and so whether that day still counts."""

    FROM = "from"
    TO = "to"
    BEFORE = "before"
    WITHIN_MONTH = "within_month"


class Milestone(Model):
    """One date as the clause writes it; ``decided_by`` where the clause leaves it to somebody."""

    id: Name
    kind: MilestoneKind
    name: Name
    date: dt.date | None = None
    day: DayBoundary | None = None
    decided_by: Text = ""
    citation: Citation

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.date is None) == (not self.decided_by) or (self.date is None) != (
            self.day is None
        ):
            raise ValueError(f"milestone {self.id}: either a date with its day, or who decides")
        return self

    @property
    def day_counts(self) -> bool | None:
        """Whether the day itself is still in time: not where the clause says *trước*."""
        return None if self.day is None else self.day is not DayBoundary.BEFORE


class Calendar(Model):
    """All milestones of one year under evaluation, in the order in which they come."""

    year: int
    milestones: Annotated[tuple[Milestone, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        dates = [each.date for each in self.milestones if each.date is not None]
        if dates != sorted(dates):
            raise ValueError("milestones are not in the order of their dates")
        return self
