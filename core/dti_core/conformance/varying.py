"""Cases of units that differ in one thing on purpose: a better fact, a left-out one, a missing one.

Every indicator has its turn in every case, whatever is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from dti_core.conformance.cases import REASON, Case, Fact, Pair, Unit
from dti_core.conformance.drawing import EVERYTHING, NONE_LEFT, Field, measured, recipes
from dti_core.conformance.measuring import largest, values, wholes
from dti_core.models import Block, Indicator
from dti_core.rules import FactType

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

RUNGS: Final = 8
BASE, FULL, NOTHING = "Đơn vị gốc", "Đơn vị đạt hết", "Đơn vị không đánh giá gì"
LOW, HIGH = "Đơn vị thấp", "Đơn vị cao"
Ladder = tuple[Fact, ...]


def rung(number: int) -> str:
    """Name the unit on a rung of a ladder."""
    return f"Đơn vị bậc {number}"


# A better fact -------------------------------------------------------------------------------


@st.composite
def ladders(draw: DrawFn, ground: Field) -> Case:
    """Draw units on the rungs of a ladder: on each, every fact is as good as below, or better.

    Deductions stay as they are. For each main indicator there is a low unit that has the best
    facts in it, and a high unit that has the worst.
    """
    group = draw(st.sampled_from(ground.groups))
    drawn: dict[object, tuple[Fact, ...]] = {}
    climbs: dict[str, Ladder] = {}
    for _, leaf in ground.of_group(group):
        key = _same_questions(leaf, ground)
        if key not in drawn:
            drawn[key] = draw(_ladder(leaf, ground))
        climbs[leaf.code] = tuple(_for(leaf, each) for each in drawn[key])
    made = dict(_on_ladder(climbs, ground, group))
    units = tuple(Unit(code, facts, group) for code, facts in made.items())
    return Case(ground.year, units, tuple(_steps(ground)))


def _same_questions(leaf: Indicator, ground: Field) -> object:
    """Let indicators of one rule climb together; awarded ones by parts of their maximum."""
    if leaf.rule.accepts == FactType.POINTS:
        return FactType.POINTS
    return leaf.rule, largest(leaf, ground.framework)


def _ladder(leaf: Indicator, ground: Field) -> SearchStrategy[Ladder]:
    rule, most = leaf.rule, largest(leaf, ground.framework)
    if rule.accepts == FactType.POINTS:
        return _climb(st.integers(0, 100), falls=False).map(
            lambda drawn: tuple(Fact(leaf.code, points=each) for each in drawn)
        )
    of_whole = [_of_whole(leaf, whole, ground, most) for whole in wholes(rule, most)]
    return st.one_of(of_whole)


def _of_whole(
    leaf: Indicator, whole: int | None, ground: Field, most: int
) -> SearchStrategy[Ladder]:
    drawn = values(leaf.rule, whole, ground.year, most)
    return _climb(drawn, falls=leaf.rule.fall).map(
        lambda drawn: tuple(Fact(leaf.code, value=each, denominator=whole) for each in drawn)
    )


def _climb(drawn: SearchStrategy[int], *, falls: bool) -> SearchStrategy[list[int]]:
    several = st.lists(drawn, min_size=RUNGS, max_size=RUNGS)
    return several.map(lambda each: sorted(each, reverse=falls))


def _for(leaf: Indicator, fact: Fact) -> Fact:
    """Put a drawn fact in the place of an indicator; points are parts of its maximum."""
    if fact.points is None:
        return replace(fact, indicator=leaf.code)
    return Fact(leaf.code, points=leaf.max_points * fact.points // 100)


def _on_ladder(
    climbs: Mapping[str, Ladder], ground: Field, group: str
) -> Iterator[tuple[str, Ladder]]:
    def facts(*, least: int, other: str = "", instead: int = 0) -> Ladder:
        return tuple(
            climbs[leaf.code][instead if each.code == other else least * _counts(each.block)]
            for each, leaf in ground.of_group(group)
        )

    yield from ((rung(number), facts(least=number)) for number in range(RUNGS))
    for each in ground.framework.dimensions:
        top = RUNGS - 1
        yield f"{LOW} {each.code}", facts(least=0, other=each.code, instead=top)
        yield f"{HIGH} {each.code}", facts(least=top, other=each.code)


def _counts(block: Block) -> int:
    """Keep deductions on the lowest rung."""
    return int(block is not Block.DEDUCTION)


def _steps(ground: Field) -> Iterator[Pair]:
    yield from (Pair(rung(number - 1), rung(number)) for number in range(1, RUNGS))
    for each in ground.framework.dimensions:
        raised = Pair(rung(0), f"{LOW} {each.code}")
        if each.block is Block.DEDUCTION:
            yield Pair(raised.second, raised.first)
        else:
            yield raised
            yield Pair(f"{HIGH} {each.code}", rung(RUNGS - 1))


# An indicator that is left out ---------------------------------------------------------------


@st.composite
def exclusions(draw: DrawFn, ground: Field) -> Case:
    """Draw a unit, and the same without each indicator; one that reached all, and that without.

    The pairs are a unit before and after. A last unit has nothing that is applicable.
    """
    group = draw(st.sampled_from(ground.groups))
    before = {
        BASE: tuple(draw(measured(leaf, ground)) for _, leaf in ground.of_group(group)),
        FULL: EVERYTHING.cook(ground, group),
    }
    nothing = replace(EVERYTHING, left_out=(NONE_LEFT,)).cook(ground, group)
    units = [Unit(name, facts, group) for name, facts in before.items()]
    units.append(Unit(NOTHING, nothing, group))
    pairs = []
    for name, facts in before.items():
        for what, instead in _left_out(ground, group, full=name == FULL):
            units.append(Unit(f"{name} {what}", instead_of(facts, instead), group))
            pairs.append(Pair(name, f"{name} {what}", instead.indicator))
    return Case(ground.year, tuple(units), tuple(pairs))


def _left_out(ground: Field, group: str, *, full: bool) -> Iterator[tuple[str, Fact]]:
    for dimension, leaf in ground.of_group(group):
        if not dimension.in_scale:
            continue
        blank = Fact(leaf.code, reason=REASON)
        yield f"bớt {leaf.code}", blank
        for number, (most, instead) in enumerate(ground.own_maxima(leaf) if full else ()):
            own = replace(blank, points=most, max_points=most, replacement=instead)
            yield f"đổi {leaf.code} ({number})", own


def instead_of(facts: Ladder, fact: Fact | None, indicator: str = "") -> Ladder:
    """Put a fact in the place of the one of its indicator; None: nothing in that place."""
    code = fact.indicator if fact else indicator
    kept = [each for each in facts if each.indicator != code]
    return (*kept, fact) if fact else tuple(kept)


# An indicator that is missing ----------------------------------------------------------------


@st.composite
def gaps(draw: DrawFn, ground: Field) -> Case:
    """Draw a unit, and for each indicator two more: it earned nothing, and it is missing."""
    group = draw(st.sampled_from(ground.groups))
    facts = draw(recipes(ground)).cook(ground, group)
    units, pairs = [], []
    for dimension, leaf in ground.of_group(group):
        if dimension.in_scale:
            zero = instead_of(facts, Fact(leaf.code, points=0))
            missing = instead_of(facts, None, leaf.code)
            pair = Pair(f"{BASE} không {leaf.code}", f"{BASE} thiếu {leaf.code}", leaf.code)
            units += [Unit(pair.first, zero, group), Unit(pair.second, missing, group)]
            pairs.append(pair)
    return Case(ground.year, tuple(units), tuple(pairs))
