"""Lines of the trail, the latest ones, of one unit or one indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from dti_core.store.tables import AuditLine, Unit


@dataclass(frozen=True)
class Shown:
    """A line of the trail and the code of the unit that it speaks of ("" where of none)."""

    line: AuditLine
    unit: str


def lines(
    session: Session,
    unit: str | None = None,
    indicator: str | None = None,
    last: int | None = None,
) -> Sequence[Shown]:
    """Return lines in their order.

    :param unit: the code of units, of whatever day; ``indicator``: a code; ``last``: how many.
    """
    chosen = select(AuditLine, Unit.code).outerjoin(Unit, col(Unit.id) == col(AuditLine.unit))
    if unit is not None:
        chosen = chosen.where(Unit.code == unit)
    if indicator is not None:
        chosen = chosen.where(AuditLine.indicator == indicator)
    newest = chosen.order_by(col(AuditLine.id).desc()).limit(last)
    return [Shown(line, code or "") for line, code in reversed(session.exec(newest).all())]
