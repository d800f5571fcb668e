"""Units, originals and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dti_core.store.migrations.frozen import forget, freeze, prepare
from dti_core.store.migrations.references import row_of

revision = "0001"
down_revision = None

START = f"INSERT INTO audit_head (id, count, hash) VALUES (1, 0, '{'0' * 64}')"  # noqa: S608
TABLES = ("unit", "succession", "blob", "audit", "audit_head")


def upgrade() -> None:
    """Make the tables."""
    prepare()
    _unit()
    _succession()
    _blob()
    _audit()
    _audit_head()
    op.execute(START)
    freeze("succession")
    freeze("audit")


def downgrade() -> None:
    """Drop the tables with all that is in them."""
    for table in reversed(TABLES):
        op.drop_table(table)
    forget()


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_unit_code")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from",
            name=op.f("ck_unit_validity"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index("ix_unit_code", "unit", ["code"], unique=False)
    op.create_index(
        "uq_unit_code_open",
        "unit",
        ["code"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )


def _succession() -> None:
    op.create_table(
        "succession",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("successor", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.CheckConstraint("unit <> successor", name=op.f("ck_succession_other")),
        sa.ForeignKeyConstraint(
            ["successor"],
            row_of("unit"),
            name=op.f("fk_succession_successor_unit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit"], row_of("unit"), name=op.f("fk_succession_unit_unit"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
    )
    op.create_index(
        "uq_succession_unit_successor", "succession", ["unit", "successor"], unique=True
    )
    op.create_index("ix_succession_successor", "succession", ["successor"], unique=False)


def _blob() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.CheckConstraint(
            "content IS NOT NULL OR path IS NOT NULL", name=op.f("ck_blob_somewhere")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_blob_sha256")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_blob_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Integer(), nullable=True),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("id >= 1", name=op.f("ck_audit_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_cell", "audit", ["unit", "indicator", "cycle"], unique=False)
    op.create_index("ix_audit_table_key", "audit", ["table", "key"], unique=False)


def _audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
