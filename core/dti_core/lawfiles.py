"""Reading a decision from its data files: ``decision.toml`` and ``indicators.csv``.

The files hold the law as a clerk can compare it with the annex. ``"@ID"`` anywhere stands for the
option in force of the interpretation ``ID``, so that another reading changes data, not code.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dti_core.models import (
    Calendar,
    Decision,
    Dimension,
    Framework,
    Indicator,
    Interpretation,
    Milestone,
)
from dti_core.base import DayOfYear
from dti_core.rules import KINDS, Rule, parse_rule

Data = dict[str, Any]


def read_frameworks(
    folder: Path, choices: Mapping[str, str], kinds: Iterable[type[Rule]] = ()
) -> list[Framework]:
    """Read the frameworks of one decision from the folder of its data files.

    :param folder: holds ``decision.toml`` and ``indicators.csv``.
    :param choices: interpretation id to option id, where the authority reads otherwise; an id
        that this decision does not have is passed over.
    :param kinds: rule kinds of the plugin's own, beside core's.
    :raises ValueError: the data break a rule of the models; the message names what and where.
    """
    law = tomllib.loads((folder / "decision.toml").read_text(encoding="utf-8"))
    interpretations = _choose(law.get("interpretations", []), choices)
    meanings = {each.id: each.chosen.meaning for _, each in interpretations}
    law = _resolve(law, meanings)
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as table:
        rows = [_resolve(_with_parameters(row), meanings) for row in csv.DictReader(table)]
    table_of_kinds = (*KINDS, *kinds)
    return [
        _framework(law, level, rows, interpretations, table_of_kinds, folder)
        for level in law["levels"]
    ]


def read_calendar(folder: Path, framework: Framework, year: int) -> Calendar:
    """Read the milestones of one level and year from ``decision.toml``.

    :raises ValueError: a milestone is wrong, or the dates are out of order.
    """
    law = tomllib.loads((folder / "decision.toml").read_text(encoding="utf-8"))
    milestones = [
        _milestone(each, year)
        for each in law.get("milestones", [])
        if _applies(each, framework.level)
    ]
    milestones.sort(key=lambda each: (each.date is None, each.date))
    return Calendar(year=year, milestones=tuple(milestones))


def _milestone(data: Data, year: int) -> Milestone:
    fields = {key: data[key] for key in data if key not in {"levels", "date", "year_offset"}}
    if "date" in data:
        day = DayOfYear.model_validate(data["date"])
        fields["date"] = day.of(year + data.get("year_offset", 0))
    return Milestone.model_validate(fields)


def _choose(
    declared: Sequence[Data], choices: Mapping[str, str]
) -> list[tuple[Sequence[str], Interpretation]]:
    """Build the interpretations, each with its levels, as the authority's choices leave them."""
    built = []
    for data in declared:
        levels = data.get("levels", [])
        fields = {key: data[key] for key in data if key != "levels"}
        interpretation = Interpretation.model_validate(fields)
        if interpretation.id in choices:
            interpretation = interpretation.choose(choices[interpretation.id])
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
    law: Data,
    level: Data,
    rows: Sequence[Data],
    interpretations: Sequence[tuple[Sequence[str], Interpretation]],
    kinds: Sequence[type[Rule]],
    folder: Path,
) -> Framework:
    code = level["level"]
    marked = [row for row in rows if row[code].strip()]
    illustrative = level.get("illustrative")
    return Framework(
        decision=Decision.model_validate(law["decision"]),
        level=code,
        name=level["name"],
        note=level.get("note", ""),
        declared={
            key: level[key] for key in ("dimensions", "indicators", "max_points", "citation")
        },
        dimensions=[
            _dimension(each, [row for row in marked if row["dimension"] == each["code"]], kinds)
            for each in law["dimensions"]
        ],
        rankings=_for_level(law, "rankings", code),
        interpretations=[each for levels, each in interpretations if not levels or code in levels],
        discrepancies=_for_level(law, "discrepancies", code),
        illustrative=folder / illustrative if illustrative else None,
        **law.get("policies", {}),
    )


def _dimension(data: Data, rows: Sequence[Data], kinds: Sequence[type[Rule]]) -> Dimension:
    top = [row for row in rows if not row.get("parent")]
    return Dimension(
        code=data["code"],
        name=data["name"],
        note=data.get("note", ""),
        citation={"clause": data["clause"], "quote": data.get("quote", data["name"])},
        indicators=[_indicator(row, rows, kinds) for row in top],
    )


def _indicator(row: Data, rows: Sequence[Data], kinds: Sequence[type[Rule]]) -> Indicator:
    items = [each for each in rows if each.get("parent") == row["code"]]
    texts = {key: row.get(key) or "" for key in ("action", "condition", "evidence", "note")}
    try:
        rule = parse_rule(row["rule"], row["parameters"], kinds)
    except ValueError as error:
        raise ValueError(f"{row['code']}: {error}") from error
    return Indicator(
        code=row["code"],
        name=row["name"],
        max_points=row["max_points"],
        rule=rule,
        citation={"clause": row["clause"], "quote": texts["condition"] or row["name"]},
        items=[_indicator(item, rows, kinds) for item in items],
        **texts,
    )


def _with_parameters(row: Data) -> Data:
    """Split the column ``parameters``, written ``key=value; key=value``."""
    pairs = (each.partition("=") for each in (row.get("parameters") or "").split(";"))
    return row | {
        "parameters": {key.strip(): value.strip() for key, _, value in pairs if key.strip()}
    }
