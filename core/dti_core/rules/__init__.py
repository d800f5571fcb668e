"""Scoring rules as data: one small model for each kind, its formula beside its parameters.

A kind turns a measured fact into an *earned share* of the indicator's maximum, as two integer
expressions over columns; the one rounding happens in :mod:`dti_core.scoring`. The table of kinds
is open: give classes of your own to :func:`dti_core.lawfiles.read_frameworks`.
"""

from dti_core.base import Points
from dti_core.rules.base import (
    Earned,
    Fact,
    FactType,
    Ratio,
    Rule,
    ZeroDenominator,
    parse_rule,
    shown,
)
from dti_core.rules.counts import CountAgainst, DueDate, Steps, YesNo
from dti_core.rules.people import Awarded, SumOf
from dti_core.rules.shares import ReverseShare, Share

KINDS: tuple[type[Rule], ...] = (
    YesNo,
    Share,
    ReverseShare,
    CountAgainst,
    Steps,
    DueDate,
    Awarded,
    SumOf,
)
"""The kinds that core knows."""

__all__ = [
    "KINDS",
    "Awarded",
    "CountAgainst",
    "DueDate",
    "Earned",
    "Fact",
    "FactType",
    "Points",
    "Ratio",
    "ReverseShare",
    "Rule",
    "Share",
    "Steps",
    "SumOf",
    "YesNo",
    "ZeroDenominator",
    "parse_rule",
    "shown",
]
