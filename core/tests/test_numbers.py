"""Exact numbers: decimal text in and out, rounding half up, never through a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dti_core.numbers import (
    EXACT_FLOAT,
    INT64_MAX,
    from_decimal,
    half_up,
    to_decimal,
    to_short_decimal,
)

scaled_numbers = st.integers(-INT64_MAX, INT64_MAX)


@pytest.mark.parametrize(
    ("text", "scaled"),
    [("391", 3_910_000), ("12.5", 125_000), ("0.0001", 1), ("-0.5", -5_000), ("7.0000", 70_000)],
)
def test_decimal_text_is_read_as_ten_thousandths(text, scaled):
    assert from_decimal(text) == scaled


@pytest.mark.parametrize(
    "text", ["", "mười", "1,5", "1/2", "4/2", "1/0", "0.00001", "1.23456", "nan", "inf", "1 2"]
)
def test_what_is_no_decimal_of_four_places_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        from_decimal(text)


@given(scaled=scaled_numbers)
def test_text_with_four_places_reads_back_to_the_same_number(scaled):
    assert from_decimal(to_decimal(scaled)) == scaled


@given(scaled=scaled_numbers)
def test_the_shortest_text_reads_back_and_has_nothing_to_drop(scaled):
    text = to_short_decimal(scaled)
    assert from_decimal(text) == scaled
    assert not text.endswith(".")
    assert "." not in text or not text.endswith("0")


@given(scaled=scaled_numbers, unit=st.integers(0, 6), decimals=st.integers(0, 8))
def test_text_is_the_exact_number_or_refused_where_it_would_need_rounding(scaled, unit, decimals):
    exact = Fraction(scaled, 10**unit)
    if (exact * 10**decimals).denominator != 1:
        with pytest.raises(ValueError, match=str(scaled)):
            to_decimal(scaled, decimals, unit)
        return
    text = to_decimal(scaled, decimals, unit)
    assert Fraction(text) == exact
    assert len(text.partition(".")[2]) == decimals


@pytest.mark.parametrize(
    ("scaled", "decimals", "unit", "text"),
    [
        (8_999, 2, 2, "89.99"),
        (9_000, 2, 2, "90.00"),
        (5, 2, 2, "0.05"),
        (-5, 2, 2, "-0.05"),
        (7, 0, 0, "7"),
        (70_000, 0, 4, "7"),
        (7, 2, 0, "7.00"),
    ],
)
def test_figures_are_written_with_exactly_the_places_asked_for(scaled, decimals, unit, text):
    assert to_decimal(scaled, decimals, unit) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(0, 7, 0), (1, 2, 1), (3, 2, 2), (5, 2, 3), (49, 100, 0), (50, 100, 1), (1, 3, 0), (2, 3, 1)],
)
def test_halves_go_upwards(numerator, denominator, rounded):
    assert half_up(numerator, denominator) == rounded


@given(numerator=st.integers(0, EXACT_FLOAT), denominator=st.integers(1, EXACT_FLOAT))
@example(numerator=2_675, denominator=1_000)  # 2.675 is below its half as a double
def test_rounding_is_the_nearest_integer_and_a_half_goes_up(numerator, denominator):
    rounded, exact = half_up(numerator, denominator), Fraction(numerator, denominator)
    assert -Fraction(1, 2) < rounded - exact <= Fraction(1, 2)


@given(cents=st.integers(0, 10**12))
def test_rounding_agrees_with_decimal_arithmetic_where_that_is_exact(cents):
    by_decimal = (Decimal(cents) / 8).quantize(Decimal(1), ROUND_HALF_UP)
    assert half_up(cents, 8) == by_decimal
