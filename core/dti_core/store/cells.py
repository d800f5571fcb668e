"""The cells of a cycle: a change is a new version, and never one over the head of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, and_, bindparam, func, select

from dti_core.store.stale import CONTENT, Changed, Stale, stale_cells
from dti_core.store.tables import Fact, Unit, table_of

if TYPE_CHECKING:
    from sqlmodel import Session

    from dti_core.store.writing import Write

Cell = tuple[int, int, str, str, str]

CELL: Final = ("cycle", "unit", "indicator", "stage", "appraiser")
"""What a cell is called by."""

NEVER: Final = datetime.min.replace(tzinfo=UTC)
NAMED: Final = 500
"""Up to how many units a question names each; beyond it asks for all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a cell, with the columns of :class:`dti_core.store.tables.Fact`.

    There are thousands of them, and a row of a table costs fifty times as much. ``entered_by`` and
    ``entered_at`` are filled in from the transaction where they are not given.
    """

    cycle: int
    unit: int
    indicator: str
    stage: str
    appraiser: str = ""
    version: int = 1
    value: int | None = None
    denominator: int | None = None
    points: int | None = None
    reason: str | None = None
    max_points: int | None = None
    replacement: str | None = None
    explanation: str | None = None
    text: str | None = None
    entered_by: str = ""
    entered_at: datetime = NEVER

    @property
    def cell(self) -> Cell:
        """Which cell this is a version of."""
        return self.cycle, self.unit, self.indicator, self.stage, self.appraiser

    @property
    def content(self) -> tuple[object, ...]:
        """What it says; nothing but None empties the cell."""
        return tuple(getattr(self, name) for name in CONTENT)

    @property
    def is_empty(self) -> bool:
        """Whether it empties its cell."""
        return not any(each is not None for each in self.content)


COLUMNS: Final = tuple(each.name for each in fields(Entry))


def latest(
    session: Session,
    cycle: int,
    stage: str | None = None,
    units: Iterable[int] | None = None,
    upto: int | None = None,
) -> dict[Cell, Entry]:
    """Return the latest version of every cell of a cycle, of one stage, of some units.

    Emptied cells are among them: their version is what a writer must have seen.

    :param upto: the ``id`` of the last fact that counts, for the cells as they were then.
    """
    which = {"stage": stage, "units": None if units is None else list(units), "upto": upto}
    given = {name: value for name, value in which.items() if value is not None}
    found = _entries(session, _latest(frozenset(given)), {"cycle": cycle, **given})
    return {each.cell: each for each in found}


@cache
def _latest(narrowed: frozenset[str]) -> Select[Any]:
    """Write the question for the latest versions, once: each form that is taken in asks it."""
    fact = table_of(Fact)
    cell = [fact.c[name] for name in CELL]
    newest = select(*cell, func.max(fact.c.version).label("version")).group_by(*cell)
    newest = newest.where(fact.c.cycle == bindparam("cycle"))
    if "stage" in narrowed:
        newest = newest.where(fact.c.stage == bindparam("stage"))
    if "units" in narrowed:
        newest = newest.where(fact.c.unit.in_(bindparam("units", expanding=True)))
    if "upto" in narrowed:
        newest = newest.where(fact.c.id <= bindparam("upto"))
    last = newest.subquery()
    same = and_(*(fact.c[name] == last.c[name] for name in (*CELL, "version")))
    return select(*_columns()).join(last, same)


def history(session: Session, cell: Cell) -> list[Entry]:
    """Return every version of a cell, the first one first."""
    fact = table_of(Fact)
    in_cell = (fact.c[name] == value for name, value in zip(CELL, cell, strict=True))
    return _entries(session, select(*_columns()).where(*in_cell).order_by(fact.c.version))


def record(
    write: Write,
    entries: Sequence[Entry],
    what: str,
    why: str = "",
    stored: Mapping[Cell, Entry] | None = None,
) -> list[Entry]:
    """Add versions of cells; what says nothing new is left out.

    :param entries: each with the version that it makes: one more than its writer has seen, 1 for a
        cell that was empty. No cell stands twice.
    :param stored: the latest versions, where this transaction has read them already.
    :return: those that were added.
    :raises Stale: cells have newer versions; all of them are told, and nothing is added.
    """
    stored = _stored(write.session, entries) if stored is None else stored
    fresh = [each for each in entries if not _says_the_same(each, stored.get(each.cell))]
    late = [each for each in fresh if each.cell in stored]
    late = [each for each in late if each.version <= stored[each.cell].version]
    if late:
        raise Stale([told for each in late for told in _since(write.session, each)])
    entered = [_entered(write, each) for each in fresh]
    rows = [{name: getattr(each, name) for name in COLUMNS} for each in entered]
    write.insert(Fact, rows, what, why)
    return entered


def _entered(write: Write, entry: Entry) -> Entry:
    if entry.entered_by and entry.entered_at != NEVER:
        return entry
    at = write.now if entry.entered_at == NEVER else entry.entered_at
    return replace(entry, entered_by=entry.entered_by or write.who, entered_at=at)


def _columns() -> list[Any]:
    return [table_of(Fact).c[name] for name in COLUMNS]


def _entries(
    session: Session, chosen: Select[Any], values: Mapping[str, Any] | None = None
) -> list[Entry]:
    return [Entry(*row) for row in session.connection().execute(chosen, values)]


def _stored(session: Session, entries: Sequence[Entry]) -> dict[Cell, Entry]:
    found: dict[Cell, Entry] = {}
    for cycle, stage in dict.fromkeys((each.cycle, each.stage) for each in entries):
        units = {each.unit for each in entries if (each.cycle, each.stage) == (cycle, stage)}
        found |= latest(session, cycle, stage, units if len(units) <= NAMED else None)
    return found


def _says_the_same(entry: Entry, stored: Entry | None) -> bool:
    return entry.is_empty if stored is None else entry.content == stored.content


def _since(session: Session, entry: Entry) -> list[Changed]:
    """Tell the versions of a cell from the one that was seen on; before the first it was empty."""
    versions = [Entry(*entry.cell, version=0), *history(session, entry.cell)]
    unit = session.get(Unit, entry.unit)
    label = f"{unit.code if unit else entry.unit} {entry.indicator} ({entry.stage})"
    return stale_cells(label, [each for each in versions if each.version >= entry.version - 1])
