"""What goes into a form and comes out of it: a unit, and its answers in ten-thousandths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that a form is for; ``group`` is "" where it is in none."""

    code: str
    name: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says of one indicator; every number is an ``int`` in ten-thousandths.

    The fields up to ``replacement`` are those of :data:`dti_core.facts.FACT_COLUMNS`. ``text`` is
    what general information says; of the unit as a whole it is the code of a status.
    """

    value: int | None = None
    denominator: int | None = None
    points: int | None = None
    reason: str | None = None
    max_points: int | None = None
    replacement: str | None = None
    evidence: str | None = None
    explanation: str | None = None
    text: str | None = None

    @property
    def status(self) -> str:
        """What tidy input calls this state of an indicator: "" where it is an ordinary fact."""
        if self.reason is None or self.text is not None:
            return ""
        if self.max_points is None:
            return "na"
        return "reduced" if self.replacement is None else "replaced"

    @property
    def is_fact(self) -> bool:
        """Whether there is something to score, or to leave out."""
        return any(each is not None for each in (self.value, self.points, self.reason))


Answers = Mapping[str, Answer]
"""Answers of one unit by the code of the indicator or information, or :data:`OF_UNIT`."""

OF_UNIT: Final = ""
"""The key of the status of the unit as a whole."""

NOTHING: Final = Answer()
NUMBERS: Final = ("value", "denominator", "points", "max_points")
FIELDS: Final = tuple(each.name for each in fields(Answer))
