"""What the data files may hold: whatever would be taken in by nothing is refused, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from dti_core.lawfiles.readings import Data
from dti_core.lawfiles.rows import ANNEX_COLUMNS
from dti_core.models import Level

DECLARED: Final = ("dimensions", "indicators", "max_points")
POLICIES: Final = ("exclusion", "evidence", "appraiser")
TABLES: Final = ("rankings", "statuses", "information", "discrepancies")
LISTED_COLUMNS: Final = (
    *("level", "code", "parent", "dimension", "name", "appraiser", "clause", "note"),
    "parameters",
)
TOP: Final = (
    *("decision", "policies", "levels", "dimensions", "interpretations", "milestones"),
    *("tiers", "overrides", *POLICIES, *TABLES),
)
KEYS: Final = {
    "dimensions": ("levels", "code", "name", "clause", "quote", "note", "block", "cap", *DECLARED),
    "levels": ("level", "name", "note", "citation", "illustrative", "annex", *DECLARED),
}
"""The keys of the tables that are not models of their own, which refuse what they do not know."""


def refuse_strays(law: Data, tables: Mapping[str, Sequence[Data]]) -> None:
    """Refuse what no level, dimension or parent takes in, and what is misspelt.

    :raises ValueError: with every fault.
    """
    faults = [*_keys(law), *_levels(law), *_indicators(law, tables["indicators"])]
    faults += _listed(law, tables["listed"])
    if faults:
        raise ValueError("; ".join(faults))


def _keys(law: Data) -> Iterator[str]:
    yield from _unknown("decision.toml", law, TOP)
    for table, known in KEYS.items():
        for entry in law.get(table, []):
            yield from _unknown(f"decision.toml, [[{table}]]", entry, known)


def _unknown(where: str, given: Iterable[str], known: Sequence[str]) -> Iterator[str]:
    for each in given:
        if each not in known:
            close = ", ".join(get_close_matches(each, known, 1) or known)
            yield f"{where}: there is no {each}; did you mean {close}?"


def _levels(law: Data) -> Iterator[str]:
    """Find entries that are for a level which the decision does not have."""
    own = [each["level"] for each in law["levels"]]
    for table, entries in law.items():
        for entry in entries if isinstance(entries, list) else ():
            for level in entry.get("levels", []) if isinstance(entry, dict) else ():
                if level not in own:
                    yield f"decision.toml, [[{table}]]: there is no level {level!r}"


def _indicators(law: Data, rows: Sequence[Data]) -> Iterator[str]:
    levels = [each["level"] for each in law["levels"]]
    known = {"dimension": _dimensions(law), "parent": {"", *(row["code"] for row in rows)}}
    for row in rows:
        if unknown := set(row) - {*ANNEX_COLUMNS, *Level}:
            yield f"indicators.csv: there is no column {', '.join(sorted(unknown))}"
            return
        for column, values in known.items():
            if row.get(column, "") not in values:
                yield f"{row['code']}: there is no {column} {row[column]!r}"
        for level in levels:
            if row.get(level, "").strip() not in {"", "x"}:
                yield f"{row['code']}: column {level} holds x or nothing"


def _listed(law: Data, rows: Sequence[Data]) -> Iterator[str]:
    levels = [each["level"] for each in law["levels"]]
    for row in rows:
        if unknown := set(row) - {*LISTED_COLUMNS}:
            yield f"listed.csv: there is no column {', '.join(sorted(unknown))}"
            return
        if row["level"] not in levels:
            yield f"listed.csv, {row['code']}: there is no level {row['level']!r}"
        if row["dimension"] not in _dimensions(law):
            yield f"listed.csv, {row['code']}: there is no dimension {row['dimension']!r}"


def _dimensions(law: Data) -> set[str]:
    return {each["code"] for each in law.get("dimensions", [])}
