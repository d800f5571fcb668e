"""The how-to of annexes is followed to the letter, and its table names every column."""

from __future__ import annotations

from documents import DOCS
from python_calamine import CalamineWorkbook

from dti_core.annex.table import COLUMNS, OPTIONAL

HOW_TO = DOCS / "how-to" / "bring-an-annex.md"


def test_every_command_does_what_the_page_shows(ran):
    commands, _ = ran(HOW_TO)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)


def test_the_form_that_the_page_writes_can_be_opened(ran):
    _, folder = ran(HOW_TO)
    book = CalamineWorkbook.from_path(folder / "annex.xlsx")
    rows = book.get_sheet_by_index(0).to_python()
    assert (tuple(rows[0]), len(rows)) == (COLUMNS, 8)


def test_every_column_is_explained():
    text = HOW_TO.read_text(encoding="utf-8")
    assert [name for name in (*COLUMNS, *OPTIONAL) if f"`{name}`" not in text] == []
