"""Yes or no, counts against a minimum, steps and dates."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from dti_core.base import DayOfYear, Model, Points
from dti_core.numbers import ONE
from dti_core.rules.base import (
    LARGEST_DENOMINATOR,
    Earned,
    Fact,
    FactType,
    Ratio,
    Rule,
    shown,
    shown_percent,
    to_ratio,
)

if TYPE_CHECKING:
    import narwhals as nw

EPOCH = date(1970, 1, 1)


def days(day: date) -> int:
    """Write a day as the integer that the column ``value`` holds for it."""
    return (day - EPOCH).days * ONE


class YesNo(Rule):
    """Done: everything; not done: nothing."""

    kind: ClassVar[str] = "yes_no"
    measures: ClassVar[FactType] = FactType.YES_NO

    def earned(self, year: int) -> Earned:
        import narwhals as nw

        return Earned(nw.col("value"), nw.lit(ONE))

    def explain(self, fact: Fact, year: int) -> str:
        from dti_core.messages import text

        key = "rule.yes_no.yes" if fact.value else "rule.yes_no.no"
        return text(key, **self.explained(fact, year))


class CountAgainst(Rule):
    """A count against a required minimum; more than the minimum earns no more.

    ``partial="nothing"``: a count below the minimum earns nothing.
    """

    kind: ClassVar[str] = "count_against"
    sentence: ClassVar[str] = "rule.count_against"
    measures: ClassVar[FactType] = FactType.NUMBER

    minimum: Annotated[Points, Field(gt=0)]
    partial: Literal["proportional", "nothing"] = "proportional"

    def earned(self, year: int) -> Earned:
        import narwhals as nw

        # Engines would give a literal fewer bits than a column has.
        count, minimum = nw.col("value"), nw.lit(self.minimum, dtype=nw.Int64())
        below = count if self.partial == "proportional" else 0 * count
        return Earned(nw.when(count >= minimum).then(minimum).otherwise(below), minimum)

    def explained(self, fact: Fact, year: int) -> dict[str, object]:
        return {**super().explained(fact, year), "minimum": shown(self.minimum)}


class Step(Model):
    """From ``at_least`` on (ten-thousandths) the ``share`` of the maximum is earned."""

    at_least: Annotated[Points, Field(gt=0)]
    share: Ratio

    def of_whole(self) -> Fraction:
        """Return ``at_least``, a percentage, as a ratio."""
        return Fraction(self.at_least, 100 * ONE)


def _to_steps(value: Any) -> Any:
    """Read ``"2:1, 1:1/2"``: at least 2 gives everything, at least 1 gives half."""
    if not isinstance(value, str):
        return value
    pairs = (step.partition(":") for step in value.split(","))
    return [{"at_least": floor.strip(), "share": share} for floor, _, share in pairs]


def _check_steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    floors = [step.at_least for step in steps]
    shares = [step.share for step in steps]
    if floors != sorted(set(floors), reverse=True) or shares != sorted(set(shares), reverse=True):
        raise ValueError("steps go from the highest to the lowest, each one earning less")
    if lcm(*(share.denominator for share in shares)) > LARGEST_DENOMINATOR:
        raise ValueError("the shares of the steps have no common denominator up to 10,000")
    return steps


class Steps(Rule):
    """Steps of a count, or of a share in percent (``of="share"``); below the last: nothing."""

    kind: ClassVar[str] = "steps"
    sentence: ClassVar[str] = "rule.steps"
    measures: ClassVar[FactType] = FactType.NUMBER

    of: Literal["count", "share"] = "count"

    steps: Annotated[
        tuple[Step, ...],
        BeforeValidator(_to_steps),
        AfterValidator(_check_steps),
        Field(min_length=1),
    ]

    def earned(self, year: int) -> Earned:
        import narwhals as nw

        whole = lcm(*(step.share.denominator for step in self.steps))

        def take(below: nw.Expr, step: Step) -> nw.Expr:
            reached = self._reached(step)
            return nw.when(reached).then(nw.lit(int(step.share * whole))).otherwise(below)

        return Earned(reduce(take, reversed(self.steps), nw.lit(0)), nw.lit(whole))

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.of == "share":
            for step in self.steps:
                to_ratio(step.of_whole())
        return self

    @property
    def accepts(self) -> FactType:
        return FactType.SHARE if self.of == "share" else FactType.NUMBER

    def _reached(self, step: Step) -> nw.Expr:
        import narwhals as nw

        if self.of == "count":
            return nw.col("value") >= step.at_least
        share = step.of_whole()
        return nw.col("value") * share.denominator >= nw.col("denominator") * share.numerator

    def explained(self, fact: Fact, year: int) -> dict[str, object]:
        seen = shown(fact.value)
        if self.of == "share":
            seen = shown_percent(fact.value, fact.denominator or 1)
        return {**super().explained(fact, year), "seen": seen}


class DueDate(Rule):
    """Done by ``due`` (dd/mm of the year under evaluation): everything; later: ``late``.

    ``last_day_counts``: *đến* (the day itself is in time) or *trước* (it is late).
    """

    kind: ClassVar[str] = "due_date"
    sentence: ClassVar[str] = "rule.due_date"
    measures: ClassVar[FactType] = FactType.DATE
    fall: ClassVar[bool] = True

    due: DayOfYear
    year_offset: int = 0
    late: Ratio = Fraction(1, 2)
    last_day_counts: bool = True

    def due_day(self, year: int) -> date:
        """Return the due day for a year under evaluation."""
        return self.due.of(year + self.year_offset)

    def earned(self, year: int) -> Earned:
        import narwhals as nw

        due = days(self.due_day(year))
        in_time = nw.col("value") <= due if self.last_day_counts else nw.col("value") < due
        late, whole = self.late.numerator, self.late.denominator
        return Earned(nw.when(in_time).then(nw.lit(whole)).otherwise(nw.lit(late)), nw.lit(whole))

    def explained(self, fact: Fact, year: int) -> dict[str, object]:
        done = EPOCH + timedelta(days=fact.value // ONE)
        dates = {"value": f"{done:%d/%m/%Y}", "due": f"{self.due_day(year):%d/%m/%Y}"}
        return {**super().explained(fact, year), **dates}
