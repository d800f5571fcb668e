"""Laws of the whole way, on random frameworks and facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import narwhals as nw
import pytest
from cases import Case, cases, measured, run_case
from frameworks import dimension, framework, indicator, one_rule, ranking, rule
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import Fact
from running import as_facts, by_unit, points_of, run, run_columns

from dti_core.errors import InvalidFacts
from dti_core.rules import FactType

ONE = 10_000
INFINITY = float("inf")


@given(case=cases(), data=st.data())
def test_the_order_of_the_rows_never_matters(case, data):
    shuffled = replace(case, facts=tuple(data.draw(st.permutations(case.facts))))
    one, other = run_case(case), run_case(shuffled)
    assert one.units.rows() == other.units.rows()
    assert points_of(one) == points_of(other)
    assert one.missing.rows() == other.missing.rows()
    assert one.not_applicable.rows() == other.not_applicable.rows()
    assert one.changed.rows() == other.changed.rows()


def _raised(data, case: Case) -> tuple[Fact, Fact, bool, bool]:
    """Raise one measured fact, within what its indicator accepts.

    Also tell whether its rule falls, and whether its points are taken off.
    """
    rules = {leaf.code: leaf.rule for _, leaf in case.framework.leaves}
    blocks = {leaf.code: each.block for each, leaf in case.framework.leaves}
    facts = [each for each in case.facts if each.value is not None and (each.denominator or 1) > 0]
    assume(facts)
    before = data.draw(st.sampled_from(facts))
    rule = rules[before.indicator]
    value = data.draw(measured(rule))["value"]
    if rule.accepts == FactType.SHARE:
        value = min(value, before.denominator)
    after = replace(before, value=max(value, before.value))
    return before, after, rule.fall, blocks[before.indicator] == "deduction"


@given(case=cases(), data=st.data())
def test_a_fact_raised_never_lowers_a_figure_unless_its_rule_falls_or_it_is_taken_off(case, data):
    before, after, falls, taken = _raised(data, case)
    facts = tuple(after if each == before else each for each in case.facts)
    one, other = (
        by_unit(run_case(each))[before.unit] for each in (case, replace(case, facts=facts))
    )
    for name, figure in one.items():
        if name.startswith("points:"):
            low, high = (other[name], figure) if falls else (figure, other[name])
        elif name.endswith((".points", ".value")):
            low, high = (other[name], figure) if falls != taken else (figure, other[name])
        elif name.endswith(".rank"):
            low, high = (figure, other[name]) if falls != taken else (other[name], figure)
        else:
            continue
        assert low is None or low <= high


@given(case=cases(), data=st.data())
def test_excluding_an_indicator_changes_no_other_indicators_points(case, data):
    assume(case.facts)
    chosen = data.draw(st.sampled_from(case.facts))
    excluded = Fact(chosen.unit, chosen.indicator, reason="Công văn minh hoạ")
    facts = tuple(excluded if each == chosen else each for each in case.facts)
    one, other = points_of(run_case(case)), points_of(run_case(replace(case, facts=facts)))
    where = (chosen.unit, chosen.indicator)
    assert other[where] is None
    assert {k: other[k] for k in other if k != where} == {k: one[k] for k in one if k != where}


@given(case=cases())
def test_no_sum_of_points_passes_its_maximum_or_falls_below_nothing(case):
    """Only a bonus lifts a sum above its maximum, and never by more than its cap."""
    framework = case.framework
    caps = {each.code: each.cap for each in framework.dimensions if each.block == "bonus"}
    for row in by_unit(run_case(case)).values():
        for each in framework.dimensions:
            most = row[f"max_points:{each.code}"] if each.in_scale else each.cap
            assert 0 <= row[f"points:{each.code}"] <= most
        for each in framework.rankings:
            added = sum(caps.get(one.code, 0) for one in framework.in_ranking(each))
            most = row[f"{each.code}.max_points"] + added
            assert 0 <= row[f"{each.code}.points"] <= most
            if not added and (value := row[f"{each.code}.value"]) is not None:
                assert 0 <= value <= framework.value_scale * 10**framework.value_decimals


@given(case=cases())
def test_every_figure_is_an_int64_and_no_column_is_a_float(case):
    evaluation = run_case(case)
    described = {"unit", "unit_name", "group", "status", "tier", "reason", "indicator"}
    described |= {"dimension", "replacement"}
    for frame in (evaluation.units, evaluation.scored.collect()):
        for name, kind in frame.schema.items():
            expected = nw.String if name in described else nw.Int64
            assert kind == (nw.Boolean if name == "applicable" else expected), name


@given(case=cases())
def test_points_add_up_to_dimensions_and_dimensions_to_rankings(case):
    evaluation = run_case(case)
    dimension_of = {leaf.code: each.code for each, leaf in case.framework.leaves}
    sums = Counter()
    for (unit, code), points in points_of(evaluation).items():
        sums[unit, dimension_of[code]] += points or 0
    for unit, row in by_unit(evaluation).items():
        for each in case.framework.dimensions:
            assert row[f"points:{each.code}"] == min(sums[unit, each.code], each.cap or INFINITY)
        for each in case.framework.rankings:
            added = case.framework.in_ranking(each)
            signs = [-1 if one.block == "deduction" else 1 for one in added]
            points = [row[f"points:{one.code}"] for one in added]
            total = sum(s * p for s, p in zip(signs, points, strict=True))
            assert row[f"{each.code}.points"] == max(total, 0)


@given(case=cases())
def test_equal_ratios_share_a_rank_and_the_next_rank_is_left_out(case):
    rows = by_unit(run_case(case))
    for each in case.framework.rankings:
        taken = Counter()
        ratios = {}
        for unit, row in rows.items():
            if (place := row[f"{each.code}.rank"]) is not None:
                scope = case.groups[unit] if each.scope == "group" else ""
                ratio = Fraction(row[f"{each.code}.numerator"], row[f"{each.code}.denominator"])
                taken[scope, place] += 1
                assert ratios.setdefault((scope, place), ratio) == ratio
        for scope, place in taken:
            better = {p: n for (s, p), n in taken.items() if s == scope and p < place}
            passed = better.values() if each.ties == "competition" else better
            counted = sum(passed) if each.ties == "competition" else len(better)
            assert place == 1 + counted


def test_where_nothing_is_applicable_there_is_no_value_no_tier_and_no_rank():
    facts = [Fact("a", "I.1", reason="CV 1"), Fact("b", "I.1", ONE)]
    [first, last] = run(framework(), facts).units.rows(named=True)
    assert (first["unit"], first["overall.value"], first["overall.rank"]) == ("b", 10_000, 1)
    assert (last["overall.points"], last["overall.max_points"]) == (0, 0)
    nothing = [last[f"overall.{name}"] for name in ("denominator", "value", "rank")]
    assert [*nothing, last["tier"]] == [None] * 4


def test_a_bonus_ends_at_its_cap_and_a_deduction_where_nothing_is_left():
    awarded = {"rule": rule("awarded")}
    bonus = dimension("B", indicator("B.1", "9", **awarded), block="bonus", cap="5")
    taken = dimension("T", indicator("T.1", "9", **awarded), block="deduction", cap="8")
    earned = {"a": (10, 9, 0), "b": (10, 9, 9), "c": (2, 4, 7), "d": (0, 1, 9)}
    facts = [
        Fact(unit, code, points=each * ONE)
        for unit, points in earned.items()
        for code, each in zip(("I.1", "B.1", "T.1"), points, strict=True)
    ]
    scale = dimension("I", indicator("I.1", **awarded))
    units = run(framework(scale, bonus, taken), facts).units.sort("unit")
    points = [each // ONE for each in units["overall.points"]]
    assert points == [10 + 5, 10 + 5 - 8, 0, 0]
    assert set(units["overall.max_points"]) == {10 * ONE}
    assert units["overall.rank"].to_list() == [1, 2, 3, 3]


def test_what_is_missing_scores_nothing_and_stays_in_the_denominator():
    two = framework(dimension("I", indicator("I.1"), indicator("I.2", "30")))
    evaluation = run(two, [Fact("a", "I.1", ONE)])
    [row] = evaluation.units.rows(named=True)
    assert (row["overall.points"], row["overall.max_points"]) == (100_000, 400_000)
    assert row["overall.value"] == 2_500
    assert evaluation.missing.rows() == [("a", "I.2")]


def test_a_unit_of_which_nothing_is_reported_scores_nothing_of_everything():
    """A plugin's collector may know units that reported nothing at all: all of it is missing."""
    facts = as_facts([Fact("a", "I.1", ONE)], {"a": "", "silent": ""})
    evaluation = run_columns(framework(), facts)
    row = evaluation.units.rows(named=True)[-1]
    assert row["unit"] == "silent"
    figures = [row[f"overall.{name}"] for name in ("points", "max_points", "value", "rank")]
    assert figures == [0, 100_000, 0, 2]
    assert (row["points:I"], row["max_points:I"]) == (0, 100_000)
    assert evaluation.missing.rows() == [("silent", "I.1")]


def test_missing_facts_are_refused_where_the_reading_in_force_says_so():
    leaves = [indicator(f"I.{n}") for n in range(1, 121)]
    strict = framework(dimension("I", *leaves), missing="refuse")
    with pytest.raises(InvalidFacts) as caught:
        run(strict, [Fact("a", "I.1", ONE), *(Fact("b", leaf.code, ONE) for leaf in leaves)])
    assert (len(caught.value.problems), caught.value.total) == (100, 119)
    first = caught.value.problems[0]
    assert (first.key, first.values) == ("fact.missing-refused", {"unit": "a", "indicator": "I.2"})
    assert run(strict, [Fact("b", leaf.code, ONE) for leaf in leaves]).missing.rows() == []


@pytest.mark.parametrize(
    ("scale", "decimals", "shown"),
    [(100, 2, 6_667), (100, 0, 67), (100, 4, 666_667), (1, 4, 6_667), (1000, 1, 6_667)],
)
def test_a_value_is_shown_on_the_scale_and_with_the_decimals_declared(scale, decimals, shown):
    two_thirds = [Fact("a", "I.1", 2, 3)]
    leaf = one_rule("share", decimals=4, max_points="3").indicators[0]
    whole = framework(dimension("I", leaf), value_scale=scale, value_decimals=decimals)
    assert run(whole, two_thirds).units["overall.value"].to_list() == [shown]


def test_a_ranking_of_some_dimensions_adds_and_ranks_only_those():
    dimensions = [dimension(code, indicator(f"{code}.1")) for code in ("I", "II", "III")]
    rankings = [ranking(), ranking("nền tảng", dimensions=["III", "I"])]
    whole = framework(*dimensions, rankings=rankings)
    facts = [
        Fact(unit, f"{code}.1", value * ONE)
        for unit, values in {"a": (1, 0, 1), "b": (0, 1, 1), "c": (1, 1, 0)}.items()
        for code, value in zip(("I", "II", "III"), values, strict=True)
    ]
    units = run(whole, facts).units.sort("unit")
    assert units["overall.rank"].to_list() == [1, 1, 1]
    assert units["nền tảng.rank"].to_list() == [1, 2, 2]
    assert units["nền tảng.max_points"].to_list() == [200_000] * 3
