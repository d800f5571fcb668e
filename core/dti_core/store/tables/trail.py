"""The audit trail: a chain of lines, and how long it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index
from sqlmodel import Field

from dti_core.store.tables.base import Json, Row, check, moment

NO_HASH: Final = "0" * 64
"""What stands before the first line."""


class AuditLine(Row, table=True):
    """One change of one row: who, when, what, from what to what, and why.

    ``id`` counts the lines from 1. ``table`` and ``key`` name the row, ``cycle``, ``unit`` and
    ``indicator`` the cell that it speaks of. ``old`` is None for a new row, else what changed.
    ``hash`` is the SHA-256 of ``previous_hash`` and the canonical JSON of everything else.
    """

    __tablename__ = "audit"
    __table_args__ = (
        check("count", "id >= 1"),
        Index("ix_audit_table_key", "table", "key"),
        Index("ix_audit_cell", "unit", "indicator", "cycle"),
    )

    at: datetime = moment()
    who: str
    what: str
    table: str
    key: str
    cycle: int | None = None
    unit: int | None = None
    indicator: str | None = None
    old: dict[str, Any] | None = Field(default=None, sa_type=Json)
    new: dict[str, Any] = Field(sa_type=Json)
    why: str = ""
    previous_hash: str
    hash: str


class AuditHead(Row, table=True):
    """The end of the chain, one row: so that lines cut off at the end are missed.

    Whoever writes holds this row until his transaction ends: one writer at a time.
    """

    __tablename__ = "audit_head"
    __table_args__ = (check("one", "id = 1"),)

    count: int = 0
    hash: str = NO_HASH
