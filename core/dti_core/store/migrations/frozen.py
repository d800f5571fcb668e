"""Triggers that keep the rows of a table as they were written, on either database."""

from __future__ import annotations

from typing import Final

from alembic import op

FUNCTION: Final = """
CREATE FUNCTION dti_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- only while a backup takes the place of everything
    IF TG_OP = 'DELETE' AND current_setting('dti.restoring', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a row of % is never changed', TG_TABLE_NAME;
END $$
"""


def prepare() -> None:
    """Make what the triggers need."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(FUNCTION)


def forget() -> None:
    """Undo :func:`prepare`."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION dti_frozen()")


def freeze(table: str) -> None:
    """Refuse to change or remove a row of a table; the triggers go with the table."""
    for change in ("UPDATE", "DELETE"):
        name = f"frozen_{table}_{change.lower()}"
        if op.get_context().dialect.name == "postgresql":
            does = "EXECUTE FUNCTION dti_frozen()"
        else:
            does = f"BEGIN SELECT RAISE(ABORT, 'a row of {table} is never changed'); END"
        op.execute(f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {does}")
