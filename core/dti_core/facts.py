"""Facts: what is known of each unit and indicator, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

LazyFrame = nw.LazyFrame[Any]
DataFrame = nw.DataFrame[Any]

FACT_COLUMNS: Final = {
    "unit": nw.String(),
    "indicator": nw.String(),
    "value": nw.Int64(),
    "denominator": nw.Int64(),
    "points": nw.Int64(),
    "reason": nw.String(),
    "max_points": nw.Int64(),
    "replacement": nw.String(),
}
"""One row for each unit and indicator that is known; what has no row is missing.

``value`` and ``denominator`` are ten-thousandths (a percentage is a value over 100, a date is days
since 1970-01-01, yes is one), ``points`` are awarded points in ten-thousandths. ``reason`` alone
says why the indicator is not applicable. ``max_points`` is there only where the council set another
maximum for this unit, with the points and the reason; ``replacement`` then names the indicator that
took the place of the decision's.
"""

UNIT_COLUMNS: Final = {
    "unit": nw.String(),
    "unit_name": nw.String(),
    "group": nw.String(),
    "status": nw.String(),
}
"""One row for each unit: its code, its name, its group and its status ("" where none)."""

CELL_COLUMNS: Final = {"unit": nw.String(), "indicator": nw.String()}
INFORMATION_COLUMNS: Final = {**CELL_COLUMNS, "value": nw.String()}


@dataclass(frozen=True)
class Input:
    """A source that facts came from, for the recipe: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Facts:
    """Valid facts of every unit.

    :param rows: the columns of :data:`FACT_COLUMNS`; no unit and indicator stands twice.
    :param units: the columns of :data:`UNIT_COLUMNS`.
    :param inputs: where the facts came from.
    :param illustrative: the facts are made up to show what the program does.
    :param checked: core's collector has put every row through its checks; what a plugin collects
        itself is checked after scoring.
    :param information: the columns of :data:`INFORMATION_COLUMNS`: what was collected and is
        never scored.
    :param without_evidence: the columns of :data:`CELL_COLUMNS`: what was reported with neither
        evidence nor an explanation, where the decision asks for it.
    """

    rows: LazyFrame
    units: LazyFrame
    inputs: tuple[Input, ...] = ()
    illustrative: bool = False
    checked: bool = False
    information: LazyFrame | None = None
    without_evidence: LazyFrame | None = None
