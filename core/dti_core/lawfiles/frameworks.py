"""``decision.toml`` with its tables of indicators → frameworks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dti_core.lawfiles.expected import DECLARED, POLICIES, TABLES, refuse_strays
from dti_core.lawfiles.readings import (
    Data,
    Readings,
    choose,
    for_level,
    meanings,
    read_law,
    resolve,
)
from dti_core.lawfiles.rows import read_indicator, read_rows, to_parameters
from dti_core.models import Detail, Dimension, Framework
from dti_core.rules import KINDS, Rule


def read_frameworks(
    folder: Path, choices: Mapping[str, str], kinds: Iterable[type[Rule]] = ()
) -> list[Framework]:
    """Read the frameworks of one decision from the folder of its data files.

    :param folder: holds ``decision.toml``, and where the decision gives them ``indicators.csv``
        and ``listed.csv``.
    :param choices: interpretation id to option id, where the authority reads otherwise; what this
        decision does not have is passed over.
    :param kinds: rule kinds of the plugin's own, beside core's.
    :raises ValueError: the data break a rule of the models; the message names what and where.
    """
    law = read_law(folder)
    readings = choose(law.get("interpretations", []), choices)
    known = meanings(each for _, each in readings)
    law = resolve(law, known)
    try:
        tables = {
            name: [resolve(row, known) for row in _rows(folder / f"{name}.csv")]
            for name in ("indicators", "listed")
        }
        refuse_strays(law, tables)
        files = _Files(folder, law, tables, readings, (*KINDS, *kinds))
        return [_framework(files, level) for level in law["levels"]]
    except KeyError as error:
        raise ValueError(f"{folder.name}: {error} is missing") from error


def _rows(path: Path) -> list[Data]:
    """Read a table that a decision may do without."""
    rows = read_rows(path) if path.exists() else ()
    return [row | {"parameters": to_parameters(row.get("parameters"))} for row in rows]


@dataclass(frozen=True, slots=True)
class _Files:
    """What the data files of one decision hold, for all of its levels."""

    folder: Path
    law: Data
    tables: Mapping[str, Sequence[Data]]
    readings: Readings
    kinds: Sequence[type[Rule]]


def _framework(files: _Files, level: Data) -> Framework:
    code, law, tables = level["level"], files.law, files.tables
    rows = [row for row in tables["indicators"] if row.get(code, "").strip()]
    declared = for_level(law, "dimensions", code)
    detail = _detail(rows, declared)
    fields: dict[str, Any] = {
        "decision": law["decision"],
        "level": code,
        "name": level["name"],
        "note": level.get("note", ""),
        "detail": detail,
        "declared": _declared(level, level["citation"]),
        "dimensions": [_dimension(each, rows, detail, files.kinds) for each in declared],
        "interpretations": [
            each for levels, each in files.readings if not levels or code in levels
        ],
        "listed": [_listed(row) for row in tables["listed"] if row["level"] == code],
        "illustrative": _path(files.folder, level, "illustrative"),
        "illustrative_annex": _path(files.folder, level, "annex"),
        "kinds": files.kinds,
    }
    fields |= {name: for_level(law, name, code) for name in TABLES}
    fields |= {name: each for name in POLICIES for each in _policy(law, name, code)}
    return Framework.model_validate(fields | law.get("policies", {}))


def _policy(law: Data, name: str, level: str) -> list[Data]:
    """Return a policy of the whole decision, or of a level (``[[name]]`` with its levels)."""
    given = law.get(name, [])
    return [given] if isinstance(given, dict) else for_level(law, name, level)


def _path(folder: Path, level: Data, key: str) -> Path | None:
    return folder / level[key] if key in level else None


def _listed(row: Data) -> Data:
    """Read one indicator that the decision names without a maximum."""
    fields = {key: row[key] for key in ("code", "dimension", "name")}
    fields |= {key: row.get(key) or "" for key in ("parent", "appraiser", "note")}
    return fields | {"citation": {"clause": row["clause"], "quote": row["name"]}}


def _declared(data: Data, citation: Data) -> Data:
    return {"citation": citation} | {key: data[key] for key in DECLARED if key in data}


def _detail(rows: Sequence[Data], declared: Sequence[Data]) -> Detail:
    """Tell how much of a level is at hand."""
    if rows:
        return Detail.INDICATORS
    has_maxima = declared and all("max_points" in each for each in declared)
    return Detail.DIMENSIONS if has_maxima else Detail.OUTLINE


def _dimension(
    data: Data, rows: Sequence[Data], detail: Detail, kinds: Sequence[type[Rule]]
) -> Dimension:
    """Build a dimension with its rows; without an annex it is awarded as a whole."""
    citation = {"clause": data["clause"], "quote": data.get("quote", data["name"])}
    whole = {"rule": "awarded", "parameters": {}, "code": data["code"], "name": data["name"]}
    mine = [row for row in rows if row["dimension"] == data["code"]]
    if detail is Detail.DIMENSIONS:
        mine = [whole | {"max_points": data["max_points"], "clause": data["clause"]}]
    given = ("code", "name", "note", "block", "cap")
    fields: Data = {key: data[key] for key in given if key in data}
    fields |= {
        "citation": citation,
        "declared": _declared(data, citation),
        "indicators": [read_indicator(row, mine, kinds) for row in mine if not row.get("parent")],
    }
    return Dimension.model_validate(fields)
