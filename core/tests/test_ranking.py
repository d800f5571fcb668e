"""Ranks: competition or dense, within the level or the group, by the exact ratio."""

from __future__ import annotations

from fractions import Fraction

import narwhals as nw
import oracle
import polars as pl
import pytest
from frameworks import dimension, framework, indicator, ranking, rule
from hypothesis import given
from hypothesis import strategies as st
from oracle import Fact
from running import run

from dti_core.errors import PluginMisbehaved
from dti_core.ranking import rank
from dti_core.valuing import Value

LARGEST = 94_906_265
"""Ten-thousandths: the largest maximum whose square stays below 2**53."""

ratios = st.tuples(st.integers(0, 30), st.integers(1, 12) | st.none())


def _rank(pairs: list[tuple[int, int | None]], groups: str = "", **fields) -> list[int | None]:
    schema = {"overall.numerator": pl.Int64, "overall.denominator": pl.Int64, "group": pl.String}
    rows = [(*pair, group) for pair, group in zip(pairs, groups or "A" * len(pairs), strict=True)]
    tiered = nw.from_native(pl.DataFrame(rows, schema, orient="row").lazy())
    ranked = rank(tiered, framework(rankings=[ranking(**fields)])).collect()
    assert ranked.schema["overall.rank"] == nw.Int64
    return ranked["overall.rank"].to_list()


@pytest.mark.parametrize(
    ("ties", "ranks"), [("competition", [1, 2, 2, 4, 5]), ("dense", [1, 2, 2, 3, 4])]
)
def test_equal_ratios_share_a_rank_and_the_next_is_left_out_or_not(ties, ranks):
    pairs = [(9, 10), (2, 3), (4, 6), (1, 2), (0, 7)]
    assert _rank(pairs, ties=ties) == ranks


def test_units_compete_within_their_group_only_where_the_scope_says_so():
    pairs = [(9, 10), (8, 10), (7, 10), (7, 10)]
    assert _rank(pairs, "ABBA", scope="group") == [1, 1, 2, 2]
    assert _rank(pairs, "ABBA", scope="level") == [1, 2, 3, 3]


def test_a_unit_without_a_value_has_no_rank_and_takes_none():
    assert _rank([(0, None), (1, 2), (0, None), (0, 2)]) == [None, 1, None, 2]


def test_a_group_where_nobody_has_a_value_has_no_ranks():
    assert _rank([(0, None), (0, None), (1, 2)], "AAB", scope="group") == [None, None, 1]


@given(
    pairs=st.lists(ratios, min_size=1, max_size=40),
    ties=st.sampled_from(["competition", "dense"]),
    scope=st.sampled_from(["level", "group"]),
    data=st.data(),
)
def test_a_rank_counts_the_better_rivals(pairs, ties, scope, data):
    letters = st.lists(st.sampled_from("AB"), min_size=len(pairs), max_size=len(pairs))
    groups = "".join(data.draw(letters))
    exact = [None if whole is None else Fraction(part, whole) for part, whole in pairs]
    expected = []
    for mine, group in zip(exact, groups, strict=True):
        rivals = [
            theirs
            for theirs, other in zip(exact, groups, strict=True)
            if theirs is not None and (scope == "level" or other == group)
        ]
        expected.append(oracle.rank(mine, rivals, ties))
    assert _rank(pairs, groups, ties=ties, scope=scope) == expected


@given(whole=st.integers(LARGEST // 2, LARGEST), part=st.integers(1, LARGEST // 2))
def test_the_closest_ratios_of_the_largest_scale_are_told_apart(whole, part):
    """Neighbouring fractions of such denominators differ by less than a rounded percentage."""
    exact = Fraction(part, whole)
    other = exact.limit_denominator(whole - 1)
    pairs = [(part, whole), (other.numerator, other.denominator)]
    expected = [1 + (other > exact), 1 + (exact > other)]
    assert _rank(pairs) == expected


@given(part=st.integers(0, 9_000), whole=st.integers(1, 9_000), times=st.integers(2, 10_000))
def test_equal_ratios_of_different_maxima_are_a_tie(part, whole, times):
    assert _rank([(part, whole), (part * times, whole * times)]) == [1, 1]


def test_a_formula_above_one_keeps_the_order_of_the_ratios_or_is_refused():
    """Above one doubles lie twice as far apart: these two ratios have the same quotient."""
    better, worse = Fraction(93_900_047, 93_000_047), Fraction(93_234_087, 92_340_470)
    assert better > worse
    base = 47_000_000
    dimensions = [
        dimension(code, indicator(f"{code}.1", "4700", rule=rule("awarded")))
        for code in ("I", "II")
    ]
    facts = [
        Fact(unit, code, points=points - base)
        for unit, ratio in (("better", better), ("worse", worse))
        for code, points in (("I.1", ratio.numerator), ("II.1", ratio.denominator))
    ]
    formula = Value(nw.col("points:I") + base, nw.col("points:II") + base)
    try:
        units = run(framework(*dimensions, point_decimals=4), facts, formula=formula).units
    except PluginMisbehaved:
        return
    assert dict(units.select("unit", "overall.rank").rows()) == {"better": 1, "worse": 2}
