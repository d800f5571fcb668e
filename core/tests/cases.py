"""Random facts of random frameworks, with ties and boundary values made on purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import oracle
from frameworks import YEAR
from hypothesis import strategies as st
from oracle import Fact
from running import run
from strategies import GROUPS, frameworks, maxima, some_tiers

from dti_core.models import Detail, Framework, Indicator, Tiers
from dti_core.pipeline import Evaluation
from dti_core.rules import CountAgainst, DueDate, FactType, Rule, Steps

ONE = 10_000
REASON = "Công văn minh hoạ"


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


@st.composite
def changed(draw, blank: Fact, leaf: Indicator, framework: Framework) -> Fact:
    """Draw what the council decided: another indicator of its own maximum, or a part left out."""
    unit = framework.point_unit
    reducible = framework.detail is Detail.DIMENSIONS and leaf.max_points > unit
    replacement = None
    if framework.exclusion.policy == "deduct_or_replace" and (not reducible or draw(st.booleans())):
        replacement = "Chỉ số thay thế minh hoạ"
        own = draw(maxima(framework.point_decimals, least=1))
    elif reducible:
        own = draw(st.integers(1, leaf.max_points // unit - 1)) * unit
    else:
        return replace(blank, reason=REASON)
    points = draw(st.integers(0, own) | near(own, own))
    return replace(blank, points=points, max_points=own, reason=REASON, replacement=replacement)


def fact(leaf: Indicator, framework: Framework) -> st.SearchStrategy[Fact | None]:
    """Draw a fact: most often measured, else awarded, excluded, of an own maximum, or missing."""
    blank = Fact("", leaf.code)
    awarded = st.integers(0, leaf.max_points).map(lambda points: replace(blank, points=points))
    excluded = st.just(replace(blank, reason=REASON))
    others = (awarded, excluded, changed(blank, leaf, framework), st.none())
    if leaf.rule.accepts == FactType.POINTS:
        return st.one_of(awarded, *others)
    known = measured(leaf.rule).map(lambda given: replace(blank, **given))
    return st.one_of(known, known, known, *others)


@dataclass(frozen=True)
class Case:
    """A framework, facts of at least one unit, the group and status of each, and tiers or none."""

    framework: Framework
    facts: tuple[Fact, ...]
    groups: Mapping[str, str]
    statuses: Mapping[str, str]
    tiers: Tiers | None


def run_case(case: Case) -> Evaluation:
    """Evaluate a case from a file, the whole way."""
    given = (case.facts, case.groups)
    return run(case.framework, *given, tiers=case.tiers, statuses=case.statuses)


def by_oracle(case: Case) -> dict[str, dict[str, object]]:
    """Return every figure of each unit, as the oracle has it."""
    known = (case.framework, YEAR, case.facts, case.groups)
    rows = oracle.evaluate(*known, tiers=case.tiers, statuses=case.statuses)
    return {unit: {"tier": None} | row for unit, row in rows.items()}


@st.composite
def cases(draw, framework_strategy: st.SearchStrategy[Framework] | None = None) -> Case:
    """Draw up to forty units, many of them equal on purpose: they share a few sets of facts."""
    drawn = draw(framework_strategy or frameworks())
    leaves = [leaf for _, leaf in drawn.leaves]
    patterns = [
        [draw(fact(leaf, drawn)) for leaf in leaves] for _ in range(draw(st.integers(1, 4)))
    ]
    patterns += _extremes(drawn)
    chosen = draw(
        st.lists(st.integers(0, len(patterns) - 1), min_size=1, max_size=40), label="patterns"
    )
    codes = [each.code for each in drawn.statuses]
    facts, groups, statuses = [], {}, {}
    for number, pattern in enumerate(chosen, 1):
        unit, group = f"Đơn vị minh hoạ {number:02d}", GROUPS[number % 3]
        groups[unit] = group
        if number % 5 < len(codes):
            statuses[unit] = codes[number % 5]
        known = _of_group(patterns[pattern], leaves, group)
        if not known and unit not in statuses:  # a file knows a unit only by its rows
            known = [Fact("", leaves[0].code, reason=REASON)]
        facts += [replace(each, unit=unit) for each in known]
    tiers = draw(some_tiers(codes) | st.none())
    return Case(drawn, tuple(facts), groups, statuses, tiers)


def _extremes(framework: Framework) -> list[list[Fact | None]]:
    """Everything excluded, nothing reported, everything with any bonus, and deductions alone."""
    excluded = [Fact("", leaf.code, reason=REASON) for _, leaf in framework.leaves]
    most, least = (
        [
            Fact("", leaf.code, points=leaf.max_points if each.block in blocks else 0)
            for each, leaf in framework.leaves
        ]
        for blocks in (("scale", "bonus"), ("deduction",))
    )
    return [excluded, [None] * len(excluded), most, least]


def _of_group(pattern: list[Fact | None], leaves: list[Indicator], group: str) -> list[Fact]:
    """Leave out what is only for units of other groups."""
    return [
        each
        for each, leaf in zip(pattern, leaves, strict=True)
        if each is not None and (not leaf.groups or group in leaf.groups)
    ]
