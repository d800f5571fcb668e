"""Moving every row at once from one database to another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Connection, Engine, func, insert, select, update

from dti_core.errors import Problem
from dti_core.store.engine import PATIENCE, StoreBusy, told
from dti_core.store.tables import AuditHead, Row, table_of

BATCH: Final = 1_000
PAUSE: Final = 0.25
"""Seconds between two tries to get at a database that another is using."""


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table but the head of the trail, which is always one."""
    tables = (each for each in Row.metadata.sorted_tables if each is not table_of(AuditHead))
    return {
        each.name: connection.scalar(select(func.count()).select_from(each)) or 0 for each in tables
    }


def copy_file(engine: Engine, file: Path) -> None:
    """Copy an SQLite database to a new file, as it is at one moment."""
    with told(engine), engine.connect() as connection, closing(sqlite3.connect(file)) as copy:
        _driver(connection).backup(copy)


def take_in_file(file: Path, engine: Engine) -> None:
    """Let a file take the place of all that is in an SQLite database, in one transaction.

    :raises StoreBusy: others did not let go of the database in time.
    """
    tries = iter(range(int(PATIENCE / PAUSE)))

    def wait(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and next(tries, None) is None:
            raise StoreBusy([Problem("store.busy", {"seconds": PATIENCE})])

    with told(engine), engine.connect() as connection, closing(sqlite3.connect(file)) as given:
        given.backup(_driver(connection), progress=wait, sleep=PAUSE)


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def copy_rows(source: Connection, into: Connection) -> None:
    """Copy every row into tables that are empty; a row comes after those that it refers to."""
    for table in Row.metadata.sorted_tables:
        order = list(table.primary_key)
        chosen = select(table).order_by(*order).execution_options(yield_per=BATCH)
        with source.execute(chosen) as rows:
            for batch in rows.mappings().partitions(BATCH):
                values = [dict(row) for row in batch]
                if table is table_of(AuditHead):
                    into.execute(update(table).values(values[0]))
                else:
                    into.execute(insert(table), values)


def take_in_rows(source: Connection, into: Connection) -> None:
    """Let rows take the place of all that is in a PostgreSQL database; readers see either state."""
    head = table_of(AuditHead)
    into.execute(select(head.c.id).with_for_update())  # as every writer does
    into.exec_driver_sql("SET LOCAL dti.restoring = 'on'")
    for table in reversed(Row.metadata.sorted_tables):
        if table is not head:
            into.execute(table.delete())
    copy_rows(source, into)
