"""Reading the words quoted: numbers and dates, each with the word that bounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from dti_core.numbers import exact

NUMBER: Final = re.compile(r"(?<![\w.,/])(\d{1,3}(?:\.\d{3})+|\d+)(?:[.,](\d+))?(?![\w/])")
"""A number as decisions write it: ``1.000``, ``07``, ``33,3``."""

DAY: Final = re.compile(
    r"(?:ngày\s*)?(?<!\d)(?P<day>\d{1,2})\s*(?:/|tháng)\s*(?P<month>\d{1,2})(?!\d)"
    r"|ngày\s*(?P<day_alone>\d{1,2})(?!\d)"
    r"|tháng\s*(?P<month_alone>\d{1,2})(?!\d)",
    re.IGNORECASE,
)
YEAR: Final = re.compile(
    r"\s*(?:[/,]|(?:của\s+)?năm)\s*"
    r"(?P<year>(?:19|20)\d\d|(?:liền\s+)?trước|đánh giá|sau|tiếp theo)",
    re.IGNORECASE,
)
"""What may follow a day: a year, or which one it is beside the year under evaluation."""

BESIDE: Final = {"trước": -1, "đánh giá": 0, "sau": 1, "tiếp theo": 1}

WINDOW: Final = 25
"""Characters before a number in which the word stands that bounds it."""


class Quoted(NamedTuple):
    """A number of a quotation, and the text just before it."""

    number: Fraction
    before: str


class QuotedDay(NamedTuple):
    """A day of a quotation, as far as it tells it, and the text just before it.

    ``year`` is a year, or how many years after the one under evaluation (``-1``, ``0``, ``1``).
    """

    day: int | None
    month: int | None
    year: int | None
    before: str


def numbers(quote: str) -> Iterator[Quoted]:
    """Yield every number of a quotation."""
    for match in NUMBER.finditer(quote):
        whole, decimals = match.groups()
        yield Quoted(exact(f"{whole.replace('.', '')}.{decimals or 0}"), _before(quote, match))


def days(quote: str) -> Iterator[QuotedDay]:
    """Yield every day, or day of a month, or month, of a quotation."""
    for match in DAY.finditer(quote):
        given = {name: int(text) for name, text in match.groupdict().items() if text}
        day, month = given.get("day"), given.get("month")
        yield QuotedDay(
            day or given.get("day_alone"),
            month or given.get("month_alone"),
            _year(quote[match.end() :]),
            _before(quote, match),
        )


def _year(after: str) -> int | None:
    match = YEAR.match(after)
    if match is None:
        return None
    told = " ".join(match["year"].lower().split()).removeprefix("liền ")
    return BESIDE[told] if told in BESIDE else int(told)


def last_word(before: str, words: dict[str, str]) -> str | None:
    """Return what the last of some words means that stand in a text, None where none does."""
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", before.lower())
    return words[found[-1]] if found else None


def _before(quote: str, match: re.Match[str]) -> str:
    return quote[max(0, match.start() - WINDOW) : match.start()]
