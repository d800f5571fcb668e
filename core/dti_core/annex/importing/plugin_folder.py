"""The folder of a plugin: its decision, and the table that an annex goes into."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from dti_core.annex.importing.annex import Imported
from dti_core.annex.importing.clauses import unlisted
from dti_core.annex.importing.entries import Entry
from dti_core.annex.importing.target import Target
from dti_core.errors import usage_error
from dti_core.lawfiles.readings import choose, meanings
from dti_core.lawfiles.rows import read_rows

DECISION: Final = "decision.toml"
INDICATORS: Final = "indicators.csv"
EXAMPLE: Final = "dòng ví dụ"
"""Stands in the notes of the rows that the template of new plugins brings."""

TO_FILL_IN: Final = "ĐIỀN:"
FIRST: Final = (
    "code",
    "parent",
    "dimension",
    "name",
    "action",
    "condition",
    "evidence",
    "appraiser",
)
LAST: Final = ("rule", "parameters", "clause", "note")
OPTIONAL: Final = ("appraiser", "groups")
"""Columns that stand only in a table that needs them."""


@dataclass(frozen=True)
class PluginFolder:
    """The data of one decision in the folder of a plugin."""

    path: Path

    @cached_property
    def law(self) -> dict[str, Any]:
        """What ``decision.toml`` says.

        :raises UsageError: it cannot be read.
        """
        try:
            return tomllib.loads(self.text)
        except (ValueError, OSError) as error:
            raise usage_error("usage.import-decision", path=self.decision, error=error) from error

    @property
    def decision(self) -> Path:
        """The file of the decision."""
        return self.path / DECISION

    @property
    def indicators(self) -> Path:
        """The file of the table."""
        return self.path / INDICATORS

    @cached_property
    def text(self) -> str:
        """The text of ``decision.toml``."""
        return self.decision.read_text(encoding="utf-8")

    @cached_property
    def target(self) -> Target:
        """What the table has to fit.

        :raises UsageError: ``decision.toml`` cannot be read.
        """
        try:
            return _target(self.law)
        except (KeyError, TypeError, ValueError) as error:
            raise usage_error("usage.import-decision", path=self.decision, error=error) from error

    @cached_property
    def entries(self) -> list[Entry]:
        """The rows that stand in the table already, without those of the template.

        :raises UsageError: the table cannot be read.
        """
        if not self.indicators.exists():
            return []
        try:
            rows = list(read_rows(self.indicators))
        except (ValueError, OSError) as error:
            path = self.indicators
            raise usage_error("usage.import-table", path=path, error=error) from error
        if rows and not {"code", "name", "note"} <= set(rows[0]):
            raise usage_error("usage.import-table", path=self.indicators, error="code, name, note")
        return [row for row in rows if EXAMPLE not in row["note"]]

    def as_csv(self, entries: Sequence[Entry]) -> bytes:
        """Write rows as the text of the table."""
        used = [name for name in OPTIONAL if any(each.get(name) for each in entries)]
        columns = known = [*FIRST, "groups", "max_points", *self.target.levels, *LAST]
        columns = [name for name in columns if name not in OPTIONAL or name in used]
        columns += dict.fromkeys(name for row in entries for name in row if name not in known)
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, columns, "", "ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(entries)
        return buffer.getvalue().encode()

    def missing_dimensions(self, imported: Imported) -> str:
        """Return the main indicators that ``decision.toml`` does not name, as it has to."""
        blocks = [
            f"[[dimensions]]\ncode = {_quoted(each.code)}\n"
            f"name = {_quoted(each.name or f'{TO_FILL_IN} tên chỉ số chính')}\n"
            f"clause = {_quoted(each.clause)}\n"
            for each in imported.mains
            if not self.target.dimensions.get(each.code)
        ]
        return "\n".join(blocks)

    def missing_clauses(self, imported: Imported) -> str:
        """Return the clauses that ``decision.toml`` does not list, as it has to."""
        names = {each.clause: each.name for each in imported.mains}
        cited = [*names, *(each["clause"] for each in imported.entries)]
        found = list(unlisted(cited, self.target.clauses))
        whole = [each for each in found if not any(each.startswith(f"{one}.") for one in found)]
        titles = names if len(names) == len(imported.mains) else {}
        return "\n".join(
            f"    {{ id = {_quoted(each)}, title = "
            f"{_quoted(titles.get(each) or f'{TO_FILL_IN} tên của phần này')} }},"
            for each in whole
        )

    @property
    def placeholder(self) -> int | None:
        """The line of a main indicator that is still to be filled in."""
        table = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            table = line.strip() if line.startswith("[") else table
            if table == "[[dimensions]]" and TO_FILL_IN in line:
                return number
        return None


def _quoted(text: str) -> str:
    """Write a TOML string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def find_folder(directory: Path) -> PluginFolder:
    """Find the data of the one decision in the folder of a plugin.

    :raises UsageError: there is none, or there are several.
    """
    inside = (f"data/{DECISION}", f"*/data/{DECISION}", f"*/data/*/{DECISION}")
    patterns = (DECISION, *inside, f"src/*/data/{DECISION}")
    found = [path.parent for each in patterns for path in sorted(directory.glob(each))]
    if not found:
        raise usage_error("usage.import-no-plugin", directory=directory)
    if len(found) > 1:
        folders = ", ".join(map(str, found))
        raise usage_error("usage.import-decisions", directory=directory, folders=folders)
    return PluginFolder(found[0])


def _target(law: Mapping[str, Any]) -> Target:
    named = {str(each["code"]): str(each["name"]) for each in law.get("dimensions", [])}
    readings = choose(law.get("interpretations", []), {})
    return Target(
        levels=[str(each["level"]) for each in law["levels"]],
        dimensions={code: "" if TO_FILL_IN in name else name for code, name in named.items()},
        clauses=[str(each["id"]) for each in law["decision"]["clauses"]],
        readings=meanings(each for _, each in readings),
    )
