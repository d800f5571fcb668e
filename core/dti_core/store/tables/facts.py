"""What was entered, what shows it, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field, SQLModel

from dti_core.store.tables.base import Json, Row, Versioned, check, moment, reference, scaled
from dti_core.store.tables.cycles import is_stage


class Fact(Row, table=True):
    """One version of one cell: what one side says of an indicator of a unit at one stage.

    A cell is cycle, unit, indicator, stage and appraiser ("" where only one voice speaks). A change
    is a row of its own with the next ``version``, never an overwrite; the latest counts, and one
    without any value empties the cell. The columns from ``value`` to ``replacement`` are those of
    :data:`dti_core.facts.FACT_COLUMNS`, numbers in ten-thousandths; ``text`` names the evidence of
    an indicator, says what general information says, or is the status of the unit where
    ``indicator`` is "".
    """

    __table_args__ = (
        is_stage(),
        check("version", "version >= 1"),
        check("denominator", "denominator IS NULL OR value IS NOT NULL"),
        check("max_points", "max_points IS NULL OR points IS NOT NULL"),
        Index(
            "uq_fact_cell_version",
            *("cycle", "unit", "indicator", "stage", "appraiser", "version"),
            unique=True,
        ),
    )

    cycle: int = reference("cycle", index=False)
    unit: int = reference("unit")
    indicator: str
    stage: str
    appraiser: str = ""
    version: int = 1
    value: int | None = scaled()
    denominator: int | None = scaled()
    points: int | None = scaled()
    reason: str | None = None
    max_points: int | None = scaled()
    replacement: str | None = None
    explanation: str | None = None
    text: str | None = None
    entered_by: str
    entered_at: datetime = moment()


class Blob(SQLModel, table=True):
    """An original, kept once by its hash: its bytes, or where they lie in the store of files."""

    metadata = Row.metadata
    __table_args__ = (
        check("sha256", "length(sha256) = 64"),
        check("size", "size >= 0"),
        check("somewhere", "content IS NOT NULL OR path IS NOT NULL"),
    )

    sha256: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    path: str | None = None


class Evidence(Versioned, table=True):
    """A link or a file that shows an indicator of a unit; a newer one names what it replaces."""

    __table_args__ = (
        check("one", "(link IS NULL) <> (sha256 IS NULL)"),
        Index("ix_evidence_cycle_unit_indicator", "cycle", "unit", "indicator"),
    )

    cycle: int = reference("cycle", index=False)
    unit: int = reference("unit")
    indicator: str
    name: str
    link: str | None = None
    sha256: str | None = reference("blob", "sha256", default=None)
    media_type: str | None = None
    replaces: int | None = reference("evidence", default=None)
    withdrawn: bool = False
    added_by: str
    added_at: datetime = moment()


class Result(Row, table=True):
    """A published result, frozen: its recipe and, as a blob, the bytes of its JSON.

    A correction is a row of its own with the next ``version`` that names the one it replaces.
    """

    __table_args__ = (
        check("version", "version >= 1"),
        Index("uq_result_cycle_version", "cycle", "version", unique=True),
    )

    cycle: int = reference("cycle", index=False)
    version: int = 1
    recipe: dict[str, Any] = Field(sa_type=Json)
    content: str = reference("blob", "sha256")
    published_on: date
    replaces: int | None = reference("result", default=None)
