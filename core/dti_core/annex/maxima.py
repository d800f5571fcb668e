"""The maximum of a row, read exactly as facts are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dti_core.annex.table import Row
from dti_core.errors import Problem
from dti_core.models import Framework
from dti_core.models.framework import LARGEST_SCALE
from dti_core.numbers import ONE, from_decimal

NUMBER: Final = re.compile(r"\+?[0-9]{1,14}(?:\.[0-9]+)?")
NEGATIVE: Final = re.compile(r"-[0-9]+(?:[.,][0-9]+)?")
DECIMAL_COMMA: Final = re.compile(r"\+?[0-9]+,[0-9]+")


def maximum(row: Row) -> int | None:
    """Return the maximum in ten-thousandths; None where none stands."""
    text = row["max_points"].replace(",", ".") if row.sheet.comma else row["max_points"]
    try:
        return from_decimal(text) if NUMBER.fullmatch(text) else None
    except ValueError:
        return None


def wrong_maximum(row: Row, framework: Framework) -> Iterator[Problem]:
    """Yield the faults of the maximum, or of the cap of a block."""
    text, points = row["max_points"], maximum(row)
    key, values = "", dict[str, object](given=text)
    if not text:
        return
    if NEGATIVE.fullmatch(text):
        key = "fact.negative"
    elif points is None:
        comma = DECIMAL_COMMA.fullmatch(text) and not row.sheet.comma
        key = "fact.decimal-comma" if comma else "annex.not-maximum"
    elif points == 0 and row.is_block:
        key = "annex.no-cap"
    elif points > LARGEST_SCALE * ONE:
        key = "annex.maximum-too-large"
    elif points % framework.point_unit:
        key, values = "annex.too-many-decimals", {**values, "decimals": framework.point_decimals}
    if key:
        yield row.problem(key, "max_points", **values)
