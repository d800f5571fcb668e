"""The contract of a rule kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, PlainSerializer

from dti_core.base import Model
from dti_core.messages import decimal_text, text
from dti_core.numbers import ONE, exact, half_up, to_short_decimal

if TYPE_CHECKING:
    import narwhals as nw

LARGEST_DENOMINATOR: Final = 10_000
"""Of a ratio in a rule: keeps every product of a formula inside 64 bits."""


class FactType(StrEnum):
    """What a rule measures, and so what an input row may hold."""

    YES_NO = "yes_no"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    POINTS = "points"


class ZeroDenominator(StrEnum):
    """What a share with nothing below the line scores."""

    NOT_APPLICABLE = "not_applicable"
    FULL = "full"
    ZERO = "zero"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Earned:
    """An earned share of the maximum: ``numerator / denominator``, both int64, within 0 … 1."""

    numerator: nw.Expr
    denominator: nw.Expr


@dataclass(frozen=True, slots=True)
class Fact:
    """One measured fact with its score, in ten-thousandths, for an explanation."""

    value: int
    denominator: int | None
    max_points: int
    points: int
    point_decimals: int


def to_ratio(value: Any) -> Any:
    """Read ``"1/2"``, ``"50%"`` or ``"0.5"`` as an exact ratio within 0 … 1.

    :raises ValueError: outside that, or of a denominator over 10,000.
    """
    if isinstance(value, float):
        raise ValueError("a float is not exact: write the ratio as text")  # noqa: TRY004
    if isinstance(value, str):
        number = value.strip()
        value = exact(number[:-1]) / 100 if number.endswith("%") else exact(number)
    ratio = Fraction(value)
    if not 0 <= ratio <= 1 or ratio.denominator > LARGEST_DENOMINATOR:
        raise ValueError(f"{value} is no ratio between 0 and 1 of at most four decimals")
    return ratio


Ratio = Annotated[Fraction, BeforeValidator(to_ratio), PlainSerializer(str, when_used="json")]
"""An exact ratio within 0 … 1, written ``"1/2"``, ``"50%"`` or ``"0.5"``."""


class Rule(Model):
    """How one indicator turns a fact into points. Subclass it to add a kind.

    A subclass names its ``kind``, the type of fact it ``measures``, whether its points ``fall``
    when the value rises, and gives :meth:`earned`. The sentence that explains a score is general,
    unless the kind overrides :meth:`explain`; ``sentence`` is its key in core's catalogue.
    """

    kind: ClassVar[str]
    measures: ClassVar[FactType]
    fall: ClassVar[bool] = False
    sentence: ClassVar[str] = "rule.other"

    zero_denominator: ZeroDenominator = ZeroDenominator.ERROR

    @property
    def accepts(self) -> FactType:
        """The type of fact that an input row holds for this rule."""
        return self.measures

    def earned(self, year: int) -> Earned:
        """Give the earned share as expressions over the columns ``value`` and ``denominator``.

        Both columns are int64 in ten-thousandths; a zero denominator never reaches the
        expression. ``year`` is the year under evaluation.
        """
        raise NotImplementedError

    def explain(self, fact: Fact, year: int) -> str:
        """Say in one sentence what the rule did to this fact, in the language in use."""
        return text(self.sentence, kind=self.kind, **self.explained(fact, year))

    def explained(self, fact: Fact, year: int) -> dict[str, object]:
        """Give the values of the sentence: the fact, the maximum and the points."""
        return {
            "value": shown(fact.value),
            "denominator": "" if fact.denominator is None else shown(fact.denominator),
            "max_points": shown(fact.max_points),
            "points": shown(fact.points),
        }


def shown(scaled: int) -> str:
    """Write a number as shortly as it can be written, for people."""
    return decimal_text(to_short_decimal(scaled))


def shown_percent(numerator: int, denominator: int) -> str:
    """Write a ratio as a percentage with two decimals, for people."""
    return decimal_text(to_short_decimal(half_up(numerator * ONE, denominator) * 100)) + " %"


def parse_rule(kind: str, parameters: Mapping[str, object], kinds: Iterable[type[Rule]]) -> Rule:
    """Build the rule of a kind from its parameters.

    :raises ValueError: no such kind, or parameters that it does not take.
    """
    table = {each.kind: each for each in kinds}
    if kind not in table:
        raise ValueError(f"no rule kind {kind!r}; known: {', '.join(sorted(table))}")
    return table[kind].model_validate(dict(parameters))
