"""Which clause an indicator of an annex cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dti_core.annex.importing.grid import Grid, Place

ANNEX: Final = "Phụ lục"
TITLE: Final = re.compile(
    r"phụ\s+lục(?:\s+(?:số\s+)?([IVXLC]+|\d+|[A-Z])\b)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
NUMBERED: Final = re.compile(r".*(?:\d|\b[IVXLC]+|\b[A-Za-zđ])")


def annex_of(grid: Grid, heading: int) -> tuple[str, Place | None]:
    """Find which annex the titles above a table name; the place where they say nothing else."""
    for place, text in sorted(grid.cells.items()):
        if place[0] >= heading:
            break
        if found := TITLE.match(text):
            number = found[1].upper() if found[1] else ""
            named = f"{ANNEX} {number}".strip()
            return named, None if found["rest"].strip(" .:") else place
    return "", None


def base_clause(named: str, listed: Sequence[str]) -> str:
    """Choose the clause that the indicators stand under.

    :param named: what the titles of the file say, if anything; it may have no number.
    :param listed: the clauses of the decision.
    """
    annexes = [each for each in listed if each.startswith(ANNEX)]
    return named or (annexes[0] if len(annexes) == 1 else ANNEX)


def clause_of(base: str, code: str) -> str:
    """Write the clause of a code: "Phụ lục I.1.2", or "Phụ lục I.1" of the code I.1."""
    return f"{base}.{code}" if NUMBERED.fullmatch(base) else f"{base} {code}"


def clause_of_main(base: str, code: str) -> str:
    """Write the clause of a main indicator: the annex, or its part in one without a number."""
    return base if NUMBERED.fullmatch(base) else f"{base} {code}"


def unlisted(clauses: Sequence[str], listed: Sequence[str]) -> Iterator[str]:
    """Yield what the decision has to list, so that every clause is one of its own."""
    for each in dict.fromkeys(clauses):
        if not any(each == known or each.startswith(f"{known}.") for known in listed):
            yield each
