"""Running the checks on one plugin: every door goes through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dti_core.conformance.check import Check
from dti_core.conformance.deviations import Deviation
from dti_core.conformance.subject import Subject

MOST: Final = 20
"""How many faults of one check are told; the others are counted."""


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    DECLARED = "declared"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """One check with its outcome, and a sentence for each fault."""

    check: Check
    outcome: Outcome
    faults: tuple[str, ...] = ()
    deviation: Deviation | None = None
    could_run: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one run on one plugin."""

    plugin: str
    distribution: str
    version: str
    results: tuple[Result, ...]
    collected: int

    def count(self, outcome: Outcome) -> int:
        """Count the checks that ended so."""
        return sum(each.outcome is outcome for each in self.results)

    @property
    def passed(self) -> bool:
        """Whether the plugin conforms: something ran, and nothing failed."""
        return bool(self.results) and not self.count(Outcome.FAILED)

    @property
    def summary(self) -> str:
        """The last line of every report."""
        ran = sum(each.could_run for each in self.results)
        passed, declared = self.count(Outcome.PASSED), self.count(Outcome.DECLARED)
        failed = self.count(Outcome.FAILED)
        return f"{ran}/{self.collected} ran, {passed} passed, {declared} declared, {failed} failed"


def run_checks(subject: Subject, checks: Sequence[Check]) -> Report:
    """Run checks on a plugin, whatever happens in one of them."""
    listed = subject.listed
    results = tuple(run_check(subject, each) for each in checks)
    return Report(subject.name, listed.distribution, listed.version, results, len(checks))


def run_check(subject: Subject, each: Check) -> Result:
    """Run one check; a declared deviation that passes is a failure."""
    try:
        faults, could_run = tuple(_first(each.find(subject))), True
        declared = {one.check: one for one in subject.deviations}.get(each.id)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever the plugin raises is a finding
        faults, could_run, declared = (f"{type(error).__name__}: {error}",), False, None
    if declared is not None:
        if faults:
            return Result(each, Outcome.DECLARED, faults, declared)
        unexpected = (f"declared as {declared.state}, but it passes: remove the declaration",)
        return Result(each, Outcome.FAILED, unexpected, declared)
    outcome = Outcome.FAILED if faults else Outcome.PASSED
    return Result(each, outcome, faults, could_run=could_run)


def _first(faults: Iterable[str]) -> Iterator[str]:
    """Yield the first faults, and the number of the others."""
    others = 0
    for number, fault in enumerate(faults):
        if number < MOST:
            yield fault
        else:
            others += 1
    if others:
        yield f"and {others} more"
