"""The units that are there on a day, and what the others became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from sqlmodel import Session, col, select

from dti_core.errors import Problem
from dti_core.store.tables import Succession, Unit


@dataclass(frozen=True)
class Listed:
    """A unit with the codes of those that it came from and of those that it became."""

    unit: Unit
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


def units_on(session: Session, day: date, level: str | None = None) -> list[Unit]:
    """Return the units that are there on a day, in the order of their codes."""
    chosen = select(Unit).order_by(col(Unit.code), col(Unit.id))
    if level is not None:
        chosen = chosen.where(Unit.level == level)
    return [each for each in session.exec(chosen) if each.exists_on(day)]


def listed(session: Session, day: date | None = None, level: str | None = None) -> list[Listed]:
    """Return units with their lineage; without a day, all that ever were."""
    every = session.exec(select(Unit).order_by(col(Unit.code), col(Unit.id))).all()
    codes = {each.id: each.code for each in every}
    before, after = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for each in session.exec(select(Succession).order_by(col(Succession.id))):
        before[each.successor].append(codes[each.unit])
        after[each.unit].append(codes[each.successor])
    return [
        Listed(each, tuple(before[each.id]), tuple(after[each.id]))
        for each in every
        if (day is None or each.exists_on(day)) and level in {None, each.level}
    ]


def find(session: Session, code: str, day: date) -> Unit | Problem:
    """Find the unit of a code that is there on a day; else say what is there."""
    found = session.exec(select(Unit).where(Unit.code == code)).all()
    for each in found:
        if each.exists_on(day):
            return each
    if found:
        return ended(session, found[-1])
    known = [each.code for each in units_on(session, day)]
    close = get_close_matches(code, known, 3, 0.5)
    key = "unit.unknown-close" if close else "unit.unknown"
    return Problem(key, {"unit": code, "close": ", ".join(close)})


def ended(session: Session, unit: Unit) -> Problem:
    """Say from when to when a unit was, and what it became."""
    into = select(Unit.code).join(Succession, col(Succession.successor) == col(Unit.id))
    codes = session.exec(into.where(Succession.unit == unit.id).order_by(col(Unit.code))).all()
    values = {"unit": unit.code, "from": day_text(unit.valid_from), "to": day_text(unit.valid_to)}
    return Problem("unit.ended", {**values, "successors": ", ".join(codes) or "–"})


def day_text(day: date | None) -> str:
    """Write a day as officials do; a dash where there is none."""
    return "–" if day is None else day.strftime("%d/%m/%Y")


def codes_of(units: Sequence[Unit]) -> str:
    """List codes."""
    return ", ".join(each.code for each in units)
