"""What the tests of the store share beside the databases: a hand that reaches into them."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # importlib mode puts no test folder on the path

from databases import databases, dti, empty, kind, process, store, url  # noqa: E402, F401


@pytest.fixture
def sql(url):  # noqa: F811
    """Change a database behind the program's back: triggers do not stop whoever can drop them."""

    def execute(*statements: str) -> list[tuple]:
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
                names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                for (name,) in connection.execute(names).fetchall():
                    connection.execute(f"DROP TRIGGER {name}")
                rows = [connection.execute(each).fetchall() for each in statements][-1]
                connection.commit()
                return rows
        with psycopg.connect(url) as connection:
            for table in ("audit", "fact", "result", "succession"):
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursors = [connection.execute(each) for each in statements]
            return cursors[-1].fetchall() if cursors[-1].description else []

    return execute
