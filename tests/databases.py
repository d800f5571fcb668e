"""What tests on databases share: every one of them runs on SQLite and on PostgreSQL.

The server of PostgreSQL is started once, by the first test that needs it (see ``postgres.py``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from postgres import server

from dti_core.cli.language import choose_language
from dti_core.cli.run import run
from dti_core.messages import DEFAULT_LANGUAGE, use_language
from dti_core.store import create_store, open_store
from dti_core.store.migrating import REVISIONS, VERSION_TABLE
from dti_core.store.tables import NO_HASH, Row

DTI = Path(sys.executable).with_name("dti")
TEMPLATE = "dti_template"
NAMES = [each.name for each in reversed(Row.metadata.sorted_tables)]
EMPTYING = [
    "SET dti.restoring = 'on'",
    *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in NAMES),
    *(f"DELETE FROM {name}" for name in NAMES),  # noqa: S608
    f"INSERT INTO audit_head VALUES (1, 0, '{NO_HASH}')",  # noqa: S608
    f"UPDATE {VERSION_TABLE} SET version_num = '{REVISIONS[-1]}'",  # noqa: S608
]
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
KINDS = ["sqlite", "postgresql"]


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


class Databases:
    """Databases of either kind, empty or with tables; PostgreSQL's are used again, being dear."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        self.folder, self.opened, self.numbers = folder, opened, count(1)
        self.server = None
        self.filled: set[str] = set()
        self.free: list[str] = []

    def make(self, kind: str, *, empty: bool = False) -> str:
        if kind == "postgresql" and self.server is None:
            self.server = self.opened.enter_context(server())
        if kind == "postgresql" and self.free and not empty:
            return self.free.pop()
        if not empty and kind not in self.filled:
            create_store(self._new(kind, TEMPLATE))
            self.filled.add(kind)
        return self._new(kind, f"dti_{next(self.numbers)}", None if empty else TEMPLATE)

    def give_back(self, url: str) -> None:
        """Empty the tables of PostgreSQL for the next test, where they are still there."""
        if url.startswith("sqlite"):
            return
        with psycopg.connect(url) as connection:
            found = {name for (name,) in connection.execute(TABLES)}
            if found != {*NAMES, VERSION_TABLE}:
                return
            connection.execute(";".join(EMPTYING))
        self.free.append(url)

    def _new(self, kind: str, name: str, template: str | None = None) -> str:
        if kind == "sqlite":
            path = self.folder / f"{name}.db"
            if template:
                shutil.copyfile(self.folder / f"{template}.db", path)
            return f"sqlite:///{path}"
        like = f" TEMPLATE {template}" if template else ""
        with psycopg.connect(self.server.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}{like}")
        return self.server.format(name)


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    with ExitStack() as opened:
        yield Databases(tmp_path_factory.mktemp("databases"), opened)


@pytest.fixture(params=KINDS)
def kind(request):
    """Either kind of database, one after the other."""
    return request.param


@pytest.fixture
def url(kind, databases):
    """A database with tables and nothing in them."""
    made = databases.make(kind)
    yield made
    databases.give_back(made)


@pytest.fixture
def empty(kind, databases):
    """A database without tables; of SQLite not even a file."""
    return databases.make(kind, empty=True)


@pytest.fixture
def store(url):
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def dti(capsysbinary, monkeypatch):
    """Run a command in this process, on a database."""
    monkeypatch.setenv("LANGUAGE", DEFAULT_LANGUAGE)
    monkeypatch.delenv("DTI_LANG", raising=False)
    monkeypatch.delenv("DTI_DATABASE_URL", raising=False)

    def call(*arguments: object, url: str | None = None) -> Ran:
        given = [str(each) for each in arguments]
        if url is not None:
            monkeypatch.setenv("DTI_DATABASE_URL", url)
        use_language(DEFAULT_LANGUAGE)
        choose_language(given)
        capsysbinary.readouterr()
        code = run(given)
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    yield call
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture
def process():
    """Run a command as a process of its own, on a database."""

    def call(*arguments: object, url: str, stdin: bytes = b"", **environment: str) -> Ran:
        done = subprocess.run(
            [DTI, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            env=os.environ | {"DTI_DATABASE_URL": url} | environment,
            timeout=60,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
