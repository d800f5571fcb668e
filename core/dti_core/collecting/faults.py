"""From a wrong row to the message: what is wrong there, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from dti_core.errors import Problem
from dti_core.models import Detail, ExclusionPolicy, Framework
from dti_core.numbers import ONE
from dti_core.rules.base import shown

if TYPE_CHECKING:
    import polars as pl

LONG: Final = re.compile(r"[+-]?0*[1-9][0-9]{14,}([.,][0-9]+)?")
NAMES: Final = {"limit": "max_points"}
"""What messages call a column."""

DECIMAL_COMMA: Final = re.compile(r"[+-]?[0-9]+,[0-9]+")


@dataclass(frozen=True, slots=True)
class Check:
    """A row is wrong where ``wrong`` is true; ``shows`` are the columns that the message names."""

    key: str
    column: str
    wrong: pl.Expr
    shows: tuple[str, ...] = ()


def problem(
    key: str, column: str, shows: Sequence[str], row: Mapping[str, Any], framework: Framework
) -> Problem:
    """Describe one fault of a row; ``shows`` are the columns that the message names."""
    values = {NAMES.get(name, name.removeprefix("raw_")): _shown(name, row[name]) for name in shows}
    if key == "unread":
        key = _unread(column, row)
        values |= {"given": values[column], "largest": _shown("largest", row["largest"])}
    elif key == "fact.unknown-indicator":
        values["close"] = _close(row["indicator"], framework)
    elif key == "fact.unit-differs":
        values["given"] = row[column]
    elif key == "fact.status":
        statuses = [f"{each.code} ({each.name})" for each in framework.statuses]
        values["known"] = ", ".join((*allowed(framework), *statuses)) or "—"
    elif key == "fact.own-decimals":
        values["decimals"] = framework.point_decimals
    elif key in {"fact.exclusion-refused", "fact.replacement-refused"}:
        values |= _policy(framework)
    return Problem(key, values, row["file"], row["row"], column)


def allowed(framework: Framework) -> list[str]:
    """Return how a row may say that an indicator is not assessed as it stands."""
    policy = framework.exclusion.policy if framework.exclusion else ExclusionPolicy.DEDUCT
    if policy is ExclusionPolicy.REFUSED:
        return []
    more = {
        "replaced": policy is ExclusionPolicy.DEDUCT_OR_REPLACE,
        "reduced": framework.detail is Detail.DIMENSIONS,
    }
    return ["na", *(status for status, may in more.items() if may)]


def _policy(framework: Framework) -> dict[str, object]:
    """Name the clause that allows no more, and its reason."""
    if framework.exclusion is None:
        return {"clause": framework.decision.number, "why": ""}
    return {"clause": framework.exclusion.citation.clause, "why": framework.exclusion.why}


def _unread(column: str, row: Mapping[str, Any]) -> str:
    """Say why a cell cannot be read."""
    given = str(row[f"raw_{column}"])
    kind = row["accepts"] if column == "value" else "number"
    if column == "reported_at" or kind == "date":
        return "fact.not-date"
    if kind == "yes_no":
        return "fact.not-yes-no"
    if DECIMAL_COMMA.fullmatch(given) and not row["comma"]:
        return "fact.decimal-comma"
    return "fact.too-large" if LONG.fullmatch(given) else "fact.not-number"


def _shown(name: str, value: object) -> object:
    if name == "largest" and isinstance(value, int):
        return value // ONE
    return shown(value) if name == "limit" and isinstance(value, int) else value


def _close(code: str, framework: Framework) -> str:
    """Suggest the sub-items of a parent, or the codes that look alike."""
    for indicator in framework.indicators:
        if indicator.items and indicator.code == code:
            return ", ".join(leaf.code for leaf in indicator.leaves())
    codes = [leaf.code for _, leaf in framework.leaves]
    codes += [each.code for each in framework.information]
    return ", ".join(get_close_matches(code, codes, 3) or [f"{codes[0]} … {codes[-1]}"])
