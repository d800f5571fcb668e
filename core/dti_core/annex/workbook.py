"""The form of an annex as a workbook: the table, a guide in words, and a comparison."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from dti_core.annex.comparison import Comparison
from dti_core.annex.guide import Guide
from dti_core.annex.layout import cell_format, heading_format, print_on_wide_pages, set_height
from dti_core.annex.table import KNOWN
from dti_core.annex.template import FormRow, form_columns, form_rows
from dti_core.messages import text
from dti_core.models import Framework

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FIXED_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The same framework gives the same bytes."""

WIDTHS: Final = dict(
    zip(KNOWN, (8, 8, 11, 52, 11, 15, 28, 14, 12, 30, 24, 18, 40, 40, 40), strict=True)
)
"""Of each column, in characters."""

SPARE: Final = 200
"""Rows below the filled ones that have drop-downs too."""

GUIDE_WIDTHS: Final = (16, 100, 34)
GREY: Final = "#E7E6E6"


def to_xlsx(framework: Framework) -> bytes:
    """Write the form with drop-downs for rules, main indicators and rankings.

    What the decision fixes is grey. Text is never taken for a formula; the comparison counts and
    adds up by formulas of its own.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": FIXED_TIME})
        _Form(book, framework).write()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Form:
    book: Workbook
    framework: Framework

    @cached_property
    def rows(self) -> list[FormRow]:
        return form_rows(self.framework)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return form_columns(self.framework)

    @property
    def last(self) -> int:
        """The last row that may be filled in, counted from 1."""
        return len(self.rows) + 1 + SPARE

    def write(self) -> None:
        sheet = self.book.add_worksheet(text("annex.sheet"))
        self._table(sheet)
        lists = self._guide(self.book.add_worksheet(text("annex.guide-sheet")))
        if self.framework.dimensions:
            ranges = {name: self._range(name) for name in self.columns}
            comparison = Comparison(self.framework, self.rows, ranges)
            lists["dimension"] = comparison.write(self.book)
        self._drop_downs(sheet, lists)

    def _table(self, sheet: Worksheet) -> None:
        """Write the rows; a code is text, so that no spreadsheet takes 1.10 for a number."""
        heading, widths = heading_format(self.book), [WIDTHS[name] for name in self.columns]
        for place, name in enumerate(self.columns):
            kind = {"num_format": "General" if name == "max_points" else "@"}
            edge = {"border": 1, "border_color": "#BFBFBF"}
            empty = cell_format(self.book, **kind, **edge)
            fixed = cell_format(self.book, **kind, **edge, bg_color=GREY)
            sheet.set_column(place, place, widths[place], cell_format(self.book, **kind))
            sheet.write_string(0, place, name, heading)
            sheet.write_comment(0, place, text(f"annex.column.{name}"), {"x_scale": 2})
            for at, row in enumerate(self.rows, 1):
                suggested = name == "code" and not row.get("name")
                style = fixed if row.get(name) and not suggested else empty
                _write(sheet, (at, place), row.get(name, ""), style, number=name == "max_points")
        for at, row in enumerate(self.rows, 1):
            set_height(sheet, at, [row.get(name, "") for name in self.columns], widths)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        print_on_wide_pages(sheet)

    def _guide(self, sheet: Worksheet) -> dict[str, str]:
        """Write the guide; return where its lists of rules and rankings stand."""
        for place, width in enumerate(GUIDE_WIDTHS):
            sheet.set_column(place, place, width)
        cell, heading = cell_format(self.book), heading_format(self.book)
        title = cell_format(self.book, bold=True, font_size=13)
        guide, lists, row = Guide(self.framework), dict[str, str](), 0
        sheet.merge_range(0, 0, 0, 2, guide.title, title)
        set_height(sheet, 0, [guide.title], [sum(GUIDE_WIDTHS) * 0.7])
        for row, line in enumerate(guide.lines, 1):
            sheet.merge_range(row, 0, row, 2, f"{row}. {line}", cell)
            set_height(sheet, row, [line], [sum(GUIDE_WIDTHS)])
        for key, headings, lines in guide.tables:
            row += 2
            sheet.merge_range(row, 0, row, 1, headings[0], heading)
            sheet.write_string(row, 2, headings[1], heading)
            first = row + 1
            for row, cells in enumerate(lines, first):
                for place, each in enumerate(cells):
                    sheet.write_string(row, place, each, cell)
                set_height(sheet, row, cells, GUIDE_WIDTHS)
            lists[key] = f"='{sheet.get_name()}'!$A${first + 1}:$A${row + 1}"
        print_on_wide_pages(sheet)
        return lists

    def _range(self, column: str) -> str:
        letter = chr(ord("A") + self.columns.index(column))
        return f"'{text('annex.sheet')}'!${letter}$2:${letter}${self.last}"

    def _drop_downs(self, sheet: Worksheet, lists: dict[str, str]) -> None:
        unknown = {"error_type": "warning", "error_message": text("annex.pick-dimension")}
        how: dict[str, dict[str, Any]] = {
            "rule": {"error_message": text("annex.pick-rule")},
            "dimension": unknown,
            "rankings": {"show_error": False},  # a cell may name several
        }
        for name, options in how.items():
            if name in lists:
                place = self.columns.index(name)
                choices = {"validate": "list", "source": lists[name], **options}
                sheet.data_validation(1, place, self.last - 1, place, choices)


def _write(
    sheet: Worksheet, place: tuple[int, int], given: str, style: Any, *, number: bool
) -> None:
    if not given:
        sheet.write_blank(*place, None, style)
    elif number:
        sheet.write_number(*place, float(given), style)
    else:
        sheet.write_string(*place, given, style)
