"""Operators on ``decision.toml`` that change what a result, a date or a refusal depends on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from mutants import Action, Change, Place

from dti_core.models import MilestoneKind

Law = dict[str, Any]
STEPS: Final = (Decimal(1), Decimal("0.0001"))
"""By how much a figure is moved: by one, and by one ten-thousandth."""

DAYS: Final = {"from": "before", "to": "before", "before": "to", "within_month": "before"}
CHOSEN: Final = {
    ("rankings", "scope"): ("level", "group", "none"),
    ("rankings", "ties"): ("competition", "dense"),
    ("rankings", "from_annex"): (True, False),
    ("statuses", "ranked"): (True, False),
    ("statuses", "late"): (True, False),
    ("tiers", "lower_closed"): (True, False),
    ("milestones", "kind"): tuple(map(str, MilestoneKind)),
}
"""What stands at a key of a table, in the order in which the next one is taken."""


def entries(law: Law, *tables: str) -> Iterator[tuple[Place, Law]]:
    """Yield the rows of tables, each with its place."""
    for table in tables:
        yield from (((table, row), each) for row, each in enumerate(law.get(table, [])))


def plus(text: str, step: Decimal) -> str:
    """Move a figure written as decimal text."""
    return str(Decimal(text) + step)


def next_day(day: str) -> str:
    """Write the day after ``31/01`` or after ``2024-01-31``."""
    if "-" in day:
        return str(dt.date.fromisoformat(day) + dt.timedelta(1))
    date = dt.date(2023, int(day[3:]), int(day[:2])) + dt.timedelta(1)
    return f"{date:%d/%m}"


def following(known: tuple[Any, ...], value: Any) -> Any:
    """Return the value after another one, the first after the last."""
    return known[(known.index(value) + 1) % len(known)]


def is_day(value: object) -> bool:
    """Tell a day from other texts."""
    return isinstance(value, str) and re.fullmatch(r"\d\d/\d\d|\d{4}-\d\d-\d\d", value) is not None


def maxima(law: Law) -> Iterator[Change]:
    """Move the maximum of a level or a main indicator, or exchange it with the next one's."""
    found = [each for each in entries(law, "levels", "dimensions") if "max_points" in each[1]]
    for place, each in found:
        for step in STEPS:
            yield Change((*place, "max_points"), plus(each["max_points"], step))
    for (place, one), (other_place, other) in pairwise(found):
        same = place[0] == other_place[0] and one.get("levels") == other.get("levels")
        if same and one["max_points"] != other["max_points"]:
            yield Change((*place, "max_points"), (*other_place, "max_points"), Action.SWAP)


def counts(law: Law) -> Iterator[Change]:
    """Declare one more main indicator or indicator, or tell another figure in a discrepancy."""
    for place, each in entries(law, "levels", "dimensions", "discrepancies"):
        for key in ("dimensions", "indicators", "declared_value", "found_value"):
            if key in each:
                value = each[key]
                yield Change((*place, key), plus(value, STEPS[0]) if _is_text(value) else value + 1)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def thresholds(law: Law) -> Iterator[Change]:
    """Move the lower bound of a tier."""
    for place, each in entries(law, "tiers"):
        yield from (Change((*place, "lower"), plus(each["lower"], step)) for step in STEPS)


def choices(law: Law) -> dict[str, Iterator[Change]]:
    """Take the next of the values that a key knows, by operator."""
    named = {"side": "tiers", "ranking": "rankings", "status": "statuses", "kind": "milestones"}
    return {operator: _chosen(law, table) for operator, table in named.items()}


def _chosen(law: Law, table: str) -> Iterator[Change]:
    for place, each in entries(law, table):
        for (owner, key), known in CHOSEN.items():
            if owner == table and each.get(key) in known:
                yield Change((*place, key), following(known, each[key]))


def overrides(law: Law) -> Iterator[Change]:
    """Put a status into another tier."""
    names = tuple(each["name"] for each in law.get("tiers", []))
    for place, each in entries(law, "overrides"):
        yield Change((*place, "tier"), following(names, each["tier"]))


def level_columns(law: Law) -> Iterator[Change]:
    """Take a row from a level that it is about, or give it to one that it is not about."""
    own = [each["level"] for each in law["levels"]]
    for place, each in _with_levels(law):
        mine = each.get("levels") or own
        for level in own:
            kept = [one for one in own if (one in mine) != (one == level)]
            if kept:
                yield Change((*place, "levels"), kept)


def _with_levels(law: Law) -> Iterator[tuple[Place, Law]]:
    for table in law:
        if isinstance(law[table], list) and table != "levels":
            yield from entries(law, table)


def dates(law: Law) -> Iterator[Change]:
    """Move a date by one day, a year by one."""
    for key, value in law["decision"].items():
        if isinstance(value, dt.date):
            yield Change(("decision", key), value + dt.timedelta(1))
        elif isinstance(value, int):
            yield Change(("decision", key), value + 1)
    for table in ("supersedes", "implements"):
        for row, each in enumerate(law["decision"].get(table, [])):
            yield Change(("decision", table, row, "date"), each["date"] + dt.timedelta(1))
    for place, each in entries(law, "milestones"):
        if is_day(each.get("date")):
            yield Change((*place, "date"), next_day(each["date"]))


def year_offsets(law: Law) -> Iterator[Change]:
    """Put a milestone into the next year."""
    for place, each in entries(law, "milestones"):
        if "date" in each and isinstance(each.get("year_offset", 0), int):
            yield Change((*place, "year_offset"), each.get("year_offset", 0) + 1)


def days(law: Law) -> Iterator[Change]:
    """Let the day of a milestone count where it did not, and the other way round."""
    for place, each in entries(law, "milestones"):
        if each.get("day") in DAYS:
            yield Change((*place, "day"), DAYS[each["day"]])


def options(law: Law) -> Iterator[Change]:
    """Put another option in force; give an option the meaning of the next; move what it means."""
    for place, each in entries(law, "interpretations"):
        found = each["options"]
        for option in found:
            if option["id"] != each["in_force"]:
                yield Change((*place, "in_force"), option["id"])
        for row, option in enumerate(found):
            where = (*place, "options", row, "value")
            if "value" in option and "value" in found[row - 1]:
                yield Change(where, (*place, "options", row - 1, "value"), Action.SWAP)
            if is_day(option.get("value")):
                yield Change(where, next_day(option["value"]))
            elif isinstance(option.get("value"), int):
                yield Change(where, option["value"] + 1)


def references(law: Law) -> Iterator[Change]:
    """Write what a reading means in the place of ``@ID``, so that choosing has no effect."""
    known = {each["id"]: _meaning(each) for each in law.get("interpretations", [])}
    for place, value in leaves(law):
        if isinstance(value, str) and value.startswith("@"):
            yield Change(place, known[value[1:]])


def _meaning(interpretation: Law) -> Any:
    mine = next(e for e in interpretation["options"] if e["id"] == interpretation["in_force"])
    return mine.get("value", mine["id"])


def leaves(data: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every value that holds no others, with its place."""
    steps = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in steps:
        if isinstance(value, dict | list):
            yield from leaves(value, (*place, step))
        else:
            yield (*place, step), value


def policies(law: Law) -> Iterator[Change]:
    """Drop a policy, or take the next kind of exclusion."""
    for key in ("exclusion", "evidence", "appraiser"):
        if isinstance(law.get(key), dict):
            yield Change((key,), action=Action.DROP)
    yield from (Change(("policies", key), action=Action.DROP) for key in law["policies"])
    known = ("refused", "deduct", "deduct_or_replace")
    if law.get("exclusion", {}).get("policy") in known:
        place = ("exclusion", "policy")
        yield Change(place, following(known, law["exclusion"]["policy"]))


def annexes(law: Law) -> Iterator[Change]:
    """Name the annex or the sample data of another level."""
    found = list(entries(law, "levels"))
    for (place, one), (_, other) in pairwise(found):
        for key in ("illustrative", "annex"):
            if key in one and key in other:
                yield Change((*place, key), other[key])


FIGURES: Final = {
    "maximum": maxima,
    "count": counts,
    "threshold": thresholds,
    "side": lambda law: choices(law)["side"],
    "ranking": lambda law: choices(law)["ranking"],
    "status": lambda law: (*choices(law)["status"], *overrides(law)),
    "kind": lambda law: choices(law)["kind"],
    "level": level_columns,
    "date": dates,
    "year offset": year_offsets,
    "day": days,
    "option": options,
    "reference": references,
    "policy": policies,
    "annex": annexes,
}
