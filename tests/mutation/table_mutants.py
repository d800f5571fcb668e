"""Operators on the CSV tables: indicators, listed indicators and illustrative annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from law_figures import STEPS, following, is_day, next_day, plus
from law_words import OTHER
from mutants import Action, Change

Row = dict[str, str]
Table = Sequence[Row]

KINDS: Final = {
    "yes_no": "share",
    "share": "reverse_share",
    "reverse_share": "share",
    "count_against": "yes_no",
    "steps": "yes_no",
    "due_date": "yes_no",
    "awarded": "share",
    "sum_of": "awarded",
}
FLIPPED: Final = {
    "partial": ("proportional", "nothing"),
    "zero_denominator": ("not_applicable", "full", "zero", "error"),
    "last_day_counts": ("true", "false"),
    "of": ("count", "share"),
}
LEVELS: Final = ("so", "huyen", "xa")


def maxima(table: Table) -> Iterator[Change]:
    """Move a maximum, or exchange it with that of the next row."""
    for row, each in enumerate(table):
        if each.get("max_points"):
            for step in STEPS:
                yield Change((row, "max_points"), plus(each["max_points"], step))
    for row, (one, other) in enumerate(pairwise(table)):
        if one.get("max_points", "") != other.get("max_points", ""):
            yield Change((row, "max_points"), (row + 1, "max_points"), Action.SWAP)


def parameters(table: Table) -> Iterator[Change]:
    """Change one parameter of a rule."""
    for row, each in enumerate(table):
        pairs = _pairs(each)
        for name, value in pairs.items():
            if not value.startswith("@"):
                for other in _others(name, value):
                    yield Change((row, "parameters"), _written(pairs | {name: other}))
            yield Change((row, "parameters"), _written(_without(pairs, name)))


def _pairs(row: Row) -> dict[str, str]:
    cells = (each.partition("=") for each in row.get("parameters", "").split(";") if each.strip())
    return {key.strip(): value.strip() for key, _, value in cells}


def _written(pairs: dict[str, str]) -> str:
    return "; ".join(f"{key}={value}" for key, value in pairs.items())


def _without(pairs: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in pairs.items() if key != name}


def _others(name: str, value: str) -> Iterator[str]:
    """Yield what else a parameter could be: a figure beside it, the day after, the next word."""
    if name in FLIPPED:
        yield following(FLIPPED[name], value)
    elif name == "steps":
        yield from _other_steps(value)
    elif is_day(value):
        yield next_day(value)
    elif value.endswith("%"):
        yield from (f"{plus(value[:-1], step)}%" for step in (STEPS[0], Decimal("0.01")))
    elif name == "late":
        yield from {"1/2", "1/3", "0"} - {value}
    else:
        yield from (plus(value, step) for step in STEPS)


def _other_steps(value: str) -> Iterator[str]:
    """Move one step, or the share that it earns."""
    steps = [each.strip().split(":") for each in value.split(",")]
    for place, (floor, share) in enumerate(steps):
        moved = [(plus(floor, step), share) for step in STEPS]
        for one in (*moved, (floor, "9/10" if share == "1" else "1/3")):
            others = (one if each == place else tuple(step) for each, step in enumerate(steps))
            yield ", ".join(":".join(each) for each in others)


def references(table: Table) -> Iterator[Change]:
    """Write a fixed value in the place of ``@ID``."""
    for row, each in enumerate(table):
        pairs = _pairs(each)
        for name, value in pairs.items():
            if value.startswith("@"):
                for fixed in FLIPPED[name]:
                    yield Change((row, "parameters"), _written(pairs | {name: fixed}))
        if each.get("rule", "").startswith("@"):
            yield from (Change((row, "rule"), kind) for kind in ("share", "awarded"))


def kinds(table: Table) -> Iterator[Change]:
    """Score by a rule of another kind."""
    for row, each in enumerate(table):
        if each.get("rule") in KINDS:
            yield Change((row, "rule"), KINDS[each["rule"]])


def level_columns(table: Table) -> Iterator[Change]:
    """Take a row from a level, or give it to one; a table with one column for the level too."""
    for row, each in enumerate(table):
        for level in LEVELS:
            if level in each:
                yield Change((row, level), "" if each[level] else "x")
        if each.get("level"):
            yield Change((row, "level"), next(one for one in LEVELS if one != each["level"]))


def clauses(table: Table) -> Iterator[Change]:
    """Cite the clause of the next row that has another one."""
    found = [(row, each["clause"]) for row, each in enumerate(table) if each.get("clause")]
    for (row, one), (_, other) in zip(found, found[1:] + found[:1], strict=True):
        if one != other:
            yield Change((row, "clause"), other)


def uncited(table: Table) -> Iterator[Change]:
    """Drop the clause of a row."""
    for row, each in enumerate(table):
        if each.get("clause"):
            yield Change((row, "clause"), "")


def dimensions(table: Table) -> Iterator[Change]:
    """Put a row under another main indicator, or take it out of its indicator."""
    known = tuple(dict.fromkeys(each["dimension"] for each in table if each["dimension"]))
    for row, each in enumerate(table):
        if each["dimension"]:
            yield Change((row, "dimension"), following(known, each["dimension"]))
        if each.get("parent"):
            yield Change((row, "parent"), "")


def memberships(table: Table) -> Iterator[Change]:
    """Leave a main indicator out of the first ranking that it is in."""
    for row, each in enumerate(table):
        if each.get("rankings"):
            yield Change((row, "rankings"), each["rankings"].partition("; ")[2])


def texts(table: Table) -> Iterator[Change]:
    """Call a row by another name, or let somebody else appraise it."""
    for row, each in enumerate(table):
        for column in ("name", "appraiser"):
            if each.get(column):
                yield Change((row, column), OTHER)


def codes(table: Table) -> Iterator[Change]:
    """Give a row another code."""
    return (Change((row, "code"), f"{each['code']}x") for row, each in enumerate(table))


def dropped(table: Table) -> Iterator[Change]:
    """Leave a row out."""
    return (Change((row,), action=Action.DROP) for row in range(len(table)))


def doubled(table: Table) -> Iterator[Change]:
    """Write a row twice."""
    return (Change((row,), action=Action.DOUBLE) for row in range(len(table)))


ROWS: Final = {
    "maximum": maxima,
    "parameter": parameters,
    "reference": references,
    "kind": kinds,
    "level": level_columns,
    "clause": clauses,
    "citation dropped": uncited,
    "dimension": dimensions,
    "ranking": memberships,
    "name": texts,
    "code": codes,
    "row dropped": dropped,
    "row doubled": doubled,
}
