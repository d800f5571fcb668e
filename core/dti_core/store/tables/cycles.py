"""A cycle: one decision, one level, one year; what is open in it for whom, and who appraises."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field

from dti_core.store.tables.base import Json, Versioned, check, moment, reference

STAGES: Final = ("self", "round1", "explanation", "round2", "final")
"""The stages of facts, in order; each is kept apart from the others."""

_IS_STAGE: Final = f"stage IN ({', '.join(map(repr, STAGES))})"


def is_stage() -> Any:
    """Make the condition that a column names a stage."""
    return check("stage", _IS_STAGE)


class Cycle(Versioned, table=True):
    """One run of an evaluation, by the choices and the annex that hold for it.

    ``choices`` are the interpretations that were chosen, by id; ``annex`` is the SHA-256 of the
    annex that was brought, kept as a blob, and ``annex_name`` the name of its file.
    """

    __table_args__ = (
        check("state", "state <> ''"),
        Index("uq_cycle_plugin_level_year", "plugin", "level", "year", unique=True),
    )

    plugin: str
    level: str
    year: int
    decision_number: str = ""
    choices: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    annex: str | None = reference("blob", "sha256", default=None)
    annex_name: str | None = None
    state: str
    opened_on: date


class Phase(Versioned, table=True):
    """When a stage of a cycle is open, and how it stands: for one unit, or (None) for all."""

    __table_args__ = (
        is_stage(),
        check("days", "ends IS NULL OR starts IS NULL OR ends >= starts"),
        Index("uq_phase_cycle_stage_unit", "cycle", "stage", "unit", unique=True),
        Index(
            "uq_phase_cycle_stage",
            "cycle",
            "stage",
            unique=True,
            sqlite_where=sql("unit IS NULL"),
            postgresql_where=sql("unit IS NULL"),
        ),
    )

    cycle: int = reference("cycle", index=False)
    stage: str
    unit: int | None = reference("unit", default=None)
    starts: date | None = None
    ends: date | None = None
    state: str


class LockException(Versioned, table=True):
    """One unit may still enter a stage until a day, although it is locked for the others."""

    __tablename__ = "lock_exception"
    __table_args__ = (
        is_stage(),
        check("reason", "reason <> ''"),
        Index("ix_lock_exception_cycle_unit", "cycle", "unit"),
    )

    cycle: int = reference("cycle", index=False)
    unit: int = reference("unit")
    stage: str
    until: date
    reason: str
    granted_by: str
    granted_at: datetime = moment()


class Appraiser(Versioned, table=True):
    """Who appraises an indicator of a cycle ("": every indicator that names nobody else)."""

    __table_args__ = (
        check("name", "name <> ''"),
        Index("uq_appraiser_cycle_indicator_name", "cycle", "indicator", "name", unique=True),
    )

    cycle: int = reference("cycle", index=False)
    indicator: str = ""
    name: str
    chair: bool = False


class Exclusion(Versioned, table=True):
    """An indicator that is not assessed for a unit, with the document that approves it."""

    __table_args__ = (
        check("document", "document <> ''"),
        Index("ix_exclusion_cycle_unit_indicator", "cycle", "unit", "indicator"),
    )

    cycle: int = reference("cycle", index=False)
    unit: int = reference("unit")
    indicator: str
    document: str
    approved_on: date | None = None
    reason: str = ""
    original: str | None = reference("blob", "sha256", default=None)
    withdrawn: bool = False
