"""Tiers: names for intervals of the value, with their closed and open sides."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from dti_core.base import Model, Name
from dti_core.models.law import Citation
from dti_core.numbers import exact
from dti_core.rules.base import LARGEST_DENOMINATOR


def _to_percent(value: Any) -> Any:
    """Read exact text; within four decimals, so that products of a comparison stay in 64 bits."""
    if isinstance(value, float):
        raise ValueError("a float is not exact: write the number as text")  # noqa: TRY004
    percent = exact(value) if isinstance(value, str) else value
    if Fraction(percent).denominator > LARGEST_DENOMINATOR:
        raise ValueError(f"{value} has more than four decimals")
    return percent


Percent = Annotated[Fraction, BeforeValidator(_to_percent), PlainSerializer(str, when_used="json")]
"""An exact percentage of the value, as text such as ``"90"`` or ``"33.3"``."""


class Tier(Model):
    """One tier: every value from ``lower`` upwards that no higher tier takes.

    ``lower_closed``: *từ 90 % trở lên* (the bound belongs to the tier), or *trên 75 %* (it does
    not).
    """

    name: Name
    lower: Percent
    lower_closed: bool = True
    citation: Citation


class Override(Model):
    """A unit of this status is in this tier whatever its value."""

    status: Name
    tier: Name
    citation: Citation


class Tiers(Model):
    """The tiers of a framework, from the highest to the lowest, covering 0 … 100 % once."""

    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    overrides: tuple[Override, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        bounds = [tier.lower for tier in self.tiers]
        if bounds != sorted(set(bounds), reverse=True):
            raise ValueError("tiers go from the highest bound to the lowest, each bound once")
        lowest = self.tiers[-1]
        if lowest.lower != 0 or not lowest.lower_closed:
            raise ValueError("the lowest tier starts at 0 and holds it")
        names = {tier.name for tier in self.tiers}
        if len(names) != len(self.tiers):
            raise ValueError("tier names are unique")
        if unknown := {each.tier for each in self.overrides} - names:
            raise ValueError(f"an override names no tier: {', '.join(sorted(unknown))}")
        if len({each.status for each in self.overrides}) != len(self.overrides):
            raise ValueError("a status puts a unit in one tier")
        return self
