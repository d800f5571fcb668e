"""Evidence of a cycle: brought while a unit may report, frozen while the council appraises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlmodel import col, select

from dti_core.cycle.access import may_enter
from dti_core.cycle.refusing import refuse
from dti_core.cycle.running import Place, Running, Turn
from dti_core.cycle.states import State
from dti_core.errors import Problem
from dti_core.evidence import Place as EvidencePlace
from dti_core.evidence import Shown, add, replace, withdraw
from dti_core.evidence.recording import in_force
from dti_core.store.tables import Evidence, Unit

if TYPE_CHECKING:
    from sqlmodel import Session


def prove(
    turn: Turn, unit: Unit, indicators: Sequence[str], shown: Sequence[Shown], why: str = ""
) -> list[Evidence]:
    """Let files and links show indicators of a unit.

    :return: what is new.
    :raises CycleRefused: the unit may not report now, or there is no such indicator.
    """
    refuse([*_closed(turn.running, unit), *_unknown(turn.running, unit, indicators)])
    return add(turn.write, EvidencePlace(turn.running.cycle.id, unit.id), indicators, shown, why)


def renew(turn: Turn, number: int, shown: Shown, why: str = "") -> list[Evidence]:
    """Put a newer file or link in the place of another.

    :raises CycleRefused: there is no such evidence in this cycle, or its unit may not report now.
    """
    found = _found(turn, number)
    refuse(_closed(turn.running, _unit_of(turn.running, found)))
    return replace(turn.write, [number], shown, why)


def take_back(turn: Turn, number: int, why: str) -> Evidence:
    """Withdraw evidence; it stays to be seen, with its flag.

    :raises CycleRefused: there is no such evidence in this cycle, or its unit may not report now.
    :raises EvidenceRefused: there is no reason.
    """
    found = _found(turn, number)
    refuse(_closed(turn.running, _unit_of(turn.running, found)))
    withdraw(turn.write, found, why)
    return found


def _found(turn: Turn, number: int) -> Evidence:
    found = turn.session.get(Evidence, number)
    if found is None or found.cycle != turn.running.cycle.id:
        refuse([Problem("evidence.unknown", {"id": number})])
        raise AssertionError(number)
    return found


def _unit_of(running: Running, evidence: Evidence) -> Unit:
    found = next((each for each in running.units.values() if each.id == evidence.unit), None)
    if found is None:
        refuse([Problem("evidence.unknown", {"id": evidence.id})])
        raise AssertionError(evidence)
    return found


def _closed(running: Running, unit: Unit) -> Iterator[Problem]:
    """Say why a unit cannot bring evidence now: only while it reports, or explains."""
    explains = running.stage == "explanation" and running.state_of(unit) is not State.REPORTING
    closed = may_enter(running, Place(unit, "explanation" if explains else "self"))
    if closed is not None:
        yield closed


def _unknown(running: Running, unit: Unit, indicators: Sequence[str]) -> Iterator[Problem]:
    known = {leaf.code for _, leaf in running.law.framework.leaves}
    for code in indicators:
        if code not in known:
            yield Problem("cycle.no-indicator", {"unit": unit.code, "indicator": code})


def shown_names(session: Session, running: Running) -> Mapping[tuple[int, str], list[str]]:
    """Return the names of what shows an indicator, by unit and indicator."""
    mine = in_force(select(Evidence).where(Evidence.cycle == running.cycle.id))
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for each in session.scalars(mine.order_by(col(Evidence.id))):
        found[each.unit, each.indicator].append(each.link or each.name)
    return found
