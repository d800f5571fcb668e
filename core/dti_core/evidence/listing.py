"""What shows what: evidence in order, and files that two units have brought alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlmodel import col, select

from dti_core.evidence.recording import in_force
from dti_core.store.tables import Blob, Evidence, Unit

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Listed:
    """Evidence with the code of its unit, the size of its file and what replaced it."""

    row: Evidence
    unit: str
    size: int | None = None
    replaced_by: int | None = None

    @property
    def is_in_force(self) -> bool:
        """Whether it counts: neither withdrawn nor replaced."""
        return not self.row.withdrawn and self.replaced_by is None


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that more than one unit shows: where, as codes of units and of indicators."""

    sha256: str
    names: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


def listed(
    session: Session,
    cycle: int,
    unit: int | None = None,
    indicator: str | None = None,
    *,
    every: bool = False,
) -> list[Listed]:
    """List the evidence of a cycle, of one unit, of one indicator.

    :param every: with what was withdrawn or replaced.
    :return: by unit, indicator, and in the order in which it was added.
    """
    chosen = select(Evidence, Unit.code, Blob.size).join(Unit)
    chosen = chosen.join(Blob, isouter=True).where(Evidence.cycle == cycle)
    if unit is not None:
        chosen = chosen.where(Evidence.unit == unit)
    if indicator is not None:
        chosen = chosen.where(Evidence.indicator == indicator)
    newer = select(Evidence.replaces, Evidence.id).where(Evidence.cycle == cycle)
    by = {old: new for old, new in session.exec(newer) if old is not None}
    found = session.exec(chosen.order_by(col(Evidence.id)))
    rows = [Listed(row, code, size, by.get(row.id)) for row, code, size in found]
    rows = sorted(rows, key=lambda each: (each.unit, each.row.indicator))
    return [each for each in rows if every or each.is_in_force]


def shared(session: Session, cycle: int) -> list[SharedFile]:
    """Find the files that more than one unit of a cycle shows, and that are in force."""
    chosen = select(Evidence.sha256, Evidence.name, Unit.code, Evidence.indicator).join(Unit)
    chosen = in_force(chosen.where(Evidence.cycle == cycle, col(Evidence.sha256).is_not(None)))
    found = []
    for sha256, group in groupby(sorted(session.exec(chosen)), key=lambda row: row[0]):
        rows = list(group)
        if len({unit for _, _, unit, _ in rows}) > 1:
            names = tuple(sorted({name for _, name, _, _ in rows}))
            places = tuple(sorted({(unit, code) for _, _, unit, code in rows}))
            found.append(SharedFile(sha256, names, places))
    return found
