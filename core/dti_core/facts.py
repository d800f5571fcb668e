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
}
"""One row for each unit and indicator that is known; what has no row is missing.

``value`` and ``denominator`` are ten-thousandths (a percentage is a value over 100, a date is days
since 1970-01-01, yes is one), ``points`` are awarded points in ten-thousandths, ``reason`` says why
the indicator is not applicable. Exactly one of ``value``, ``points`` and ``reason`` is there.
"""

UNIT_COLUMNS: Final = {"unit": nw.String(), "unit_name": nw.String(), "group": nw.String()}
"""One row for each unit: its code, its name and the group that it competes in ("" where none)."""


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
    """

    rows: LazyFrame
    units: LazyFrame
    inputs: tuple[Input, ...] = ()
    illustrative: bool = False
    checked: bool = False
