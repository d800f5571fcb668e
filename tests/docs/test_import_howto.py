"""The how-to of importing an annex is followed to the letter, and does what it says."""

from __future__ import annotations

import csv

from documents import DOCS

HOW_TO = DOCS / "how-to" / "import-an-annex.md"


def test_every_command_does_what_the_page_shows(ran):
    commands, _ = ran(HOW_TO)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)


def test_the_table_holds_what_the_annex_of_the_page_does(ran):
    _, folder = ran(HOW_TO)
    path = folder / "dti-minhhoa" / "dti_minhhoa" / "data" / "indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["parent"], row["max_points"]) for row in csv.DictReader(file)]
    assert rows == [
        ("I.1", "", "10"),
        ("I.2", "", "10"),
        ("I.3", "", "10"),
        ("I.3.a", "I.3", "4"),
        ("I.3.b", "I.3", "6"),
        ("II.1", "", "12.5"),
        ("II.2", "", "7.5"),
    ]
