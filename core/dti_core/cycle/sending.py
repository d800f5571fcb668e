"""Forms out: every unit's workbook, filled in with what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dti_core.cycle.answers import ByUnit, answer_of, appraised, codes_of, effective
from dti_core.cycle.entering import appraisers_of
from dti_core.cycle.proving import shown_names
from dti_core.cycle.running import ORDER, Running
from dti_core.cycle.states import BY_UNITS
from dti_core.forms import Answer, Answers, Filling, export, figures
from dti_core.forms import Unit as FormUnit
from dti_core.store import cells
from dti_core.store.tables import Fact, Unit, table_of

if TYPE_CHECKING:
    from sqlmodel import Session


def write_forms(
    session: Session, running: Running, stage: str, units: Sequence[Unit], appraiser: str = ""
) -> Iterator[tuple[Unit, bytes]]:
    """Write the form of every unit at a stage.

    An appraiser's form holds what the unit said where he has not said anything himself: a form that
    comes back as it went out accepts it.

    :raises CycleRefused: the cycle has no such stage.
    """
    running.require(stage)
    earlier = [each for each in ORDER[: ORDER.index(stage)] if each in running.stages]
    others = {each: said(session, running, each, units) for each in earlier}
    if others.get("self"):
        _name_evidence(session, running, others["self"])
    mine = said(session, running, stage, units, appraiser)
    only = _only(running, appraiser) if appraiser else None
    if stage not in BY_UNITS:
        held = effective(session, running, earlier[-1], [each.id for each in units])
        his = {unit: _within(held.get(unit, {}), only) for unit in mine}
        mine = {unit: without_words(his[unit]) | each for unit, each in mine.items()}
    setup = running.law.setup(stage)
    batches = {name: _batch(units, each) for name, each in (*others.items(), (stage, mine))}
    known = {name: figures(setup, each) for name, each in batches.items()}
    version = last_fact(session, running)
    for unit in units:
        yield (
            unit,
            export(
                setup,
                Filling(
                    _who(unit),
                    mine[unit.id],
                    {name: each[unit.id] for name, each in others.items() if each[unit.id]},
                    {name: each[unit.code] for name, each in known.items()},
                    only,
                    appraiser,
                    version,
                ),
            ),
        )


def _who(unit: Unit) -> FormUnit:
    return FormUnit(unit.code, unit.name, unit.group)


def _batch(units: Sequence[Unit], answers: ByUnit) -> Mapping[FormUnit, Answers]:
    return {_who(each): answers[each.id] for each in units}


def said(
    session: Session, running: Running, stage: str, units: Sequence[Unit], appraiser: str = ""
) -> ByUnit:
    """Return what one voice says of units at a stage."""
    latest = cells.latest(session, running.cycle.id, stage, [each.id for each in units])
    return voice(running, latest.values(), units, appraiser)


def voice(
    running: Running, entries: Iterable[cells.Entry], units: Sequence[Unit], appraiser: str
) -> ByUnit:
    """Return the answers of one voice among cells of a stage, of every unit."""
    codes = codes_of(running.law)
    found: ByUnit = {each.id: {} for each in units}
    for entry in entries:
        if entry.appraiser == appraiser and not entry.is_empty:
            found[entry.unit][entry.indicator] = answer_of(entry, codes)
    return found


def without_words(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return answers without the unit's own words, for the appraiser to change or to leave."""
    return {
        code: replace(each, evidence=None, explanation=None)
        for code, each in answers.items()
        if each.is_fact
    }


def _within(answers: Answers, only: frozenset[str] | None) -> Answers:
    """Leave out what others appraise: of that an appraiser's form says nothing."""
    return {code: each for code, each in answers.items() if only is None or code in only}


def _name_evidence(session: Session, running: Running, answers: ByUnit) -> None:
    """Name the files and links of each indicator beside what the unit says of it."""
    for (unit, code), names in shown_names(session, running).items():
        if unit in answers:
            answer = answers[unit].get(code, Answer())
            words = "; ".join(filter(None, (answer.evidence, *names)))
            answers[unit][code] = replace(answer, evidence=words)


def _only(running: Running, appraiser: str) -> frozenset[str]:
    codes = appraised(running.law)
    return frozenset(code for code in codes if appraiser in appraisers_of(running, code))


def last_fact(session: Session, running: Running) -> int:
    """Return the number of the last fact of a cycle, which is the version of a form."""
    fact = table_of(Fact)
    newest = select(func.max(fact.c.id)).where(fact.c.cycle == running.cycle.id)
    return session.connection().scalar(newest) or 0
