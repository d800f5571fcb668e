"""Random frameworks and random facts, with ties and boundary values made on purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from frameworks import YEAR, dimension, framework, indicator, ranking, tiers
from hypothesis import strategies as st
from oracle import Fact

from dti_core.models import Framework, Indicator, Tiers
from dti_core.rules import (
    Awarded,
    CountAgainst,
    DueDate,
    FactType,
    ReverseShare,
    Rule,
    Share,
    Steps,
    YesNo,
)

ONE = 10_000
LARGEST_MAXIMUM = 200
"""In points: 6 dimensions × 3 indicators × 2 sub-items stay below 9,000."""

ratios = st.sampled_from(["0", "1", "1/2", "1/3", "80%", "0.8571", "33.33%", "9999/10000"])
zero_policies = st.sampled_from(["not_applicable", "full", "zero", "error"])
partials = st.sampled_from(["proportional", "nothing"])


@st.composite
def shares(draw):
    """Below the floor nothing, from full_from on everything: the floor is never the higher one."""
    low, high = sorted(
        (draw(st.none() | ratios), draw(st.none() | ratios)),
        key=lambda each: Fraction(0) if each is None else Share(floor=each).floor,
    )
    return Share(floor=low, full_from=high, zero_denominator=draw(zero_policies))


@st.composite
def step_rules(draw):
    """At most three steps; of a share they are percentages of at most two decimals."""
    of = draw(st.sampled_from(["count", "share"]))
    counts, percents = st.integers(1, 20 * ONE), st.integers(1, ONE).map(lambda each: 100 * each)
    bounds = draw(st.sets(counts if of == "count" else percents, min_size=1, max_size=3))
    earned = ["1", "1/2", "1/3"][: len(bounds)]
    steps = [
        {"at_least": bound, "share": share}
        for bound, share in zip(sorted(bounds, reverse=True), earned, strict=True)
    ]
    return Steps(of=of, steps=steps, zero_denominator=draw(zero_policies))


rising_rules = st.one_of(
    st.just(YesNo()),
    shares(),
    st.builds(CountAgainst, minimum=st.integers(1, 40 * ONE), partial=partials),
    step_rules(),
)
falling_rules = st.one_of(
    st.builds(ReverseShare, partial=partials, zero_denominator=zero_policies),
    st.builds(
        DueDate,
        due=st.sampled_from(["31/01", "28/02", "01/03", "31/12"]),
        year_offset=st.integers(-1, 1),
        late=ratios,
        last_day_counts=st.booleans(),
    ),
)
measuring_rules = rising_rules | falling_rules
rules = measuring_rules | st.just(Awarded())


def maxima(decimals: int) -> st.SearchStrategy[int]:
    """Maxima with as many decimals as the framework's points may have."""
    unit = 10 ** (4 - decimals)
    return st.integers(0, LARGEST_MAXIMUM * 10**decimals).map(lambda count: count * unit)


@st.composite
def indicators(draw, code: str, decimals: int):
    if draw(st.integers(0, 4)):
        return indicator(code, draw(maxima(decimals)), rule=draw(rules))
    items = [
        indicator(f"{code}.{letter}", draw(maxima(decimals)), rule=draw(rules))
        for letter in "ab"[: draw(st.integers(1, 2))]
    ]
    return indicator(code, sum(each.max_points for each in items), items=items)


@st.composite
def rankings(draw, codes: list[str]):
    """One of everything, and further ones of any dimensions, overlapping or not."""
    ties = st.sampled_from(["competition", "dense"])
    scopes = st.sampled_from(["level", "group"])
    some = st.lists(st.sampled_from(codes), unique=True)
    names = ["overall", "pillar", "trụ cột 2"][: draw(st.integers(1, 3))]
    return [
        ranking(name, dimensions=draw(some) if number else (), ties=draw(ties), scope=draw(scopes))
        for number, name in enumerate(names)
    ]


@st.composite
def frameworks(draw) -> Framework:
    decimals = draw(st.integers(0, 4))
    codes = ["I", "II", "III", "IV", "V", "Nhóm khác"][: draw(st.integers(1, 6))]
    dimensions = []
    for code in codes:
        count = draw(st.integers(1, 3))
        leaves = [draw(indicators(f"{code}.{n}", decimals)) for n in range(1, count + 1)]
        dimensions.append(dimension(code, *leaves))
    return framework(
        *dimensions,
        rankings=draw(rankings(codes)),
        point_decimals=decimals,
        value_scale=draw(st.sampled_from([1, 100, 1000])),
        value_decimals=draw(st.integers(0, 4)),
    )


@st.composite
def some_tiers(draw) -> Tiers:
    percents = st.fractions(Fraction(1, 100), 100, max_denominator=100)
    bounds = sorted(draw(st.sets(percents, min_size=1, max_size=4)), reverse=True)
    closed = draw(st.lists(st.booleans(), min_size=len(bounds), max_size=len(bounds)))
    return tiers(*map(str, bounds), closed=closed)


# Facts -----------------------------------------------------------------------------------------


def near(centre: int, largest: int) -> st.SearchStrategy[int]:
    """Draw a bound itself, or a ten-thousandth beside it, within 0 … largest."""
    return st.integers(-1, 1).map(lambda step: min(max(centre + step, 0), largest))


def _bounds(rule: Rule) -> list[Fraction]:
    """The shares at which a rule of a share changes its mind."""
    if isinstance(rule, Steps):
        return [Fraction(step.at_least, 100 * ONE) for step in rule.steps]
    given = [getattr(rule, name, None) for name in ("floor", "full_from")]
    return [each for each in given if each is not None]


@st.composite
def share_facts(draw, rule: Rule) -> dict[str, int]:
    lowest = 0 if rule.zero_denominator != "error" else 1
    whole = draw(
        st.sampled_from([lowest, 3 * ONE, 7 * ONE, 100 * ONE, 99_991 * ONE])
        | st.integers(lowest, 10**9)
    )
    values = st.integers(0, whole)
    for bound in _bounds(rule):
        values |= near(int(whole * bound), whole)
    return {"value": draw(values), "denominator": whole}


def number_facts(rule: Rule) -> st.SearchStrategy[dict[str, int]]:
    bounds = [rule.minimum] if isinstance(rule, CountAgainst) else [s.at_least for s in rule.steps]
    values = st.integers(0, 200 * ONE)
    for bound in bounds:
        values |= near(bound, 1000 * ONE)
    return values.map(lambda value: {"value": value})


def date_facts(rule: DueDate) -> st.SearchStrategy[dict[str, int]]:
    """Draw a day around the due one; a file holds no day further than the years beside."""
    first, last, due = map(
        _days, (dt.date(YEAR - 1, 1, 1), dt.date(YEAR + 1, 12, 31), rule.due_day(YEAR))
    )
    away = st.integers(-1, 1) | st.integers(-400, 400)
    return away.map(lambda away: {"value": min(max(due + away, first), last) * ONE})


def _days(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def measured(rule: Rule) -> st.SearchStrategy[dict[str, int]]:
    """Draw a value that the rule accepts, with its denominator where there is one."""
    match rule.accepts:
        case FactType.SHARE:
            return share_facts(rule)
        case FactType.NUMBER:
            return number_facts(rule)
        case FactType.DATE:
            return date_facts(rule)
    return st.sampled_from([0, ONE]).map(lambda value: {"value": value})


def fact(unit: str, leaf: Indicator) -> st.SearchStrategy[Fact | None]:
    """Draw a fact of an indicator: most often measured, else awarded, excluded or missing."""
    blank = Fact(unit, leaf.code)
    awarded = st.integers(0, leaf.max_points).map(lambda points: replace(blank, points=points))
    excluded = st.just(replace(blank, reason="Công văn minh hoạ"))
    if leaf.rule.accepts == FactType.POINTS:
        return st.one_of(awarded, awarded, excluded, st.none())
    known = measured(leaf.rule).map(lambda given: replace(blank, **given))
    return st.one_of(known, known, known, awarded, excluded, st.none())


@dataclass(frozen=True)
class Case:
    """A framework, facts of at least one unit, the group of each unit, and tiers or none."""

    framework: Framework
    facts: tuple[Fact, ...]
    groups: Mapping[str, str]
    tiers: Tiers | None


@st.composite
def cases(draw, framework_strategy: st.SearchStrategy[Framework] | None = None) -> Case:
    """Draw up to forty units, many of them equal on purpose: they share a few sets of facts."""
    drawn = draw(framework_strategy or frameworks())
    patterns = [
        [draw(fact("", leaf)) for _, leaf in drawn.leaves] for _ in range(draw(st.integers(1, 4)))
    ]
    everything_excluded = [
        Fact("", leaf.code, reason="Công văn minh hoạ") for _, leaf in drawn.leaves
    ]
    patterns.append(everything_excluded)
    chosen = draw(
        st.lists(st.integers(0, len(patterns) - 1), min_size=1, max_size=40), label="patterns"
    )
    facts, groups = [], {}
    for number, pattern in enumerate(chosen, 1):
        unit = f"Đơn vị minh hoạ {number:02d}"
        known = [replace(each, unit=unit) for each in patterns[pattern] if each is not None]
        if not known:  # a file knows a unit only by its rows
            known = [replace(everything_excluded[0], unit=unit)]
        facts += known
        groups[unit] = "AB"[number % 2]
    return Case(drawn, tuple(facts), groups, draw(st.none() | some_tiers()))
