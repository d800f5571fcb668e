"""Exclusion: what is not assessed for a unit neither helps nor harms it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from dti_core.conformance.cases import REASON, REPLACEMENT, Fact, as_cells, as_source
from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import Field, unit_code
from dti_core.conformance.exactly import exact_value
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Find, Found, Tried, for_all, grounds
from dti_core.conformance.varying import FULL, NOTHING, exclusions
from dti_core.errors import InvalidFacts
from dti_core.models import Detail, ExclusionPolicy
from dti_core.rules.base import shown
from dti_core.sources import Source


def _for_all(subject: Subject, find: Find) -> Iterable[str]:
    """Try cases of left-out indicators where the decision allows them."""
    return for_all(subject, exclusions, find, fewer=4, where=lambda ground: ground.may_exclude)


@check(
    "exclusion.others",
    title="Leaving an indicator out takes its maximum off, and nothing from any other indicator",
    why="Units with fewer duties are compared by what applies to them, and by nothing else.",
    guards="tally",
)
def others(subject: Subject) -> Iterable[str]:
    """Leave each indicator out in turn."""
    return _for_all(subject, _disturbed)


def _disturbed(tried: Tried) -> Iterator[Found]:
    facts = {each.code: each.facts for each in tried.case.units}
    owner = {leaf.code: each.code for each, leaf in tried.framework.leaves}
    for pair in tried.case.pairs:
        for fact in facts[pair.first]:
            cells = ((unit, fact.indicator) for unit in (pair.first, pair.second))
            before, after = (tried.scored[cell]["points"] for cell in cells)
            if fact.indicator != pair.indicator and before != after:
                yield Found(
                    f"without {pair.indicator}, {fact.indicator} has {shown(after)} points "
                    f"instead of {shown(before)}: its rule may look at its own row only",
                    pair[:2],
                )
        yield from _maximum(tried, pair.first, pair.second, pair.indicator, owner[pair.indicator])


def _maximum(tried: Tried, first: str, second: str, indicator: str, owner: str) -> Iterator[Found]:
    """Compare the maxima of the main indicator before and after."""
    before, after = (tried.rows[unit][f"max_points:{owner}"] for unit in (first, second))
    expected = before - _maximum_of(tried, first, indicator) + _maximum_of(tried, second, indicator)
    if after != expected:
        yield Found(
            f"without {indicator} the maximum of {owner} is {shown(after)}, "
            f"which should be {shown(expected)}: leave maxima to core",
            (first, second),
        )


def _maximum_of(tried: Tried, unit: str, indicator: str) -> int:
    row = tried.scored.get((unit, indicator))
    if row is None:
        return next(leaf.max_points for _, leaf in tried.framework.leaves if leaf.code == indicator)
    return int(row["max_points"]) if row["applicable"] else 0


@check(
    "exclusion.value",
    title="Who reached all that applies has the full value, whatever is left out",
    why="A formula on the whole maximum punishes a unit for duties that it does not have.",
    guards="value",
)
def value(subject: Subject) -> Iterable[str]:
    """Leave each indicator out of a unit that reached everything."""
    return _for_all(subject, _no_longer_full)


def _no_longer_full(tried: Tried) -> Iterator[Found]:
    for pair in tried.case.pairs:
        if pair.first != FULL:
            continue
        for ranking in tried.framework.rankings:
            whole, without = (exact_value(tried.rows[unit], ranking) for unit in pair[:2])
            if None not in {whole, without} and without != whole:
                yield Found(
                    f"ranking {ranking.code}: a unit that reached everything has the value "
                    f"{whole}, and without {pair.indicator} {without}: let dti_score divide by "
                    "max_points, the applicable maximum",
                    pair[:2],
                )


@check(
    "exclusion.nothing",
    title="A unit for which nothing is applicable has no value and no rank",
    why="Nothing divided by nothing is neither the best unit nor the worst.",
    guards="value",
)
def nothing(subject: Subject) -> Iterable[str]:
    """Look at a unit that leaves everything out."""
    return _for_all(subject, _valued_all_the_same)


def _valued_all_the_same(tried: Tried) -> Iterator[Found]:
    row = tried.rows[NOTHING]
    for ranking in tried.framework.rankings:
        value, rank = exact_value(row, ranking), row[f"{ranking.code}.rank"]
        if value is not None or rank is not None:
            yield Found(
                f"ranking {ranking.code}: nothing is applicable to a unit, and it has the value "
                f"{value} and the rank {rank}: let the denominator of dti_score be zero there",
                (NOTHING,),
            )


@check(
    "exclusion.policy",
    title="What may be left out or replaced is what the decision's policy says",
    why="An exclusion that the decision does not know is a way to better values with no document.",
    guards="exclusion policy",
)
def policy(subject: Subject) -> Iterable[str]:
    """Report an indicator as not applicable, replaced and reduced, in a file."""
    for ground in grounds(subject):
        for fact, allowed in _exclusions(ground):
            fault = _taken(subject, ground, fact, allowed=allowed)
            if fault:
                yield f"{ground.framework.level}: {fault}"


def _exclusions(ground: Field) -> Iterator[tuple[Fact, bool]]:
    """Yield an indicator in each state that input knows, and whether the policy allows it."""
    in_scale = [leaf for each, leaf in ground.leaves if each.in_scale]
    leaf = max(in_scale, key=lambda each: each.max_points)
    unit = ground.framework.point_unit
    by_whole = ground.framework.detail is Detail.DIMENSIONS
    may_replace = ground.policy is ExclusionPolicy.DEDUCT_OR_REPLACE
    blank = Fact(leaf.code, reason=REASON)
    yield blank, ground.may_exclude
    own = replace(blank, points=0, max_points=unit)
    yield replace(own, replacement=REPLACEMENT), may_replace
    if leaf.max_points > unit:
        yield own, ground.may_exclude and by_whole


def _taken(subject: Subject, ground: Field, fact: Fact, *, allowed: bool) -> str:
    """Tell what is wrong about how a plugin takes a row, "" if nothing is."""
    said = f"{fact.indicator} with status={fact.status}"
    try:
        facts = subject.plugin.collect(ground.framework, ground.year, [_file(ground, fact)])
    except InvalidFacts as error:
        told = f"{said} is refused, though the policy is {ground.policy}: {error}"
        return told if allowed else ""
    if not allowed:
        return f"{said} is taken, though the policy is {ground.policy}: raise InvalidFacts"
    states = ("reason", "max_points", "replacement")
    rows = facts.rows.collect().rows(named=True)
    kept = [
        tuple(row[name] for name in states) for row in rows if row["indicator"] == fact.indicator
    ]
    if kept != [(fact.reason, fact.max_points, fact.replacement)]:
        return f"{said} loses its state on the way: give reason, max_points and replacement"
    return ""


def _file(ground: Field, fact: Fact) -> Source:
    leaf = next(leaf for _, leaf in ground.leaves if leaf.code == fact.indicator)
    unit = {"unit": unit_code(1)}
    group = next(iter(leaf.groups or ground.groups))
    return as_source([unit | ({"group": group} if group else {}) | as_cells(fact, leaf)])


CHECKS: Final[tuple[Check, ...]] = (others, value, nothing, policy)
