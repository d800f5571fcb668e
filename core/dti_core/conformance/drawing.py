"""Hypothesis strategies: facts of some units for any framework.

Ties and boundary values are made on purpose: units share what they report, their points lie at the
bounds of tiers or one last decimal beside, and some indicators of each are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from dti_core.conformance.cases import REASON, REPLACEMENT, Case, Fact, Unit
from dti_core.conformance.measuring import largest, takes_zero, values, wholes
from dti_core.models import Detail, Dimension, ExclusionPolicy, Framework, Indicator, Tiers
from dti_core.numbers import EXACT_FLOAT, ONE
from dti_core.rules import FactType

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

HALVES: Final = (Fraction(0), Fraction(1, 2), Fraction(1))
GROUPS: Final = ("Nhóm minh hoạ A", "Nhóm minh hoạ B")
NONE_LEFT: Final = -1


@dataclass(frozen=True, eq=False)
class Field:
    """What facts are generated for: a framework, its tiers and a year; equal only to itself."""

    framework: Framework
    tiers: Tiers | None
    year: int

    @cached_property
    def leaves(self) -> tuple[tuple[Dimension, Indicator], ...]:
        """What facts are reported for."""
        return self.framework.leaves

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that units are in; one of no name where the framework has none."""
        named = {group for _, leaf in self.leaves for group in leaf.groups}
        by_group = any(each.scope == "group" for each in self.framework.rankings)
        others = GROUPS if by_group else ()
        return tuple(dict.fromkeys((*sorted(named), *others))) or ("",)

    @cached_property
    def shares(self) -> tuple[Fraction, ...]:
        """Parts of the applicable maximum at which something changes: the bounds of tiers."""
        tiers = self.tiers.tiers if self.tiers else ()
        return tuple(dict.fromkeys((*HALVES, *(each.lower / 100 for each in tiers))))

    @property
    def policy(self) -> ExclusionPolicy:
        """What may happen to an indicator that is not assessed."""
        exclusion = self.framework.exclusion
        return exclusion.policy if exclusion else ExclusionPolicy.DEDUCT

    @property
    def may_exclude(self) -> bool:
        """Whether an indicator may be left out at all."""
        return self.policy is not ExclusionPolicy.REFUSED

    @property
    def may_miss(self) -> bool:
        """Whether a report may be missing."""
        return self.framework.missing == "zero"

    @cached_property
    def headroom(self) -> int:
        """How much more than the decision's a maximum of a unit's own may be."""
        limit = int(EXACT_FLOAT**0.5) - 1 - self.framework.max_points
        unit = self.framework.point_unit
        return min(10 * ONE, limit // len(self.leaves)) // unit * unit

    def of_group(self, group: str) -> Iterator[tuple[Dimension, Indicator]]:
        """Yield what a unit of a group reports."""
        return (each for each in self.leaves if not each[1].groups or group in each[1].groups)

    def own_maxima(self, leaf: Indicator) -> Iterator[tuple[int, str | None]]:
        """Yield maxima that the council may set for a unit, with the replacement if it is one."""
        unit = self.framework.point_unit
        if self.policy is ExclusionPolicy.DEDUCT_OR_REPLACE:
            some = {unit, leaf.max_points // 2 // unit * unit, leaf.max_points + self.headroom}
            yield from ((each, REPLACEMENT) for each in sorted(some) if each > 0)
        if self.framework.detail is Detail.DIMENSIONS and self.may_exclude:
            less = {unit, leaf.max_points - unit}
            yield from ((each, None) for each in sorted(less) if 0 < each < leaf.max_points)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a unit's facts are made, whatever its group.

    :param share: of the applicable maximum, awarded from the first indicator on.
    :param beside: last decimals of a point above or below that.
    :param left_out: places of indicators that are not applicable; ``NONE_LEFT``: all of them.
    :param silent: what earns nothing is not reported at all.
    :param changes: facts that stand in the place of those; None: missing.
    """

    share: Fraction
    beside: int = 0
    left_out: tuple[int, ...] = ()
    silent: bool = False
    changes: tuple[tuple[str, Fact | None], ...] = field(default=())

    def cook(self, ground: Field, group: str) -> tuple[Fact, ...]:
        """Make the facts of a unit of a group."""
        facts: dict[str, Fact | None] = dict(self._awarded(ground, group))
        facts |= {code: each for code, each in self.changes if code in facts}
        codes = (leaf.code for _, leaf in ground.of_group(group))
        return tuple(each for code in codes if (each := facts.get(code)) is not None)

    def _awarded(self, ground: Field, group: str) -> Iterator[tuple[str, Fact | None]]:
        mine = list(ground.of_group(group))
        yield from ((leaf.code, None) for each, leaf in mine if not each.in_scale)
        inside = [leaf for each, leaf in mine if each.in_scale]
        out = {each % len(inside) for each in self.left_out} if inside else set()
        if NONE_LEFT in self.left_out:
            out = set(range(len(inside)))
        yield from ((inside[each].code, Fact(inside[each].code, reason=REASON)) for each in out)
        applicable = [leaf for place, leaf in enumerate(inside) if place not in out]
        yield from self._filled(applicable, ground.framework.point_unit)

    def _filled(self, leaves: Sequence[Indicator], unit: int) -> Iterator[tuple[str, Fact | None]]:
        """Award points from the first indicator on until the share of the maximum is reached."""
        whole = sum(leaf.max_points for leaf in leaves)
        left = min(max(int(whole * self.share) // unit * unit + self.beside * unit, 0), whole)
        for leaf in leaves:
            points = min(left, leaf.max_points)
            left -= points
            silent = self.silent and not points
            yield leaf.code, None if silent else Fact(leaf.code, points=points)


EVERYTHING: Final = Recipe(Fraction(1))
"""The recipe of a unit that reached all there is."""


@cache
def awarded(most: int, unit: int) -> SearchStrategy[int]:
    """Draw points that a council awarded, also some with more decimals than are kept."""
    some = {0, unit // 2, most // 2, most - unit // 2, most - 1, most}
    inside = sorted(each for each in some if 0 <= each <= most)
    return st.sampled_from(inside) | st.integers(0, most)


@st.composite
def measured(draw: DrawFn, leaf: Indicator, ground: Field) -> Fact:
    """Draw what the rule of an indicator measures; for points, what was awarded."""
    rule, most = leaf.rule, largest(leaf, ground.framework)
    if rule.accepts == FactType.POINTS:
        return Fact(leaf.code, points=draw(awarded(leaf.max_points, ground.framework.point_unit)))
    zero = (0,) if takes_zero(rule) else ()
    whole = draw(one_of((*wholes(rule, most), *zero)))
    if whole == 0:
        return Fact(leaf.code, value=0, denominator=0)
    return Fact(leaf.code, value=draw(values(rule, whole, ground.year, most)), denominator=whole)


@st.composite
def changed(draw: DrawFn, leaf: Indicator, ground: Field) -> Fact:
    """Draw what the council decided: another maximum for this unit, with what was awarded."""
    most, instead = draw(one_of(tuple(ground.own_maxima(leaf))))
    points = draw(one_of((0, most // 2, most)))
    return Fact(leaf.code, points=points, max_points=most, reason=REASON, replacement=instead)


@st.composite
def cells(draw: DrawFn, ground: Field) -> tuple[str, Fact | None]:
    """Draw any fact of any indicator, or that it is missing; most often a measured one."""
    dimension, leaf = ground.leaves[draw(one_of(tuple(range(len(ground.leaves)))))]
    kinds = ["measured", "measured", "measured", "awarded"]
    if ground.may_exclude:
        kinds.append("excluded")
    if any(ground.own_maxima(leaf)) and dimension.in_scale:
        kinds.append("changed")
    if ground.may_miss or not dimension.in_scale:
        kinds.append("missing")
    return leaf.code, draw(_of_kind(draw(one_of(tuple(kinds))), leaf, ground))


def _of_kind(kind: str, leaf: Indicator, ground: Field) -> SearchStrategy[Fact | None]:
    if kind == "measured":
        return measured(leaf, ground)
    if kind == "awarded":
        points = awarded(leaf.max_points, ground.framework.point_unit)
        return points.map(lambda each: Fact(leaf.code, points=each))
    if kind == "changed":
        return changed(leaf, ground)
    return st.just(Fact(leaf.code, reason=REASON) if kind == "excluded" else None)


@lru_cache(maxsize=64)
def recipes(ground: Field) -> SearchStrategy[Recipe]:
    """Draw how a unit's facts are made."""
    places = st.integers(0, len(ground.leaves) - 1)
    some_out = st.lists(places, max_size=3).map(tuple) | st.just((NONE_LEFT,))
    steps = st.integers(0, 100).map(lambda each: Fraction(each, 100))
    return st.builds(
        Recipe,
        share=one_of(ground.shares) | steps,
        beside=one_of((0, -1, 1)),
        left_out=st.just(()) | some_out if ground.may_exclude else st.just(()),
        silent=one_of((True, False) if ground.may_miss else (False,)),
        changes=st.lists(cells(ground), max_size=8).map(tuple),
    )


@lru_cache(maxsize=1024)
def one_of(choices: tuple[Any, ...]) -> SearchStrategy[Any]:
    """Draw one of a tuple of things; the strategy is made once."""
    return st.sampled_from(choices)


@st.composite
def cases(draw: DrawFn, ground: Field) -> Case:
    """Draw some units; the last ones repeat the first, a last decimal more of it, and reach all."""
    some = draw(st.lists(recipes(ground), min_size=1, max_size=4))
    statuses = ("", "", *(each.code for each in ground.framework.statuses))
    of_unit = st.tuples(
        st.sampled_from(some), st.sampled_from(ground.groups), st.sampled_from(statuses)
    )
    drawn = draw(st.lists(of_unit, min_size=1, max_size=7))
    recipe, group, status = drawn[0]
    neighbour = replace(recipe, beside=recipe.beside + 1)
    made = [*drawn, (recipe, group, status), (neighbour, group, status)]
    made.append((EVERYTHING, group, ""))
    return Case(ground.year, tuple(_units(made, ground)))


def _units(made: Iterable[tuple[Recipe, str, str]], ground: Field) -> Iterator[Unit]:
    for number, (recipe, group, status) in enumerate(made, 1):
        yield Unit(unit_code(number), recipe.cook(ground, group), group, status)


def unit_code(number: int) -> str:
    """Name a unit so that nobody takes it for a real one."""
    return f"Đơn vị minh hoạ {number:02d}"
