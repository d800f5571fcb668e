"""A whole year by files only, for every decision, on both databases."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest
from clerk import Clerk


@dataclass(frozen=True)
class Year:
    """A cycle, the day on which all is done, and the steps from submission to publication."""

    plugin: str
    level: str
    year: int
    today: str
    rounds: int = 1
    excluded: dict[str, str] = field(default_factory=dict)

    @property
    def which(self) -> tuple[object, ...]:
        return "--plugin", self.plugin, "--level", self.level, "--year", self.year


YEARS = [
    Year("hue", "so", 2024, "2024-11-20"),
    Year("hue", "huyen", 2025, "2025-11-20"),
    Year("hue", "xa", 2024, "2024-11-20"),
    Year("hatinh", "so", 2024, "2024-11-10"),
    Year("hatinh", "xa", 2024, "2024-11-10"),
    Year("moduc", "xa", 2024, "2024-10-01", rounds=2),
    Year("moduc", "huyen", 2024, "2024-10-01", rounds=2),
    Year("haiduong", "so", 2023, "2024-01-20"),
    Year("haiduong", "huyen", 2023, "2024-01-20"),
    Year("nghean", "so", 2023, "2023-12-01"),
    Year("nghean", "huyen", 2023, "2023-12-01"),
    Year("nghean", "xa", 2023, "2023-12-01"),
]


class Office:
    """Whoever runs the commands of a year, on one database."""

    def __init__(self, dti, url: str, year: Year) -> None:
        self.dti, self.url, self.year = dti, url, year

    def do(self, *arguments: object, who: str | None = None, today: str | None = None):
        by = () if who is None else ("--who", who)
        day = ("--today", today or self.year.today)
        ran = self.dti(*arguments, *day, *by, url=self.url)
        assert ran.code == 0, ran.err + ran.out
        return ran


def units_in(result: str) -> list[dict[str, object]]:
    """The units of a result; the clerk explains what the illustrative facts leave bare."""
    units = json.loads(result)["units"]
    return [{key: each[key] for key in each if key != "without_evidence"} for each in units]


@pytest.mark.parametrize("year", YEARS, ids=lambda each: f"{each.plugin}-{each.level}")
def test_a_year_from_opening_to_publication(year, dti, url, tmp_path):
    """What the council leaves alone is published exactly as the facts alone evaluate."""
    clerk, office = Clerk(year.plugin, year.level), Office(dti, url, year)
    annex = ("--annex", clerk.annex) if clerk.annex else ()
    office.do("unit", "import", clerk.write_units(tmp_path / "units.csv"), who="A")
    office.do("cycle", "open", *year.which, *annex, who="A")
    forms = tmp_path / "forms"
    office.do("form", "export", "--all", "-d", forms)
    for each in forms.iterdir():
        clerk.fill(each)
    office.do("form", "import", forms, "--commit", who="A")
    office.do("form", "release", "--all", who="B")
    office.do("cycle", "advance", who="C")
    for unit, status in clerk.statuses.items():
        office.do("appraise", unit, "--status", status, "--why", "minh hoạ", who="C")
    office.do("cycle", "advance", "--accept-rest", who="C")
    if year.rounds == 2:
        office.do("cycle", "advance", "--why", "không đơn vị nào giải trình", who="C")
        office.do("cycle", "advance", who="C")
    published = office.do("cycle", "publish", "--format", "json", who="C")
    alone = ("--input", clerk.folder / f"{year.level}.csv", *annex, "--format", "json")
    assert units_in(published.out) == units_in(dti("evaluate", *year.which, *alone).out)
    assert dti("audit", "verify", url=url).code == 0
