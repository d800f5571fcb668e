"""Rows of a table of indicators, each a dictionary of its cells → indicators."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from dti_core.models import Indicator
from dti_core.rules import Rule, parse_rule

Data = dict[str, Any]

ANNEX_COLUMNS: Final = (
    *("code", "parent", "dimension", "name", "action", "condition", "evidence", "appraiser"),
    *("groups", "max_points", "rule", "parameters", "clause", "note"),
)
"""The columns of ``indicators.csv``, beside one for each level."""

TEXTS: Final = ("action", "condition", "evidence", "appraiser", "note")


def read_rows(path: Path) -> Iterator[Data]:
    """Yield the rows of a table, each with as many cells as the heading."""
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        for row in table:
            if None in row or None in row.values():
                raise ValueError(f"{path.name}, line {table.line_num}: too few or too many cells")
            yield row


def read_indicator(row: Data, rows: Sequence[Data], kinds: Sequence[type[Rule]]) -> Indicator:
    """Build an indicator, with its sub-items from the rows that name it as ``parent``.

    :param row: the cells by column; ``parameters`` as a dictionary.
    :raises ValueError: a cell is wrong; the message names the code.
    """
    texts = {key: row.get(key) or "" for key in TEXTS}
    fields = {key: row[key] for key in ("code", "name", "max_points")}
    items = [each for each in rows if each.get("parent") == row["code"]]
    try:
        fields["rule"] = parse_rule(row["rule"], row["parameters"], kinds)
    except ValueError as error:
        raise ValueError(f"{row['code']}: {error}") from error
    fields["citation"] = {"clause": row["clause"], "quote": texts["condition"] or row["name"]}
    fields["groups"] = split(row.get("groups"))
    fields["items"] = [read_indicator(item, rows, kinds) for item in items]
    return Indicator.model_validate(fields | texts)


def to_parameters(cell: str | None) -> dict[str, str]:
    """Split the column ``parameters``, written ``key=value; key=value``."""
    pairs = (each.partition("=") for each in split(cell))
    return {key.strip(): value.strip() for key, _, value in pairs if key.strip()}


def split(cell: str | None) -> list[str]:
    """Split a cell that holds several values, separated by ``;``."""
    return [each.strip() for each in (cell or "").split(";") if each.strip()]
