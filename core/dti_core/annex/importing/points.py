"""The text of a maximum → ten-thousandths, as Vietnamese tables write numbers."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dti_core.models.framework import LARGEST_SCALE
from dti_core.numbers import ONE, from_decimal

AMOUNT: Final = r"\d[\d.,]*"
WHOLE: Final = re.compile(rf"(?:tối đa:? )?({AMOUNT}) ?(?:điểm|đ)?\.?", re.IGNORECASE)
AT_END: Final = re.compile(
    rf"\s*[(\[:–-]\s*(?:tối đa:? |tổng:? )?({AMOUNT}) ?điểm(?: tối đa)?\s*[)\]]?\.?$", re.IGNORECASE
)
"""A maximum that stands behind a name: "Nhận thức số (100 điểm)"."""

THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}|,\d{3})")
GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class Amount(NamedTuple):
    """Ten-thousandths of a point; ``grouped`` where a sign was taken to separate thousands."""

    points: int
    grouped: bool = False


def read_amount(text: str, *, typed: bool = False) -> Amount | None:
    """Read "10", "12,5", "10 điểm", "1.000"; None where no maximum stands.

    :param typed: the workbook holds a number, whose point is a decimal point.
    """
    found = WHOLE.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    number, grouped = found[1].rstrip(".,"), False
    if not typed and GROUPED.fullmatch(number) and not number.startswith("0"):
        grouped = THOUSANDS.fullmatch(number) is not None
        mark = number[next(at for at, each in enumerate(number) if each in ".,")]
        number = number.replace(mark, "")
    return _within(number.replace(",", "."), grouped=grouped)


def split_amount(name: str) -> tuple[str, Amount | None]:
    """Take a maximum off the end of a name."""
    found = AT_END.search(name)
    amount = read_amount(found[1]) if found else None
    return (name, None) if found is None or amount is None else (name[: found.start()], amount)


def _within(number: str, *, grouped: bool) -> Amount | None:
    try:
        points = from_decimal(number)
    except ValueError:
        return None
    return Amount(points, grouped) if points <= LARGEST_SCALE * ONE else None
