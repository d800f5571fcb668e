"""The number before a row: "I", "1.", "1.1", "a)", "CQS-01", and what a spreadsheet made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dti_core.annex.importing.wordings import wordings

LONGEST: Final = 16
ROMAN: Final = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
OWN: Final = re.compile(r"[^\W_]+(?:[.\-_/][^\W_]+)*")
BEFORE_NAME: Final = re.compile(
    r"(?P<dotted>\d+(?:\.[0-9a-zđ]+)+)[.)]?[ :]+|(?P<single>[IVX]+|[A-ZĐ]|\d{1,3}|[a-zđ])[.):/]\s+"
)
"""A number that stands before a name in the same cell."""

SECTION: Final = re.compile(r"(?P<single>[IVX]+|[A-ZĐ])\s*[-–—]\s*")
MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: .*)?")
USUAL: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
NAMED: Final = re.compile(r"(\d{1,2})-([a-z]{3})|([a-z]{3})-(\d{2})", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A number in its parts; labels of one ``shape`` stand on one level of an outline."""

    parts: tuple[str, ...]
    shape: str

    @property
    def text(self) -> str:
        """The number as a code."""
        return ".".join(self.parts)

    @property
    def is_own(self) -> bool:
        """Whether it is a code that says everything itself, as "CQS-01"."""
        return self.shape not in {"R", "A", "a"} and not self.is_number

    @property
    def is_number(self) -> bool:
        """Whether it consists of numbers, as "1" and "1.2"."""
        return set(self.shape) == {"0"}

    @property
    def is_major(self) -> bool:
        """Whether it is one that stands high: "I" or "A"."""
        return self.shape in {"R", "A"}

    @property
    def is_letter(self) -> bool:
        """Whether it is a small letter, as "a)"."""
        return self.shape == "a"


def read_label(text: str) -> Label | None:
    """Read a cell that holds a number or a code and nothing else."""
    words = "|".join(wordings()["rows"]["before-numbers"])
    given = re.sub(rf"^(?:{words})\s+", "", " ".join(text.split()), flags=re.IGNORECASE)
    given = re.sub(r"(?<=\d),(?=\d)", ".", given).strip(" .():/-–*")
    if len(given) > LONGEST or not OWN.fullmatch(given):
        return None
    parts = tuple(given.split("."))
    return Label(parts, "".join(map(_shape, parts)))


def _shape(part: str) -> str:
    if part.isdecimal():
        return "0"
    if ROMAN.fullmatch(part):
        return "R"
    if len(part) == 1:
        return "A" if part.isupper() else "a"
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "w", part))


def split_label(name: str, *, section: bool = False) -> tuple[Label | None, str]:
    """Take the number off the start of a name; of a section ("I - Nhận thức số") too."""
    words = "|".join(wordings()["rows"]["before-numbers"])
    given = re.sub(rf"^(?:{words})\s+(?=(?:[IVX]+|[A-Z]|\d+)\b)", "", name, flags=re.IGNORECASE)
    found = BEFORE_NAME.match(given) or (SECTION.match(given) if section else None)
    label = read_label(found[0]) if found else None
    if found is None or label is None or not given[found.end() :].strip():
        return None, name
    return label, given[found.end() :].strip()


def is_date(text: str) -> bool:
    """Tell whether a spreadsheet took the number for a date."""
    return any(as_dates(text))


def as_dates(text: str) -> Iterator[str]:
    """Yield the numbers that a spreadsheet may have turned into this date: 1.2 into 1 February."""
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := USUAL.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := NAMED.fullmatch(text):
        name = (found[2] or found[3]).lower()
        if name in MONTHS:
            other, month = int(found[1] or found[4]), MONTHS.index(name) + 1
            yield from (f"{other}.{month}", f"{month}.{other}")
        return
    else:
        return
    yield from (f"{day}.{month}", f"{month}.{day}")
    yield from (f"{day}.{month}.{year % 100}", f"{month}.{day}.{year % 100}")
