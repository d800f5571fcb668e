"""A writer who saw an older version: told what has changed since, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from dti_core.errors import DtiError, Problem
from dti_core.numbers import to_short_decimal
from dti_core.store.tables import AuditLine, Versioned, table_of

if TYPE_CHECKING:
    from sqlmodel import Session

    from dti_core.store.cells import Entry

VIETNAM: Final = timezone(timedelta(hours=7))
"""Where officials read the time: one zone in the whole country."""

CONTENT: Final = (
    *("value", "denominator", "points", "reason"),
    *("max_points", "replacement", "explanation", "text"),
)
"""The columns of a fact that say something."""

SCALED: Final = frozenset({"value", "denominator", "points", "max_points"})


@dataclass(frozen=True)
class Changed:
    """A column that somebody else has changed: of which row, from what to what, who and when."""

    row: str
    column: str
    old: Any
    new: Any
    who: str
    at: datetime

    def problem(self) -> Problem:
        """Say so."""
        values = {
            "row": self.row,
            "column": self.column,
            "old": shown(self.column, self.old),
            "new": shown(self.column, self.new),
        }
        return Problem("store.stale", values | {"who": self.who, "at": local(self.at)})


class Stale(DtiError):
    """The row was changed by another meanwhile, and nothing was saved: exit code 1."""

    def __init__(self, changes: Sequence[Changed]) -> None:
        """Keep what has changed since the writer looked."""
        super().__init__([each.problem() for each in changes])
        self.changes = tuple(changes)


def shown(column: str, value: Any) -> str:
    """Write a value of a column for people."""
    if value is None:
        return ""
    return to_short_decimal(value) if column in SCALED else str(value)


def local(at: datetime) -> str:
    """Write a time as it is in Vietnam."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S")


def stale_row(session: Session, seen: Versioned) -> Stale:
    """Tell what became of a row since the version that was seen."""
    audit = table_of(AuditLine)
    of_row = (audit.c.table == table_of(type(seen)).name) & (audit.c.key == str(seen.id))
    lines = (
        session.connection().execute(select(audit).where(of_row).order_by(audit.c.id)).mappings()
    )
    changes = [
        Changed(seen.label(), name, (line["old"] or {}).get(name), new, line["who"], line["at"])
        for line in lines
        if line["new"].get("version", 0) > seen.version
        for name, new in line["new"].items()
        if name != "version"
    ]
    return Stale(changes)


def stale_cells(label: str, versions: Sequence[Entry]) -> list[Changed]:
    """Tell what became of a cell: its versions in order, from the one seen to the latest."""
    return [
        Changed(label, name, getattr(seen, name), new, later.entered_by, later.entered_at)
        for seen, later in pairwise(versions)
        for name, new in ((each, getattr(later, each)) for each in CONTENT)
        if new != getattr(seen, name)
    ]
