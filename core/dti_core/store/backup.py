"""Backups: one SQLite file, whichever database it comes from, whole and verified.

A backup is itself a store: it can be opened, read and verified like any other, and brought into
either kind of database.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine

from dti_core.errors import DtiError, Problem, usage_error
from dti_core.store.copying import copy_file, copy_rows, counts, take_in_file, take_in_rows
from dti_core.store.engine import READING, WRITING, file_of, opened, transaction
from dti_core.store.migrating import REVISIONS, is_known
from dti_core.store.opening import Store, create_store, found_revision
from dti_core.store.tables import AuditHead
from dti_core.store.trail import Trail, verify

RESTORE: Final = "backup.restore"


class BrokenBackup(DtiError):
    """The backup is damaged, cut short or was altered: exit code 1."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds: how many rows each table has, and the end of its trail."""

    rows: dict[str, int]
    trail: Trail


def back_up(store: Store, path: Path, *, replace: bool = False) -> Backup:
    """Write everything to one file while others go on reading and writing.

    The file is one moment of the database; it takes its name once it is whole and verified. Files
    of evidence that lie outside the database are not in it.

    :raises UsageError: there is such a file and it is not to be replaced, or it cannot be written.
    :raises BrokenBackup: the database itself is not what its trail says.
    """
    if path.exists() and not replace:
        raise usage_error("backup.exists", path=path)
    try:
        with tempfile.TemporaryDirectory(prefix=".dti-backup-", dir=path.parent) as folder:
            draft = Path(folder, "draft.db")
            _write(store.engine, draft)
            found = _verified(draft, path)
            _close_to_one_file(draft)
            draft.replace(path)
    except OSError as error:
        raise usage_error("usage.cannot-write", output=path, error=error.strerror) from error
    return found


def restore(url: str, path: Path, who: str, now: datetime, *, replace: bool = False) -> Backup:
    """Bring a backup into a database, which is made where there is none.

    Everything comes at once or not at all, with a line in the trail that says so.

    :raises UsageError: the database holds something and is not to be replaced; the backup comes
        from a newer program.
    :raises BrokenBackup: the backup is damaged or was altered; the database stays as it is.
    """
    with tempfile.TemporaryDirectory(prefix="dti-restore-") as folder:
        copy = Path(folder, "copy.db")
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise usage_error("backup.unreadable", path=path, error=error.strerror) from error
        _bring_up_to_date(copy, path)
        found = _verified(copy, path)
        create_store(url)
        with opened(url) as target:
            _note(copy, target, who, now, replace=replace)
            _take_in(copy, target)
            _compare(copy, target)
    return found


def _address(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def _write(engine: Engine, draft: Path) -> None:
    if file_of(engine.url) is not None:
        copy_file(engine, draft)
        return
    create_store(_address(draft))
    with (
        opened(_address(draft)) as target,
        transaction(engine, READING) as source,
        transaction(target, WRITING) as into,
    ):
        copy_rows(source, into)


def _close_to_one_file(path: Path) -> None:
    """Leave the write-ahead log, which would be files of its own beside the backup."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = DELETE").close()


def _bring_up_to_date(copy: Path, path: Path) -> None:
    _check_pages(copy, path)
    with opened(_address(copy)) as engine:
        found = found_revision(engine)
    if found is None:
        raise BrokenBackup([Problem("backup.no-store", {"path": path})])
    if not is_known(found):
        raise usage_error("store.newer", url=path, found=found, newest=REVISIONS[-1])
    create_store(_address(copy))


def _check_pages(file: Path, path: Path) -> None:
    """Look through every page and every reference of a file."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            fault = connection.execute("PRAGMA integrity_check").fetchone()[0]
            stray = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BrokenBackup([Problem("backup.damaged", {"path": path, "error": error})]) from error
    if fault != "ok" or stray:
        values = {"path": path, "error": stray or fault}
        raise BrokenBackup([Problem("backup.damaged", values)])


def _verified(file: Path, path: Path) -> Backup:
    """Hold a file against its own trail.

    :raises BrokenBackup: it does not agree; what is wrong is told.
    """
    _check_pages(file, path)
    with opened(_address(file)) as engine:
        found = _look(engine)
    if found.trail.problems:
        raise BrokenBackup([Problem("backup.untrue", {"path": path}), *found.trail.problems])
    return found


def _look(engine: Engine) -> Backup:
    with Store(engine).read() as session:
        return Backup(counts(session.connection()), verify(session))


def _note(copy: Path, target: Engine, who: str, now: datetime, *, replace: bool) -> None:
    """Write into the copy that it is restored, and which trail it takes the place of.

    :raises UsageError: there is something in the database, and it is not to be replaced.
    """
    with Store(target).read() as session:
        there = counts(session.connection())
        trail = verify(session)
    if any(there.values()) and not replace:
        rows = sum(there.values())
        raise usage_error("backup.not-empty", url=target.url.render_as_string(), rows=rows)
    with opened(_address(copy)) as engine, Store(engine).write(who, now) as write:
        write.note(RESTORE, replaced_lines=trail.count, replaced_hash=trail.hash)


def _take_in(copy: Path, target: Engine) -> None:
    if file_of(target.url) is not None:
        take_in_file(copy, target)
        return
    with (
        opened(_address(copy)) as source,
        transaction(source, READING) as given,
        transaction(target, WRITING) as into,
    ):
        take_in_rows(given, into)


def _compare(copy: Path, target: Engine) -> None:
    """Make sure that what was restored is what the backup holds.

    :raises BrokenBackup: it is not.
    """
    with opened(_address(copy)) as engine, Store(engine).read() as session:
        wanted = session.get_one(AuditHead, 1).hash
    with Store(target).read() as session:
        trail = verify(session, noted=wanted)
    if trail.problems:
        raise BrokenBackup([Problem("backup.differs"), *trail.problems])
