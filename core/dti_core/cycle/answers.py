"""Answers of a form ↔ versions of cells, and which voice of a round counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from dti_core.cycle.running import ORDER, Law, Running
from dti_core.cycle.states import BY_UNITS
from dti_core.forms import Answer
from dti_core.store import cells
from dti_core.store.cells import Entry

if TYPE_CHECKING:
    from sqlmodel import Session

NUMBERS: Final = ("value", "denominator", "points", "reason", "max_points", "replacement")
OF_NOBODY: Final = ""
"""The appraiser of a cell in which only one voice speaks, or that is settled."""

ROUNDS: Final = ("round1", "round2", "final")
"""The stages in which others than the units speak."""

MEASURING: Final = tuple(each for each in ORDER if each != "explanation")

Voices = Mapping[str, Answer]
"""What each appraiser says of one indicator; "" is what was settled."""

ByUnit = dict[int, dict[str, Answer]]
"""Answers by the id of the unit and the code of the indicator."""


def answer_of(entry: Entry, codes: frozenset[str]) -> Answer:
    """Read a cell as an answer.

    :param codes: the codes of indicators, whose text names their evidence.
    """
    numbers: dict[str, Any] = {name: getattr(entry, name) for name in NUMBERS}
    words = "evidence" if entry.indicator in codes else "text"
    return Answer(**numbers | {words: entry.text, "explanation": entry.explanation})


def content_of(answer: Answer) -> dict[str, Any]:
    """Write an answer as the columns of a cell."""
    numbers = {name: getattr(answer, name) for name in NUMBERS}
    words = answer.text if answer.evidence is None else answer.evidence
    return {**numbers, "explanation": answer.explanation, "text": words}


def codes_of(law: Law) -> frozenset[str]:
    """Return the codes of all indicators."""
    return frozenset(leaf.code for _, leaf in law.framework.leaves)


def appraised(law: Law) -> list[str]:
    """Return the codes of all that is appraised: indicators, and general information."""
    framework = law.framework
    leaves = [leaf.code for _, leaf in framework.leaves]
    return leaves + [each.code for each in framework.information]


def voices(
    session: Session,
    running: Running,
    stage: str,
    units: Iterable[int] | None = None,
    upto: int | None = None,
) -> dict[tuple[int, str], dict[str, Answer]]:
    """Return what was said in a stage, by unit and indicator, of each appraiser.

    :param upto: the last fact that counts, for what was said then.
    """
    codes = codes_of(running.law)
    found: dict[tuple[int, str], dict[str, Answer]] = defaultdict(dict)
    for entry in cells.latest(session, running.cycle.id, stage, units, upto).values():
        if not entry.is_empty:
            found[entry.unit, entry.indicator][entry.appraiser] = answer_of(entry, codes)
    return found


def settled(said: Voices) -> Answer | None:
    """Return the voice that counts; None: they differ, and the chair has not settled it yet."""
    if OF_NOBODY in said:
        return said[OF_NOBODY]
    different = {figures_of(each) for each in said.values()}
    return next(iter(said.values())) if len(different) == 1 else None


def figures_of(answer: Answer) -> tuple[object, ...]:
    """Return what appraisers may differ in: all but their words."""
    return tuple(getattr(answer, name) for name in (*NUMBERS, "text"))


def effective(
    session: Session,
    running: Running,
    stage: str,
    units: Iterable[int] | None = None,
    upto: int | None = None,
) -> ByUnit:
    """Return what holds at the end of a stage: its own voice, else that of the stage before.

    What units explained between the rounds goes with their answers. Where appraisers differ and
    nothing is settled, the stage before still holds. What a late unit never released does not.
    """
    units = None if units is None else list(units)
    late = {each.id for each in running.units.values() if running.is_late(each)}
    found: ByUnit = defaultdict(dict)
    for each in ORDER[: ORDER.index(stage) + 1]:
        for (unit, code), said in voices(session, running, each, units, upto).items():
            if unit in late and each in BY_UNITS:
                continue
            before = found[unit].get(code, Answer())
            found[unit][code] = _over(before, said, each)
    return found


def _over(before: Answer, said: Voices, stage: str) -> Answer:
    """Lay what a stage says over what held before; evidence and explanations stay."""
    answer = settled(said)
    if answer is None:
        return before
    words = {
        name: getattr(answer, name) or getattr(before, name) for name in ("evidence", "explanation")
    }
    figures = answer if stage in MEASURING else before
    numbers: dict[str, Any] = {name: getattr(figures, name) for name in (*NUMBERS, "text")}
    return Answer(**numbers, **words)
