"""The rows that add up: main indicators, indicators with sub-items, rankings and their values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dti_core.forms import asking
from dti_core.forms.formulas import Helper
from dti_core.forms.rows import FormRow, Kind
from dti_core.forms.sheet import FIRST, FormSheet, added_up
from dti_core.forms.styles import height
from dti_core.messages import text
from dti_core.models import Block, Ranking
from dti_core.numbers import DECIMALS, ONE, to_short_decimal

LOOKS: Final = ("cell", "whole")
LIGHT: Final = ("cell", "bold")


@dataclass(frozen=True)
class SumRow:
    """A row whose points are the sum of others."""

    form: FormSheet
    row: FormRow
    place: int

    @property
    def number(self) -> int:
        """The row, counted from 0."""
        return FIRST + self.place

    @property
    def looks(self) -> tuple[str, ...]:
        """The style of every cell."""
        return LIGHT if self.row.kind is Kind.SUM else LOOKS

    def write(self) -> None:
        """Write the row from edge to edge."""
        for column in self.form.visible:
            self.form.text(self.number, column.key, None, *self.looks)
        depth = f"depth{min(self.row.depth, asking.DEEPEST)}"
        self.form.text(self.number, "code", self.row.code, *self.looks, "text")
        self.form.text(self.number, "name", self.name, *self.looks, depth)
        if self.form.setup.measures:
            self._figures()
        widths = {each.key: each.width for each in self.form.columns}
        self.form.sheet.set_row(self.number, height([(self.name, widths["name"])]))

    @property
    def name(self) -> str:
        """The name; of a block outside the scale, with its cap."""
        dimension = self.row.dimension
        if self.row.kind is not Kind.DIMENSION or dimension is None or dimension.cap is None:
            return self.row.name
        cap = to_short_decimal(dimension.cap).replace(".", ",")
        return text(f"form.block.{dimension.block.value}", name=self.row.name, cap=cap)

    def _figures(self) -> None:
        if self.row.kind is Kind.VALUE:
            self._value()
            return
        points, most = self._cached()
        capped = self._sum("score", self.row.below)
        dimension = self.row.dimension
        is_block = self.row.kind is Kind.DIMENSION and dimension is not None
        if is_block and dimension is not None and dimension.cap is not None:
            capped = f"MIN({to_short_decimal(dimension.cap)},{capped})"
        if self.row.taken:
            capped = f"MAX(0,ROUND({capped}-{self._sum('score', self.row.taken)},{DECIMALS}))"
        looks = (*self.looks, "points")
        self.form.formula(self.number, "score", f"={capped}", points / ONE, *looks)
        applies = f"={self._sum('applies', self._in_scale())}"
        self.form.formula(
            self.number, "limit", applies, most / ONE, *self.looks, "number", "centre"
        )
        limit = self.form.at(self.place)["limit"]
        self.form.formula(self.number, "applies", f"={limit}", most / ONE)

    def _in_scale(self) -> tuple[int, ...]:
        """Return the rows below whose maxima count: none of a block outside the scale."""
        dimension = self.row.dimension
        if dimension is not None and dimension.block is not Block.SCALE:
            return ()
        rows = self.form.rows
        return tuple(
            each
            for each in self.row.below
            if (of := rows[each].dimension) is None or of.block is Block.SCALE
        )

    def _sum(self, key: str, places: tuple[int, ...]) -> str:
        """Write a sum, rounded to what doubles have made of four decimals."""
        if not places:
            return "0"
        letters = self.form.letters[key]
        return f"ROUND({added_up((letters, FIRST + each + 1) for each in places)},{DECIMALS})"

    def _cached(self) -> tuple[int, int]:
        """Return points and applicable maximum as the engine gives them."""
        figures = self.form.figures
        if self.row.ranking is not None:
            points, most, _ = figures.rankings.get(self.row.ranking.code, (0, 0, None))
            return points, most
        dimension, indicator = self.row.dimension, self.row.indicator
        if indicator is None and dimension is not None:
            return figures.dimensions.get(dimension.code, (0, 0))
        leaves = list(indicator.leaves()) if indicator else []
        codes = [each.code for each in leaves]
        out = {each for each in codes if each in figures.points and figures.points[each] is None}
        points = sum(figures.points.get(each) or 0 for each in codes)
        own = {each: self.form.filling.answer(each).max_points for each in codes}
        most = sum(own[each.code] or each.max_points for each in leaves if each.code not in out)
        in_scale = dimension is None or dimension.block is Block.SCALE
        return points, most if in_scale else 0

    def _value(self) -> None:
        """Write the value, or say that only the engine knows the formula of the decision."""
        ranking = self.row.ranking
        assert ranking is not None  # noqa: S101 - rows.py makes no other
        looks = (*self.looks, "value")
        *_, value = self.form.figures.rankings.get(ranking.code, (0, 0, None))
        shown = 10**self.form.setup.framework.value_decimals
        if ranking.code not in self.form.setup.plain:
            scaled = None if value is None else value * ONE // shown
            self.form.number(self.number, "score", scaled, *looks)
            self.form.text(self.number, "check", text("form.says.own"), *self.looks, "small")
            return
        cached = "" if value is None else value / shown
        self.form.formula(self.number, "score", self._quotient(ranking), cached, *looks)

    def _quotient(self, ranking: Ranking) -> str:
        """Divide points by maximum, the whole part first and then what is left of it."""
        above = self.place - 1
        at, mine = self.form.at(above), self.form.at(self.place)
        framework = self.form.setup.framework
        scale, shown = framework.value_scale, 10**framework.value_decimals
        points, most, _ = self.form.figures.rankings.get(ranking.code, (0, 0, None))
        whole = scale * points // most if most else 0
        steps = {
            "part": Helper(f"=ROUND({at['score']}*{ONE},0)", points),
            "whole": Helper(f"=ROUND({at['limit']}*{ONE},0)", most),
            "guess": Helper(
                f"=IF({mine['whole']}>0,INT({scale}*{mine['part']}/{mine['whole']}),0)", whole
            ),
            "rest": Helper(
                f"={scale}*{mine['part']}-{mine['guess']}*{mine['whole']}",
                scale * points - whole * most,
            ),
        }
        for key, helper in steps.items():
            self.form.formula(self.number, key, helper.formula, helper.cached)
        rest, below = mine["rest"], mine["whole"]
        decimals = f"INT((2*{shown}*{rest}+{below})/(2*{below}))"
        return f'=IF({below}>0,({mine["guess"]}*{shown}+{decimals})/{shown},"")'
