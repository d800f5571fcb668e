"""Random rules, frameworks and tiers, with all that a decision may have beside its scale."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from frameworks import cite, dimension, framework, indicator, ranking, status, tiers
from hypothesis import strategies as st

from dti_core.models import Detail, Dimension, Framework, Indicator, Override, Tiers
from dti_core.rules import Awarded, CountAgainst, DueDate, ReverseShare, Share, Steps, YesNo

ONE = 10_000
LARGEST_MAXIMUM = 150
"""In points: 6 dimensions × 3 indicators × 2 sub-items and a bonus keep every ratio exact."""

GROUPS = "ABC"

ratios = st.sampled_from(["0", "1", "1/2", "1/3", "80%", "0.8571", "33.33%", "9999/10000"])
zero_policies = st.sampled_from(["not_applicable", "full", "zero", "error"])
partials = st.sampled_from(["proportional", "nothing"])


@st.composite
def shares(draw):
    """Below the floor nothing, from full_from on everything: the floor is never the higher one."""
    low, high = sorted(
        (draw(st.none() | ratios), draw(st.none() | ratios)),
        key=lambda each: Fraction(0) if each is None else Share(floor=each).floor,
    )
    return Share(floor=low, full_from=high, zero_denominator=draw(zero_policies))


@st.composite
def step_rules(draw):
    """At most three steps; of a share they are percentages of at most two decimals."""
    of = draw(st.sampled_from(["count", "share"]))
    counts, percents = st.integers(1, 20 * ONE), st.integers(1, ONE).map(lambda each: 100 * each)
    bounds = draw(st.sets(counts if of == "count" else percents, min_size=1, max_size=3))
    earned = ["1", "1/2", "1/3"][: len(bounds)]
    steps = [
        {"at_least": bound, "share": share}
        for bound, share in zip(sorted(bounds, reverse=True), earned, strict=True)
    ]
    return Steps(of=of, steps=steps, zero_denominator=draw(zero_policies))


rising_rules = st.one_of(
    st.just(YesNo()),
    shares(),
    st.builds(CountAgainst, minimum=st.integers(1, 40 * ONE), partial=partials),
    step_rules(),
)
falling_rules = st.one_of(
    st.builds(ReverseShare, partial=partials, zero_denominator=zero_policies),
    st.builds(
        DueDate,
        due=st.sampled_from(["31/01", "28/02", "01/03", "31/12"]),
        year_offset=st.integers(-1, 1),
        late=ratios,
        last_day_counts=st.booleans(),
    ),
)
measuring_rules = rising_rules | falling_rules
rules = measuring_rules | st.just(Awarded())
groups_of_an_indicator = st.sampled_from([(), (), (), ("A",), ("A", "B"), ("C",)])


def maxima(decimals: int, least: int = 0) -> st.SearchStrategy[int]:
    """Maxima with as many decimals as the framework's points may have."""
    unit = 10 ** (4 - decimals)
    return st.integers(least, LARGEST_MAXIMUM * 10**decimals).map(lambda count: count * unit)


@st.composite
def indicators(draw, code: str, decimals: int, groups: Sequence[str] = ()) -> Indicator:
    if draw(st.integers(0, 4)):
        return indicator(code, draw(maxima(decimals)), rule=draw(rules), groups=groups)
    items = [
        indicator(f"{code}.{letter}", draw(maxima(decimals)), rule=draw(rules), groups=groups)
        for letter in "ab"[: draw(st.integers(1, 2))]
    ]
    return indicator(code, sum(each.max_points for each in items), items=items, groups=groups)


@st.composite
def dimensions(draw, code: str, decimals: int, *, first: bool) -> Dimension:
    """A main indicator with some indicators, some of them only for units of some groups.

    The first one has an indicator for every unit; another may be of declared maximum 0 and have
    none at all.
    """
    if not first and not draw(st.integers(0, 5)):
        return dimension(code, declared={"max_points": 0, "citation": cite()})
    every = [() if first else draw(groups_of_an_indicator)]
    every += draw(st.lists(groups_of_an_indicator, max_size=2))
    leaves = [draw(indicators(f"{code}.{n}", decimals, each)) for n, each in enumerate(every, 1)]
    return dimension(code, *leaves)


@st.composite
def blocks(draw, decimals: int) -> list[Dimension]:
    """A bonus, a deduction, both or neither, with caps that are reached or not."""
    drawn = []
    for block in draw(
        st.sampled_from([(), (), ("bonus",), ("deduction",), ("bonus", "deduction")])
    ):
        every = draw(st.lists(groups_of_an_indicator, min_size=1, max_size=2))
        leaves = [draw(indicators(f"{block}.{n}", decimals, g)) for n, g in enumerate(every, 1)]
        cap = draw(maxima(decimals, least=1))
        drawn.append(dimension(block, *leaves, block=block, cap=cap))
    return drawn


@st.composite
def rankings(draw, codes: Sequence[str], outside: Sequence[str]) -> list[dict]:
    """One of everything, and further ones of any dimensions, overlapping or not."""
    ties = st.sampled_from(["competition", "dense"])
    scopes = st.sampled_from(["level", "level", "group", "group", "none"])
    some = st.lists(st.sampled_from(codes), unique=True, min_size=1)
    beside = st.lists(st.sampled_from(outside), unique=True) if outside else st.just([])
    names = ["overall", "pillar", "trụ cột 2"][: draw(st.integers(1, 3))]
    return [
        ranking(
            name,
            dimensions=draw(some) + draw(beside) if number else (),
            ties=draw(ties),
            scope=draw(scopes),
        )
        for number, name in enumerate(names)
    ]


def _awarded_whole(code: str, max_points: int) -> Dimension:
    """A main indicator that is awarded as a whole, as where the annex is not at hand."""
    return dimension(code, indicator(code, max_points, rule=Awarded()))


@st.composite
def frameworks(draw) -> Framework:
    decimals = draw(st.integers(0, 4))
    detail = draw(st.sampled_from([Detail.INDICATORS] * 3 + [Detail.DIMENSIONS]))
    codes = ["I", "II", "III", "IV", "V", "Nhóm khác"][: draw(st.integers(1, 6))]
    if detail is Detail.DIMENSIONS:
        inside = [_awarded_whole(code, draw(maxima(decimals))) for code in codes]
    else:
        inside = [draw(dimensions(code, decimals, first=code == "I")) for code in codes]
    outside = draw(blocks(decimals))
    policy = draw(st.sampled_from(["deduct", "deduct_or_replace"]))
    return framework(
        *inside,
        *outside,
        detail=detail,
        rankings=draw(rankings(codes, [each.code for each in outside])),
        exclusion={"policy": policy, "citation": cite()},
        statuses=draw(st.sampled_from([(), [status("late"), status("outside", ranked=False)]])),
        point_decimals=decimals,
        value_scale=draw(st.sampled_from([1, 100, 1000])),
        value_decimals=draw(st.integers(0, 4)),
    )


@st.composite
def some_tiers(draw, statuses: Sequence[str] = ()) -> Tiers:
    """Tiers of any bounds; some of the statuses put a unit in one of them."""
    percents = st.fractions(Fraction(1, 100), 100, max_denominator=100)
    bounds = sorted(draw(st.sets(percents, min_size=1, max_size=4)), reverse=True)
    closed = draw(st.lists(st.booleans(), min_size=len(bounds), max_size=len(bounds)))
    by_value = tiers(*map(str, bounds), closed=closed)
    names = st.sampled_from([each.name for each in by_value.tiers])
    overrides = [
        Override(status=each, tier=draw(names), citation=cite())
        for each in statuses
        if draw(st.integers(0, 3))
    ]
    return Tiers(tiers=by_value.tiers, overrides=overrides)
