"""Operators on ``decision.toml`` that change rows as wholes, citations and names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from law_figures import Law, entries
from mutants import Action, Change, Place

OTHER: Final = "Tên khác"
"""What a name is replaced by."""

LISTS: Final = ("clauses", "supersedes", "implements")
"""The lists of ``[decision]``."""


def rows(law: Law) -> Iterator[Place]:
    """Yield the place of every row of every table, and of every option."""
    for table, value in law.items():
        if isinstance(value, list):
            yield from ((table, row) for row in range(len(value)))
    for name in LISTS:
        yield from (("decision", name, row) for row in range(len(law["decision"].get(name, []))))
    for place, each in entries(law, "interpretations"):
        yield from ((*place, "options", row) for row in range(len(each["options"])))


def dropped(law: Law) -> Iterator[Change]:
    """Leave a row out."""
    return (Change(place, action=Action.DROP) for place in rows(law))


def doubled(law: Law) -> Iterator[Change]:
    """Write a row twice."""
    return (Change(place, action=Action.DOUBLE) for place in rows(law))


def codes(law: Law) -> Iterator[Change]:
    """Give a row another code."""
    for place in rows(law):
        entry = _at(law, place)
        for key in ("code", "id", "number"):
            if entry.get(key):
                yield Change((*place, key), f"{entry[key]}x")
    if law["decision"]["number"]:
        yield Change(("decision", "number"), f"1{law['decision']['number']}")


def citing(law: Law) -> Iterator[tuple[Place, Law]]:
    """Yield what holds a ``citation``, or a ``clause`` of its own."""
    for key in ("exclusion", "evidence", "appraiser"):
        if isinstance(law.get(key), dict):
            yield (key,), law[key]
    for table, value in law.items():
        if isinstance(value, list):
            yield from entries(law, table)


def uncited(law: Law) -> Iterator[Change]:
    """Drop a citation, its clause, or the words quoted."""
    for place, each in citing(law):
        for key in ("citation", "clause", "quote"):
            if key in each:
                yield Change((*place, key), action=Action.DROP)
        for key in each.get("citation", ()):
            yield Change((*place, "citation", key), action=Action.DROP)


def clauses(law: Law) -> Iterator[Change]:
    """Cite the next clause of the list for the same words."""
    listed = [each["id"] for each in law["decision"]["clauses"]]
    for place, each in citing(law):
        where = (*place, "clause") if "clause" in each else (*place, "citation", "clause")
        around = [one for one in listed if f"{_at(law, where)}.".startswith(f"{one}.")]
        listing = listed.index(max(around, key=len))
        yield Change(where, listed[(listing + 1) % len(listed)])


def citations(law: Law) -> Iterator[Change]:
    """Take clause and words from the next row of the table."""
    found = [each for each in citing(law) if "citation" in each[1]]
    for (place, one), (other_place, other) in pairwise(found):
        if place[0] == other_place[0] and one["citation"] != other["citation"]:
            yield Change((*place, "citation"), other["citation"])


def names(law: Law) -> Iterator[Change]:
    """Call something by another name."""
    for key in ("title", "issuer"):
        yield Change(("decision", key), OTHER)
    for place, each in citing(law):
        if "name" in each:
            yield Change((*place, "name"), OTHER)
    for place in rows(law):
        for key in ("title", "question", "text", "appraiser", "decided_by"):
            if _at(law, place).get(key):
                yield Change((*place, key), OTHER)


def _at(law: Law, place: Place) -> Any:
    data: Any = law
    for step in place:
        data = data[step]
    return data


WORDS: Final = {
    "row dropped": dropped,
    "row doubled": doubled,
    "code": codes,
    "citation dropped": uncited,
    "citation": citations,
    "clause": clauses,
    "name": names,
}
