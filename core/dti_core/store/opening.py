"""Opening a store: what is there is looked at first, and told with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from dti_core.errors import usage_error
from dti_core.store.engine import (
    READING,
    WRITING,
    check_server,
    file_of,
    opened,
    transaction,
    unreachable,
)
from dti_core.store.migrating import REVISIONS, is_known, migrate, revision
from dti_core.store.writing import Write

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

DEFAULT_URL: Final = "sqlite:///dti.db"
VARIABLE: Final = "DTI_DATABASE_URL"


@dataclass(frozen=True)
class Store:
    """An opened database. Rows that were read stay usable after the transaction they came from."""

    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read in one transaction, which sees one state whatever others write meanwhile."""
        with transaction(self.engine, READING) as connection, _session(connection) as session:
            yield session

    @contextmanager
    def write(self, who: str, now: datetime) -> Iterator[Write]:
        """Change rows in one transaction together with their audit lines.

        One writer at a time, on either database: the next one waits, then sees what this one left.

        :param who: who changes; ``now``: when, with a time zone.
        :raises StoreBusy: the writer before did not finish in time.
        :raises Stale: a row is not what the writer has seen; nothing is saved.
        """
        with transaction(self.engine, WRITING) as connection, _session(connection) as session:
            writing = Write(session, who, now)
            yield writing
            writing.finish()


@contextmanager
def _session(connection: object) -> Iterator[Session]:
    session = Session(connection, expire_on_commit=False, autoflush=False)  # type: ignore[arg-type]
    try:
        yield session
    finally:
        session.close()


@contextmanager
def open_store(url: str | URL = DEFAULT_URL) -> Iterator[Store]:
    """Open a database that ``dti init`` has made.

    :raises UsageError: there is none, it cannot be reached, or its tables are older or newer than
        this program.
    """
    with opened(url) as engine:
        _check(engine)
        yield Store(engine)


def _check(engine: Engine) -> None:
    file, shown = file_of(engine.url), engine.url.render_as_string()
    if file is not None and not file.exists():
        raise usage_error("store.not-there", url=shown)
    found = found_revision(engine)
    if found is None:
        raise usage_error("store.empty", url=shown)
    if not is_known(found):
        raise usage_error("store.newer", url=shown, found=found, newest=REVISIONS[-1])
    if found != REVISIONS[-1]:
        raise usage_error("store.older", url=shown, found=found, newest=REVISIONS[-1])


def found_revision(engine: Engine) -> str | None:
    """Return the revision of the tables of a database that may be anything.

    :raises UsageError: it cannot be opened, or its server is too old.
    """
    try:
        with engine.connect() as connection:
            check_server(connection, engine.url)
            return revision(connection)
    except DBAPIError as error:
        raise unreachable(engine, error) from error


def create_store(url: str | URL = DEFAULT_URL) -> tuple[str | None, str]:
    """Make the tables, or bring older ones to the newest revision.

    :return: the revision before (None: there were no tables) and after.
    :raises UsageError: the database cannot be reached, or its tables are newer than this program.
    """
    with opened(url) as engine:
        found_revision(engine)
        before, after = migrate(engine)
    if after != REVISIONS[-1]:
        shown = engine.url.render_as_string()
        raise usage_error("store.newer", url=shown, found=after, newest=REVISIONS[-1])
    return before, after
