"""A clerk who fills in forms: types the illustrative facts into each, in another spreadsheet."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from spreadsheet import FORM, Spreadsheet

from dti_core.messages import text

CELLS = (
    *("value", "denominator", "points", "reason", "max_points", "replacement"),
    *("evidence", "explanation"),
)


@dataclass(frozen=True)
class Clerk:
    """Knows the illustrative facts of one plugin at one level."""

    plugin: str
    level: str

    @property
    def folder(self) -> Path:
        return Path(str(files(f"dti_{self.plugin}"))) / "data" / "illustrative"

    @property
    def annex(self) -> Path | None:
        path = self.folder / f"annex-{self.level}.csv"
        return path if path.exists() else None

    @cached_property
    def rows(self) -> dict[str, list[dict[str, str]]]:
        """The rows of each unit, as tidy input."""
        found = defaultdict(list)
        with (self.folder / f"{self.level}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found[row["unit"]].append(row)
        return dict(found)

    @property
    def statuses(self) -> dict[str, str]:
        """The status of each unit that has one."""
        rows = (row for rows in self.rows.values() for row in rows)
        return {row["unit"]: row["status"] for row in rows if not row["indicator"]}

    def write_units(self, path: Path) -> Path:
        """Write the list of units for ``dti unit import``."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["unit", "unit_name", "level", "group"])
            for unit, rows in self.rows.items():
                name = next((row["unit_name"] for row in rows if row.get("unit_name")), unit)
                group = next((row["group"] for row in rows if row.get("group")), "")
                writer.writerow([unit, name, self.level, group])
        return path

    def fill(self, path: Path, *, explains: bool = True) -> None:
        """Type what is known of a unit into its form, and save it as another program does.

        ``explains``: where there is no evidence, a word says why.
        """
        unit = path.name.removesuffix("-self.xlsx")
        form = Spreadsheet(path.read_bytes())
        for row in self.rows[unit]:
            if row["indicator"]:
                self._type(form, row, explains=explains)
        path.write_bytes(form.saved())

    def _type(self, form: Spreadsheet, row: dict[str, str], *, explains: bool) -> None:
        code = row["indicator"]
        if f"information {code}" in form.rows:
            place = (form.rows[f"information {code}"], form.columns["value"])
            form.model.update_cell_with_text(FORM, *place, row["value"])
            return
        cells = {name: _typed(row.get(name) or "") for name in CELLS}
        if row.get("status"):
            cells["status"] = text(f"form.status.{row['status']}")
        elif explains and not cells["evidence"] and not cells["explanation"]:
            cells["explanation"] = "Chưa có văn bản (minh hoạ)"
        given = {name: each for name, each in cells.items() if each != ""}
        form.enter(code, **given)


def _typed(given: str) -> object:
    """A person types a number as one; everything else is text."""
    words = {"true": "Có", "false": "Không"}
    try:
        return float(given)
    except ValueError:
        return words.get(given, given)
