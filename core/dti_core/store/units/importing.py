"""Bringing units into the store: what is new is added, what differs is changed and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlmodel import col, select

from dti_core.errors import Problem
from dti_core.store.tables import Fact, Unit
from dti_core.store.units.listing import ended
from dti_core.store.units.table import UnitRow, UnitTable
from dti_core.store.writing import Write

WHAT: Final = "unit.import"
FIELDS: Final = {"unit_name": "name", "level": "level", "group": "group"}
"""What a column of the file is called in the table."""


@dataclass
class Imported:
    """What an import did; of each change the code, the column, the old and the new text."""

    added: list[Unit] = field(default_factory=list)
    changed: list[tuple[str, str, str, str]] = field(default_factory=list)
    same: int = 0
    absent: list[Unit] = field(default_factory=list)


def import_units(write: Write, table: UnitTable, today: date) -> Imported:
    """Add the units of a table and change those that differ; the same table again does nothing.

    A column that is not in the file changes nothing; units that are not in it stay as they are.

    :param today: the day on which the units are looked up.
    :raises InvalidFacts: with every fault of the file, and of its rows beside the store.
    """
    known = _known(write)
    there = {each.code: each for each in known if each.exists_on(today)}
    table.problems += _faults(write, table, known, there)
    table.check()
    found = Imported()
    for row in table.rows:
        _change(write, table, row, there.get(row.unit), found)
    codes = {row.unit for row in table.rows}
    found.absent = [each for each in there.values() if each.code not in codes]
    new = [row for row in table.rows if row.unit not in there]
    found.added = [
        Unit(code=each.unit, name=each.unit_name, level=each.level, group=each.group)
        for each in new
    ]
    write.add(found.added, WHAT)
    return found


def _known(write: Write) -> list[Unit]:
    return list(write.session.exec(select(Unit).order_by(col(Unit.code), col(Unit.id))))


def _change(
    write: Write, table: UnitTable, row: UnitRow, unit: Unit | None, found: Imported
) -> None:
    if unit is None:
        return
    values = {
        name: getattr(row, column) for column, name in FIELDS.items() if column in table.columns
    }
    old = {name: getattr(unit, name) for name in values}
    if not write.change(unit, WHAT, **values):
        found.same += 1
    found.changed += [
        (unit.code, column, old[name], values[name])
        for column, name in FIELDS.items()
        if name in values and old[name] != values[name]
    ]


def _faults(
    write: Write, table: UnitTable, known: list[Unit], there: dict[str, Unit]
) -> Iterator[Problem]:
    """Refuse units that are no more, and a new level for what facts were entered of."""
    past = {each.code: each for each in known}
    for row in table.rows:
        unit = there.get(row.unit)
        if unit is None and row.unit in past:
            told = ended(write.session, past[row.unit])
            yield row.problem(told.key, "unit", **told.values)
        elif unit is not None and unit.level != row.level and _has_facts(write, unit):
            yield row.problem("unit.level-fixed", "level", old=unit.level, new=row.level)


def _has_facts(write: Write, unit: Unit) -> bool:
    return (
        write.session.exec(select(Fact.id).where(Fact.unit == unit.id).limit(1)).first() is not None
    )
