"""Answers where rounding could go either way: exactly half a unit, and just beside it."""

from __future__ import annotations

from frameworks import indicator
from hypothesis import strategies as st

from dti_core.forms import Answer
from dti_core.numbers import INT64_MAX, ONE
from dti_core.rules import CountAgainst, ReverseShare, Share, Steps

ROWS = 25


@st.composite
def half_way(draw, units: int) -> tuple[int, int]:
    """A part and a whole at which ``units`` parts are a whole number and a half, or just beside.

    The whole is as large as core takes it, or as small as it can be.
    """
    most = INT64_MAX // (4 * max(units, ONE))
    times = draw(st.sampled_from([1, 7, most // (2 * units)]) | st.integers(1, most // (2 * units)))
    whole = 2 * units * times
    half = (2 * draw(st.integers(0, units - 1)) + 1) * times
    part = half + draw(st.sampled_from([0, 0, -1, 1]))
    return min(max(part, 0), whole), whole


@st.composite
def at_the_step(draw, rule: Steps, most: int) -> tuple[int, int]:
    """A part and a whole whose ratio is a step's, or just beside."""
    ratio = draw(st.sampled_from(rule.steps)).of_whole()
    times = draw(st.integers(1, most // ratio.denominator))
    whole = ratio.denominator * times
    part = ratio.numerator * times + draw(st.sampled_from([0, 0, -1, 1]))
    return min(max(part, 0), whole), whole


@st.composite
def rows(draw, decimals: int):
    """Indicators and answers, each at the point where its rounding or its step turns."""
    unit = 10 ** (4 - decimals)
    made = []
    for number in range(ROWS):
        units = draw(st.integers(1, 350 * 10**decimals))
        kind = draw(st.sampled_from(["share", "reverse", "count", "steps"]))
        part, whole = draw(half_way(units))
        rule = {"share": Share(), "reverse": ReverseShare()}.get(kind, Share(floor="1/3"))
        if kind == "count":
            rule = CountAgainst(minimum=whole)
        if kind == "steps":
            percents = sorted(draw(st.sets(st.integers(1, 9_999), min_size=1, max_size=3)))
            earned = zip(reversed(percents), ("1", "1/2", "1/3"), strict=False)
            steps = [{"at_least": 100 * percent, "share": share} for percent, share in earned]
            rule = Steps(of="share", steps=steps)
            part, whole = draw(at_the_step(rule, INT64_MAX // (4 * max(units, ONE))))
        answer = Answer(value=part, denominator=None if kind == "count" else whole)
        made.append((indicator(f"I.{number}", units * unit, rule=rule), answer))
    return made
