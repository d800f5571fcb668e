"""The rows of a form: main indicators with what is below them, sums, general information."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from dti_core.forms.answers import OF_UNIT
from dti_core.forms.setup import Setup
from dti_core.messages import text
from dti_core.models import Dimension, Framework, Indicator, Information, Ranking


class Kind(StrEnum):
    """What a row is; the hidden id of a row that is filled in is ``KIND CODE``."""

    DIMENSION = "dimension"
    SUM = "sum"
    INDICATOR = "indicator"
    TITLE = "title"
    INFORMATION = "information"
    UNIT = "unit"
    TOTAL = "total"
    VALUE = "value"


FILLED = (Kind.INDICATOR, Kind.INFORMATION, Kind.UNIT)
"""The rows that are filled in."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row; ``below`` are the places, among all rows, of what it adds up."""

    kind: Kind
    code: str
    name: str
    depth: int = 0
    indicator: Indicator | None = None
    dimension: Dimension | None = None
    information: Information | None = None
    ranking: Ranking | None = None
    below: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """What the hidden column holds."""
        return f"{self.kind} {self.code}".strip() if self.kind in FILLED else ""


class Rows:
    """Builds the rows of the form of a unit, without the indicators of other groups."""

    def __init__(self, setup: Setup, group: str) -> None:
        """Prepare for the units of a group ("": of none)."""
        self._setup, self._group = setup, group
        self._rows: list[FormRow] = []

    def build(self) -> tuple[FormRow, ...]:
        """Return every row in order."""
        framework = self._setup.framework
        places = {each.code: self._dimension(each) for each in framework.dimensions}
        if self._setup.measures:
            self._totals(framework, {code: at for code, at in places.items() if at is not None})
        if self._setup.measures and framework.information:
            self._rows.append(FormRow(Kind.TITLE, "", text("form.information")))
            self._rows += (
                FormRow(Kind.INFORMATION, each.code, each.name, depth, information=each)
                for each in framework.information
                for depth in (1 if each.parent else 0,)
            )
        if self._setup.appraises and framework.statuses:
            self._rows.append(FormRow(Kind.UNIT, OF_UNIT, text("form.unit-status")))
        return tuple(self._rows)

    def _dimension(self, dimension: Dimension) -> int | None:
        """Add a main indicator; where it is awarded as a whole its indicator is all there is."""
        mine = [each for each in dimension.indicators if self._is_for_unit(each)]
        if dimension.in_scale and [each.code for each in mine] == [dimension.code]:
            return self._indicator(mine[0], dimension, 0)
        at = self._reserve()
        below = tuple(self._indicator(each, dimension, 1) for each in mine)
        row = FormRow(Kind.DIMENSION, dimension.code, dimension.name, 0, None, dimension)
        self._rows[at] = replace(row, below=below)
        return at

    def _is_for_unit(self, indicator: Indicator) -> bool:
        return not indicator.groups or self._group in indicator.groups

    def _indicator(self, indicator: Indicator, dimension: Dimension, depth: int) -> int:
        kind = Kind.SUM if indicator.items else Kind.INDICATOR
        at = self._reserve()
        below = tuple(self._indicator(each, dimension, depth + 1) for each in indicator.items)
        row = FormRow(kind, indicator.code, indicator.name, depth, indicator, dimension)
        self._rows[at] = replace(row, below=below)
        return at

    def _reserve(self) -> int:
        self._rows.append(FormRow(Kind.TITLE, "", ""))
        return len(self._rows) - 1

    def _totals(self, framework: Framework, places: dict[str, int]) -> None:
        """Add points and value of each ranking; what is taken off stands in ``taken``."""
        for ranking in framework.rankings:
            given = [each for each in framework.in_ranking(ranking) if each.code in places]
            below = tuple(places[each.code] for each in given if each.block != "deduction")
            taken = tuple(places[each.code] for each in given if each.block == "deduction")
            for kind in (Kind.TOTAL, Kind.VALUE):
                name = _named(kind, ranking, framework)
                self._rows.append(
                    FormRow(kind, "", name, ranking=ranking, below=below, taken=taken)
                )


def _named(kind: Kind, ranking: Ranking, framework: Framework) -> str:
    if kind is Kind.VALUE:
        return text("form.value", name=ranking.name, scale=framework.value_scale)
    if len(framework.rankings) == 1:
        return text("form.total")
    return text("form.total-of", name=ranking.name)


def rows_of(setup: Setup, group: str) -> tuple[FormRow, ...]:
    """Return the rows of the form of a unit of a group."""
    return Rows(setup, group).build()
