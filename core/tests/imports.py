"""Annexes as officials have them: rows of cells, saved as CSV or as a workbook, and taken in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from dti_core.annex.importing import Imported, Target, Wish, read_annex
from dti_core.sources import Source

Cells = Sequence[Sequence[object]]
TWO_LEVELS = ("huyen", "xa")


def target(levels=("xa",), dimensions=(), clauses=("Điều 1", "Phụ lục I"), **readings) -> Target:
    """Make a decision that wants its annex."""
    return Target(levels, dict(dimensions), clauses, readings)


def as_csv(rows: Cells, separator: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: Cells, merged: Sequence[str] = (), **others: Cells) -> bytes:
    """Write a workbook: numbers as numbers, dates as dates; ranges of its first sheet merged."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, table in {"PL": rows, **others}.items():
            page = book.add_worksheet(name)
            for each in merged if name == "PL" else ():
                page.merge_range(each, "")
            for at, row in enumerate(table):
                for place, cell in enumerate(row):
                    if cell not in {"", None}:
                        write = page.write_string if isinstance(cell, str) else page.write
                        write(at, place, cell)
    return buffer.getvalue()


def take(given: Cells | bytes, wanted: Target | None = None, **wish: str) -> Imported:
    """Take an annex in, from rows or from the bytes of a file."""
    content = given if isinstance(given, bytes) else as_csv(given)
    name = "a.xlsx" if content.startswith(b"PK") else "a.csv"
    return read_annex(Source(name, data=content), wanted or target(), Wish(**wish))


def rows(imported: Imported, *columns: str) -> list[tuple[str, ...]]:
    """Return columns of the table; ``levels`` are those that are marked."""
    levels = ("so", "huyen", "xa")
    made = [
        {**each, "levels": " ".join(level for level in levels if each.get(level))}
        for each in imported.entries
    ]
    return [tuple(each[name] for name in columns) for each in made]


def codes(imported: Imported) -> list[str]:
    return [each["code"] for each in imported.entries]


def told(imported: Imported, *keys: str) -> list[str]:
    """Return what was told, of some messages or of all."""
    return [str(each) for each in imported.problems if not keys or each.key in keys]


def sentences(imported: Imported, *keys: str) -> list[str]:
    """Return the first sentence of whatever was told."""
    return [line.partition(". ")[0] for line in told(imported, *keys)]
