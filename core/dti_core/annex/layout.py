"""How the sheets of a form look: formats, row heights, paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4: Final = 9
LINE_HEIGHT: Final = 15
"""In points; a row is as high as the lines of its longest cell."""


def cell_format(book: Workbook, **properties: Any) -> Any:
    """Return the format of a cell whose text is wrapped."""
    return book.add_format({"text_wrap": True, "valign": "top", **properties})


def heading_format(book: Workbook) -> Any:
    """Return the format of a heading."""
    return cell_format(book, bold=True, bg_color="#1F3864", font_color="#FFFFFF", border=1)


def set_height(sheet: Worksheet, row: int, cells: Sequence[str], widths: Sequence[float]) -> None:
    """Make a row high enough for its texts in columns of these widths."""
    lines = [-(-len(cell) // (0.9 * width)) for cell, width in zip(cells, widths, strict=False)]
    sheet.set_row(row, max(1, *lines) * LINE_HEIGHT)


def print_on_wide_pages(sheet: Worksheet) -> None:
    """Fit the columns on the width of a page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
