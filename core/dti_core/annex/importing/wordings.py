"""The words of annexes, from ``wordings.toml``: what a heading means, which rows add up."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from dti_core.models import Level

LEVELS: Final = tuple(each.value for each in Level)
MORE: Final = "…"
"""Ends a wording that more words may follow."""

APART: Final = re.compile(r"\s*(?:[/,;&]|\bvà\b|\bhoặc\b)\s*")
NUMBERED: Final = re.compile(r"\W*(?:[IVXLC]+|\d+)\b|\s*[:(].*", re.DOTALL)


@cache
def wordings() -> dict[str, Any]:
    """Read the table of words."""
    path = Path(__file__).with_name("wordings.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Write words in small NFC letters with single blanks, without what stands in brackets."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)
    return " ".join(text.replace("*", " ").split()).strip(" :.-–")


def folded(text: str) -> str:
    """Write words without diacritics, as old files and quick hands do."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(each for each in letters if not unicodedata.combining(each))


def column_of(heading: str) -> str | None:
    """Tell which column of the table a heading stands for; None where it is not known."""
    words = plain(heading)
    if not words:
        return None
    return _whole(words) or _longer(words) or _of_parts(words)


def closest(heading: str) -> str:
    """Return a known heading that comes near to one, else some of those that are known."""
    words = [each.rstrip(MORE) for _, each in _headings()]
    some = [each[0].rstrip(MORE) for each in (_in_vietnamese("name"), _in_vietnamese("max_points"))]
    return ", ".join(f"“{each}”" for each in get_close_matches(plain(heading), words, 1) or some)


def _in_vietnamese(column: str) -> list[str]:
    return [each for each in wordings()["headings"][column] if not each.isascii()]


def preference(column: str, heading: str) -> int:
    """Tell how well a heading names its column: lower is better."""
    words = [plain(each.rstrip(MORE)) for each in wordings()["headings"][column]]
    given = folded(plain(heading))
    fits = (at for at, each in enumerate(words) if given.startswith(folded(each)))
    return next(fits, len(words))


def _whole(words: str) -> str | None:
    """Look a heading up: "Sở" and "Số" are one only to whoever writes no diacritics."""
    exact, bare = _table()
    if words in exact:
        return exact[words]
    safe = words.isascii() or " " in words
    return bare.get(folded(words)) if safe else None


def _longer(words: str) -> str | None:
    """Look up "điểm tối đa năm 2024"; "điểm tối đa cấp huyện" is the column of a level."""
    for start, column in _starts():
        for given, wording in ((words, start), (folded(words), folded(start))):
            if given.startswith(f"{wording} "):
                rest = _whole(words[len(wording) :].strip())
                return rest if rest in LEVELS else column
    return None


def _of_parts(words: str) -> str | None:
    """Look up "chỉ số/chỉ số thành phần": the parts mean one column, or both kinds of indicator."""
    parts = {_whole(part) for part in APART.split(words) if part}
    if parts == {"main", "name"}:
        return "name"
    return parts.pop() if len(parts) == 1 else None


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    pairs = [(plain(each.rstrip(MORE)), column) for column, each in _headings()]
    bare = {folded(words): column for words, column in reversed(pairs)}
    return dict(reversed(pairs)), bare


@cache
def _starts() -> list[tuple[str, str]]:
    """Return the wordings that more words may follow, the longest first."""
    starts = [(plain(w.rstrip(MORE)), column) for column, w in _headings() if w.endswith(MORE)]
    return sorted(starts, key=lambda each: -len(each[0]))


def _headings() -> Iterator[tuple[str, str]]:
    for column, words in wordings()["headings"].items():
        yield from ((column, each) for each in words)


def is_total(text: str) -> bool:
    """Tell whether a row adds up others, by its words: "Tổng cộng", "Cộng mục I", "Tổng (I+II)"."""
    return any(_adds_up(text, each) for each in wordings()["rows"]["totals"])


def _adds_up(text: str, words: str) -> bool:
    given = " ".join(unicodedata.normalize("NFC", text).split())
    if not given.lower().startswith(words) and folded(given).lower() != folded(words):
        return False
    rest = given[len(words) :].strip(" :.")
    follows = any(rest.lower().startswith(each) for each in wordings()["rows"]["of"])
    return not rest or follows or NUMBERED.fullmatch(rest) is not None


def begins(text: str, group: str) -> bool:
    """Tell whether a text begins with one of the words of a group of ``[rows]``."""
    given = unicodedata.normalize("NFC", text).lower().strip()
    return any(re.match(rf"{re.escape(each)}\b", given) for each in wordings()["rows"][group])
