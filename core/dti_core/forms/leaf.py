"""The row of an indicator while it is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dti_core.forms.answers import Answer
from dti_core.forms.formulas import Formulas, Measure, measured
from dti_core.forms.rows import FormRow
from dti_core.forms.sheet import FIRST, FormSheet
from dti_core.models import Indicator


@dataclass(frozen=True)
class Leaf:
    """One indicator on its row of a form."""

    form: FormSheet
    row: FormRow
    indicator: Indicator
    place: int

    @property
    def number(self) -> int:
        """The row, counted from 0."""
        return FIRST + self.place

    @cached_property
    def at(self) -> dict[str, str]:
        """The cells of the row by the keys of their columns."""
        return self.form.at(self.place)

    @cached_property
    def answer(self) -> Answer:
        """What is known."""
        return self.form.filling.answer(self.indicator.code)

    @cached_property
    def formulas(self) -> Formulas | None:
        """The formulas of a measured value; None of a rule kind that core does not know."""
        setup = self.form.setup
        return measured(Measure(self.indicator, setup.framework, setup.year, self.at, self.answer))

    @cached_property
    def points(self) -> int | None:
        """What the engine gives; None: nothing, or not applicable."""
        return self.form.figures.points.get(self.indicator.code)

    def text(self, key: str, given: str | None, *looks: str) -> str | None:
        """Write text with an edge around it; return it, for the height of the row."""
        self.form.text(self.number, key, given, "cell", *looks)
        return given
