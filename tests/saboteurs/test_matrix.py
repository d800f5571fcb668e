"""The suite is proved: honesty passes, every lie fails what it declares, every check is needed."""

from __future__ import annotations

import os
from collections import Counter

import lies_bounds
import lies_facts
import lies_static
import lies_template
import lies_words
import pytest
from sabotage import Lie, install

from dti_core.conformance.check import Check
from dti_core.conformance.run import Outcome, Report, run_checks
from dti_core.conformance.suite import CHECKS

EVERY_CHECK = "DTI_EVERY_CHECK" in os.environ
"""Ask a liar every check; without it, those of the families in which it lies, which is quick."""

MODULES = (lies_static, lies_bounds, lies_words, lies_facts, lies_template)
LIES = tuple(lie for module in MODULES for lie in module.LIES)


def asked(lie: Lie) -> list[Check]:
    """Return the checks that a liar is asked; one that stops at once is asked them all."""
    families = {each.partition(".")[0] for each in lie.fails}
    return [each for each in CHECKS if EVERY_CHECK or lie.stops or each.family in families]


def told(report: Report) -> str:
    """Write every fault, for whoever reads a failing test."""
    faults = ((each.check.id, fault) for each in report.results for fault in each.faults)
    return "\n".join(f"{check}: {fault}" for check, fault in faults)


def failed(report: Report, *, could_run: bool) -> set[str]:
    found = (each for each in report.results if each.outcome is Outcome.FAILED)
    return {each.check.id for each in found if each.could_run is could_run}


def test_the_honest_plugin_passes_every_check(tmp_path):
    with install(tmp_path) as subject:
        report = run_checks(subject, CHECKS)
    assert report.passed, told(report)
    assert report.count(Outcome.PASSED) == len(CHECKS)


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_a_saboteur_fails_exactly_the_checks_that_it_declares(lie: Lie, tmp_path):
    with install(tmp_path, lie) as subject:
        report = run_checks(subject, asked(lie))
    assert failed(report, could_run=True) == lie.fails, told(report)
    assert bool(failed(report, could_run=False)) is lie.stops, told(report)


def test_every_check_has_a_saboteur():
    caught = {check for lie in LIES for check in lie.fails}
    assert {check.id for check in CHECKS} - caught == set()


def test_no_saboteur_declares_a_check_that_is_not_there():
    caught = {check for lie in LIES for check in lie.fails}
    assert caught - {check.id for check in CHECKS} == set()


def test_every_saboteur_has_a_name_of_its_own():
    assert [name for name, times in Counter(map(str, LIES)).items() if times > 1] == []
