"""The suite as pytest tests, one for each check.

``pytest --pyargs dti_core.conformance --dti-plugin NAME``; or, in a plugin's own tests, one line:
``from dti_core.conformance.test_conformance import *``, which finds the plugin's name in the
``pyproject.toml`` above the tests.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from dti_core.conformance.check import Check
from dti_core.conformance.door import OPTION
from dti_core.conformance.run import Outcome, run_check
from dti_core.conformance.subject import Subject, find_subject
from dti_core.conformance.suite import CHECKS
from dti_core.loader import GROUP

__all__ = ["dti_subject", "test_conformance"]


@cache
def _subject(name: str) -> Subject:
    return find_subject(name)


def _own_name(path: Path) -> str | None:
    """Return the plugin that the project around the tests names; None where there is none."""
    for folder in path.parents:
        if (folder / "pyproject.toml").exists():
            project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
            points = project.get("project", {}).get("entry-points", {})
            return next(iter(points.get(GROUP, {})), None)
    return None


@pytest.fixture
def dti_subject(request: pytest.FixtureRequest) -> Subject:
    """Find the plugin that ``--dti-plugin`` names."""
    name = request.config.getoption(OPTION) or _own_name(request.path)
    if not name:
        pytest.fail(f"name the plugin: pytest --pyargs dti_core.conformance {OPTION} NAME")
    return _subject(name)


@pytest.mark.parametrize("check", CHECKS, ids=[each.id for each in CHECKS])
def test_conformance(check: Check, dti_subject: Subject) -> None:
    """One check of the suite holds for the plugin."""
    result = run_check(dti_subject, check)
    if result.outcome is Outcome.FAILED:
        pytest.fail("\n".join((check.title, check.why, *result.faults)), pytrace=False)
    if result.outcome is Outcome.DECLARED and result.deviation:
        pytest.xfail(f"{result.deviation.state}: {result.deviation.reason}")
