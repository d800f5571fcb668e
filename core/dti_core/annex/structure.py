"""How the rows hang together: what each must say, codes, parents, dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from dti_core.annex.maxima import maximum
from dti_core.annex.table import KNOWN, Row, Table
from dti_core.errors import Problem
from dti_core.models import Framework
from dti_core.rules import SumOf
from dti_core.rules.base import shown

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
SHORTENED: Final = re.compile(r"\d+\.\d")
"""What a spreadsheet makes of the code 1.10."""

OF_DIMENSION: Final = ("code", "name", "max_points", "rankings", "clause")
MAY_HOLD: Final = {
    "dimension": OF_DIMENSION,
    "block": (*OF_DIMENSION, "rule"),
    "difference": ("code", "name", "rule"),
}


def incomplete(table: Table, framework: Framework) -> Iterator[Problem]:
    """Yield what a row lacks, and what it holds that nothing would take in."""
    named = {each.code for each in framework.dimensions}
    for row in table.indicators:
        yield from _incomplete_indicator(row)
    for row in table.dimensions:
        needed = ("code",) if row["code"] in named else ("code", "name", "max_points")
        yield from _missing(row, needed)
        yield from _strays(row, "block" if row.is_block else "dimension")
    for row in table.differences:
        yield from _missing(row, ("code", "name"))
        yield from _strays(row, "difference")


def _incomplete_indicator(row: Row) -> Iterator[Problem]:
    if not (row["name"] or row["max_points"] or row["rule"]):
        yield row.problem("annex.row-unfilled", "name", code=row["code"])
        return
    yield from _missing(row, ("code", "dimension", "name", "max_points"))


def _missing(row: Row, columns: Sequence[str]) -> Iterator[Problem]:
    for column in columns:
        if not row[column]:
            yield row.problem("annex.cell-missing", column, field=column)


def _strays(row: Row, kind: str) -> Iterator[Problem]:
    for column in KNOWN:
        if row[column] and column not in MAY_HOLD[kind]:
            allowed = ", ".join(MAY_HOLD[kind])
            yield row.problem(f"annex.stray-in.{kind}", column, field=column, columns=allowed)


def wrong_codes(table: Table, framework: Framework) -> Iterator[Problem]:
    """Yield codes that stand twice, are those of general information, or were turned into dates."""
    for rows in (table.indicators, table.dimensions, table.differences):
        first: dict[str, Row] = {}
        for row in rows:
            code = row["code"]
            if code and first.setdefault(code, row) is not row:
                short = row.sheet.name is not None and SHORTENED.fullmatch(code)
                key = "annex.code-shortened" if short else "annex.code-twice"
                yield row.problem(key, "code", code=code, first=first[code].number)
    collected = {each.code: each.name for each in framework.information}
    for row in table.rows:
        for column in ("code", "parent", "dimension"):
            if DAY.fullmatch(row[column]):
                yield row.problem("annex.code-is-date", column, given=row[column])
        if row.is_indicator and row["code"] in collected:
            name = collected[row["code"]]
            yield row.problem("annex.code-of-information", "code", code=row["code"], name=name)


def wrong_parents(table: Table) -> Iterator[Problem]:
    """Yield faults between sub-indicators and the indicator that they are parts of."""
    by_code = {row["code"]: row for row in reversed(table.indicators) if row["code"]}
    for row in table.indicators:
        if row["parent"]:
            yield from _wrong_parent(row, by_code)
        yield from _wrong_items(row, list(table.items(row)) if row["code"] else [])


def _wrong_parent(row: Row, by_code: dict[str, Row]) -> Iterator[Problem]:
    parent = by_code.get(row["parent"])
    values = {"parent": row["parent"], "code": row["code"]}
    if parent is None:
        codes = [code for code in by_code if code != row["code"]]
        close = ", ".join(get_close_matches(row["parent"], codes, 3)) or "—"
        yield row.problem("annex.unknown-parent", "parent", **values, close=close)
    elif _is_loop(row, by_code):
        yield row.problem("annex.parent-loop", "parent", **values)
    elif row["dimension"] and parent["dimension"] != row["dimension"]:
        yield row.problem("annex.parent-elsewhere", "dimension", **values, at=parent["dimension"])
    elif row.groups and set(row.groups) != set(parent.groups):
        wanted = "; ".join(parent.groups)
        yield row.problem("annex.item-groups", "groups", **values, groups=wanted)


def _is_loop(row: Row, by_code: dict[str, Row]) -> bool:
    seen, above = {row["code"]}, by_code.get(row["parent"])
    while above is not None and above["code"] not in seen:
        seen.add(above["code"])
        above = by_code.get(above["parent"])
    return above is not None


def _wrong_items(row: Row, items: list[Row]) -> Iterator[Problem]:
    is_sum = row.kind == SumOf.kind
    if items and row.kind and not is_sum:
        codes = ", ".join(each["code"] for each in items)
        yield row.problem("annex.parent-not-sum", "rule", rule=row["rule"], items=codes)
    elif is_sum and not items:
        yield row.problem("annex.sum-without-items", "rule", code=row["code"])
    maxima, whole = [maximum(each) for each in items], maximum(row)
    total = sum(each for each in maxima if each is not None)
    if is_sum and items and None not in (whole, *maxima) and whole != total:
        values = {"given": row["max_points"], "sum": shown(total)}
        yield row.problem("annex.items-sum", "max_points", **values)
