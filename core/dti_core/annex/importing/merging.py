"""The rows of a file into the table that is there: levels come one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from dti_core.annex.importing.entries import Entry
from dti_core.annex.importing.plugin_folder import PluginFolder
from dti_core.errors import Problem, usage_error
from dti_core.rules import SumOf

SAME = (
    *("code", "parent", "dimension", "name", "action", "condition", "evidence", "appraiser"),
    *("groups", "max_points", "clause"),
)
"""What two rows have in common that are one row for several levels."""


def merge(
    folder: PluginFolder, entries: Sequence[Entry], levels: Sequence[str], *, force: bool
) -> tuple[list[Entry], list[Problem]]:
    """Put rows into the table of a plugin, and tell what stands apart though it has one name.

    What a row of the table says of its rule stays. The rows of other levels are never touched.

    :param levels: the levels that the rows are for.
    :param force: replace what the table holds for these levels.
    :raises UsageError: the table holds rows for one of these levels.
    """
    kept = [dict(each) for each in folder.entries]
    held = [each for each in levels if any(row.get(each) for row in kept)]
    if held and not force:
        path, named = folder.indicators, ", ".join(held)
        raise usage_error("usage.import-not-empty", path=path, levels=named, rows=len(kept))
    for row in kept:
        row.update(dict.fromkeys(levels, ""))
    rows = [row for row in kept if any(row.get(each) for each in folder.target.levels)]
    problems = []
    place = 0
    for entry in entries:
        found = next((at for at, row in enumerate(rows) if _same(row, entry)), None)
        if found is not None:
            rows[found].update({level: "x" for level in levels if entry.get(level)})
            place = found + 1
            continue
        problems += _apart(rows, entry, levels, folder)
        rows.insert(place, entry)
        place += 1
    return rows, problems


def _same(row: Entry, entry: Entry) -> bool:
    is_sum = (row.get("rule") == SumOf.kind, entry.get("rule") == SumOf.kind)
    return is_sum[0] == is_sum[1] and not _differing(row, entry)


def _differing(row: Entry, entry: Entry) -> list[str]:
    return [name for name in SAME if (row.get(name) or "") != (entry.get(name) or "")]


def _apart(
    rows: Sequence[Entry], entry: Entry, levels: Sequence[str], folder: PluginFolder
) -> list[Problem]:
    """Tell of a row with the same code and name that differs in something else."""
    for row in rows:
        mine = [each for each in levels if row.get(each)]
        if (row["code"], row["name"]) == (entry["code"], entry["name"]) and not mine:
            columns = ", ".join(_differing(row, entry)) or "rule"
            values = {"code": entry["code"], "columns": columns}
            return [Problem("annex.import-apart", values, str(folder.indicators))]
    return []
