"""How to lie about facts: a rule of one's own, another formula, another collector."""

from __future__ import annotations

from typing import Final

from sabotage import INDICATORS, MODULE, Edit, code, swap

HEAD: Final = """
import narwhals as nw
from dti_core.facts import Facts
from dti_core.rules import CountAgainst, Earned, Share
from dti_core.valuing import Value
"""


def own(indicator: str, kind: str, text: str) -> tuple[Edit, ...]:
    """Score an indicator by the kind ``Own`` of the plugin's, in the place of one of core's."""
    rows = {
        ("A.2", "count_against"): ("count_against,minimum", "own,minimum"),
        ("A.5", "share"): ("share,zero_denominator=@zero-denominator,Phụ lục A.5", ""),
    }
    old, new = rows[indicator, kind]
    return (
        swap(INDICATORS, old, new or old.replace("share,", "own,", 1)),
        swap(MODULE, "read_frameworks(DATA, choices)", "read_frameworks(DATA, choices, [Own])"),
        code(HEAD + text),
    )


def formula(numerator: str, denominator: str = 'nw.col("max_points")') -> Edit:
    """Take another formula for the reading in force."""
    new = f"""if framework.option("basis") == "ratio":
        import narwhals as nw

        from dti_core.valuing import Value

        points, whole = nw.col("points"), nw.col("max_points")
        return Value({numerator}, {denominator})"""
    return swap(MODULE, 'if framework.option("basis") == "ratio":\n        return None', new)


def collector(text: str) -> Edit:
    """Do something to the ``facts`` that core collects."""
    start = """
import dataclasses
import narwhals as nw
from dti_core.facts import Facts

@hookimpl(wrapper=True)
def dti_collect_metrics(framework, year, sources):
    facts = yield
"""
    return code(start + text)
