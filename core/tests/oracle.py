"""The whole evaluation once more, slowly, by ``fractions.Fraction``, from the written contract.

It shares no formula with ``dti_core``: it reads a framework's data (maxima, rules' parameters,
policies) and computes with exact fractions of points, unit by unit, fact by fact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from dti_core.models import Dimension, Framework, Ranking, Tiers
from dti_core.rules import Rule

UNITS = 10_000
"""Ten-thousandths in one: the unit of every integer that the program holds."""


@dataclass(frozen=True)
class Fact:
    """One reported fact, in ten-thousandths: a value, awarded points, or a reason for *na*.

    With a maximum of the unit's own (and the reason for it) it is not *na*: another indicator, the
    ``replacement``, took the place, or without one a part of the indicator is not assessed.
    """

    unit: str
    indicator: str
    value: int | None = None
    denominator: int | None = None
    points: int | None = None
    reason: str | None = None
    max_points: int | None = None
    replacement: str | None = None


@dataclass(frozen=True)
class Scored:
    """What a fact earned, in points, of which maximum; not applicable: neither counts."""

    applicable: bool
    points: Fraction
    maximum: Fraction


LEFT_OUT = Scored(applicable=False, points=Fraction(0), maximum=Fraction(0))


def exact(scaled: int) -> Fraction:
    return Fraction(scaled, UNITS)


def scaled(number: Fraction) -> int:
    """Write a number of four decimals as the program does; anything else is no such number."""
    whole = number * UNITS
    if whole.denominator != 1:
        raise ValueError(number)
    return whole.numerator


def half_up(number: Fraction, decimals: int) -> Fraction:
    return Fraction(floor(number * 10**decimals + Fraction(1, 2)), 10**decimals)


# Earned shares, one function for each kind ---------------------------------------------------


def _yes_no(_rule: Rule, fact: Fact, _year: int) -> Fraction:
    return Fraction(1) if exact(fact.value) == 1 else Fraction(0)


def _share(rule: Rule, fact: Fact, _year: int) -> Fraction:
    share = Fraction(fact.value, fact.denominator)
    if rule.full_from is not None and share >= rule.full_from:
        return Fraction(1)
    return Fraction(0) if rule.floor is not None and share < rule.floor else share


def _reverse_share(rule: Rule, fact: Fact, _year: int) -> Fraction:
    share = Fraction(fact.value, fact.denominator)
    if rule.partial == "nothing":
        return Fraction(0) if share > 0 else Fraction(1)
    return 1 - share


def _count_against(rule: Rule, fact: Fact, _year: int) -> Fraction:
    reached = exact(fact.value) / exact(rule.minimum)
    if reached >= 1:
        return Fraction(1)
    return Fraction(0) if rule.partial == "nothing" else reached


def _steps(rule: Rule, fact: Fact, _year: int) -> Fraction:
    seen = exact(fact.value)
    if rule.of == "share":
        seen = 100 * Fraction(fact.value, fact.denominator)
    return max(
        (step.share for step in rule.steps if seen >= exact(step.at_least)), default=Fraction(0)
    )


def _due_date(rule: Rule, fact: Fact, year: int) -> Fraction:
    done = dt.date(1970, 1, 1) + dt.timedelta(days=int(exact(fact.value)))
    due = dt.date(year + rule.year_offset, rule.due.month, rule.due.day)
    in_time = done <= due if rule.last_day_counts else done < due
    return Fraction(1) if in_time else rule.late


EARNED = {
    "yes_no": _yes_no,
    "share": _share,
    "reverse_share": _reverse_share,
    "count_against": _count_against,
    "steps": _steps,
    "due_date": _due_date,
}


def score(framework: Framework, fact: Fact, year: int) -> Scored:
    """Score one fact: excluded, awarded, or measured, rounded half up once."""
    leaf = next(leaf for _, leaf in framework.leaves if leaf.code == fact.indicator)
    maximum = exact(leaf.max_points if fact.max_points is None else fact.max_points)
    if fact.reason is not None and fact.max_points is None:
        return LEFT_OUT
    if fact.points is not None:
        earned = exact(fact.points)
    elif fact.denominator == 0:
        policy = leaf.rule.zero_denominator
        if policy == "not_applicable":
            return LEFT_OUT
        earned = maximum * {"full": 1, "zero": 0}[policy]
    else:
        earned = maximum * EARNED[leaf.rule.kind](leaf.rule, fact, year)
    return Scored(
        applicable=True, points=half_up(earned, framework.point_decimals), maximum=maximum
    )


# Sums, values, tiers, ranks ------------------------------------------------------------------


Sums = dict[str, tuple[Fraction, Fraction]]
"""Dimension code to points and applicable maximum."""


def tally(framework: Framework, facts: Iterable[Fact], year: int, group: str = "") -> Sums:
    """Add up one unit; what was not reported scores nothing and stays in the maximum.

    What is only for other groups is not there for this unit. Outside the scale there is no maximum,
    nothing can be missing, and the points end at the cap.
    """
    scores = {fact.indicator: score(framework, fact, year) for fact in facts}
    sums = {}
    for each in framework.dimensions:
        found = [
            scores.get(leaf.code, Scored(True, Fraction(0), exact(leaf.max_points)))
            for dimension, leaf in framework.leaves
            if dimension.code == each.code and (not leaf.groups or group in leaf.groups)
        ]
        sums[each.code] = _sum(each, found)
    return sums


def _sum(dimension: Dimension, found: Sequence[Scored]) -> tuple[Fraction, Fraction]:
    points = sum((each.points for each in found), Fraction(0))
    if dimension.block == "scale":
        return points, sum((each.maximum for each in found), Fraction(0))
    return min(points, exact(dimension.cap)), Fraction(0)


def ratio(
    framework: Framework, ranking: Ranking, sums: Sums
) -> tuple[Fraction, Fraction, Fraction | None]:
    """Return points, applicable maximum and their ratio (None: nothing is applicable).

    A bonus adds to the points alone and a deduction takes from them, never below nothing.
    """
    points, maximum = Fraction(0), Fraction(0)
    for each in framework.dimensions:
        if not ranking.dimensions or each.code in ranking.dimensions:
            sign = -1 if each.block == "deduction" else 1
            points += sign * sums[each.code][0]
            maximum += sums[each.code][1]
    points = max(points, Fraction(0))
    return points, maximum, points / maximum if maximum else None


def tier(tiers: Tiers | None, value: Fraction | None, status: str = "") -> str | None:
    """Return the tier that the status decides, else the highest whose bound the value reaches."""
    for each in tiers.overrides if tiers else ():
        if each.status == status:
            return each.tier
    if tiers is None or value is None:
        return None
    percent = 100 * value
    return next(
        each.name
        for each in tiers.tiers
        if percent > each.lower or (each.lower_closed and percent == each.lower)
    )


def competes(framework: Framework, ranking: Ranking, status: str) -> bool:
    """Tell whether a unit of this status is ranked at all."""
    unranked = {each.code for each in framework.statuses if not each.ranked}
    return ranking.scope != "none" and status not in unranked


def rank(mine: Fraction | None, rivals: Sequence[Fraction], ties: str) -> int | None:
    """Return one more than the number of better rivals (dense: of better values)."""
    if mine is None:
        return None
    better = [each for each in rivals if each > mine]
    return 1 + len(better if ties == "competition" else set(better))


def evaluate(
    framework: Framework,
    year: int,
    facts: Sequence[Fact],
    groups: Mapping[str, str],
    *,
    tiers: Tiers | None = None,
    statuses: Mapping[str, str] | None = None,
) -> dict[str, dict[str, object]]:
    """Return for each unit every figure that ``Evaluation.units`` holds, as the same integers."""
    status = {unit: (statuses or {}).get(unit, "") for unit in groups}
    sums = {
        unit: tally(framework, [each for each in facts if each.unit == unit], year, group)
        for unit, group in groups.items()
    }
    rows = {unit: _dimension_columns(sums[unit]) for unit in groups}
    for number, ranking in enumerate(framework.rankings):
        ratios = {unit: ratio(framework, ranking, sums[unit]) for unit in groups}
        ranked = {
            unit: value
            for unit, (_, _, value) in ratios.items()
            if competes(framework, ranking, status[unit])
        }
        for unit, (points, maximum, value) in ratios.items():
            rivals = [
                theirs
                for other, theirs in ranked.items()
                if theirs is not None
                and (ranking.scope == "level" or groups[other] == groups[unit])
            ]
            place = rank(ranked.get(unit), rivals, ranking.ties)
            rows[unit] |= _ranking_columns(framework, ranking.code, points, maximum, place)
            if not number:
                rows[unit]["tier"] = tier(tiers, value, status[unit])
    return rows


def _dimension_columns(sums: Sums) -> dict[str, object]:
    columns = {}
    for code, (points, maximum) in sums.items():
        columns |= {f"points:{code}": scaled(points), f"max_points:{code}": scaled(maximum)}
    return columns


def _ranking_columns(
    framework: Framework, code: str, points: Fraction, maximum: Fraction, place: int | None
) -> dict[str, object]:
    shown = None
    if maximum:
        decimals = framework.value_decimals
        value = half_up(framework.value_scale * points / maximum, decimals)
        shown = int(value * 10**decimals)
    return {
        f"{code}.points": scaled(points),
        f"{code}.max_points": scaled(maximum),
        f"{code}.numerator": scaled(points),
        f"{code}.denominator": scaled(maximum) or None,
        f"{code}.value": shown,
        f"{code}.rank": place,
    }
