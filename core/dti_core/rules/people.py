"""Points that come from people or from sub-items, not from a measured value."""

from __future__ import annotations

from typing import ClassVar

from dti_core.rules.base import FactType, Rule


class Awarded(Rule):
    """Points that an appraiser or a council awards, within 0 … maximum."""

    kind: ClassVar[str] = "awarded"
    sentence: ClassVar[str] = "rule.awarded"
    measures: ClassVar[FactType] = FactType.POINTS


class SumOf(Rule):
    """The sum of the points of the indicator's sub-items; no fact of its own."""

    kind: ClassVar[str] = "sum_of"
    measures: ClassVar[FactType] = FactType.POINTS
