"""Which revision of the tables a database has, and how it gets to another."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, column, inspect, select, table

from dti_core.store.engine import WRITING, transaction

FOLDER: Final = Path(__file__).parent / "migrations"
VERSION_TABLE: Final = "dti_version"
REVISIONS: Final = ("0001", "0002", "0003")
"""Every revision that this program knows, the newest last."""

NONE: Final = "base"
LOCK: Final = 0x647469
"""The advisory lock of PostgreSQL that one migration holds at a time."""


def revision(connection: Connection) -> str | None:
    """Return the revision of a database; None where it has no tables of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    versions = table(VERSION_TABLE, column("version_num"))
    found: str | None = connection.scalar(select(versions.c.version_num))
    return found


def is_known(found: str | None) -> bool:
    """Tell whether this program can work with a revision, or bring it to the newest."""
    return found is None or found in REVISIONS


def migrate(engine: Engine, target: str = REVISIONS[-1]) -> tuple[str | None, str | None]:
    """Bring the tables to a revision (``base``: none), in one transaction.

    :return: the revision before and after; a database of an unknown, newer revision is left alone.
    """
    with transaction(engine, WRITING) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        before = revision(connection)
        if is_known(before):
            _move(connection, before, target)
        return before, revision(connection)


def _move(connection: Connection, before: str | None, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    order = (None, *REVISIONS)
    wanted = None if target == NONE else target
    if order.index(wanted) < order.index(before):
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)
