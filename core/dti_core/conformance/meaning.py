"""All that a plugin makes of one reading, so that two readings can be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import narwhals as nw
import polars as pl

from dti_core.conformance.law import calendar_of, tiers_of
from dti_core.conformance.subject import Subject
from dti_core.models import Calendar, Dimension, Framework, Ranking, Tiers
from dti_core.numbers import ONE
from dti_core.plugin import Plugin

Table = Sequence[tuple[object, ...]]

PARTS: Final = ((1, 1), (3, 5), (1, 1), (0, 1))
"""The points of four units, as parts of what is applicable; of the third a part is excluded."""


@dataclass(frozen=True)
class Meaning:
    """A level without the question itself: framework, tiers, dates, and the formula at work.

    ``asked``: the ids of the questions of the level; they stand outside the comparison.
    """

    framework: Framework
    tiers: Tiers | None
    calendar: Calendar | None
    values: tuple[Table, ...]
    asked: frozenset[str] = field(compare=False)


def meaning(subject: Subject, frameworks: Sequence[Framework]) -> list[Meaning]:
    """Return what the plugin makes of frameworks that are in force under some reading."""
    return [_meaning(subject, each) for each in frameworks]


def _meaning(subject: Subject, framework: Framework) -> Meaning:
    return Meaning(
        framework.model_copy(update={"interpretations": ()}),
        tiers_of(subject, framework),
        calendar_of(subject, framework, framework.decision.first_year),
        tuple(_values(subject.plugin, framework, each) for each in framework.rankings),
        frozenset(each.id for each in framework.interpretations),
    )


def _values(plugin: Plugin, framework: Framework, ranking: Ranking) -> Table:
    """Return what the formula of a ranking makes of a small tally."""
    formula = plugin.formulas(framework)[ranking.code]
    tally: pl.LazyFrame = pl.DataFrame(dict(_columns(framework, ranking))).lazy()
    given = nw.from_native(tally).with_columns(part=formula.numerator, whole=formula.denominator)
    return given.select("part", "whole").collect().rows()


def _columns(framework: Framework, ranking: Ranking) -> Iterator[tuple[str, Sequence[object]]]:
    yield "unit", [f"Đơn vị minh hoạ {number}" for number in range(len(PARTS))]
    yield from ((name, [""] * len(PARTS)) for name in ("unit_name", "group", "status"))
    yield "reported", [1] * len(PARTS)
    inside = [each.code for each in framework.in_ranking(ranking)]
    totals = {"points": [0] * len(PARTS), "max_points": [0] * len(PARTS)}
    for place, dimension in enumerate(framework.dimensions):
        maxima = [_maximum(dimension)] * len(PARTS)
        maxima[2] = 0 if place == 0 and len(framework.dimensions) > 1 else maxima[2]
        points = [each * n // m for each, (n, m) in zip(maxima, PARTS, strict=True)]
        for name, column in (("points", points), ("max_points", maxima)):
            yield f"{name}:{dimension.code}", column
            if dimension.code in inside:
                totals[name] = [a + b for a, b in zip(totals[name], column, strict=True)]
    yield from totals.items()


def _maximum(dimension: Dimension) -> int:
    """Return the maximum of a main indicator; where the decision gives none, a hundred points."""
    return dimension.max_points or 100 * ONE
