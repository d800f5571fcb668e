"""What every table shares: how rows are identified, compared and brought into one written form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, Final

import orjson
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

NAMES: Final = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are called, so that a migration can name what it changes."""


def canonical(value: object) -> bytes:
    """Write JSON in its one form: keys in order, no blanks, days and times in ISO 8601."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


class Json(TypeDecorator[Any]):
    """A JSON value as its canonical text, the same bytes on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the value; ``None`` is no value."""
        return None if value is None else canonical(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Read the value."""
        return None if value is None else orjson.loads(value)


def identity() -> Any:
    """Make the column of a row's own number; the writing transaction gives it."""
    return Field(
        default=0, primary_key=True, sa_type=Integer, sa_column_kwargs={"autoincrement": False}
    )


def scaled() -> Any:
    """Make a column of ten-thousandths that may be empty."""
    return Field(default=None, sa_type=BigInteger)


def moment() -> Any:
    """Make a column of a point in time, kept in UTC."""
    return Field(sa_type=UTCDateTime)


def reference(table: str, key: str = "id", *, index: bool = True, **options: Any) -> Any:
    """Make a column that names a row of another table.

    It has an index, for without one PostgreSQL looks through the whole table for each row that is
    removed from the other; ``index`` is false where another index begins with the column.
    """
    named = f"{table}.{key}"
    return Field(foreign_key=named, ondelete="RESTRICT", index=index, **options)


def check(name: str, condition: str) -> CheckConstraint:
    """Make a condition that every row of a table fulfils."""
    return CheckConstraint(condition, name=name)


class Row(SQLModel):
    """A row of a table; ``id`` is 0 until it is written."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)

    id: int = identity()

    def label(self) -> str:
        """Say which row this is, for people."""
        return f"{table_of(type(self)).name} {self.id}"


class Versioned(Row):
    """A row that may change; whoever changes it says which version he has seen."""

    version: int = 1


def table_of(kind: type[SQLModel]) -> Table:
    """Return the table of a class of rows."""
    table: Table = kind.__table__  # type: ignore[attr-defined]
    return table


@cache
def state_columns(table: Table) -> list[str]:
    """Name the columns that the trail tells of: all but the bytes of a blob, which have a hash."""
    return [each.name for each in table.columns if not isinstance(each.type, LargeBinary)]


def clean(value: Any) -> Any:
    """Bring a value to the form in which it is kept: NFC text, time in UTC.

    :raises ValueError: text holds a null character, or a time has no time zone.
    """
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError(value)
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(value)
        return value.astimezone(UTC)
    return value


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Bring every value of a row to the form in which it is kept."""
    return {name: clean(value) for name, value in values.items()}
