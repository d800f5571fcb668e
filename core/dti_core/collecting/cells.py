"""A typed spreadsheet cell → the text that a person would have typed."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite


def as_typed(cell: object) -> str | None:
    """Write a cell as text, exactly; null where it is empty."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return _shortest(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip() or None


def _shortest(number: float) -> str:
    """Write the shortest decimal text that reads back as the same double, without an exponent."""
    if not isfinite(number):
        return repr(number)
    return f"{Decimal(repr(number)):f}".removesuffix(".0")
