"""What a rule can be asked: its bounds, the values beside them, and any value between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from dti_core.base import DayOfYear, Model
from dti_core.models import Framework, Indicator
from dti_core.numbers import INT64_MAX, ONE
from dti_core.rules import FactType, Rule, ZeroDenominator
from dti_core.rules.counts import days

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Bound = int | Fraction | DayOfYear
HUNDRED: Final = 100 * ONE
WHOLES: Final = (1, ONE, 3 * ONE, 7 * ONE, HUNDRED, 99_991 * ONE)
"""Denominators: the least, awkward ones, a percentage and a large one."""


def bounds(rule: Rule) -> tuple[Bound, ...]:
    """Find every number and day among the parameters of a rule, whatever its kind."""
    return tuple(dict.fromkeys(_walk(rule)))


def _walk(given: object) -> Iterator[Bound]:
    if isinstance(given, int | Fraction | DayOfYear) and not isinstance(given, bool):
        yield given
    elif isinstance(given, Model):
        for name in type(given).model_fields:
            yield from _walk(getattr(given, name))
    elif isinstance(given, Mapping):
        yield from _walk(tuple(given.values()))
    elif isinstance(given, tuple | list):
        for each in given:
            yield from _walk(each)


def largest(leaf: Indicator, framework: Framework) -> int:
    """Return the largest value that core's collector lets through for an indicator."""
    return INT64_MAX // (4 * max(leaf.max_points // framework.point_unit, ONE))


def wholes(rule: Rule, most: int) -> tuple[int | None, ...]:
    """Return denominators for a rule of a share; none for any other rule."""
    if rule.accepts != FactType.SHARE:
        return (None,)
    return (*(each for each in WHOLES if each <= most), most)


def takes_zero(rule: Rule) -> bool:
    """Tell whether a report with nothing below the line is one that the rule knows."""
    return rule.accepts == FactType.SHARE and rule.zero_denominator != ZeroDenominator.ERROR


@cache
def marks(rule: Rule, whole: int | None, year: int, most: int) -> tuple[int, ...]:
    """Return the values at which a rule may change its mind, and those beside them, in order."""
    if rule.accepts == FactType.YES_NO:
        return (0, ONE)
    if rule.accepts == FactType.DATE:
        return _day_marks(rule, year)
    if whole is not None:
        return _between([0, *_parts(rule, whole), whole], whole)
    return _between([0, ONE, *_counts(rule), most], most)


def _between(values: Iterable[int], most: int) -> tuple[int, ...]:
    beside = {each + step for each in values for step in (-1, 0, 1)}
    return tuple(sorted(each for each in beside if 0 <= each <= most))


def _parts(rule: Rule, whole: int) -> Iterator[int]:
    """Take a number of a rule for a ratio, or for a percentage, in ten-thousandths or not."""
    for each in bounds(rule):
        if isinstance(each, Fraction):
            yield int(whole * each)
        elif isinstance(each, int):
            yield from (whole * each // HUNDRED, whole * each // 100)


def _counts(rule: Rule) -> Iterator[int]:
    """Take a number of a rule for a count, in ten-thousandths or not."""
    for each in bounds(rule):
        if not isinstance(each, DayOfYear):
            yield from (int(each), int(each * ONE))


def _day_marks(rule: Rule, year: int) -> tuple[int, ...]:
    """Return the days of the rule with those beside them, and the ends of the three years."""
    named = (each for each in bounds(rule) if isinstance(each, DayOfYear))
    years = range(year - 1, year + 2)
    ends = [days(date(year - 1, 1, 1)), days(date(year + 1, 12, 31))]
    dated = [days(each.of(any_year)) for each in named for any_year in years]
    beside = {each + step * ONE for each in (*dated, *ends) for step in (-1, 0, 1)}
    return tuple(sorted(each for each in beside if ends[0] <= each <= ends[1]))


@cache
def values(rule: Rule, whole: int | None, year: int, most: int) -> SearchStrategy[int]:
    """Draw a value that the rule accepts: often one at a bound."""
    at_bounds = marks(rule, whole, year, most)
    drawn = st.sampled_from(at_bounds)
    if rule.accepts == FactType.YES_NO:
        return drawn
    if rule.accepts == FactType.DATE:
        first, last = at_bounds[0] // ONE, at_bounds[-1] // ONE
        return drawn | st.integers(first, last).map(lambda day: day * ONE)
    upper = min(most, 2 * max(HUNDRED, *_counts(rule), 0)) if whole is None else whole
    return drawn | st.integers(0, upper)
