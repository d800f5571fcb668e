"""The connection to the database: SQLite or PostgreSQL, made to behave the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dti_core.errors import DtiError, Problem, UsageError, usage_error

PATIENCE: Final = 30
"""Seconds that a writer waits for the one before him."""

OLDEST_POSTGRESQL: Final = (15,)
LOCK_NOT_AVAILABLE: Final = "55P03"
WRITES: Final = "dti_writes"
"""The execution option of a connection that is going to write."""

READING: Final[dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
WRITING: Final[dict[str, Any]] = {
    "sqlite": {WRITES: True},
    "postgresql": {"isolation_level": "READ COMMITTED"},
}
"""READ COMMITTED: once the lock is held, every statement sees what the writer before has left."""


class StoreBusy(DtiError):
    """Another writer did not finish in time; nothing was saved: exit code 1."""


class StoreFailed(DtiError):
    """The database refused or was lost; nothing was saved: exit code 1."""


def address(url: str | URL) -> URL:
    """Read the address of a database.

    :raises UsageError: it is none, or neither of SQLite nor of PostgreSQL, or kept nowhere.
    """
    try:
        given = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise usage_error("store.no-address", url=url) from error
    if given.drivername in {"postgres", "postgresql"}:
        given = given.set(drivername="postgresql+psycopg")
    if given.get_backend_name() not in READING:
        raise usage_error("store.no-address", url=given.render_as_string())
    if given.get_backend_name() == "sqlite" and file_of(given) is None:
        raise usage_error("store.in-memory", url=given.render_as_string())
    return given


def file_of(url: URL) -> Path | None:
    """Return the file of an SQLite database; None for another database, or one in memory."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def connect(url: URL) -> Engine:
    """Make the engine of an address; nothing is opened yet.

    :raises UsageError: the driver of PostgreSQL is not installed.
    """
    if file_of(url) is not None:
        engine = create_engine(url, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    own = url.query.get("options", "")
    options = {"options": f"-c lock_timeout={PATIENCE}s {own}", "connect_timeout": 10}
    try:
        return create_engine(url, connect_args=options, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise usage_error("store.no-driver") from error


@contextmanager
def opened(url: str | URL) -> Iterator[Engine]:
    """Make the engine of an address for a while."""
    engine = connect(address(url))
    try:
        yield engine
    finally:
        engine.dispose()


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Keep what is committed through a power cut, and let readers read while one writes."""
    connection.isolation_level = None  # BEGIN is ours: see _begin
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Begin: a writer takes the lock at once, else two readers that turn writers block forever."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine, options: dict[str, Any]) -> Iterator[Connection]:
    """Open a transaction of :data:`READING` or :data:`WRITING`; it ends whole or not at all.

    :raises StoreBusy: the database is locked by another.
    :raises StoreFailed: the database refused.
    """
    with told(engine), engine.connect() as plain:
        connection = plain.execution_options(**options[engine.dialect.name])
        with connection.begin():
            yield connection


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Say what the database says, for people; a broken rule of the program stays what it is."""
    try:
        yield
    except DBAPIError as error:
        values = {"url": engine.url.render_as_string(), "error": _reason(error)}
        if _is_busy(error):
            raise StoreBusy([Problem("store.busy", {"seconds": PATIENCE})]) from error
        if not _is_outside(error):
            raise
        key = "store.no-connection" if error.connection_invalidated else "store.failed"
        raise StoreFailed([Problem(key, values)]) from error


def _reason(error: DBAPIError) -> str:
    return (str(error.orig).splitlines() or [type(error.orig).__name__])[0]


def _is_busy(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    busy = code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return busy or getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE


def _is_outside(error: DBAPIError) -> bool:
    """Tell a fault of the machine, the network or the file from one of the program."""
    names = {"OperationalError", "DatabaseError"}  # the classes themselves, not those below them
    return error.connection_invalidated or type(error).__name__ in names


def check_server(connection: Connection, url: URL) -> None:
    """Refuse a PostgreSQL that is too old.

    :raises UsageError: it is.
    """
    version = connection.dialect.server_version_info or ()
    if connection.dialect.name == "postgresql" and version < OLDEST_POSTGRESQL:
        found = ".".join(map(str, version))
        raise usage_error("store.old-server", found=found, url=url.render_as_string())


def unreachable(engine: Engine, error: DBAPIError) -> UsageError:
    """Say that a database cannot be opened at all."""
    values = {"url": engine.url.render_as_string(), "error": _reason(error)}
    return usage_error("store.cannot-open", **values)
