"""Tiers: the exact ratio against exact bounds; what is shown never decides."""

from __future__ import annotations

from fractions import Fraction

import narwhals as nw
import oracle
import polars as pl
import pytest
from frameworks import cite, dimension, framework, indicator, rule, tiers
from hypothesis import given
from hypothesis import strategies as st
from oracle import Fact
from running import run
from strategies import some_tiers

from dti_core.models import Tier, Tiers
from dti_core.tiering import tier

LARGEST = 94_906_265
"""Ten-thousandths: the largest maximum whose square stays below 2**53."""


def _tier(bounds: Tiers | None, *ratios: tuple[int, int | None]) -> list[str | None]:
    numerators, denominators = zip(*ratios, strict=True)
    schema = {"overall.numerator": pl.Int64, "overall.denominator": pl.Int64}
    columns = dict(zip(schema, (numerators, denominators), strict=True))
    valued = nw.from_native(pl.DataFrame(columns, schema).lazy())
    return tier(valued, framework(), bounds).collect()["tier"].to_list()


@pytest.mark.parametrize("closed", [True, False], ids=["from", "above"])
@pytest.mark.parametrize("maximum", [10_000, 1_000_000, LARGEST - LARGEST % 1000], ids=str)
@pytest.mark.parametrize("bound", ["90", "75.5", "100", "0.1"])
def test_the_bound_itself_and_a_ten_thousandth_beside_it(bound, maximum, closed):
    at, rest = divmod(maximum * Fraction(bound), 100)
    assert rest == 0, "the bound is a whole number of ten-thousandths of this maximum"
    named = _tier(
        tiers(bound, closed=[closed]), (at - 1, maximum), (at, maximum), (at + 1, maximum)
    )
    assert named == ["B", "A" if closed else "B", "A"]


@pytest.mark.parametrize("maximum", [3, 7, 9_999, 1_234_567, LARGEST], ids=str)
@pytest.mark.parametrize("bound", ["90", "200/3", "33.33", "49.9999"])
def test_around_a_bound_that_no_whole_number_of_points_meets(bound, maximum):
    below = int(maximum * Fraction(bound) / 100)
    if below == maximum * Fraction(bound) / 100:  # 200/3 % of a multiple of three
        below -= 1
    last, first = (below, maximum), (below + 1, maximum)
    assert _tier(tiers(bound), last, first) == ["B", "A"]
    reached = maximum * Fraction(bound) / 100 == below + 1
    assert _tier(tiers(bound, closed=[False]), first) == ["B" if reached else "A"]


@given(bounds=some_tiers(), maximum=st.integers(1, LARGEST), data=st.data())
def test_the_tier_is_the_highest_whose_bound_the_exact_ratio_reaches(bounds, maximum, data):
    edges = [int(maximum * each.lower / 100) + step for each in bounds.tiers for step in (-1, 0, 1)]
    points = st.integers(0, maximum) | st.sampled_from(edges)
    numerators = [max(0, min(maximum, each)) for each in data.draw(st.lists(points, min_size=1))]
    expected = [oracle.tier(bounds, Fraction(each, maximum)) for each in numerators]
    assert _tier(bounds, *((each, maximum) for each in numerators)) == expected


def test_no_value_has_no_tier():
    assert _tier(tiers("90"), (0, None), (9, 10)) == [None, "A"]


def test_without_tiers_nobody_has_one():
    assert _tier(None, (9, 10), (0, None)) == [None, None]


def test_zero_is_in_the_lowest_tier_and_everything_in_the_highest():
    assert _tier(tiers("90", "50"), (0, 10), (10, 10)) == ["C", "A"]


@pytest.mark.parametrize("bound", ["33.333333333333", "66.66666666666667", "99.99999999999999"])
def test_a_bound_with_many_decimals_is_compared_exactly_or_refused(bound):
    """Cross-multiplied, such a bound passes 64 bits, and int64 columns wrap without a word."""
    try:
        bounds = tiers(bound)
    except ValueError:
        return
    assert _tier(bounds, (LARGEST, LARGEST), (0, LARGEST)) == ["A", "B"]


def test_a_bound_given_as_a_float_is_refused():
    """33.3 as a double is another number than 33,3 %; every other number refuses it too."""
    with pytest.raises(ValueError, match="lower"):
        Tier(name="A", lower=33.3, citation=cite())


def _awarded(**points: str) -> list[Fact]:
    """Give each unit points out of 5,000."""
    return [Fact(unit, "I.1", points=int(Fraction(p) * 10_000)) for unit, p in points.items()]


def _five_thousand_points():
    leaf = indicator(max_points="5000", rule=rule("awarded"))
    return framework(dimension("I", leaf))


def test_the_rounded_display_never_decides_tier_or_rank():
    """4,499.80/5,000 is 89.996 %: shown 90.00, yet below the tier from 90 and below 90 itself."""
    facts = _awarded(a="4499.80", b="4500", c="4500")
    units = run(_five_thousand_points(), facts, tiers=tiers("90")).units
    shown = units.select("unit", "overall.value", "tier", "overall.rank").rows()
    assert shown == [("b", 9_000, "A", 1), ("c", 9_000, "A", 1), ("a", 9_000, "B", 3)]


def test_an_open_bound_is_not_met_by_what_only_shows_it():
    facts = _awarded(below="3749.80", at="3750", above="3750.01")
    units = run(_five_thousand_points(), facts, tiers=tiers("75", closed=[False])).units
    assert set(units["overall.value"]) == {7_500}
    named = dict(zip(units["unit"], units["tier"], strict=True))
    assert named == {"below": "B", "at": "B", "above": "A"}


@pytest.mark.parametrize(
    ("bounds", "sides"),
    [(("90", "75", "50"), (True, True, True)), (("90", "75", "50"), (False, True, False))],
    ids=["closed", "mixed"],
)
def test_neighbouring_tiers_leave_no_gap_and_no_overlap(bounds, sides):
    ratios = [(n, 1_000) for n in range(1_001)]
    named = _tier(tiers(*bounds, closed=sides), *ratios)
    assert None not in named
    assert named == sorted(named, reverse=True)
