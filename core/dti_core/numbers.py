"""Exact numbers: integers in ten-thousandths, read from and written as decimal text.

A point, a maximum, a measured value and a denominator are all ``int`` counts of ten-thousandths
(``10_000`` is one). A date is the number of days since 1970-01-01 in the same unit, *yes* is one
and *no* is zero, so that one integer column carries every kind of fact. No binary floating point
is involved in any function of this module.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

ONE: Final = 10_000
"""Ten-thousandths in one."""

DECIMALS: Final = 4
"""Decimals that a number may carry."""

INT64_MAX: Final = 2**63 - 1
EXACT_FLOAT: Final = 2**53
"""Below this bound the order of correctly rounded quotients is the order of the ratios."""


def exact(text: str) -> Fraction:
    """Read decimal text, or a ratio such as ``"1/3"``.

    :raises ValueError: the text is no number, or has an exponent: ``1e999999999`` is written
        quickly and worked out for hours.
    """
    if "e" in text.lower():
        raise ValueError(text)
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f"{text} divides by zero") from None


def from_decimal(text: str) -> int:
    """Read decimal text with a point, such as ``"391"`` or ``"12.5"``, as ten-thousandths.

    :raises ValueError: the text is no decimal number or has more than four decimals.
    """
    scaled = exact(text) * ONE
    if "/" in text or scaled.denominator != 1:
        raise ValueError(text)
    return scaled.numerator


def half_up(numerator: int, denominator: int) -> int:
    """Round a non-negative ratio of integers to the nearest integer, halves upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


def to_decimal(scaled: int, decimals: int = DECIMALS, unit: int = DECIMALS) -> str:
    """Write an integer that counts 10**-unit as decimal text with exactly ``decimals`` places.

    :raises ValueError: writing would need rounding, which is never done here.
    """
    whole, rest = divmod(abs(scaled), 10**unit)
    digits = f"{rest:0{unit}d}" if unit else ""
    if digits[decimals:].strip("0"):
        raise ValueError(scaled)
    text = f"{whole}.{digits[:decimals].ljust(decimals, '0')}" if decimals else str(whole)
    return f"-{text}" if scaled < 0 else text


def to_short_decimal(scaled: int) -> str:
    """Write ten-thousandths as the shortest exact decimal text (``125000`` gives ``12.5``)."""
    text = to_decimal(scaled)
    return text.rstrip("0").rstrip(".")
