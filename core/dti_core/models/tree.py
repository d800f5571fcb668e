"""The tree of a framework: dimensions, indicators, and what a decision only names."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, InstanceOf, SerializeAsAny, model_validator

from dti_core.base import Model, Name, Points, Text
from dti_core.models.law import Citation
from dti_core.rules import Rule, SumOf


class Indicator(Model):
    """A component indicator, or a sub-indicator: a maximum (ten-thousandths) and a rule.

    ``groups``: it exists only for the units of these groups (none: for all).
    """

    code: Name
    name: Name
    max_points: Annotated[Points, Field(ge=0)]
    rule: SerializeAsAny[InstanceOf[Rule]]
    citation: Citation
    action: Text = ""
    condition: Text = ""
    evidence: Text = ""
    appraiser: Text = ""
    note: Text = ""
    groups: tuple[Name, ...] = ()
    items: tuple[Indicator, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if isinstance(self.rule, SumOf) != bool(self.items):
            raise ValueError(f"{self.code}: sub-items and the rule sum_of go together")
        if self.items and sum(item.max_points for item in self.items) != self.max_points:
            raise ValueError(f"{self.code}: the maxima of the sub-items do not add up")
        if any(item.groups != self.groups for item in self.items):
            raise ValueError(f"{self.code}: sub-items are for the groups of their indicator")
        return self

    def walk(self) -> Iterator[Indicator]:
        """Yield the indicator and everything below it."""
        yield self
        for item in self.items:
            yield from item.walk()

    def leaves(self) -> Iterator[Indicator]:
        """Yield what facts are reported for: the sub-items, or the indicator itself."""
        return (each for each in self.walk() if not each.items)


class Declared(Model):
    """What the decision itself declares, where it does: counts and scale (ten-thousandths)."""

    dimensions: int | None = None
    indicators: int | None = None
    max_points: Points | None = None
    citation: Citation


class Block(StrEnum):
    """Whether a dimension is part of the scale, or adds to or takes from the points outside it."""

    SCALE = "scale"
    BONUS = "bonus"
    DEDUCTION = "deduction"


class Dimension(Model):
    """A main indicator with its component indicators, or a block outside the scale.

    A bonus adds at most ``cap`` (ten-thousandths) to the points and nothing to the maximum, a
    deduction takes at most ``cap``. ``declared`` is what the decision says of this part.
    """

    code: Name
    name: Name
    citation: Citation
    indicators: tuple[Indicator, ...] = ()
    note: Text = ""
    block: Block = Block.SCALE
    cap: Annotated[Points, Field(gt=0)] | None = None
    declared: Declared | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.cap is None) != self.in_scale:
            raise ValueError(f"{self.code}: a bonus or deduction has a cap, and nothing else has")
        return self

    @property
    def in_scale(self) -> bool:
        """Whether its maxima are part of the denominator."""
        return self.block is Block.SCALE

    @cached_property
    def max_points(self) -> int:
        """What it adds to the denominator, in ten-thousandths: the sum of the maxima."""
        return sum(each.max_points for each in self.indicators) if self.in_scale else 0

    @cached_property
    def leaves(self) -> tuple[Indicator, ...]:
        """What facts are reported for."""
        return tuple(leaf for each in self.indicators for leaf in each.leaves())


class Listed(Model):
    """An indicator that the decision names although its maximum stands in an annex of its own."""

    code: Name
    dimension: Name
    name: Name
    parent: Text = ""
    appraiser: Text = ""
    note: Text = ""
    citation: Citation


class Information(Model):
    """A piece of general information: collected from every unit, never scored."""

    code: Name
    name: Name
    parent: Text = ""
    appraiser: Text = ""
    note: Text = ""
    citation: Citation
