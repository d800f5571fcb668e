"""Units and what became of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field

from dti_core.store.tables.base import Row, Versioned, check, reference


class Unit(Versioned, table=True):
    """A unit as it is from one day to another.

    A unit that is merged or split ends; what it becomes are rows of their own. ``valid_from`` is
    the first day, None where nobody said since when; ``valid_to`` is the first day on which it no
    longer is, None while nothing ends it.
    """

    __table_args__ = (
        check("code", "code <> ''"),
        check("validity", "valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from"),
        Index(
            "uq_unit_code_open",
            "code",
            unique=True,
            sqlite_where=sql("valid_to IS NULL"),
            postgresql_where=sql("valid_to IS NULL"),
        ),
        Index("ix_unit_code", "code"),
    )

    code: str
    name: str
    level: str
    group: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def label(self) -> str:
        """Say which unit this is."""
        return self.code

    def exists_on(self, day: date) -> bool:
        """Tell whether the unit is there on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


class Succession(Row, table=True):
    """What a unit became: several rows of one successor are a merger, of one unit a split."""

    __table_args__ = (
        check("other", "unit <> successor"),
        Index("uq_succession_unit_successor", "unit", "successor", unique=True),
    )

    unit: int = reference("unit", index=False)
    successor: int = reference("unit")
    on: date = Field()
