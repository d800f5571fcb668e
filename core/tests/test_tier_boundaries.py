"""Tiers at their bounds, the whole way: a ten-thousandth of a point decides, the display never."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import oracle
import pytest
from frameworks import cite, dimension, framework, indicator, rule, tiers
from hypothesis import given
from hypothesis import strategies as st
from oracle import Fact
from running import run

from dti_core.models import Framework, Tiers

ONE = 10_000
REASON = "Công văn minh hoạ"
SIDES = {"closed below": True, "closed above": False}


def _framework(maxima: Sequence[int], **fields) -> Framework:
    """Make one awarded indicator of each maximum, points of four decimals, and a bonus of ten."""
    awarded = rule("awarded")
    leaves = [indicator(f"I.{n}", each, rule=awarded) for n, each in enumerate(maxima, 1)]
    bonus = dimension("B", indicator("B.1", rule=awarded), block="bonus", cap="10")
    policy = {"policy": "deduct_or_replace", "citation": cite()}
    given = {"point_decimals": 4, "exclusion": policy}
    return framework(dimension("I", *leaves), bonus, **given | fields)


@st.composite
def odd_denominators(draw) -> tuple[list[int], int]:
    """Draw maxima of which the last is excluded; what is left is odd in ten-thousandths."""
    maxima = draw(st.lists(st.integers(1, 150 * ONE), min_size=2, max_size=5))
    left = sum(maxima[:-1])
    if left % 2 == 0:
        maxima[0] += 1
        left += 1
    return maxima, left


def _spread(unit: str, maxima: Sequence[int], points: int) -> Iterator[Fact]:
    """Give points to the indicators in their order, all but the last, which is excluded."""
    for number, maximum in enumerate(maxima[:-1], 1):
        here = min(points, maximum)
        points -= here
        yield Fact(unit, f"I.{number}", points=here)
    yield Fact(unit, f"I.{len(maxima)}", reason=REASON)


def _around(bounds: Tiers, maximum: int) -> list[int]:
    """Return the points at each bound and a ten-thousandth beside it, within the maximum."""
    edges = (Fraction(each.lower) * maximum / 100 for each in bounds.tiers)
    near = {int(edge) + step for edge in edges for step in (-1, 0, 1, 2)}
    return sorted(each for each in near if 0 <= each <= maximum)


@pytest.mark.parametrize("closed", SIDES.values(), ids=SIDES)
@given(drawn=odd_denominators())
def test_a_ten_thousandth_beside_each_bound_with_an_odd_denominator(closed, drawn):
    maxima, maximum = drawn
    assert maximum % 2
    bounds = tiers("90", "75", "70", "50", "33.33", "25", closed=[closed] * 6)
    wanted = _around(bounds, maximum)
    facts = [fact for points in wanted for fact in _spread(str(points), maxima, points)]
    units = run(_framework(maxima), facts, tiers=bounds).units
    assert set(units["overall.denominator"]) == {maximum}
    named = dict(zip(units["unit"], units["tier"], strict=True))
    expected = {str(each): oracle.tier(bounds, Fraction(each, maximum)) for each in wanted}
    assert named == expected


@given(drawn=odd_denominators(), scale=st.sampled_from([1, 100, 1000]), decimals=st.integers(0, 4))
def test_what_is_shown_changes_neither_tier_nor_rank(drawn, scale, decimals):
    maxima, maximum = drawn
    bounds = tiers("90", "70", "50")
    facts = [
        fact for points in _around(bounds, maximum) for fact in _spread(str(points), maxima, points)
    ]
    shown = {"value_scale": scale, "value_decimals": decimals}
    one = run(_framework(maxima), facts, tiers=bounds).units
    other = run(_framework(maxima, **shown), facts, tiers=bounds).units
    decided = ["unit", "tier", "overall.rank"]
    assert one.select(decided).rows() == other.select(decided).rows()
    ranks = one["overall.rank"].to_list()
    assert ranks == sorted(set(ranks)), "each has other points, however alike they look"


@given(own=st.integers(1, 150 * ONE), other=st.integers(0, 75 * ONE).map(lambda n: 2 * n + 1))
def test_a_maximum_of_the_units_own_moves_the_bound_with_it(own, other):
    """What replaces an indicator makes the denominator; the decision's own maximum is gone."""
    maximum = own + other
    bounds, facts = tiers("90", "70", "50"), []
    for points in _around(bounds, maximum):
        here = min(points, own)
        new = {"max_points": own, "reason": REASON, "replacement": "Chỉ số thay thế minh hoạ"}
        facts += [
            Fact(str(points), "I.1", points=here, **new),
            Fact(str(points), "I.2", points=points - here),
        ]
    units = run(_framework([100 * ONE, other]), facts, tiers=bounds).units
    assert set(units["overall.denominator"]) == {maximum}
    for unit, tier in units.select("unit", "tier").rows():
        assert tier == oracle.tier(bounds, Fraction(int(unit), maximum))


@pytest.mark.parametrize("closed", SIDES.values(), ids=SIDES)
def test_the_smallest_bonus_lifts_a_unit_to_the_bound_and_above_it(closed):
    """89.9999 of 100, then one, then two ten-thousandths of a bonus on top."""
    facts = []
    for unit, bonus in {"a": 0, "b": 1, "c": 2}.items():
        facts += [Fact(unit, "I.1", points=899_999), Fact(unit, "B.1", points=bonus)]
    whole = _framework([100 * ONE])
    units = run(whole, facts, tiers=tiers("90", closed=[closed])).units.sort("unit")
    assert units["tier"].to_list() == ["B", "A" if closed else "B", "A"]
    assert set(units["overall.value"]) == {9_000}
    assert units["overall.rank"].to_list() == [3, 2, 1]


def test_the_smallest_deduction_takes_a_unit_from_the_bound():
    leaf = indicator(max_points="100", rule=rule("awarded"))
    taken = dimension("T", indicator("T.1", rule=rule("awarded")), block="deduction", cap="10")
    whole = framework(dimension("I", leaf), taken, point_decimals=4)
    facts = [Fact(unit, "I.1", points=90 * ONE) for unit in "ab"] + [Fact("b", "T.1", points=1)]
    units = run(whole, facts, tiers=tiers("90")).units.sort("unit")
    assert units.select("tier", "overall.value", "overall.rank").rows() == [
        ("A", 9_000, 1),
        ("B", 9_000, 2),
    ]


def test_a_value_above_the_maximum_is_in_the_highest_tier():
    facts = [Fact("a", "I.1", points=100 * ONE), Fact("a", "B.1", points=10 * ONE)]
    [row] = run(_framework([100 * ONE]), facts, tiers=tiers("100", "90")).units.rows(named=True)
    assert (row["overall.value"], row["tier"]) == (11_000, "A")
