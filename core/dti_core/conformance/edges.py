"""Units that stand exactly at a threshold, and the last decimal of a point beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from dti_core.conformance.cases import REASON, REPLACEMENT, Case, Fact, Unit
from dti_core.models import Detail, ExclusionPolicy, Framework, Tiers

STEPS: Final = (-1, 0, 1, 2)
"""Last decimals of a point beside the threshold, rounded down: below, at, above."""


@dataclass(frozen=True, slots=True)
class Room:
    """An indicator and its maximum for a unit, which the council may have set (``own``)."""

    code: str
    most: int
    own: bool = False
    replaced: bool = False

    def fact(self, points: int) -> Fact:
        """Award points."""
        if not self.own:
            return Fact(self.code, points=points)
        instead = REPLACEMENT if self.replaced else None
        return Fact(
            self.code, points=points, reason=REASON, max_points=self.most, replacement=instead
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """A unit of a known ratio: its points and its applicable maximum, in ten-thousandths."""

    unit: Unit
    points: int
    max_points: int

    @property
    def ratio(self) -> Fraction:
        """Points over maximum, exactly."""
        return Fraction(self.points, self.max_points)


def tier_of(ratio: Fraction, tiers: Tiers) -> str | None:
    """Return the tier of a value by the bounds alone, in whatever order they stand."""
    percent = 100 * ratio
    reached = [
        each
        for each in tiers.tiers
        if percent > each.lower or (percent == each.lower and each.lower_closed)
    ]
    return max(reached, key=lambda each: each.lower).name if reached else None


def edges(framework: Framework, tiers: Tiers) -> list[Edge]:
    """Make units at and beside each threshold: of every group, with and without exclusions."""
    made: list[Edge] = []
    for group in groups(framework):
        for rooms, left_out in _variants(framework, group):
            whole = sum(each.most for each in rooms)
            for points in _totals(framework, tiers, whole):
                facts = (*_awarded(rooms, points), *left_out)
                unit = Unit(f"Đơn vị minh hoạ {len(made) + 1:03d}", facts, group)
                made.append(Edge(unit, points, whole))
    return made


def of_status(framework: Framework, status: str) -> Unit:
    """Make a unit of a status that has earned everything."""
    group = groups(framework)[0]
    rooms = _rooms(framework, group)
    facts = _awarded(rooms, sum(each.most for each in rooms))
    return Unit(f"Đơn vị minh hoạ {status}", tuple(facts), group, status)


def case(framework: Framework, units: Iterable[Unit]) -> Case:
    """Put units into a case of the first year of the decision."""
    return Case(framework.decision.first_year, tuple(units))


def groups(framework: Framework) -> list[str]:
    """Return a group without indicators of its own, and each that has some."""
    named = (group for _, leaf in framework.leaves for group in leaf.groups)
    return list(dict.fromkeys(("Nhóm minh hoạ", *named)))


def _rooms(framework: Framework, group: str) -> list[Room]:
    """Return what a unit of a group is given points for in the first ranking, in the scale."""
    inside = (each for each in framework.in_ranking(framework.rankings[0]) if each.in_scale)
    leaves = (leaf for each in inside for leaf in each.leaves)
    of_group = (leaf for leaf in leaves if not leaf.groups or group in leaf.groups)
    return [Room(leaf.code, leaf.max_points) for leaf in of_group]


def _variants(framework: Framework, group: str) -> Iterator[tuple[list[Room], list[Fact]]]:
    """Yield what is applicable to a unit, with the facts of what is not: other denominators."""
    rooms = _rooms(framework, group)
    yield rooms, []
    exclusion = framework.exclusion
    policy = exclusion.policy if exclusion else ExclusionPolicy.DEDUCT
    if policy is ExclusionPolicy.REFUSED or len(rooms) == 1:
        return
    for each in {room.most: room for room in rooms if room.most}.values():
        yield [one for one in rooms if one != each], [Fact(each.code, reason=REASON)]
    largest = max(rooms, key=lambda each: each.most, default=None)
    replaced = policy is ExclusionPolicy.DEDUCT_OR_REPLACE
    if largest and (replaced or framework.detail is Detail.DIMENSIONS):
        own = Room(largest.code, largest.most - framework.point_unit, replaced=replaced, own=True)
        yield [own if one == largest else one for one in rooms], []


def _totals(framework: Framework, tiers: Tiers, whole: int) -> Iterator[int]:
    """Yield points at each threshold and a last decimal beside."""
    unit = framework.point_unit
    totals = {
        int(each.lower * whole / 100) // unit * unit + step * unit
        for each in tiers.tiers
        for step in STEPS
    }
    return (each for each in sorted(totals) if whole and 0 <= each <= whole)


def _awarded(rooms: Iterable[Room], left: int) -> Iterator[Fact]:
    """Award points from the first indicator on."""
    for room in rooms:
        points = min(left, room.most)
        left -= points
        yield room.fact(points)
