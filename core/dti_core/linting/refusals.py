"""What the models refuse, told as findings (DTI001 and whatever other code it is).

A decision whose figures differ without a discrepancy that says so cannot be built, nor can one
with a code that stands twice or tiers that leave a gap. Whoever reads the decision wants to know
the fault of the decision, not that a hook raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from dti_core.errors import PluginMisbehaved, Problem
from dti_core.linting.figures import differs
from dti_core.linting.findings import Finding, Linted
from dti_core.messages import text, visible

LEVEL: Final = re.compile(r"(so|huyen|xa): (.*)", re.DOTALL)
DIFFERENCE: Final = r": (?P<declared>\S+) declared, (?P<found>\S+) found, and no discrepancy .*"
CODED: Final = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("DTI101", r"(?P<subject>dimensions)" + DIFFERENCE),
        ("DTI102", r"(?P<subject>indicators\S*?)" + DIFFERENCE),
        ("DTI103", r"(?P<subject>max_points\S*?)" + DIFFERENCE),
        ("DTI105", r"(?P<subject>.+): the maxima of the sub-items do not add up"),
        ("DTI107", r"dimension (?P<subject>.+) has no indicators"),
        ("DTI201", r"(?:\w+) (?P<subject>.+) stands (?P<times>\d+) times"),
        ("DTI401", r"(?P<subject>the lowest tier) starts at 0 and holds it"),
        ("DTI402", r"(?P<subject>tiers) go from the highest bound to the lowest, .*"),
        ("DTI404", r"an override names no tier: (?P<subject>.+)"),
        ("DTI501", r"ranking (?P<subject>\S+) names dimension (?P<dimension>\S+), .*"),
        ("DTI604", r"(?P<subject>.+): the maximum has more than (?P<decimals>\d+) decimals"),
        ("DTI608", r"(?P<subject>.+): zero_denominator=not_applicable leaves out .*"),
        ("DTI702", r"clause (?P<subject>.+) is not in the decision's list of clauses"),
        ("DTI703", r".*'(?P<subject>citation|clause)' is missing"),
    )
)
"""What the models say of a decision that does not hold together, by the code of the finding."""


def refused(error: PluginMisbehaved) -> list[Linted]:
    """Return what a plugin's data were refused for.

    :raises PluginMisbehaved: the fault is one of the plugin's program, not of its data.
    """
    found = list(_findings(error))
    if not found:
        raise error
    levels = dict.fromkeys(level for level, _ in found)
    return [Linted([each for of, each in found if of == level], level=level) for level in levels]


def _findings(error: PluginMisbehaved) -> Iterator[tuple[str, Finding]]:
    """Yield the level (empty: not told) and what is wrong there."""
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        faults = cause.errors(include_url=False)
        for fault in faults:
            if not any(_echoes(fault, each) for each in faults if each is not fault):
                yield from _of_model(fault)
    elif isinstance(cause, ValueError):
        yield _read(str(cause))
    else:
        for problem in error.problems:
            yield from _of_contract(problem)


def _echoes(fault: Any, other: Any) -> bool:
    """Tell whether a list is only too short because of a fault in what it holds."""
    place: tuple[object, ...] = fault["loc"]
    return fault["type"] == "too_short" and tuple(other["loc"][: len(place)]) == place


def _of_model(fault: Any) -> Iterator[tuple[str, Finding]]:
    """Read what a model says of a field; a check of the whole may tell several faults."""
    place = ".".join(map(str, fault["loc"]))
    if {"citation", "clause"} & set(fault["loc"]) and fault["type"] != "value_error":
        given = fault["input"] if isinstance(fault["input"], dict) else {}
        named = given.get("id") or given.get("code") or given.get("name") or place
        yield "", Finding("DTI703", str(named), values={"place": place})
        return
    told = fault["msg"].removeprefix("Value error, ")
    for part in told.split("; ") if fault["type"] == "value_error" else [f"{place}: {told}"]:
        yield _read(part)


def _read(told: str) -> tuple[str, Finding]:
    """Find the code of a fault by its words; any other is told as it is."""
    level, told = match.groups() if (match := LEVEL.fullmatch(told)) else ("", told)
    for code, pattern in CODED:
        if match := pattern.fullmatch(told):
            return level, _coded(code, match.groupdict())
    return level, Finding("DTI001", "", values={"reason": visible(" ".join(told.split()))})


def _coded(code: str, values: dict[str, str]) -> Finding:
    subject = values.pop("subject")
    if "declared" in values:
        return differs(code, subject, values["declared"], values["found"], "")
    if code == "DTI702":
        cites = {"what": text("lint.cites.something"), "cited": subject}
        return Finding(code, subject, subject, cites)
    return Finding(code, subject, values={"place": subject, **values})


def _of_contract(problem: Problem) -> Iterator[tuple[str, Finding]]:
    """Read a breach of the contract that the data of a plugin make, not its program."""
    if problem.key == "plugin.years-overlap":
        level = str(problem.values["level"])
        yield level, Finding("DTI001", "", values={"reason": str(problem)})
    if problem.key == "plugin.wrong-field" and problem.values["field"] == "overrides":
        yield "", Finding("DTI404", str(problem.values["got"]))
