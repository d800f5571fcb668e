"""Monotony: a better fact never costs anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dti_core.conformance.cases import Fact
from dti_core.conformance.check import Check, check
from dti_core.conformance.exactly import exact_value
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Found, Tried, for_all
from dti_core.conformance.varying import ladders
from dti_core.models import Block, Indicator
from dti_core.rules.base import shown


@check(
    "monotony.points",
    title="A higher fact never earns less, unless its rule is declared to fall; then never more",
    why="A unit that does better must not lose points, and whoever reads a rule must know its way.",
    guards="rule",
)
def points(subject: Subject) -> Iterable[str]:
    """Compare the points of every indicator, rung by rung."""
    return for_all(subject, ladders, _lowered)


def _lowered(tried: Tried) -> Iterator[Found]:
    facts = {each.code: {one.indicator: one for one in each.facts} for each in tried.case.units}
    for pair in tried.case.pairs:
        for _, leaf in tried.framework.leaves:
            first, second = (facts[unit].get(leaf.code) for unit in (pair.first, pair.second))
            if first is None or second is None or first == second:
                continue
            low, high = (pair.first, pair.second) if _less(first, second) else pair[1::-1]
            earned = [tried.scored[unit, leaf.code]["points"] for unit in (low, high)]
            fault = _against_its_way(leaf, earned[0], earned[1])
            if fault:
                says = _told(leaf, facts[low][leaf.code], facts[high][leaf.code], *earned)
                yield Found(f"{says}: {fault}", (low, high), (leaf.code,))


def _less(first: Fact, second: Fact) -> bool:
    if first.points is not None and second.points is not None:
        return first.points < second.points
    return (first.value or 0) < (second.value or 0)


def _against_its_way(leaf: Indicator, low: int, high: int) -> str:
    if leaf.rule.fall and low < high:
        return "the rule is declared to fall, and rises: set fall = False, or mend earned()"
    if not leaf.rule.fall and low > high:
        return "the rule falls without saying so: set fall = True, or mend earned()"
    return ""


def _told(leaf: Indicator, low: Fact, high: Fact, earned: int, more: int) -> str:
    first, second = (_asked(each) for each in (low, high))
    points = f"{shown(earned)} and {shown(more)}"
    return f"{leaf.code} (rule {leaf.rule.kind}): {first} and {second} earn {points} points"


def _asked(fact: Fact) -> str:
    number = shown((fact.value or 0) if fact.points is None else fact.points)
    return number if fact.denominator is None else f"{number}/{shown(fact.denominator)}"


@check(
    "monotony.value",
    title="Better facts never lower the value of a unit",
    why="A formula that punishes progress makes units hide it.",
    guards="value",
)
def value(subject: Subject) -> Iterable[str]:
    """Compare units on the rungs, and units that are better in one main indicator."""
    return for_all(subject, ladders, _devalued)


def _devalued(tried: Tried) -> Iterator[Found]:
    for pair in tried.case.pairs:
        if not _earned_no_less(tried, pair.first, pair.second):
            continue  # its rules are to blame: monotony.points tells
        for ranking in tried.framework.rankings:
            worse, better = (
                exact_value(tried.rows[unit], ranking) for unit in (pair.first, pair.second)
            )
            if worse is not None and (better is None or better < worse):
                yield Found(
                    f"ranking {ranking.code}: facts that are as good or better lower the value "
                    f"from {worse} to {better}: mend the formula of dti_score",
                    (pair.first, pair.second),
                )


def _earned_no_less(tried: Tried, worse: str, better: str) -> bool:
    """Tell whether no main indicator lost points, and no deduction gained any."""
    for each in tried.framework.dimensions:
        before, after = (tried.rows[unit][f"points:{each.code}"] for unit in (worse, better))
        if each.block is Block.DEDUCTION:
            before, after = after, before
        if after < before:
            return False
    return True


CHECKS: Final[tuple[Check, ...]] = (points, value)
