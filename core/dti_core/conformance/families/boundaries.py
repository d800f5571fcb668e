"""Boundaries: every value is in one tier, and in the right one where it is exactly a threshold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from dti_core.conformance import edges
from dti_core.conformance.cases import as_facts
from dti_core.conformance.check import check
from dti_core.conformance.edges import Edge
from dti_core.conformance.law import tiers_of
from dti_core.conformance.quoting import last_word, numbers
from dti_core.conformance.subject import Subject, each_level
from dti_core.errors import PluginMisbehaved
from dti_core.models import Block, Framework, Tier, Tiers
from dti_core.numbers import ONE, to_short_decimal
from dti_core.pipeline import evaluate_facts

WHOLE: Final = 100
Row = Mapping[str, Any]


@check(
    "boundaries.cover",
    title="the tiers cover 0 … 100 % once, and each can be reached",
    why="a unit without a tier, or with two, cannot be told what it is",
    guards="Tier",
)
def cover(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        try:
            tiers = subject.plugin.tiers(framework)
        except PluginMisbehaved as error:
            yield from map(str, error.problems)
            return
        if tiers is not None:
            yield from _gaps(tiers)
            yield from _out_of_reach(tiers, framework)

    yield from each_level(subject.scorable, find)


def _gaps(tiers: Tiers) -> Iterator[str]:
    for higher, lower in pairwise(tiers.tiers):
        if higher.lower <= lower.lower:
            yield f"{higher.name} starts at {higher.lower}, {lower.name} at {lower.lower}: reorder"
    lowest = tiers.tiers[-1]
    if lowest.lower != 0 or not lowest.lower_closed:
        yield f"nothing holds the values below {lowest.name}: let it start at 0, closed"
    names = [each.name for each in tiers.tiers]
    yield from (f"two tiers are called {each}" for each in set(names) if names.count(each) > 1)


def _out_of_reach(tiers: Tiers, framework: Framework) -> Iterator[str]:
    beyond = framework.bonus_block == "annex"
    if beyond or any(each.block is Block.BONUS for each in framework.dimensions):
        return  # a bonus may bring a value above 100 %
    for each in tiers.tiers:
        if each.lower > WHOLE or (each.lower == WHOLE and not each.lower_closed):
            yield f"no value reaches {each.name}: it starts above 100 %"


@check(
    "boundaries.sides",
    title="a value exactly at a threshold, or just beside it, is on the right side",
    why="one hundredth of a point decides about a tier that is published",
    guards="Tier",
)
def sides(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        tiers = tiers_of(subject, framework)
        if tiers is not None:
            yield from _misplaced(subject, framework, tiers)

    yield from each_level(subject.scorable, find)


def _misplaced(subject: Subject, framework: Framework, tiers: Tiers) -> Iterator[str]:
    made = edges.edges(framework, tiers)
    if not made:
        return  # an outline without an annex has nothing that could be awarded
    settled = {edges.of_status(framework, each.status): each.tier for each in tiers.overrides}
    case = edges.case(framework, [*(each.unit for each in made), *settled])
    evaluation = evaluate_facts(subject.plugin, framework, case.year, as_facts(case))
    rows = {row["unit"]: row for row in evaluation.units.rows(named=True)}
    first = framework.rankings[0].code
    own = any(_ratio(rows[each.unit.code], first) != each.ratio for each in made)
    for each in made:
        row = rows[each.unit.code]
        ratio = _ratio(row, first) if own else each.ratio
        expected = None if ratio is None else edges.tier_of(ratio, tiers)
        if row["tier"] != expected:
            yield f"{_told(each)} is in {row['tier']}, not in {expected}"
    for unit, tier in settled.items():
        if rows[unit.code]["tier"] != tier:
            yield f"a unit of status {unit.status} is in {rows[unit.code]['tier']}, not in {tier}"
    if own:
        yield from _blurred(made, rows, first)


def _blurred(made: list[Edge], rows: Mapping[str, Row], first: str) -> Iterator[str]:
    """Yield neighbours that a formula of the plugin's own no longer tells apart."""
    for one, other in pairwise(made):
        ratios = (_ratio(rows[each.unit.code], first) for each in (one, other))
        rising = one.max_points == other.max_points and one.points < other.points
        same_group = one.unit.group == other.unit.group
        if rising and same_group and _not_rising(*ratios):
            yield f"the value does not rise from {_told(one)} to {_told(other)}: do not round it"


def _not_rising(one: Fraction | None, other: Fraction | None) -> bool:
    return one is None or other is None or one >= other


def _ratio(row: Row, ranking: str) -> Fraction | None:
    whole = row[f"{ranking}.denominator"]
    return None if whole is None else Fraction(row[f"{ranking}.numerator"], whole)


def _told(edge: Edge) -> str:
    return f"{to_short_decimal(edge.points)} of {to_short_decimal(edge.max_points)} points"


@check(
    "boundaries.quoted",
    title="each threshold, and the side it is on, is the one in the words quoted",
    why="“từ 75 %” and “trên 75 %” put the same unit into different tiers",
    guards="Tier",
)
def quoted(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        tiers = tiers_of(subject, framework)
        if tiers is not None:
            yield from _unlike_the_quote(tiers, framework)
            for each in tiers.overrides:
                if each.tier.lower() not in each.citation.quote.lower():
                    yield f"the words quoted do not put {each.status} into {each.tier}"

    yield from each_level(subject.scorable, find)


CLOSED, OPEN, BELOW, UP_TO = "closed", "open", "below", "up to"
WORDS: Final = (
    dict.fromkeys(("từ", "bằng", "≥", "đạt", "tối thiểu", "ít nhất"), CLOSED)
    | dict.fromkeys(("trên", "hơn", "lớn hơn", "cao hơn", "quá", ">"), OPEN)
    | dict.fromkeys(("dưới", "nhỏ hơn", "thấp hơn", "ít hơn", "<"), BELOW)
    | dict.fromkeys(("đến", "≤", "tối đa", "nhỏ hơn hoặc bằng", "không quá"), UP_TO)
)


def _unlike_the_quote(tiers: Tiers, framework: Framework) -> Iterator[str]:
    above: Tier | None = None
    for each in sorted(tiers.tiers, key=lambda each: each.lower, reverse=True):
        if any(numbers(each.citation.quote)):
            yield from _lower_side(each, framework)
            yield from _upper_side(each, above, framework)
        above = each


def _lower_side(tier: Tier, framework: Framework) -> Iterator[str]:
    wanted = CLOSED if tier.lower_closed else OPEN
    found = list(_sides(tier, tier.lower, framework))
    if tier.lower and not found:
        yield f"{tier.name} starts at {tier.lower}: the words quoted hold no such number"
    elif tier.lower and any(found) and wanted not in found:
        yield f"{tier.name}: {tier.lower} is {wanted} here, in the words quoted {found[0]}"


def _upper_side(tier: Tier, above: Tier | None, framework: Framework) -> Iterator[str]:
    if above is None:
        return
    found = [each for each in _sides(tier, above.lower, framework) if each in {BELOW, UP_TO}]
    wanted = BELOW if above.lower_closed else UP_TO
    if found and wanted not in found:
        yield f"{tier.name} ends {wanted} {above.lower} here, in the words quoted {found[0]}"


def _sides(tier: Tier, bound: Fraction, framework: Framework) -> Iterator[str | None]:
    """Yield on which side of a bound each mention of it puts the tier; it may be in points."""
    points = Fraction(framework.max_points, ONE) * bound / 100
    for each in numbers(tier.citation.quote):
        if each.number in {bound, points}:
            yield last_word(each.before, WORDS)


CHECKS: Final = (cover, sides, quoted)
