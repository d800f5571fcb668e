"""Evidence and published results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dti_core.store.migrations.frozen import freeze
from dti_core.store.migrations.references import row_of

revision = "0003"
down_revision = "0002"

TABLES = ("evidence", "result")


def upgrade() -> None:
    """Make the tables."""
    _evidence()
    _result()
    freeze("result")


def downgrade() -> None:
    """Drop the tables with all that is in them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(link IS NULL) <> (sha256 IS NULL)", name=op.f("ck_evidence_one")),
        sa.ForeignKeyConstraint(
            ["cycle"], row_of("cycle"), name=op.f("fk_evidence_cycle_cycle"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["replaces"],
            row_of("evidence"),
            name=op.f("fk_evidence_replaces_evidence"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            row_of("blob", "sha256"),
            name=op.f("fk_evidence_sha256_blob"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit"], row_of("unit"), name=op.f("fk_evidence_unit_unit"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(
        "ix_evidence_cycle_unit_indicator", "evidence", ["cycle", "unit", "indicator"], unique=False
    )
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"], unique=False)
    op.create_index("ix_evidence_replaces", "evidence", ["replaces"], unique=False)
    op.create_index("ix_evidence_unit", "evidence", ["unit"], unique=False)


def _result() -> None:
    op.create_table(
        "result",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_result_version")),
        sa.ForeignKeyConstraint(
            ["content"],
            row_of("blob", "sha256"),
            name=op.f("fk_result_content_blob"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["cycle"], row_of("cycle"), name=op.f("fk_result_cycle_cycle"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["replaces"],
            row_of("result"),
            name=op.f("fk_result_replaces_result"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
    )
    op.create_index("uq_result_cycle_version", "result", ["cycle", "version"], unique=True)
    op.create_index("ix_result_content", "result", ["content"], unique=False)
    op.create_index("ix_result_replaces", "result", ["replaces"], unique=False)
