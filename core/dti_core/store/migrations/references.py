"""How a revision names the column that another column refers to."""

from __future__ import annotations


def row_of(table: str, key: str = "id") -> list[str]:
    """Name the key of a row of a table, as a foreign key does."""
    return [f"{table}.{key}"]
