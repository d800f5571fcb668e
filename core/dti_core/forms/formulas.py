"""Each of core's rule kinds as formulas of a spreadsheet that give exactly what the engine gives.

A spreadsheet reckons in doubles. The formulas therefore only ever add and multiply whole numbers
below 2**53, and no two that they compare differ beyond the fifteenth digit, which is all that some
programs look at: a number of ten-thousandths is multiplied in two parts, its whole part and what is
left over, and a quotient is guessed by division and then put right by its rest, as in a long
division by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from dti_core.forms.answers import Answer
from dti_core.forms.states import At, State
from dti_core.messages import text
from dti_core.models import Framework, Indicator
from dti_core.numbers import DECIMALS, ONE, half_up, to_short_decimal
from dti_core.rules import (
    Awarded,
    CountAgainst,
    DueDate,
    FactType,
    ReverseShare,
    Rule,
    Share,
    Steps,
    YesNo,
    ZeroDenominator,
)

PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Helper:
    """A hidden formula and, for programs that compute none, what it gives."""

    formula: str
    cached: float


@dataclass(frozen=True, slots=True)
class Formulas:
    """How the points of a measured value come about: a formula, and hidden steps on the way."""

    points: str
    helpers: Mapping[str, Helper] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """One measured indicator in its row.

    :param at: the cells of the row.
    :param answer: what is known, for the cached values.
    """

    leaf: Indicator
    framework: Framework
    year: int
    at: At
    answer: Answer

    @property
    def units(self) -> int:
        """The maximum, in units of the last decimal of a point."""
        return self.leaf.max_points // self.framework.point_unit

    @property
    def scaled(self) -> str:
        """The measured value in ten-thousandths."""
        return f"ROUND({self.at['value']}*{ONE},0)"

    def of_maximum(self, share: Fraction) -> str:
        """Write the points that a constant share of the maximum earns."""
        earned = half_up(self.units * share.numerator, share.denominator)
        return to_short_decimal(earned * self.framework.point_unit)

    @property
    def everything(self) -> str:
        """Write the maximum."""
        return to_short_decimal(self.leaf.max_points)

    @property
    def is_measured(self) -> bool:
        """Whether there is a value to cache the steps of."""
        return self.answer.value is not None and not self.answer.status

    @property
    def nothing_below(self) -> str:
        """The condition that the whole of a share is zero."""
        return f"{self.at['whole']}=0"

    def reaches(self, ratio: Fraction) -> str:
        """Write the condition that the share is at least a ratio."""
        part, whole = self.at["part"], self.at["whole"]
        return f"{_combined(part, ratio.denominator, whole, f'-{ratio.numerator}')}>=0"


def _combined(first: str, times: int, second: str, by: str) -> str:
    """Write ``first * times + second * by`` of whole numbers, whose products may pass 2**53.

    The whole ones and the ten-thousandths are multiplied apart; where the sum of the first is
    large it alone decides the sign, and else nothing is large.
    """
    high = f"{times}*INT({first}/{ONE})+{by}*INT({second}/{ONE})"
    low = f"{times}*MOD({first},{ONE})+{by}*MOD({second},{ONE})"
    return f"({high})*{ONE}+{low}"


def _parts(measure: Measure, *, reverse: bool = False) -> dict[str, Helper]:
    """Give value and whole in ten-thousandths; without a whole the value is a percentage.

    In reverse the part is what the value leaves of the whole.
    """
    at, answer = measure.at, measure.answer
    measured = f"{at['state']}={State.MEASURED:d}"
    value, whole = (answer.value, answer.denominator) if measure.is_measured else (None, None)
    if measure.leaf.rule.accepts != FactType.SHARE:
        return {"part": Helper(f"=IF({measured},{measure.scaled},0)", value or 0)}
    below = PERCENT * ONE if whole is None else whole
    cell = at["denominator"]
    scaled = f"ROUND({cell}*{ONE},0)"
    part, cached = measure.scaled, value or 0
    if reverse and value is not None:
        cached = below - value
    if reverse:
        part = f"{at['whole']}-{part}"
    return {
        "part": Helper(f"=IF({measured},{part},0)", cached),
        "whole": Helper(f'=IF(AND({measured},{cell}<>""),{scaled},{PERCENT * ONE})', below),
    }


def _divided(measure: Measure, helpers: Mapping[str, Helper], whole: str, below: int) -> Formulas:
    """Write what a part of a whole earns: a guess, the rest that it leaves, and the guess righted.

    :param whole: the whole in ten-thousandths, a cell or a number; ``below`` is its cached value.
    """
    twice, part = 2 * measure.units, measure.at["part"]
    guess, rest = measure.at["guess"], measure.at["rest"]
    above = helpers["part"].cached
    found = half_up(measure.units * int(above), below) if below else 0
    left = twice * int(above) + below - 2 * found * below
    guessed = f"=IF({whole}=0,0,INT(({twice}*({part}/{whole})+1)/2))"
    steps = {
        "guess": Helper(guessed, found),
        "rest": Helper(f"={_combined(part, twice, whole, f'(1-2*{guess})')}", left),
    }
    righted = f"{guess}+IF({rest}>=2*{whole},1,0)-IF({rest}<0,1,0)"
    return Formulas(_in_points(righted, measure.framework), {**helpers, **steps})


def _in_points(units: str, framework: Framework) -> str:
    """Write a number of units of the last decimal as points."""
    scale = 10**framework.point_decimals
    return f"({units})/{scale}" if scale > 1 else f"({units})"


def _yes_no(_: YesNo, measure: Measure) -> Formulas:
    return Formulas(f'IF({measure.at["value"]}="{text("form.yes")}",{measure.everything},0)')


def _share_of(measure: Measure, *, reverse: bool = False) -> Formulas:
    helpers = _parts(measure, reverse=reverse)
    return _divided(measure, helpers, measure.at["whole"], int(helpers["whole"].cached))


def _share(rule: Share, measure: Measure) -> Formulas:
    divided = _share_of(measure)
    points = divided.points
    if rule.floor is not None:
        points = f"IF({measure.reaches(rule.floor)},{points},0)"
    if rule.full_from is not None:
        points = f"IF({measure.reaches(rule.full_from)},{measure.everything},{points})"
    return Formulas(_at_zero(rule, measure, points), divided.helpers)


def _reverse_share(rule: ReverseShare, measure: Measure) -> Formulas:
    if rule.partial == "nothing":
        points = f"IF({measure.at['value']}>0,0,{measure.everything})"
        return Formulas(_at_zero(rule, measure, points), _parts(measure))
    divided = _share_of(measure, reverse=True)
    return Formulas(_at_zero(rule, measure, divided.points), divided.helpers)


def _at_zero(rule: Rule, measure: Measure, points: str) -> str:
    """Choose what a share with nothing below the line gives."""
    given = {
        ZeroDenominator.NOT_APPLICABLE: '""',
        ZeroDenominator.FULL: measure.everything,
        ZeroDenominator.ZERO: "0",
        ZeroDenominator.ERROR: '""',
    }[rule.zero_denominator]
    return f"IF({measure.nothing_below},{given},{points})"


def _count_against(rule: CountAgainst, measure: Measure) -> Formulas:
    reached = f"{measure.scaled}>={rule.minimum}"
    if rule.partial == "nothing":
        return Formulas(f"IF({reached},{measure.everything},0)")
    divided = _divided(measure, _parts(measure), str(rule.minimum), rule.minimum)
    points = f"IF({reached},{measure.everything},{divided.points})"
    return Formulas(points, divided.helpers)


def _steps(rule: Steps, measure: Measure) -> Formulas:
    points = "0"
    for step in reversed(rule.steps):
        reached = f"{measure.scaled}>={step.at_least}"
        if rule.of == "share":
            reached = measure.reaches(step.of_whole())
        points = f"IF({reached},{measure.of_maximum(step.share)},{points})"
    if rule.of == "count":
        return Formulas(points)
    return Formulas(_at_zero(rule, measure, points), _parts(measure))


def _due_date(rule: DueDate, measure: Measure) -> Formulas:
    due = rule.due_day(measure.year)
    in_time = "<=" if rule.last_day_counts else "<"
    reached = f"{measure.at['value']}{in_time}DATE({due.year},{due.month},{due.day})"
    return Formulas(f"IF({reached},{measure.everything},{measure.of_maximum(rule.late)})")


def _awarded(_: Awarded, __: Measure) -> Formulas:
    return Formulas('""')  # measures nothing


KINDS: Final[Mapping[type[Rule], Callable[[Any, Measure], Formulas]]] = {
    YesNo: _yes_no,
    Share: _share,
    ReverseShare: _reverse_share,
    CountAgainst: _count_against,
    Steps: _steps,
    DueDate: _due_date,
    Awarded: _awarded,
}
"""How each of core's kinds is written; a plugin's own, also one derived from these, is not here."""


def measured(measure: Measure) -> Formulas | None:
    """Return the formulas of a measured value, or None of a rule kind that core does not know."""
    rule = measure.leaf.rule
    write = KINDS.get(type(rule))
    return None if write is None else write(rule, measure)


def awarded(cell: str, framework: Framework) -> str:
    """Write awarded points, rounded half up to the decimals of the framework."""
    units = f"INT(ROUND({cell}*{ONE},0)/{framework.point_unit}+0.5)"
    if framework.point_decimals == DECIMALS:
        units = f"ROUND({cell}*{ONE},0)"
    return _in_points(units, framework)


def excludes_zero(leaf: Indicator) -> bool:
    """Tell whether a share with nothing below the line leaves the maximum."""
    is_share = leaf.rule.accepts == FactType.SHARE
    return is_share and leaf.rule.zero_denominator == ZeroDenominator.NOT_APPLICABLE
