"""One mutant before the conformance suite, in a process that has met no other."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gathering import package_of
from mutants import Mutant

from dti_core.conformance.check import Check
from dti_core.conformance.run import Outcome, run_check
from dti_core.conformance.subject import Subject, find_subject
from dti_core.conformance.suite import CHECKS

FIRST: Final = ("identity.loads", "structure.registers", "worked_examples", "citations", "calendar")
LAST: Final = ("collection", "determinism", "purity")
"""What is asked first and last: cheap checks that catch much, and those that cost most."""

OF_CODE: Final = ("determinism.surroundings", "purity")
"""Watched in processes of their own, where a change of data alone makes no difference: no cell of a
table reads a clock. Only mutants of Python are asked these."""

LOADING: Final = {"identity.loads", "structure.registers"}
"""What these two catch could not be loaded."""

CASES: Final = 10
"""Generated cases of a check: a mutant is caught by fewer than an honest plugin is asked."""

SECONDS: Final = 120
"""A mutant that has not answered by then hangs, and is caught."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a mutant: the check that caught it and its fault, "" where none did."""

    mutant: Mutant
    caught_by: str = ""
    fault: str = ""

    @property
    def at_loading(self) -> bool:
        """Whether the plugin could not even be loaded."""
        return self.caught_by in LOADING


def ordered(mutant: Mutant) -> list[Check]:
    """Return the checks of the suite in the order in which a mutant meets them."""
    is_code = mutant.file.endswith(".py")
    asked = (one for one in CHECKS if is_code or not {one.id, one.family} & {*OF_CODE})
    return sorted(asked, key=_turn)


def _turn(check: Check) -> int:
    for turn, name in enumerate(FIRST):
        if name in {check.id, check.family}:
            return turn - len(FIRST)
    return int(check.family in LAST)


def attempt(mutant: Mutant) -> Trial:
    """Install a mutant in front of the plugin and ask every check until one fails.

    Leaves its marks on the process: to be called once in each.
    """
    warnings.simplefilter("ignore")  # a mutant may be bad style, which is not what is wrong with it
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        _install(mutant, Path(folder))
        trial = _examined(mutant, find_subject(mutant.plugin, CASES))
        signal.alarm(0)
        return trial


def _give_up(*_: Any) -> None:
    raise TimeoutError(f"no answer after {SECONDS} seconds")


def _install(mutant: Mutant, folder: Path) -> None:
    original = package_of(mutant.plugin)
    copy = folder / original.name
    shutil.copytree(original, copy, ignore=shutil.ignore_patterns("__pycache__"))
    mutant.write(copy)
    sys.path.insert(0, str(folder))
    paths = (str(folder), os.environ.get("PYTHONPATH", ""))
    os.environ["PYTHONPATH"] = os.pathsep.join(each for each in paths if each)


def _examined(mutant: Mutant, subject: Subject) -> Trial:
    for check in ordered(mutant):
        result = run_check(subject, check)
        if result.outcome is Outcome.FAILED:
            return Trial(mutant, check.id, result.faults[0])
    return Trial(mutant)
