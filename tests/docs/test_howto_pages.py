"""The how-to pages that go on where the tutorial of a new decision ends: followed to the letter."""

from __future__ import annotations

import shutil

import pytest
from documents import CONTINUED, DOCS
from shell_session import run_page

TUTORIAL = DOCS / "tutorial" / "new-decision.md"


@pytest.fixture(scope="module")
def finished(ran, tmp_path_factory):
    """Return the folder in which the tutorial ended, and the plugin as it was then."""
    _, folder = ran(TUTORIAL)
    kept = tmp_path_factory.mktemp("finished") / "dti-vidu"
    shutil.copytree(folder / "dti-vidu", kept)
    return folder, kept


@pytest.mark.parametrize("page", CONTINUED, ids=lambda page: page.stem)
def test_every_command_does_what_the_page_shows(page, finished, libraries):
    folder, kept = finished
    shutil.rmtree(folder / "dti-vidu")
    shutil.copytree(kept, folder / "dti-vidu")
    commands = run_page(page, folder, libraries)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)
