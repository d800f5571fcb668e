"""A sheet that sets what the decision declares beside what has been filled in so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dti_core.annex.layout import cell_format, heading_format, print_on_wide_pages, set_height
from dti_core.annex.template import FormRow
from dti_core.messages import text
from dti_core.models import Declared, Framework
from dti_core.numbers import to_short_decimal

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADINGS: Final = (
    *("dimension", "name", "indicators-declared", "indicators-filled"),
    *("points-declared", "points-filled"),
)
WIDTHS: Final = (16, 46, 16, 16, 16, 16)
COUNT, SUM = 3, 5
"""The columns of formulas; before each stands what the decision declares."""


@dataclass(frozen=True)
class Comparison:
    """The comparison of a form.

    :param ranges: where the columns of the form stand, as formulas name them.
    """

    framework: Framework
    rows: Sequence[FormRow]
    ranges: dict[str, str]

    def write(self, book: Workbook) -> str:
        """Write the sheet; return where its main indicators stand."""
        sheet = book.add_worksheet(text("annex.compare-sheet"))
        headings = [text(f"annex.guide.{name}") for name in HEADINGS]
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, WIDTHS[place])
            sheet.write_string(0, place, heading, heading_format(book))
        set_height(sheet, 0, headings, WIDTHS)
        plain, bold = cell_format(book), cell_format(book, bold=True, top=1)
        for row, each in enumerate(self.framework.dimensions, 1):
            sheet.write_string(row, 0, each.code, plain)
            sheet.write_string(row, 1, each.name, plain)
            self._figures(sheet, row, each.declared, plain, [each.code])
        total = len(self.framework.dimensions) + 1
        sheet.write_string(total, 0, text("annex.guide.total"), bold)
        sheet.write_blank(total, 1, None, bold)
        inside = [each.code for each in self.framework.dimensions_in_scale]
        self._figures(sheet, total, self.framework.declared, bold, inside)
        sheet.freeze_panes(1, 0)
        print_on_wide_pages(sheet)
        return f"='{sheet.get_name()}'!$A$2:$A${total}"

    def _figures(
        self, sheet: Worksheet, row: int, declared: Declared | None, style: Any, codes: list[str]
    ) -> None:
        figures = (declared.indicators, declared.max_points) if declared else (None, None)
        count, points = figures
        shown = {COUNT: count, SUM: None if points is None else float(to_short_decimal(points))}
        for place, figure in shown.items():
            sheet.write_blank(row, place - 1, None, style)
            if figure is not None:
                sheet.write_number(row, place - 1, figure, style)
            formula = self._formula(place, codes)
            sheet.write_formula(row, place, formula, style, self._found(place, codes))

    def _formula(self, place: int, codes: list[str]) -> str:
        """Return the formula that counts or adds up the indicators of main indicators."""
        return "=" + "+".join(self._of_one(place, code.replace('"', '""')) for code in codes)

    def _of_one(self, place: int, code: str) -> str:
        of_it = f'{self.ranges["dimension"]},"{code}",{self.ranges["parent"]},""'
        if place == COUNT:
            return f'COUNTIFS({of_it},{self.ranges["name"]},"<>")'
        return f"SUMIFS({self.ranges['max_points']},{of_it})"

    def _found(self, place: int, codes: list[str]) -> float:
        """Compute what the formula will, for programs that compute none."""
        mine = [r for r in self.rows if r.get("dimension") in codes and not r.get("parent")]
        if place == COUNT:
            return sum(bool(row.get("name")) for row in mine)
        return float(sum(float(row.get("max_points") or 0) for row in mine))
