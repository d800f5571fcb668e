"""Parameters of rules, as the annex's table writes them: what is read and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from frameworks import YEAR, one_rule, rule
from oracle import Fact
from pydantic import ValidationError
from running import run

from dti_core.base import DayOfYear
from dti_core.rules import KINDS, parse_rule


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("1/2", Fraction(1, 2)),
        ("50%", Fraction(1, 2)),
        (" 12.5% ", Fraction(1, 8)),
        ("0.3333", Fraction(3333, 10_000)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("100%", Fraction(1)),
    ],
)
def test_a_ratio_is_read_exactly(text, ratio):
    assert rule("share", floor=text).floor == ratio


@pytest.mark.parametrize(
    "ratio",
    ["101%", "-1%", "1.1", "0.33333", "33.333%", "1/10001", "nửa", "", "%", "1/0", 0.5, 1.0],
    ids=str,
)
def test_what_is_no_ratio_within_nothing_and_everything_is_refused(ratio):
    with pytest.raises(ValueError, match=r".+"):
        rule("share", floor=ratio)


def test_a_float_is_refused_with_what_to_write_instead():
    with pytest.raises(ValidationError, match="write the ratio as text"):
        rule("due_date", due="31/01", late=0.5)
    with pytest.raises(ValidationError, match="write the number as text"):
        rule("count_against", minimum=12.0)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("yes_no", {"minimum": "12"}),
        ("share", {"full": "80%"}),
        ("reverse_share", {"floor": "1/2"}),
        ("awarded", {"by": "hội đồng"}),
        ("sum_of", {"items": "2"}),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_parameter_that_the_kind_does_not_take_is_refused(kind, parameters):
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        parse_rule(kind, parameters, KINDS)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("count_against", {}),
        ("count_against", {"minimum": "0"}),
        ("count_against", {"minimum": "-1"}),
        ("count_against", {"minimum": "12", "partial": "half"}),
        ("reverse_share", {"partial": "half"}),
        ("share", {"zero_denominator": "ignore"}),
        ("steps", {}),
        ("steps", {"steps": ""}),
        ("steps", {"steps": []}),
        ("steps", {"steps": "2:1, 1"}),
        ("steps", {"steps": "2"}),
        ("steps", {"steps": "0:1"}),
        ("steps", {"steps": "-1:1"}),
        ("steps", {"steps": "2:1", "of": "points"}),
        ("steps", {"steps": "101:1", "of": "share"}),
        ("due_date", {}),
        ("due_date", {"due": "31/01", "last_day_counts": "perhaps"}),
        ("due_date", {"due": "31/01", "year_offset": "0.5"}),
    ],
    ids=lambda each: each if isinstance(each, str) else ";".join(f"{k}={each[k]}" for k in each),
)
def test_a_parameter_that_is_absent_or_makes_no_sense_is_refused(kind, parameters):
    with pytest.raises(ValueError, match=r".+"):
        parse_rule(kind, parameters, KINDS)


@pytest.mark.parametrize(
    "steps",
    ["1:1/2, 2:1", "2:1, 2:1/2", "2:1/2, 1:1", "2:1, 1:1"],
    ids=["bounds rise", "a bound twice", "shares rise", "a share twice"],
)
def test_steps_go_down_each_one_earning_less(steps):
    with pytest.raises(ValidationError, match="highest to the lowest"):
        rule("steps", steps=steps)


def test_steps_are_read_in_ten_thousandths_and_exact_shares():
    steps = rule("steps", steps="2.5:1, 1:1/3").steps
    assert [(step.at_least, step.share) for step in steps] == [
        (25_000, Fraction(1)),
        (10_000, Fraction(1, 3)),
    ]


@pytest.mark.parametrize(
    "day", ["29/02", "31/04", "32/01", "00/01", "01/13", "31", "31/01/2024", "", "31-01"]
)
def test_a_day_that_no_year_or_not_every_year_has_is_refused(day):
    with pytest.raises(ValueError, match=r".+"):
        DayOfYear.model_validate(day)


def test_a_day_is_written_as_the_decisions_write_it():
    day = DayOfYear.model_validate("5/1")
    assert str(day) == "05/01"
    assert day.of(YEAR).isoformat() == "2024-01-05"


@pytest.mark.parametrize("kind", ["share", "reverse_share", "steps"])
def test_without_a_policy_a_zero_denominator_is_an_error_of_the_input(kind):
    parameters = {"of": "share", "steps": "80:1"} if kind == "steps" else {}
    assert rule(kind, **parameters).zero_denominator == "error"


ONE = 10_000
LARGEST = (2**63 - 1) // (4 * ONE)
"""The largest value that the input accepts for an indicator of at most 100 points."""


@pytest.mark.parametrize(
    ("kind", "parameters", "points"),
    [
        ("share", {}, 100_000),
        ("share", {"floor": "9999/10000", "full_from": "9999/10000"}, 100_000),
        ("reverse_share", {}, 0),
        ("steps", {"of": "share", "steps": "100:1, 99.99:9999/10000"}, 100_000),
    ],
    ids=["share", "share in a band", "reverse_share", "steps of a share"],
)
def test_the_largest_shares_that_the_input_accepts_are_scored_exactly(kind, parameters, points):
    """Thousands of millions of đồng over the same: no product passes 64 bits."""
    facts = [Fact("u", "I.1", LARGEST, LARGEST)]
    units = run(one_rule(kind, **parameters), facts).units
    assert units["overall.points"].to_list() == [points]


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [("count_against", {"minimum": "23058430000"}), ("steps", {"steps": "23058430000:1, 1:1/2"})],
)
def test_the_largest_counts_that_the_input_accepts_are_scored_exactly(kind, parameters):
    counts = [230_584_300_000_000 + step for step in (-1, 0, 1)]
    facts = [Fact(f"u{n}", "I.1", count) for n, count in enumerate(counts)]
    units = run(one_rule(kind, decimals=0, **parameters), facts).units
    by_name = dict(units.select("unit", "overall.points").rows())
    below = 100_000 if kind == "count_against" else 50_000  # 9.99… rounds to 10 points
    assert by_name == {"u0": below, "u1": 100_000, "u2": 100_000}


def test_steps_of_shares_without_a_common_denominator_are_exact_or_refused():
    """9,973, 9,967, 9,949 and 9,941 are primes: their product passes 64 bits."""
    steps = "4:5000/9973, 3:4000/9967, 2:3000/9949, 1:2000/9941"
    try:
        whole = one_rule("steps", steps=steps, max_points="9000")
    except ValueError:
        return
    units = run(whole, [Fact("u", "I.1", 4 * ONE)]).units
    assert units["overall.points"].to_list() == [45_121_800]  # 9,000 × 5000/9973 = 4,512.18…
