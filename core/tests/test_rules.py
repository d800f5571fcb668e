"""Each rule kind: what it gives, to a ten-thousandth, and what it refuses to be."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import narwhals as nw
import oracle
import pytest
from cases import measured
from frameworks import YEAR, dimension, framework, indicator, one_rule, rule
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import Fact
from running import rows_frame, run
from strategies import measuring_rules

from dti_core.rules import KINDS, FactType, YesNo, parse_rule
from dti_core.scoring import score

ONE = 10_000
YES, NO = ONE, 0


def _day(day: int, month: int, year: int = YEAR) -> int:
    return (dt.date(year, month, day) - dt.date(1970, 1, 1)).days * ONE


def _score(framework, *facts: Fact) -> list[tuple[bool, int, int]]:
    """Score facts, and give the scores in their order, which the step itself need not keep."""
    rows = nw.from_native(rows_frame(facts).lazy())
    scored = score(rows, framework, YEAR).collect()
    scored = scored.select("unit", "indicator", "applicable", "points", "excluded").rows()
    by_fact = {(unit, indicator): each for unit, indicator, *each in scored}
    return [tuple(by_fact[fact.unit, fact.indicator]) for fact in facts]


def _points(kind: str, parameters: dict, value: int, denominator: int | None = None) -> int:
    """Score one fact out of 10 points, and give ten-thousandths."""
    fact = Fact("u", "I.1", value, denominator)
    [(applicable, points, excluded)] = _score(one_rule(kind, **parameters), fact)
    assert (applicable, excluded) == (True, 0)
    return points


@pytest.mark.parametrize(("value", "points"), [(YES, 100_000), (NO, 0)], ids=["yes", "no"])
def test_yes_no(value, points):
    assert _points("yes_no", {}, value) == points


BAND = {"floor": "30%", "full_from": "80%"}


@pytest.mark.parametrize(
    ("parameters", "value", "denominator", "points"),
    [
        ({}, 1, 3, 33_300),
        ({}, 2, 3, 66_700),
        ({}, 1, 2_000, 100),  # 0.005 points: the half goes up
        ({}, 9_999, 20_000_000, 0),  # 0.0049995 points
        ({}, 5, 5, 100_000),
        (BAND, 29_9999, 100 * ONE, 0),
        (BAND, 30 * ONE, 100 * ONE, 30_000),
        (BAND, 79_9999, 100 * ONE, 80_000),  # rounded up, yet not rescaled
        (BAND, 79 * ONE, 100 * ONE, 79_000),
        (BAND, 80 * ONE, 100 * ONE, 100_000),
    ],
)
def test_share_rises_with_a_floor_and_a_bound_from_which_it_is_full(
    parameters, value, denominator, points
):
    assert _points("share", parameters, value, denominator) == points


@pytest.mark.parametrize(
    ("partial", "value", "points"),
    [
        ("proportional", 0, 100_000),
        ("proportional", 1, 66_700),
        ("proportional", 3, 0),
        ("nothing", 0, 100_000),
        ("nothing", 1, 0),
    ],
)
def test_reverse_share_falls(partial, value, points):
    assert _points("reverse_share", {"partial": partial}, value, 3) == points


@pytest.mark.parametrize(
    ("partial", "count", "points"),
    [
        ("proportional", "11.9999", 100_000),
        ("proportional", "7", 58_300),
        ("proportional", "0", 0),
        ("nothing", "11.9999", 0),
        ("nothing", "12", 100_000),
        ("proportional", "400", 100_000),
    ],
)
def test_count_against_a_minimum_never_earns_more_than_everything(partial, count, points):
    parameters = {"minimum": "12", "partial": partial}
    assert _points("count_against", parameters, int(Fraction(count) * ONE)) == points


@pytest.mark.parametrize(
    ("count", "points"),
    [("0", 0), ("0.9999", 0), ("1", 50_000), ("1.9999", 50_000), ("2", 100_000), ("9", 100_000)],
)
def test_steps_of_a_count(count, points):
    assert _points("steps", {"steps": "2:1, 1:1/2"}, int(Fraction(count) * ONE)) == points


@pytest.mark.parametrize(
    ("value", "denominator", "points"),
    [(2, 3, 33_300), (79_9999, 100 * ONE, 33_300), (4, 5, 100_000), (1, 2, 33_300), (49, 99, 0)],
)
def test_steps_of_a_share_in_percent(value, denominator, points):
    parameters = {"of": "share", "steps": "80:1, 50:1/3"}
    assert _points("steps", parameters, value, denominator) == points


@pytest.mark.parametrize(
    ("parameters", "day", "points"),
    [
        ({}, (30, 1), 100_000),
        ({}, (31, 1), 100_000),
        ({}, (1, 2), 50_000),
        ({"last_day_counts": "false"}, (30, 1), 100_000),
        ({"last_day_counts": "false"}, (31, 1), 50_000),
        ({"late": "0"}, (1, 2), 0),
        ({"late": "1/3"}, (1, 12), 33_300),
        ({"year_offset": "1"}, (31, 1, YEAR + 1), 100_000),
        ({"year_offset": "1"}, (1, 2, YEAR + 1), 50_000),
        ({}, (31, 12, YEAR - 1), 100_000),
    ],
)
def test_due_date(parameters, day, points):
    assert _points("due_date", {"due": "31/01", **parameters}, _day(*day)) == points


@pytest.mark.parametrize(
    ("decimals", "awarded", "points"),
    [
        (2, 73_349, 73_300),
        (2, 73_350, 73_400),
        (0, 74_999, 70_000),
        (0, 75_000, 80_000),
        (4, 1, 1),
    ],
)
@pytest.mark.parametrize("kind", ["awarded", "share"])
def test_awarded_points_are_rounded_half_up_once_under_any_rule(kind, decimals, awarded, points):
    fact = Fact("u", "I.1", points=awarded)
    assert _score(one_rule(kind, decimals=decimals), fact) == [(True, points, 0)]


def test_sub_items_carry_the_points_and_the_sum_no_fact_of_its_own():
    items = [indicator("I.1.a", "4"), indicator("I.1.b", "6", rule=rule("awarded"))]
    whole = framework(dimension("I", indicator("I.1", "10", items=items)))
    facts = [Fact("u", "I.1.a", YES), Fact("u", "I.1.b", points=45_000)]
    assert [points for _, points, _ in _score(whole, *facts)] == [40_000, 45_000]
    assert run(whole, facts).units["overall.points"].to_list() == [85_000]


SHARE_KINDS = {
    "share": {"floor": "1/2"},
    "reverse_share": {"partial": "nothing"},
    "steps": {"of": "share", "steps": "80:1"},
}


@pytest.mark.parametrize("kind", SHARE_KINDS)
@pytest.mark.parametrize(
    ("policy", "scored"),
    [
        ("not_applicable", (False, 0, 100_000)),
        ("full", (True, 100_000, 0)),
        ("zero", (True, 0, 0)),
    ],
)
def test_a_share_of_nothing_scores_what_its_policy_says(kind, policy, scored):
    framework = one_rule(kind, zero_denominator=policy, **SHARE_KINDS[kind])
    assert _score(framework, Fact("u", "I.1", 0, 0)) == [scored]


@pytest.mark.parametrize("policy", ["not_applicable", "full", "zero", "error"])
def test_what_is_excluded_by_a_document_leaves_the_denominator_under_any_policy(policy):
    framework = one_rule("share", zero_denominator=policy)
    assert _score(framework, Fact("u", "I.1", reason="CV 1")) == [(False, 0, 100_000)]


@given(data=st.data(), drawn=measuring_rules, decimals=st.integers(0, 4))
def test_one_fact_scores_as_the_oracle_says(data, drawn, decimals):
    given_fact = Fact("u", "I.1", **data.draw(measured(drawn)))
    points = data.draw(st.integers(0, 200 * 10**decimals)) * 10 ** (4 - decimals)
    leaf = indicator(max_points=points, rule=drawn)
    whole = framework(dimension("I", leaf), point_decimals=decimals)
    expected = oracle.score(whole, given_fact, YEAR)
    [(applicable, scored, excluded)] = _score(whole, given_fact)
    assert (applicable, scored) == (expected.applicable, oracle.scaled(expected.points))
    assert excluded == points - oracle.scaled(expected.maximum)


@given(data=st.data(), drawn=measuring_rules)
def test_points_stay_within_nothing_and_the_maximum(data, drawn):
    facts = [Fact(f"{n}", "I.1", **data.draw(measured(drawn))) for n in range(5)]
    whole = framework(dimension("I", indicator(rule=drawn)))
    assert all(0 <= points <= 100_000 for _, points, _ in _score(whole, *facts))


@given(data=st.data(), drawn=measuring_rules)
def test_points_rise_with_the_fact_unless_the_rule_says_that_they_fall(data, drawn):
    low, high = (data.draw(measured(drawn)) for _ in range(2))
    whole = low.get("denominator", 1)
    assume(whole != 0)
    value = min(high["value"], whole) if drawn.accepts == FactType.SHARE else high["value"]
    low, high = sorted((low, low | {"value": value}), key=lambda each: each["value"])
    scored = _score(
        framework(dimension("I", indicator(rule=drawn))),
        Fact("low", "I.1", **low),
        Fact("high", "I.1", **high),
    )
    below, above = (points for _, points, _ in scored)
    assert below >= above if drawn.fall else below <= above


def test_the_kinds_are_the_eight_of_the_contract_and_each_name_is_taken_once():
    names = [
        "yes_no",
        "share",
        "reverse_share",
        "count_against",
        "steps",
        "due_date",
        "awarded",
        "sum_of",
    ]
    assert [kind.kind for kind in KINDS] == names


def test_a_kind_that_is_not_known_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'shar'.*awarded.*share.*yes_no"):
        parse_rule("shar", {}, KINDS)


def test_a_later_kind_of_the_same_name_takes_its_place():
    class Strict(YesNo):
        pass

    assert type(parse_rule("yes_no", {}, [*KINDS, Strict])) is Strict
