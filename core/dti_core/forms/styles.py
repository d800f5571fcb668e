"""How a form looks: the formats of its cells, made once for each workbook, and its row heights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from dti_core.models import Framework

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NAVY: Final = "#1F3864"
PALE_BLUE: Final = "#DCE6F1"
PALE_YELLOW: Final = "#FFF8DC"
GREY: Final = "#F2F2F2"
EDGE: Final = "#BFBFBF"
RED: Final = "#C00000"
FONT: Final = "Times New Roman"
SIZE: Final = 11
LINE_HEIGHT: Final = 13.5
LARGEST_HEIGHT: Final = 400
"""In points; a spreadsheet has no row higher than 409."""

FITS: Final = 1.4
"""How many letters of running text stand in one unit of the width of a column."""

DEPTH: Final = {f"depth{number}": {"indent": number} for number in range(4)}
BORDER: Final = {"border": 1, "border_color": EDGE}
WRAP: Final = {"text_wrap": True, "valign": "top"}
LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"bold": True, "font_size": 14, "font_color": NAVY},
    "line": {},
    "bold": {"bold": True},
    "heading": {"bold": True, "bg_color": NAVY, "font_color": "#FFFFFF", "align": "center"}
    | {**BORDER, "text_wrap": True, "valign": "vcenter"},
    "cell": {**BORDER, **WRAP},
    "grey": {"bg_color": GREY},
    "input": {"bg_color": PALE_YELLOW, "locked": False},
    "whole": {"bold": True, "bg_color": PALE_BLUE},
    "number": {"num_format": "General", "align": "right"},
    "date": {"num_format": "dd/mm/yyyy", "align": "right"},
    "centre": {"align": "center"},
    "text": {"num_format": "@"},
    "points": {"align": "right"},
    "value": {"align": "right"},
    "fault": {"font_color": RED, "italic": True},
    "small": {"font_size": 10},
    **DEPTH,
}


class Styles:
    """The formats of one workbook, by the names of their looks."""

    def __init__(self, book: Workbook, framework: Framework) -> None:
        """Prepare the formats for the decimals of a framework."""
        self._formats = {
            "points": _with_decimals(framework.point_decimals),
            "value": _with_decimals(framework.value_decimals),
        }
        self._book, self._made = book, dict[tuple[str, ...], Any]()

    def __getitem__(self, looks: tuple[str, ...]) -> Any:
        """Return the format that has every one of some looks; later ones win."""
        if looks not in self._made:
            properties = {"font_name": FONT, "font_size": SIZE}
            for look in looks:
                properties |= LOOKS[look]
                if look in self._formats:
                    properties["num_format"] = self._formats[look]
            self._made[looks] = self._book.add_format(properties)
        return self._made[looks]


def _with_decimals(decimals: int) -> str:
    return "0." + "0" * decimals if decimals else "0"


def height(cells: Sequence[tuple[str, float]]) -> float:
    """Return the height of a row in which texts stand in columns of these widths."""
    lines = (
        sum(max(1, ceil(len(line) / (FITS * width))) for line in cell.splitlines())
        for cell, width in cells
        if width
    )
    return float(min(max(1, *lines, 1) * LINE_HEIGHT + 3, LARGEST_HEIGHT))
