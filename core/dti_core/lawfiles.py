"""Reading a decision from its data files: ``decision.toml`` and ``indicators.csv``.

The files hold the law as a clerk can compare it with the annex. ``"@ID"`` anywhere stands for the
option in force of the interpretation ``ID``, so that another reading changes data, not code.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from dti_core.base import DayOfYear
from dti_core.models import (
    Calendar,
    Dimension,
    Framework,
    Indicator,
    Interpretation,
    Level,
    Milestone,
)
from dti_core.rules import KINDS, Rule, parse_rule

ANNEX_COLUMNS: Final = (
    *("code", "parent", "dimension", "name", "action", "condition", "evidence"),
    *("max_points", "rule", "parameters", "clause", "note"),
)
"""The columns of ``indicators.csv``, beside one for each level."""

Data = dict[str, Any]
Readings = Sequence[tuple[Sequence[str], Interpretation]]
"""Interpretations, each with the levels that it is about (none: all)."""


def read_frameworks(
    folder: Path, choices: Mapping[str, str], kinds: Iterable[type[Rule]] = ()
) -> list[Framework]:
    """Read the frameworks of one decision from the folder of its data files.

    :param folder: holds ``decision.toml`` and ``indicators.csv``.
    :param choices: interpretation id to option id, where the authority reads otherwise; what this
        decision does not have is passed over.
    :param kinds: rule kinds of the plugin's own, beside core's.
    :raises ValueError: the data break a rule of the models; the message names what and where.
    """
    law = _read_law(folder)
    readings = _choose(law.get("interpretations", []), choices)
    meanings = _meanings(each for _, each in readings)
    law = _resolve(law, meanings)
    known = (*KINDS, *kinds)
    try:
        rows = [_resolve(row, meanings) for row in _read_annex(folder)]
        _check_annex(law, rows)
        return [
            _framework(law, level, _dimensions(law, rows, level["level"], known), folder, readings)
            for level in law["levels"]
        ]
    except KeyError as error:
        raise ValueError(f"{folder.name}: {error} is missing") from error


def read_calendar(folder: Path, framework: Framework, year: int) -> Calendar:
    """Read the milestones of one level and year from ``decision.toml``.

    :raises ValueError: a milestone is wrong, or the dates are out of order.
    """
    law = _read_law(folder)
    meanings = _meanings(framework.interpretations)
    milestones = [
        _milestone(_resolve(each, meanings), year)
        for each in law.get("milestones", [])
        if _applies(each, framework.level)
    ]
    milestones.sort(key=lambda each: (each.date is None, each.date))
    return Calendar(year=year, milestones=tuple(milestones))


def _read_law(folder: Path) -> Data:
    return tomllib.loads((folder / "decision.toml").read_text(encoding="utf-8"))


def _read_annex(folder: Path) -> Iterator[Data]:
    """Yield the rows of the annex, each with as many cells as the heading."""
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        for row in table:
            if None in row or None in row.values():
                raise ValueError(
                    f"indicators.csv, line {table.line_num}: too few or too many cells"
                )
            yield _with_parameters(row)


def _check_annex(law: Data, rows: Sequence[Data]) -> None:
    """Refuse a row that no level, dimension or parent would take in."""
    levels = [each["level"] for each in law["levels"]]
    known = {"dimension": {each["code"] for each in law["dimensions"]}, "parent": {""}}
    known["parent"] |= {row["code"] for row in rows}
    for row in rows:
        if unknown := set(row) - {*ANNEX_COLUMNS, *Level}:
            raise ValueError(f"indicators.csv: there is no column {', '.join(sorted(unknown))}")
        for column, values in known.items():
            if row.get(column, "") not in values:
                raise ValueError(f"{row['code']}: there is no {column} {row[column]!r}")
        for level in levels:
            if row[level].strip() not in {"", "x"}:
                raise ValueError(f"{row['code']}: column {level} holds x or nothing")


def _meanings(interpretations: Iterable[Interpretation]) -> dict[str, str | int]:
    return {each.id: each.chosen.meaning for each in interpretations}


def _milestone(data: Data, year: int) -> Milestone:
    fields = {key: data[key] for key in data if key not in {"levels", "date", "year_offset"}}
    if "date" in data:
        day = DayOfYear.model_validate(data["date"])
        fields["date"] = day.of(year + data.get("year_offset", 0))
    return Milestone.model_validate(fields)


def _choose(declared: Sequence[Data], choices: Mapping[str, str]) -> Readings:
    """Build the interpretations, each with its levels, as the authority's choices leave them."""
    built = []
    for data in declared:
        levels = data.get("levels", [])
        fields = {key: data[key] for key in data if key != "levels"}
        interpretation = Interpretation.model_validate(fields)
        option = choices.get(interpretation.id)
        if option and option in (each.id for each in interpretation.options):
            interpretation = interpretation.choose(option)
        built.append((levels, interpretation))
    return built


def _resolve(data: Any, meanings: Mapping[str, object]) -> Any:
    """Replace ``@ID`` by what the option in force means, at any depth."""
    if isinstance(data, dict):
        return {key: _resolve(value, meanings) for key, value in data.items()}
    if isinstance(data, list):
        return [_resolve(value, meanings) for value in data]
    if not isinstance(data, str) or not data.startswith("@"):
        return data
    if data[1:] not in meanings:
        raise ValueError(f"{data} names no interpretation")
    return meanings[data[1:]]


def _applies(data: Data, level: str) -> bool:
    levels = data.get("levels", [])
    return not levels or level in levels


def _for_level(law: Data, table: str, level: str) -> list[Data]:
    """Return the entries of a table that apply to a level, without the level column."""
    entries = (each for each in law.get(table, []) if _applies(each, level))
    return [{key: each[key] for key in each if key != "levels"} for each in entries]


def _framework(
    law: Data, level: Data, dimensions: Sequence[Dimension], folder: Path, readings: Readings
) -> Framework:
    code = level["level"]
    declared = ("dimensions", "indicators", "max_points", "citation")
    fields = {
        "decision": law["decision"],
        "level": code,
        "name": level["name"],
        "note": level.get("note", ""),
        "declared": {key: level[key] for key in declared},
        "dimensions": dimensions,
        "rankings": _for_level(law, "rankings", code),
        "interpretations": [each for levels, each in readings if not levels or code in levels],
        "discrepancies": _for_level(law, "discrepancies", code),
        "illustrative": folder / level["illustrative"] if "illustrative" in level else None,
    }
    return Framework.model_validate(fields | law.get("policies", {}))


def _dimensions(
    law: Data, rows: Sequence[Data], level: str, kinds: Sequence[type[Rule]]
) -> list[Dimension]:
    """Build the dimensions of a level from the rows that its column marks."""
    marked = [row for row in rows if row[level].strip()]
    return [
        _dimension(each, [row for row in marked if row["dimension"] == each["code"]], kinds)
        for each in law["dimensions"]
    ]


def _dimension(data: Data, rows: Sequence[Data], kinds: Sequence[type[Rule]]) -> Dimension:
    fields = {
        "code": data["code"],
        "name": data["name"],
        "note": data.get("note", ""),
        "citation": {"clause": data["clause"], "quote": data.get("quote", data["name"])},
        "indicators": [_indicator(row, rows, kinds) for row in rows if not row.get("parent")],
    }
    return Dimension.model_validate(fields)


def _indicator(row: Data, rows: Sequence[Data], kinds: Sequence[type[Rule]]) -> Indicator:
    texts = {key: row.get(key) or "" for key in ("action", "condition", "evidence", "note")}
    fields = {key: row[key] for key in ("code", "name", "max_points")}
    items = [each for each in rows if each.get("parent") == row["code"]]
    try:
        fields["rule"] = parse_rule(row["rule"], row["parameters"], kinds)
    except ValueError as error:
        raise ValueError(f"{row['code']}: {error}") from error
    fields["citation"] = {"clause": row["clause"], "quote": texts["condition"] or row["name"]}
    fields["items"] = [_indicator(item, rows, kinds) for item in items]
    return Indicator.model_validate(fields | texts)


def _with_parameters(row: Data) -> Data:
    """Split the column ``parameters``, written ``key=value; key=value``."""
    pairs = (each.partition("=") for each in (row.get("parameters") or "").split(";"))
    return row | {
        "parameters": {key.strip(): value.strip() for key, _, value in pairs if key.strip()}
    }
