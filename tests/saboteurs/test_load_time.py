"""Saboteurs that lie before they are imported, as real wheels in environments of their own."""

from __future__ import annotations

import json

import lies_words
import pytest
from sabotage import HONESTY, copy

REAL = (*(each for each in lies_words.IDENTITY if each.stops), *lies_words.PACKAGING)
REAL = (HONESTY, *(each for each in REAL if not each.after))


def checked(each, environment, tmp_path):
    """Install a saboteur as a user does and return what ``dti check`` says of it."""
    environment.install(copy(tmp_path / "project", each.edits))
    done = environment.run("dti", "check", each.plugin, "--format", "json")
    assert done.returncode == (each is not HONESTY), done.stderr
    return json.loads(done.stdout)["checks"]


@pytest.mark.parametrize("each", REAL, ids=str)
def test_an_installed_saboteur_fails_what_it_declares(each, make_throwaway, tmp_path):
    results = checked(each, make_throwaway("saboteur"), tmp_path)
    failed = {one["id"] for one in results if one["outcome"] == "failed" and one["could_run"]}
    assert failed == each.fails
    assert all(one["could_run"] for one in results) is not each.stops
