"""The store at the edge: where it is, who works with it and when; making, saving, bringing back."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dti_core.cli.output import write_result
from dti_core.errors import usage_error
from dti_core.messages import text, visible

if TYPE_CHECKING:
    from dti_core.store import Store
    from dti_core.store.backup import Backup

EXTRA: Final = ("sqlmodel", "sqlalchemy", "alembic")
"""What the store needs and the core alone has not."""


def say(key: str, **values: object) -> None:
    """Write a sentence as the result of a command."""
    write_result(f"{visible(text(key, **values))}\n".encode(), None)


def need_store() -> Any:
    """Import the store, which takes its time.

    :raises UsageError: the extra is not installed.
    """
    try:
        from dti_core import store

        if find_spec("alembic") is None:
            raise ModuleNotFoundError(name="alembic")  # noqa: TRY301
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in EXTRA:
            raise usage_error("store.no-extra") from error
        raise
    return store


def database() -> str:
    """Return the address of the database: ``DTI_DATABASE_URL``, else ``dti.db`` in this folder."""
    store = need_store()
    address: str = os.environ.get(store.VARIABLE) or store.DEFAULT_URL
    return address


@contextmanager
def opened() -> Iterator[Store]:
    """Open the store that this command works on.

    :raises UsageError: it cannot be, and what to do about it.
    """
    with need_store().open_store(database()) as store:
        yield store


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def on(today: date | None) -> date:
    """Return the day that was given, else today's."""
    return today or datetime.now().astimezone().date()


def whoever(who: str | None) -> str:
    """Return who was given, else the login name.

    :raises UsageError: nobody is, or the name is blank or has control characters.
    """
    try:
        name = (getpass.getuser() if who is None else who).strip()
    except (OSError, KeyError) as error:  # no such user in the system, nor in the environment
        raise usage_error("usage.nobody") from error
    if not name or not name.isprintable():
        raise usage_error("usage.nobody")
    return name


def make_store() -> None:
    """Make the tables of the database, or bring older ones up to date."""
    url = database()
    from sqlalchemy import make_url

    before, after = need_store().create_store(url)
    shown = make_url(url).render_as_string()
    if before == after:
        say("store.is-current", url=shown, revision=after)
    elif before is None:
        say("store.made", url=shown, revision=after)
    else:
        say("store.brought", url=shown, before=before, revision=after)


def write_backup(file: Path, *, replace: bool) -> None:
    """Write a backup and tell what is in it."""
    with opened() as store:
        from dti_core.store.backup import back_up

        found = back_up(store, file, replace=replace)
    say("backup.written", path=file, **_figures(found))


def bring_backup(file: Path, who: str | None, *, replace: bool) -> None:
    """Bring a backup into the database and tell what was in it."""
    url = database()
    from dti_core.store.backup import restore

    found = restore(url, file, whoever(who), now(), replace=replace)
    say("backup.restored", path=file, **_figures(found))


def _figures(found: Backup) -> dict[str, object]:
    rows = ", ".join(f"{name} {count}" for name, count in found.rows.items() if count)
    return {"rows": rows or "0", "lines": found.trail.count, "hash": found.trail.hash}
