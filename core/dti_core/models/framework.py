"""A framework: the indicator set of one decision for one level, checked when it is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, InstanceOf, SerializeAsAny, model_validator

from dti_core.base import Model, Name, Points, Text
from dti_core.models.law import Citation, Decision, Discrepancy, Interpretation
from dti_core.numbers import DECIMALS, EXACT_FLOAT, to_short_decimal
from dti_core.rules import Rule, SumOf

LARGEST_SCALE = 10_000


class Level(StrEnum):
    """The administrative levels that decisions evaluate."""

    SO = "so"
    HUYEN = "huyen"
    XA = "xa"


class Indicator(Model):
    """A component indicator, or a sub-indicator: a maximum (ten-thousandths) and a rule."""

    code: Name
    name: Name
    max_points: Annotated[Points, Field(ge=0)]
    rule: SerializeAsAny[InstanceOf[Rule]]
    citation: Citation
    action: Text = ""
    condition: Text = ""
    evidence: Text = ""
    note: Text = ""
    items: tuple[Indicator, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if isinstance(self.rule, SumOf) != bool(self.items):
            raise ValueError(f"{self.code}: sub-items and the rule sum_of go together")
        if self.items and sum(item.max_points for item in self.items) != self.max_points:
            raise ValueError(f"{self.code}: the maxima of the sub-items do not add up")
        return self

    def walk(self) -> Iterator[Indicator]:
        """Yield the indicator and everything below it."""
        yield self
        for item in self.items:
            yield from item.walk()

    def leaves(self) -> Iterator[Indicator]:
        """Yield what facts are reported for: the sub-items, or the indicator itself."""
        return (each for each in self.walk() if not each.items)


class Dimension(Model):
    """A main indicator with its component indicators."""

    code: Name
    name: Name
    citation: Citation
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    note: Text = ""

    @cached_property
    def max_points(self) -> int:
        """The sum of the maxima, in ten-thousandths."""
        return sum(indicator.max_points for indicator in self.indicators)


class Ranking(Model):
    """A named set of dimensions (none: all) that is valued and ranked on its own.

    ``scope``: units compete within the whole level, or within their ``group``. ``ties``: after two
    equal units the next rank is left out (``competition``, 1-2-2-4) or not (``dense``, 1-2-2-3).
    """

    code: Name
    name: Name
    dimensions: tuple[Name, ...] = ()
    scope: Literal["level", "group"] = "level"
    ties: Literal["competition", "dense"] = "competition"
    citation: Citation


class Declared(Model):
    """What the decision itself declares for a level: counts and scale (ten-thousandths)."""

    dimensions: int
    indicators: int
    max_points: Points
    citation: Citation


class Framework(Model):
    """One decision's indicator set for one level, with the readings that are in force.

    ``missing``: a fact that is not there scores nothing and stays in the denominator (``zero``),
    or the evaluation is refused (``refuse``). Points are rounded to ``point_decimals``, a value is
    shown as ``value_scale`` times the ratio with ``value_decimals``.
    """

    decision: Decision
    level: Level
    name: Name
    declared: Declared
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    rankings: Annotated[tuple[Ranking, ...], Field(min_length=1)]
    interpretations: tuple[Interpretation, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    missing: Literal["zero", "refuse"] = "zero"
    point_decimals: Annotated[int, Field(ge=0, le=DECIMALS)] = 2
    value_scale: Annotated[int, Field(gt=0, le=LARGEST_SCALE)] = 100
    value_decimals: Annotated[int, Field(ge=0, le=DECIMALS)] = 2
    note: Text = ""
    illustrative: Path | None = None

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The component indicators, in the order of the annex."""
        return tuple(each for dimension in self.dimensions for each in dimension.indicators)

    @cached_property
    def leaves(self) -> tuple[tuple[Dimension, Indicator], ...]:
        """What facts are reported for, each with its dimension, in the order of the annex."""
        return tuple(
            (dimension, leaf)
            for dimension in self.dimensions
            for indicator in dimension.indicators
            for leaf in indicator.leaves()
        )

    @cached_property
    def max_points(self) -> int:
        """The sum of all maxima, in ten-thousandths."""
        return sum(dimension.max_points for dimension in self.dimensions)

    @property
    def point_unit(self) -> int:
        """The ten-thousandths that the last decimal of a point counts."""
        return int(10 ** (DECIMALS - self.point_decimals))

    def in_ranking(self, ranking: Ranking) -> tuple[Dimension, ...]:
        """Return the dimensions that a ranking adds up."""
        wanted = ranking.dimensions
        return tuple(each for each in self.dimensions if not wanted or each.code in wanted)

    def option(self, interpretation: str) -> str:
        """Return the id of the option in force of an interpretation.

        :raises KeyError: the framework has no such interpretation.
        """
        return {each.id: each.in_force for each in self.interpretations}[interpretation]

    @model_validator(mode="after")
    def _check(self) -> Self:
        for fault in (*self._codes(), *self._maxima(), *self._counts(), *self._clauses()):
            raise ValueError(f"{self.level}: {fault}")
        return self

    def _codes(self) -> Iterator[str]:
        dimensions = [each.code for each in self.dimensions]
        yield from _doubles("dimension", dimensions)
        walked = (each.code for indicator in self.indicators for each in indicator.walk())
        yield from _doubles("indicator", walked)
        yield from _doubles("ranking", [each.code for each in self.rankings])
        yield from _doubles("interpretation", [each.id for each in self.interpretations])
        for ranking in self.rankings:
            for code in set(ranking.dimensions) - set(dimensions):
                yield f"ranking {ranking.code} names dimension {code}, which is not there"

    def _maxima(self) -> Iterator[str]:
        for _, leaf in self.leaves:
            if leaf.max_points % self.point_unit:
                yield f"{leaf.code}: the maximum has more than {self.point_decimals} decimals"
        if self.max_points**2 >= EXACT_FLOAT:
            yield "the scale is over 9,000 points: quotients would no longer be exact enough"

    def _counts(self) -> Iterator[str]:
        found = {
            "dimensions": (str(self.declared.dimensions), str(len(self.dimensions))),
            "indicators": (str(self.declared.indicators), str(len(self.indicators))),
            "max_points": tuple(map(to_short_decimal, (self.declared.max_points, self.max_points))),
        }
        told = {
            (each.about, str(each.declared_value), str(each.found_value))
            for each in self.discrepancies
        }
        for about, (declared, counted) in found.items():
            if declared != counted and (about, declared, counted) not in told:
                yield f"{about}: {declared} declared, {counted} found, and no discrepancy tells it"

    def _clauses(self) -> Iterator[str]:
        for citation in self.citations():
            if not self.decision.has_clause(citation.clause):
                yield f"clause {citation.clause} is not in the decision's list of clauses"

    def citations(self) -> Iterator[Citation]:
        """Yield every citation of the framework."""
        yield self.declared.citation
        for dimension in self.dimensions:
            yield dimension.citation
            for indicator in dimension.indicators:
                yield from (each.citation for each in indicator.walk())
        yield from (each.citation for each in self.rankings)
        yield from (each.citation for each in self.interpretations)
        yield from (each.citation for each in self.discrepancies)


def _doubles(what: str, codes: Iterable[str]) -> Iterator[str]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{what} {code} stands {times} times"
