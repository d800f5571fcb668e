"""Shares: a part over a whole, rising or falling."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from dti_core.rules.base import Earned, Fact, FactType, Ratio, Rule, shown_percent

if TYPE_CHECKING:
    import narwhals as nw


class _ShareOfWhole(Rule):
    measures: ClassVar[FactType] = FactType.SHARE

    def explained(self, fact: Fact, year: int) -> dict[str, object]:
        percent = shown_percent(fact.value, fact.denominator or 1)
        return {**super().explained(fact, year), "share": percent}


class Share(_ShareOfWhole):
    """``value ÷ denominator`` of the maximum (a percentage is a share of 100).

    Below ``floor`` nothing is earned; from ``full_from`` on everything is, and what lies below
    it is not rescaled.
    """

    kind: ClassVar[str] = "share"
    sentence: ClassVar[str] = "rule.share"

    floor: Ratio | None = None
    full_from: Ratio | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.floor and self.full_from and self.floor > self.full_from:
            raise ValueError("what lies below the floor cannot be full")
        return self

    def earned(self, year: int) -> Earned:
        import narwhals as nw

        part, whole = nw.col("value"), nw.col("denominator")
        earned = part
        if self.floor is not None:
            earned = nw.when(self._reaches(self.floor)).then(part).otherwise(nw.lit(0))
        if self.full_from is not None:
            earned = nw.when(self._reaches(self.full_from)).then(whole).otherwise(earned)
        return Earned(earned, whole)

    @staticmethod
    def _reaches(ratio: Ratio) -> nw.Expr:
        import narwhals as nw

        return nw.col("value") * ratio.denominator >= nw.col("denominator") * ratio.numerator


class ReverseShare(_ShareOfWhole):
    """The more, the fewer points: maximum × (1 − value ÷ denominator).

    ``partial="nothing"``: any share above zero earns nothing.
    """

    kind: ClassVar[str] = "reverse_share"
    sentence: ClassVar[str] = "rule.reverse_share"
    fall: ClassVar[bool] = True

    partial: Literal["proportional", "nothing"] = "proportional"

    def earned(self, year: int) -> Earned:
        import narwhals as nw

        part, whole = nw.col("value"), nw.col("denominator")
        if self.partial == "nothing":
            return Earned(nw.when(part > 0).then(nw.lit(0)).otherwise(whole), whole)
        return Earned(whole - part, whole)
