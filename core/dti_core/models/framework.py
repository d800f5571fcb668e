"""A framework: the indicator set of one decision for one level, checked when it is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from dti_core.base import Model, Name, Text
from dti_core.models.law import Citation, Decision, Discrepancy, Interpretation
from dti_core.models.policy import Appraiser, EvidenceDuty, Exclusion, ExclusionPolicy, UnitStatus
from dti_core.models.tree import Block, Declared, Dimension, Indicator, Information, Listed
from dti_core.numbers import DECIMALS, EXACT_FLOAT, to_short_decimal
from dti_core.rules import KINDS, Rule, ZeroDenominator

LARGEST_SCALE = 10_000


class Level(StrEnum):
    """The administrative levels that decisions evaluate."""

    SO = "so"
    HUYEN = "huyen"
    XA = "xa"


class Detail(StrEnum):
    """How much of the indicator set is at hand.

    Every component indicator; the main indicators with their maxima, each awarded as a whole; or
    an outline without maxima, which cannot score anything until an annex is brought.
    """

    INDICATORS = "indicators"
    DIMENSIONS = "dimensions"
    OUTLINE = "outline"


class Ranking(Model):
    """A named set of dimensions (none: all) that is valued and ranked on its own.

    ``scope``: units compete within the whole level, within their ``group``, or are valued and not
    ranked (``none``). ``ties``: after two equal units the next rank is left out (``competition``,
    1-2-2-4) or not (``dense``, 1-2-2-3). ``from_annex``: the annex says which dimensions.
    """

    code: Name
    name: Name
    dimensions: tuple[Name, ...] = ()
    from_annex: bool = False
    scope: Literal["level", "group", "none"] = "level"
    ties: Literal["competition", "dense"] = "competition"
    citation: Citation


class AnnexSource(Model):
    """The annex that an authority brought, or a made-up one, for the recipe."""

    name: Name
    sha256: Name
    illustrative: bool = False


class Framework(Model):
    """One decision's indicator set for one level, with the readings that are in force.

    ``missing``: a fact that is not there scores nothing and stays in the denominator (``zero``),
    or the evaluation is refused (``refuse``). Points are rounded to ``point_decimals``, a value is
    shown as ``value_scale`` times the ratio with ``value_decimals``. ``listed`` are the indicators
    that an annex must contain, ``kinds`` the rule kinds that it may use, ``bonus_block`` tells
    whether it may bring a block outside the scale.
    """

    decision: Decision
    level: Level
    name: Name
    detail: Detail = Detail.INDICATORS
    declared: Declared
    dimensions: tuple[Dimension, ...]
    rankings: Annotated[tuple[Ranking, ...], Field(min_length=1)]
    interpretations: tuple[Interpretation, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    exclusion: Exclusion | None = None
    evidence: EvidenceDuty | None = None
    statuses: tuple[UnitStatus, ...] = ()
    appraiser: Appraiser | None = None
    information: tuple[Information, ...] = ()
    listed: tuple[Listed, ...] = ()
    missing: Literal["zero", "refuse"] = "zero"
    bonus_block: Literal["refused", "annex"] = "refused"
    point_decimals: Annotated[int, Field(ge=0, le=DECIMALS)] = 2
    value_scale: Annotated[int, Field(gt=0, le=LARGEST_SCALE)] = 100
    value_decimals: Annotated[int, Field(ge=0, le=DECIMALS)] = 2
    note: Text = ""
    illustrative: Path | None = None
    illustrative_annex: Path | None = None
    annex: AnnexSource | None = None
    kinds: Annotated[tuple[type[Rule], ...], Field(exclude=True)] = KINDS

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The component indicators of the scale, in the order of the annex."""
        inside = (dimension for dimension in self.dimensions if dimension.in_scale)
        return tuple(each for dimension in inside for each in dimension.indicators)

    @cached_property
    def leaves(self) -> tuple[tuple[Dimension, Indicator], ...]:
        """What facts are reported for, each with its dimension, in the order of the annex."""
        return tuple((each, leaf) for each in self.dimensions for leaf in each.leaves)

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

    def rebuilt(self, **changes: Any) -> Framework:
        """Return this framework with other fields, checked as a new one."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return Framework.model_validate(fields | changes)

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = [*self._codes(), *self._maxima(), *self._exclusions()]
        faults += [*self._counts(), *self._clauses()]
        if faults:
            raise ValueError("; ".join(f"{self.level}: {fault}" for fault in faults))
        return self

    def _codes(self) -> Iterator[str]:
        dimensions = [each.code for each in self.dimensions]
        yield from _doubles("dimension", dimensions)
        walked = (each.code for dimension in self.dimensions for each in _walk(dimension))
        reported = (*walked, *(each.code for each in self.information))
        yield from _doubles("indicator", reported)
        yield from _doubles("ranking", [each.code for each in self.rankings])
        yield from _doubles("interpretation", [each.id for each in self.interpretations])
        yield from _doubles("status", [each.code for each in self.statuses])
        for ranking in self.rankings:
            for code in set(ranking.dimensions) - set(dimensions):
                yield f"ranking {ranking.code} names dimension {code}, which is not there"
            adds_up = self.in_ranking(ranking)
            if adds_up and not any(each.in_scale for each in adds_up):
                yield f"ranking {ranking.code} has no dimension of the scale to divide by"

    def _maxima(self) -> Iterator[str]:
        if self.detail is not Detail.OUTLINE and not self.leaves:
            yield "there is nothing to score"
        for each in self.dimensions:
            unscored = each.declared is not None and each.declared.max_points == 0
            if self.detail is not Detail.OUTLINE and not each.indicators and not unscored:
                yield f"dimension {each.code} has no indicators"
        yield from self._decimals()
        bonus = sum(each.cap or 0 for each in self.dimensions if each.block is Block.BONUS)
        # Doubles above one lie twice as far apart.
        bound = EXACT_FLOAT // 2 if bonus else EXACT_FLOAT
        if self.max_points * (self.max_points + bonus) >= bound:
            yield "the scale is over 9,000 points: quotients would no longer be exact enough"

    def _decimals(self) -> Iterator[str]:
        """Find what could not be written with the decimals of a point."""
        for _, leaf in self.leaves:
            if leaf.max_points % self.point_unit:
                yield f"{leaf.code}: the maximum has more than {self.point_decimals} decimals"
        for each in self.dimensions:
            if each.cap is not None and each.cap % self.point_unit:
                yield f"{each.code}: the cap has more than {self.point_decimals} decimals"

    def _exclusions(self) -> Iterator[str]:
        """Find rules that would leave an indicator out where the decision lets none be left out."""
        if self.exclusion is None or self.exclusion.policy is not ExclusionPolicy.REFUSED:
            return
        for _, leaf in self.leaves:
            if leaf.rule.zero_denominator is ZeroDenominator.NOT_APPLICABLE:
                clause = self.exclusion.citation.clause
                yield f"{leaf.code}: zero_denominator=not_applicable leaves out what {clause} keeps"

    def _counts(self) -> Iterator[str]:
        told = {
            (each.about, str(each.declared_value), str(each.found_value))
            for each in self.discrepancies
        }
        for about, declared, counted in self.differences():
            if (about, declared, counted) not in told:
                yield f"{about}: {declared} declared, {counted} found, and no discrepancy tells it"

    def differences(self) -> Iterator[tuple[str, str, str]]:
        """Yield where declared and found figures differ: about, declared, found.

        ``about`` is ``dimensions``, ``indicators`` or ``max_points``, of a dimension ``CODE``
        with ``:CODE`` behind it. An outline has no figures of its own to compare.
        """
        has_indicators = self.detail is Detail.INDICATORS
        has_maxima = self.detail is not Detail.OUTLINE
        if self.dimensions or has_maxima:
            found = len(self.dimensions_in_scale)
            yield from _differ("dimensions", self.declared.dimensions, found)
        parts: list[tuple[Framework | Dimension, Declared | None, str]] = [
            (self, self.declared, "")
        ]
        parts += [(each, each.declared, f":{each.code}") for each in self.dimensions_in_scale]
        for part, declared, code in parts:
            if declared and has_indicators:
                found = len(part.indicators)
                yield from _differ(f"indicators{code}", declared.indicators, found)
            if declared and has_maxima:
                yield from _differ_in_points(f"max_points{code}", declared, part.max_points)

    @property
    def dimensions_in_scale(self) -> tuple[Dimension, ...]:
        """The main indicators, without the blocks outside the scale."""
        return tuple(each for each in self.dimensions if each.in_scale)

    def _clauses(self) -> Iterator[str]:
        for citation in self.citations():
            if not self.decision.has_clause(citation.clause):
                yield f"clause {citation.clause} is not in the decision's list of clauses"

    def citations(self) -> Iterator[Citation]:
        """Yield every citation of the framework."""
        yield self.declared.citation
        for dimension in self.dimensions:
            yield dimension.citation
            yield from (each.citation for each in _walk(dimension))
        for policy in (self.exclusion, self.evidence, self.appraiser):
            if policy is not None:
                yield policy.citation
        for part in (self.rankings, self.statuses, self.information, self.listed):
            yield from (each.citation for each in part)
        yield from (each.citation for each in self.interpretations)
        yield from (each.citation for each in self.discrepancies)


def _walk(dimension: Dimension) -> Iterator[Indicator]:
    return (each for indicator in dimension.indicators for each in indicator.walk())


def _doubles(what: str, codes: Iterable[str]) -> Iterator[str]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{what} {code} stands {times} times"


def _differ(about: str, declared: int | None, found: int) -> Iterator[tuple[str, str, str]]:
    if declared is not None and declared != found:
        yield about, str(declared), str(found)


def _differ_in_points(about: str, declared: Declared, found: int) -> Iterator[tuple[str, str, str]]:
    if declared.max_points is not None and declared.max_points != found:
        yield about, to_short_decimal(declared.max_points), to_short_decimal(found)
