"""Indicators that are not assessed for a unit, by a document that approves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlmodel import col, select

from dti_core.cycle.refusing import refuse
from dti_core.cycle.running import Running, Turn
from dti_core.cycle.states import State
from dti_core.errors import Problem
from dti_core.models import ExclusionPolicy
from dti_core.sources import Source
from dti_core.store import blobs
from dti_core.store.tables import Exclusion, Unit

if TYPE_CHECKING:
    from sqlmodel import Session

WHAT: Final = "cycle.exclude"


@dataclass(frozen=True)
class Approval:
    """What approves an exclusion: the document, its day, the reason and, where brought, itself."""

    document: str
    approved_on: date | None = None
    reason: str = ""
    original: Source | None = None


def exclude(turn: Turn, unit: Unit, indicator: str, approval: Approval) -> Exclusion:
    """Leave an indicator out of the assessment of a unit.

    :raises CycleRefused: the decision allows no exclusion, there is no such indicator, it is left
        out already, the document is not named, or the result is published.
    """
    refuse(_faults(turn, unit, indicator, approval))
    given = approval.original
    original = None if given is None else blobs.keep(turn.write, given.content, WHAT)
    excluded = Exclusion(
        cycle=turn.running.cycle.id,
        unit=unit.id,
        indicator=indicator,
        document=approval.document.strip(),
        approved_on=approval.approved_on,
        reason=approval.reason,
        original=original,
    )
    turn.write.add([excluded], WHAT, approval.reason)
    return excluded


def include(turn: Turn, unit: Unit, indicator: str, why: str) -> Exclusion:
    """Assess an indicator again that was left out.

    :raises CycleRefused: it was not, there is no reason, or the result is published.
    """
    found = exclusions(turn.session, turn.running).get((unit.id, indicator))
    told = {"unit": unit.code, "indicator": indicator}
    problems = [] if found else [Problem("cycle.not-excluded", told)]
    problems += [] if why.strip() else [Problem("cycle.include-reason", told)]
    refuse([*_published(turn.running, told), *problems])
    if found is None:
        raise AssertionError(told)
    turn.write.change(found, "cycle.include", why, withdrawn=True)
    return found


def exclusions(session: Session, running: Running) -> Mapping[tuple[int, str], Exclusion]:
    """Return what is left out, by unit and indicator."""
    mine = select(Exclusion).where(Exclusion.cycle == running.cycle.id)
    mine = mine.where(col(Exclusion.withdrawn).is_(False)).order_by(col(Exclusion.id))
    return {(each.unit, each.indicator): each for each in session.exec(mine)}


def _published(running: Running, told: dict[str, str]) -> Iterator[Problem]:
    if running.state is State.PUBLISHED:
        yield Problem("cycle.is-published", told)


def _faults(turn: Turn, unit: Unit, indicator: str, approval: Approval) -> Iterator[Problem]:
    told = {"unit": unit.code, "indicator": indicator}
    framework = turn.running.law.framework
    yield from _published(turn.running, told)
    if indicator not in {leaf.code for _, leaf in framework.leaves}:
        yield Problem("cycle.no-indicator", told)
    policy = framework.exclusion
    if policy is not None and policy.policy is ExclusionPolicy.REFUSED:
        yield Problem("cycle.exclusion-refused", told | {"clause": policy.citation.clause})
    if not approval.document.strip():
        yield Problem("cycle.exclusion-document", told)
    if (unit.id, indicator) in exclusions(turn.session, turn.running):
        yield Problem("cycle.excluded-already", told)
