"""Which reading of each doubtful place is in force, and what that puts into the data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dti_core.models import Interpretation

Data = dict[str, Any]
Readings = Sequence[tuple[Sequence[str], Interpretation]]
"""Interpretations, each with the levels that it is about (none: all)."""


def read_law(folder: Path) -> Data:
    """Read ``decision.toml`` as it stands."""
    return tomllib.loads((folder / "decision.toml").read_text(encoding="utf-8"))


def choose(declared: Sequence[Data], choices: Mapping[str, str]) -> Readings:
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


def meanings(interpretations: Iterable[Interpretation]) -> dict[str, str | int]:
    """Return what each ``@ID`` stands for."""
    return {each.id: each.chosen.meaning for each in interpretations}


def resolve(data: Any, known: Mapping[str, object]) -> Any:
    """Replace ``@ID`` by what the option in force means, at any depth."""
    if isinstance(data, dict):
        return {key: resolve(value, known) for key, value in data.items()}
    if isinstance(data, list):
        return [resolve(value, known) for value in data]
    if not isinstance(data, str) or not data.startswith("@"):
        return data
    if data[1:] not in known:
        raise ValueError(f"{data} names no interpretation")
    return known[data[1:]]


def for_level(law: Data, table: str, level: str) -> list[Data]:
    """Return the entries of a table that apply to a level, without the level column."""
    entries = (each for each in law.get(table, []) if applies(each, level))
    return [{key: each[key] for key in each if key != "levels"} for each in entries]


def applies(data: Data, level: str) -> bool:
    """Tell whether an entry is about a level."""
    levels = data.get("levels", [])
    return not levels or level in levels
