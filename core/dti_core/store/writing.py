"""One transaction of changes: every row that is added or changed has its line in the trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value

from dti_core.store.stale import stale_row
from dti_core.store.strays import STORE, Line
from dti_core.store.tables import AuditHead, AuditLine, Row, Versioned, state_columns, table_of
from dti_core.store.tables.base import clean, cleaned
from dti_core.store.trail import chain_hash

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

Values = dict[str, Any]


class Write:
    """A transaction that writes; ``session`` reads what is there, this transaction's rows included.

    Rows are added and changed only by its methods, which leave the lines of the trail.
    """

    def __init__(self, session: Session, who: str, now: datetime) -> None:
        """Take the lock that lets one writer in at a time.

        :raises ValueError: ``who`` is empty or ``now`` has no time zone.
        """
        if not who.strip():
            raise ValueError(who)
        self.session, self.who, self.now = session, clean(who), clean(now)
        self._connection = session.connection()
        head = table_of(AuditHead)
        end = select(head.c["count"], head.c["hash"]).with_for_update()
        self._head = self._connection.execute(end).one()
        self._lines: list[Line] = []
        self._last: dict[Table, int] = {}

    def add(self, rows: Sequence[SQLModel], what: str, why: str = "") -> None:
        """Add new rows; each is given its ``id``.

        :param what: what was done, as the key of its message; ``why``: the reason.
        """
        for kind in dict.fromkeys(map(type, rows)):
            own = [each for each in rows if type(each) is kind]
            names = table_of(kind).c.keys()
            values = [{name: getattr(each, name) for name in names} for each in own]
            written = self.insert(kind, values, what, why)
            for row, given in zip(own, written, strict=True):
                if isinstance(row, Row):
                    row.id = given["id"]

    def insert(
        self, kind: type[SQLModel], rows: Sequence[Values], what: str, why: str = ""
    ) -> Sequence[Values]:
        """Add new rows by their values, which is quicker where there are thousands.

        :param rows: a value for every column; an ``id`` that is 0 or not there is given.
        :return: the rows as they are kept.
        """
        table = table_of(kind)
        if not rows:
            return []
        values = [cleaned(each) for each in rows]
        if "id" in table.c:
            self._number(table, values)
        self._connection.execute(insert(table), values)
        key, names = next(iter(table.primary_key)).name, state_columns(table)
        for row in values:
            told = {name: row[name] for name in names}
            self._tell(table, row, row[key], (what, why), (None, told))
        return values

    def change(self, seen: Versioned, what: str, why: str = "", **values: Any) -> bool:
        """Change columns of a row that was read before, here or in an earlier transaction.

        :param seen: the row as the writer knows it; it is brought up to date.
        :return: whether anything is different now; what is as it was leaves no line.
        :raises Stale: the row has changed since; who, when and what is told.
        """
        table = table_of(type(seen))
        row = select(*(table.c[name] for name in state_columns(table)))
        row = row.where(table.c.id == seen.id)
        stored = dict(self._connection.execute(row).mappings().one())
        if stored["version"] != seen.version:
            raise stale_row(self.session, seen)
        new = {name: value for name, value in cleaned(values).items() if stored[name] != value}
        if not new:
            return False
        new["version"] = seen.version + 1
        self._connection.execute(update(table).where(table.c.id == seen.id).values(new))
        old = {name: stored[name] for name in new}
        self._tell(table, stored | new, seen.id, (what, why), (old, new))
        for name, value in new.items():
            set_committed_value(seen, name, value)
        return True

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Make some of the changes all or none; what was changed before stays, whatever is raised.

        Rows that were read before may have changed on the way: after an exception read them anew.
        """
        lines, last = len(self._lines), dict(self._last)
        try:
            with self._connection.begin_nested():
                yield
        except BaseException:
            del self._lines[lines:]
            self._last = last
            raise

    def note(self, what: str, why: str = "", **told: Any) -> None:
        """Leave a line about the store as a whole, which belongs to no row."""
        nowhere: Line = dict.fromkeys(("cycle", "unit", "indicator"))
        self._lines.append(
            self._line((what, why), (None, told)) | {"table": STORE, "key": ""} | nowhere
        )

    def finish(self) -> None:
        """Write the lines of the trail; the transaction is committed right after."""
        if not self._lines:
            return
        count, previous = self._head
        for line in self._lines:
            count += 1
            line |= {"id": count, "previous_hash": previous}
            line["hash"] = previous = chain_hash(line)
        self._connection.execute(insert(table_of(AuditLine)), self._lines)
        self._connection.execute(update(table_of(AuditHead)).values(count=count, hash=previous))

    def _number(self, table: Table, rows: Sequence[Values]) -> None:
        """Give every row that has none the next number."""
        if table not in self._last:
            self._last[table] = self._connection.scalar(select(func.max(table.c.id))) or 0
        for row in rows:
            if not row.get("id"):
                self._last[table] += 1
                row["id"] = self._last[table]

    def _tell(
        self,
        table: Table,
        row: Mapping[str, Any],
        key: object,
        why: tuple[str, str],
        change: tuple[Values | None, Values],
    ) -> None:
        """Describe a change of a row; a new row is told whole, of a changed one what differs."""
        place = {name: row.get(name) for name in ("cycle", "unit", "indicator")}
        if table.name in {"unit", "cycle"}:
            place[table.name] = key
        where = {"table": table.name, "key": str(key), **place}
        self._lines.append(self._line(why, change) | where)

    def _line(self, why: tuple[str, str], change: tuple[Values | None, Values]) -> Line:
        told = {"what": why[0], "why": clean(why[1]), "old": change[0], "new": change[1]}
        return {"at": self.now, "who": self.who, **told}
