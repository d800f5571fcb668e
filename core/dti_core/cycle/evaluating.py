"""What a cycle holds at a stage → facts, and what the engine makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import orjson
import polars as pl

from dti_core.cycle.answers import NUMBERS, codes_of, effective
from dti_core.cycle.excluding import exclusions
from dti_core.cycle.naming import stage_name, state_name
from dti_core.cycle.proving import shown_names
from dti_core.cycle.refusing import refused
from dti_core.cycle.running import Running
from dti_core.cycle.states import PhaseState
from dti_core.facts import FACT_COLUMNS, INFORMATION_COLUMNS, UNIT_COLUMNS, Facts, Input
from dti_core.forms import OF_UNIT, Answer
from dti_core.models import Framework
from dti_core.pipeline import Evaluation, evaluate_facts
from dti_core.store.tables import Unit

if TYPE_CHECKING:
    from sqlmodel import Session

TEXTS: Final = frozenset({"unit", "indicator", "reason", "replacement"})


@dataclass(frozen=True)
class _Known:
    """The answers of every unit, with what was left out and which units were late."""

    units: tuple[Unit, ...]
    answers: Mapping[int, Mapping[str, Answer]]
    statuses: Mapping[int, str]


def evaluate_cycle(session: Session, running: Running, stage: str | None = None) -> Evaluation:
    """Evaluate what a cycle holds.

    :param stage: up to which stage; None: the latest that is over, else what units report now.
    :raises InvalidFacts: something is missing where the decision refuses that.
    """
    stage = stage or running.finished or "self"
    running.require(stage)
    if running.stages[stage].state == PhaseState.PLANNED:
        raise refused("cycle.not-begun", stage=stage_name(stage), state=state_name(running.state))
    law = running.law
    return evaluate_facts(law.plugin, law.framework, law.year, facts_of(session, running, stage))


def progress(session: Session, running: Running) -> Evaluation:
    """Evaluate what is reported so far as if the year ended now; nobody is ranked or tiered."""
    rankings = (
        each.model_copy(update={"scope": "none"}) for each in running.law.framework.rankings
    )
    framework = running.law.framework.model_copy(
        update={"rankings": tuple(rankings), "missing": "zero"}
    )
    facts = facts_of(session, running, "self")
    evaluation = evaluate_facts(running.law.plugin, framework, running.law.year, facts)
    untiered = evaluation.units.with_columns(tier=nw.lit(None, nw.String))
    return replace(evaluation, tiers=None, units=untiered)


def facts_of(session: Session, running: Running, stage: str) -> Facts:
    """Return the facts of every unit of a cycle at the end of a stage.

    A unit that was late counts with what the council found, and with the status that the decision
    gives it; what it never released is not among the facts.

    :raises CycleRefused: the cycle has no units.
    """
    known = _known(session, running, stage)
    if not known.units:
        raise refused("cycle.no-units", level=running.cycle.level)
    framework, codes = running.law.framework, codes_of(running.law)
    rows = list(_rows(known, codes))
    units = [(u.code, u.name, u.group, known.statuses.get(u.id, "")) for u in known.units]
    information = list(_information(known, framework))
    return Facts(
        rows=_frame(FACT_COLUMNS, rows),
        units=_frame(UNIT_COLUMNS, units),
        inputs=(Input(_name(running, stage), _digest(rows, units, information)),),
        checked=True,
        information=_frame(INFORMATION_COLUMNS, information) if framework.information else None,
        without_evidence=_bare(session, running, known),
    )


def _known(session: Session, running: Running, stage: str) -> _Known:
    units = tuple(running.units[code] for code in sorted(running.units))
    answers = effective(session, running, stage)
    for (unit, code), each in exclusions(session, running).items():
        answers.setdefault(unit, {})[code] = Answer(reason=_why(each.document, each.reason))
    statuses = {
        unit: given[OF_UNIT].text or "" for unit, given in answers.items() if OF_UNIT in given
    }
    code = next((each.code for each in running.law.framework.statuses if each.late), "")
    statuses |= {each.id: code for each in units if code and running.is_late(each)}
    return _Known(units, answers, statuses)


def _why(document: str, reason: str) -> str:
    return f"{document}: {reason}" if reason else document


def _rows(known: _Known, codes: frozenset[str]) -> Iterator[tuple[object, ...]]:
    for unit in known.units:
        for code, each in sorted(known.answers.get(unit.id, {}).items()):
            if code in codes and each.is_fact:
                yield (unit.code, code, *(getattr(each, name) for name in NUMBERS))


def _information(known: _Known, framework: Framework) -> Iterator[tuple[object, ...]]:
    codes = {each.code for each in framework.information}
    for unit in known.units:
        for code, each in sorted(known.answers.get(unit.id, {}).items()):
            if code in codes and each.text is not None:
                yield unit.code, code, each.text


def _bare(session: Session, running: Running, known: _Known) -> nw.LazyFrame[Any] | None:
    """Return what was reported with nothing to show, where the decision asks for it."""
    if running.law.framework.evidence is None:
        return None
    codes, shown = codes_of(running.law), shown_names(session, running)
    rows = []
    for unit in known.units:
        for code, each in sorted(known.answers.get(unit.id, {}).items()):
            has_words = each.evidence or each.explanation or each.reason or (unit.id, code) in shown
            if code in codes and each.is_fact and not has_words:
                rows.append((unit.code, code))
    return _frame({"unit": nw.String(), "indicator": nw.String()}, rows)


def _frame(columns: Mapping[str, object], rows: Sequence[tuple[object, ...]]) -> nw.LazyFrame[Any]:
    schema = {
        name: pl.Int64 if isinstance(kind, nw.Int64) else pl.String
        for name, kind in columns.items()
    }
    return nw.from_native(pl.DataFrame(rows, schema, orient="row").lazy())


def _name(running: Running, stage: str) -> str:
    cycle = running.cycle
    return f"{cycle.plugin} {cycle.level} {cycle.year} · {stage}"


def _digest(*parts: object) -> str:
    """Hash the facts, so that the recipe says which they were."""
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()
