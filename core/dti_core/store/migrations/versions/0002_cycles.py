"""Cycles: what is open for whom, who appraises, what was entered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dti_core.store.migrations.frozen import freeze
from dti_core.store.migrations.references import row_of

revision = "0002"
down_revision = "0001"

TABLES = ("cycle", "phase", "lock_exception", "appraiser", "exclusion", "fact")


def upgrade() -> None:
    """Make the tables."""
    _cycle()
    _phase()
    _lock_exception()
    _appraiser()
    _exclusion()
    _fact()
    freeze("fact")


def downgrade() -> None:
    """Drop the tables with all that is in them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _cycle() -> None:
    op.create_table(
        "cycle",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("decision_number", sa.String(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("annex", sa.String(), nullable=True),
        sa.Column("annex_name", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state <> ''", name=op.f("ck_cycle_state")),
        sa.ForeignKeyConstraint(
            ["annex"],
            row_of("blob", "sha256"),
            name=op.f("fk_cycle_annex_blob"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
    )
    op.create_index("uq_cycle_plugin_level_year", "cycle", ["plugin", "level", "year"], unique=True)
    op.create_index("ix_cycle_annex", "cycle", ["annex"], unique=False)


def _phase() -> None:
    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('self', 'round1', 'explanation', 'round2', 'final')",
            name=op.f("ck_phase_stage"),
        ),
        sa.CheckConstraint(
            "ends IS NULL OR starts IS NULL OR ends >= starts", name=op.f("ck_phase_days")
        ),
        sa.ForeignKeyConstraint(
            ["cycle"], row_of("cycle"), name=op.f("fk_phase_cycle_cycle"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit"], row_of("unit"), name=op.f("fk_phase_unit_unit"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
    )
    op.create_index(
        "uq_phase_cycle_stage",
        "phase",
        ["cycle", "stage"],
        unique=True,
        sqlite_where=sa.text("unit IS NULL"),
        postgresql_where=sa.text("unit IS NULL"),
    )
    op.create_index("uq_phase_cycle_stage_unit", "phase", ["cycle", "stage", "unit"], unique=True)
    op.create_index("ix_phase_unit", "phase", ["unit"], unique=False)


def _lock_exception() -> None:
    op.create_table(
        "lock_exception",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lock_exception_reason")),
        sa.CheckConstraint(
            "stage IN ('self', 'round1', 'explanation', 'round2', 'final')",
            name=op.f("ck_lock_exception_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["cycle"],
            row_of("cycle"),
            name=op.f("fk_lock_exception_cycle_cycle"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit"], row_of("unit"), name=op.f("fk_lock_exception_unit_unit"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock_exception")),
    )
    op.create_index(
        "ix_lock_exception_cycle_unit", "lock_exception", ["cycle", "unit"], unique=False
    )
    op.create_index("ix_lock_exception_unit", "lock_exception", ["unit"], unique=False)


def _appraiser() -> None:
    op.create_table(
        "appraiser",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_appraiser_name")),
        sa.ForeignKeyConstraint(
            ["cycle"], row_of("cycle"), name=op.f("fk_appraiser_cycle_cycle"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraiser")),
    )
    op.create_index(
        "uq_appraiser_cycle_indicator_name",
        "appraiser",
        ["cycle", "indicator", "name"],
        unique=True,
    )


def _exclusion() -> None:
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint("document <> ''", name=op.f("ck_exclusion_document")),
        sa.ForeignKeyConstraint(
            ["cycle"], row_of("cycle"), name=op.f("fk_exclusion_cycle_cycle"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["original"],
            row_of("blob", "sha256"),
            name=op.f("fk_exclusion_original_blob"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit"], row_of("unit"), name=op.f("fk_exclusion_unit_unit"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
    )
    op.create_index(
        "ix_exclusion_cycle_unit_indicator",
        "exclusion",
        ["cycle", "unit", "indicator"],
        unique=False,
    )
    op.create_index("ix_exclusion_original", "exclusion", ["original"], unique=False)
    op.create_index("ix_exclusion_unit", "exclusion", ["unit"], unique=False)


def _fact() -> None:
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("appraiser", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("max_points", sa.BigInteger(), nullable=True),
        sa.Column("replacement", sa.String(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stage IN ('self', 'round1', 'explanation', 'round2', 'final')",
            name=op.f("ck_fact_stage"),
        ),
        sa.CheckConstraint(
            "denominator IS NULL OR value IS NOT NULL", name=op.f("ck_fact_denominator")
        ),
        sa.CheckConstraint(
            "max_points IS NULL OR points IS NOT NULL", name=op.f("ck_fact_max_points")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_fact_version")),
        sa.ForeignKeyConstraint(
            ["cycle"], row_of("cycle"), name=op.f("fk_fact_cycle_cycle"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit"], row_of("unit"), name=op.f("fk_fact_unit_unit"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index(
        "uq_fact_cell_version",
        "fact",
        ["cycle", "unit", "indicator", "stage", "appraiser", "version"],
        unique=True,
    )
    op.create_index("ix_fact_unit", "fact", ["unit"], unique=False)
