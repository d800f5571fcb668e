"""The how-to is followed to the letter: files written, package built, installed, units ranked."""

from __future__ import annotations

import tomllib

import pytest
from documents import DOCS, ROOT, blocks

HOW_TO = DOCS / "how-to" / "write-a-plugin.md"
DECISIONS = sorted(ROOT.glob("plugins/*/*/data/**/decision.toml"))


def test_every_command_does_what_the_page_shows(ran):
    commands, _ = ran(HOW_TO)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)


def test_the_plugin_is_installed_as_a_distribution_with_its_data(ran):
    """What was run is the built package, not the folder it was written in."""
    _, folder = ran(HOW_TO)
    installed = {
        each.relative_to(each.parents[3]).as_posix()
        for each in folder.glob(".venv/lib/*/site-packages/dti_minhhoa/data/*/*")
    }
    wanted = {
        f"dti_minhhoa/data/{decision}/{file}"
        for decision in ("xa-2024", "xa-2025")
        for file in ("decision.toml", "indicators.csv")
    }
    assert installed == wanted | {"dti_minhhoa/data/huyen-2024/decision.toml"}


def test_every_file_of_the_page_is_written_once():
    written = [block.says["file"] for block in blocks(HOW_TO) if "file" in block.says]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.parents[1].name)
def test_every_key_that_a_decision_uses_is_explained(decision):
    """The how-to is the reference of decision.toml: no plugin uses what it does not name."""
    law = tomllib.loads(decision.read_text(encoding="utf-8"))
    used = {(table, key) for table, entries in law.items() for key in _keys(entries)}
    rows = {line.split("|")[1].strip(" []`"): line for line in _table()}
    unexplained = {(table, key) for table, key in used if f"`{key}`" not in rows.get(table, "")}
    assert not unexplained


def _keys(entries):
    tables = entries if isinstance(entries, list) else [entries]
    return {key for each in tables for key in each}


def _table():
    lines = HOW_TO.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| `[")]
