"""Rows that are not what the trail says: both are read in one order, side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from contextlib import closing
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, String, Table, cast, select

from dti_core.errors import Problem
from dti_core.store.tables import AUDITED, AuditLine, Blob, canonical, state_columns, table_of

if TYPE_CHECKING:
    from sqlmodel import Session

Line = dict[str, Any]
Keyed = tuple[str, Line]

STORE: Final = "store"
"""What stands for the table in a line about the store as a whole."""

BATCH: Final = 5_000
BY_CODE_POINT: Final = {"sqlite": "BINARY", "postgresql": "C"}
"""The order of text that both databases and Python share."""


def stray_rows(session: Session) -> Iterator[Problem]:
    """Tell of rows that no line tells of, that differ from their lines, or that are gone."""
    known = {table_of(kind).name: kind for kind in AUDITED}
    for name, kind in known.items():
        table = table_of(kind)
        with closing(_told(session, name)) as told, closing(_rows(session, table)) as rows:
            for key, said, row in _side_by_side(told, rows):
                fault = _compared(name, key, said, row)
                if fault is None and kind is Blob and not _is_whole(session, key):
                    fault = _fault("audit.differs", name, key, columns="content")
                if fault:
                    yield fault
    audit = table_of(AuditLine)
    elsewhere = select(audit.c.table, audit.c.key).where(audit.c.table.not_in([*known, STORE]))
    for name, key in session.connection().execute(elsewhere.distinct()).all():
        yield _fault("audit.gone", name, key)


def _compared(name: str, key: str, said: Line | None, row: Line | None) -> Problem | None:
    if said is None:
        return _fault("audit.untold", name, key)
    if row is None:
        return _fault("audit.gone", name, key)
    columns = _different(said, row)
    return _fault("audit.differs", name, key, columns=columns) if columns else None


def _fault(message: str, name: str, key: str, **values: object) -> Problem:
    return Problem(message, {"table": name, "key": key, **values})


def _side_by_side(
    told: Iterator[Keyed], rows: Iterator[Keyed]
) -> Iterator[tuple[str, Line | None, Line | None]]:
    """Pair what the trail says with what is there; None where one of them says nothing."""
    both = merge(
        ((key, 0, value) for key, value in told),
        ((key, 1, value) for key, value in rows),
        key=itemgetter(0, 1),
    )
    for key, group in groupby(both, key=itemgetter(0)):
        found = {side: value for _, side, value in group}
        yield key, found.get(0), found.get(1)


def _by_code_point(session: Session, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.collate(BY_CODE_POINT[session.connection().dialect.name])


def _told(session: Session, name: str) -> Generator[Keyed]:
    """Yield by key what the lines about a table say, all that was ever changed put together."""
    audit = table_of(AuditLine)
    chosen = select(audit.c.key, audit.c.new).where(audit.c.table == name)
    chosen = chosen.order_by(_by_code_point(session, audit.c.key), audit.c.id)
    with session.connection().execute(chosen.execution_options(yield_per=BATCH)) as lines:
        for key, of_row in groupby(lines, key=itemgetter(0)):
            state: Line = {}
            for _, new in of_row:
                state |= new
            yield key, state


def _rows(session: Session, table: Table) -> Generator[Keyed]:
    key = cast(next(iter(table.primary_key)), String)
    names = state_columns(table)
    chosen = select(key, *(table.c[name] for name in names))
    chosen = chosen.order_by(_by_code_point(session, key))
    with session.connection().execute(chosen.execution_options(yield_per=BATCH)) as rows:
        for each, *values in rows:
            yield each, dict(zip(names, values, strict=True))


def _different(told: Line, row: Line) -> str:
    """Name the columns that differ; one that a later revision brought is in no line before it."""
    both = (name for name in row if name in told)
    return ", ".join(name for name in both if canonical(told[name]) != canonical(row[name]))


def _is_whole(session: Session, sha256: str) -> bool:
    """Tell whether the bytes of a blob still have its hash; what lies elsewhere is not opened."""
    table = table_of(Blob)
    content = session.connection().scalar(select(table.c.content).where(table.c.sha256 == sha256))
    return content is None or hashlib.sha256(content).hexdigest() == sha256
