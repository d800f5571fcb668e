"""The tutorial of a whole year, and the how-to pages that go on where it ends: to the letter."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psycopg
import pytest
from documents import OF_A_CYCLE, YEAR
from shell_session import run_page

sys.path.append(str(Path(__file__).parents[1]))

from postgres import server

SERVER = "postgresql://dti@server/dti"
"""What the page calls the address of a database; there is one only while its test runs."""


def test_every_command_of_the_year_does_what_the_page_shows(ran):
    commands, _ = ran(YEAR)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)


def test_the_first_version_stays_as_it_was_published(ran):
    """What was corrected later is not in it: XA-05 is sixth there, and fifth in the second."""
    _, folder = ran(YEAR)
    units = json.loads((folder / "ban-1.json").read_bytes())["units"]
    (unit,) = (each for each in units if each["unit"] == "XA-05")
    assert unit["rankings"]["overall"]["rank"] == 6


@pytest.mark.parametrize("page", OF_A_CYCLE, ids=lambda page: page.stem)
def test_every_command_of_a_page_does_what_it_shows(page, ran, libraries):
    _, folder = ran(YEAR)
    if SERVER in page.read_text(encoding="utf-8"):
        with server() as address:
            commands = run_page(page, folder, libraries, {SERVER: _new_database(address)})
    else:
        commands = run_page(page, folder, libraries)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)


def _new_database(address: str) -> str:
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE dti")
    return address.format("dti")
