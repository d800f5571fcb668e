"""One source → one table of its columns, with the row that each record stands in."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Final

import polars as pl

from dti_core.collecting import json_lines
from dti_core.collecting.extent import refuse_vast
from dti_core.errors import InvalidFacts, Problem
from dti_core.sources import Source

REQUIRED: Final = ("unit", "indicator")
COLUMNS: Final = (
    *REQUIRED,
    *("value", "denominator", "points", "status", "reason"),
    *("unit_name", "group", "reported_at", "evidence", "explanation"),
    *("max_points", "replacement"),
)
"""The columns of tidy input; those after the required ones may be left out."""

UNREADABLE: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
"""What polars raises on a damaged file; a panic is no ``Exception``."""


def read(source: Source) -> pl.DataFrame:
    """Read a source by its first bytes: XLSX, XLS, Parquet, JSON lines, else CSV.

    :return: the columns that are there, as text or as the file types them, and ``row`` (1-based,
        the heading being 1), ``comma`` (whether a decimal comma may stand in text) and ``excel``.
    :raises InvalidFacts: the source cannot be read, or its columns are wrong.
    """
    start = start_of(source)
    for magic, reader in READERS.items():
        if start.startswith(magic):
            return reader(source)
    return _read_csv(source)


def start_of(source: Source) -> bytes:
    """Return the bytes of a source from the first that tells its format.

    :raises InvalidFacts: the source cannot be read.
    """
    try:
        return source.content.lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError as error:
        raise _unreadable(source, _cause(error), error=error.strerror) from error


def _cause(error: OSError) -> str:
    causes = {
        FileNotFoundError: "read.no-such-file",
        IsADirectoryError: "read.is-directory",
        PermissionError: "read.no-permission",
    }
    return causes.get(type(error), "read.no-file")


def _read_csv(source: Source) -> pl.DataFrame:
    text = decoded(source)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    heading = text.split("\n", 1)[0]
    separator = separator_of(heading)
    names = _names(source, next(csv.reader([heading], delimiter=separator), []))
    try:
        table = pl.read_csv(
            text.encode(), separator=separator, infer_schema=False, new_columns=names
        )
    except UNREADABLE as error:
        wrong = list(_wrong_lengths(source, text, separator, len(names)))
        raise InvalidFacts(wrong or [Problem("read.csv", file=source.name)]) from error
    return _numbered(table, names, comma=separator == ";")


def separator_of(heading: str) -> str:
    """Tell which of the two separators stands between the columns of a CSV file."""
    return ";" if heading.count(";") > heading.count(",") else ","


def decoded(source: Source) -> str:
    """Return the text of a source.

    :raises InvalidFacts: it is not UTF-8; the row is told.
    """
    try:
        return source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = source.content.count(b"\n", 0, error.start) + 1
        raise InvalidFacts([Problem("read.not-utf8", file=source.name, row=row)]) from error


def _wrong_lengths(source: Source, text: str, separator: str, width: int) -> Iterator[Problem]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for row, record in enumerate(reader, 1):
        if len(record) > width:
            values = {"cells": len(record), "columns": width}
            yield Problem("read.too-many-cells", values, source.name, row)


def sheets(source: Source, most: int | None = None) -> dict[str, list[list[str | None]]]:
    """Return the first sheets of a workbook by name, each cell as a person would have typed it.

    :raises InvalidFacts: the workbook is damaged, or has a password.
    """
    import python_calamine

    from dti_core.collecting.cells import as_typed

    refuse_vast(source)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        given = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names[:most]
        }
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # its reader may even panic, which is no Exception
        raise _unreadable(source, "read.excel") from error
    return {name: [[as_typed(cell) for cell in row] for row in given[name]] for name in given}


def _read_excel(source: Source) -> pl.DataFrame:
    rows = next(iter(sheets(source, 1).values()), [])
    names = _names(source, [cell or "" for cell in rows[0]] if rows else [])
    records = rows[1:]
    table = pl.DataFrame(records, dict.fromkeys(names, pl.String), orient="row")
    return _numbered(table, names, comma=True, excel=True)


def _read_parquet(source: Source) -> pl.DataFrame:
    try:
        # From the bytes that are hashed, and because a path may hold a pattern.
        table = pl.read_parquet(io.BytesIO(source.content))
    except UNREADABLE as error:
        raise _unreadable(source, "read.parquet") from error
    table.columns = _names(source, table.columns)
    wrong = [
        Problem("read.column-type", {"type": kind}, source.name, 1, name)
        for name, kind in table.schema.items()
        if not _readable(kind)
    ]
    if wrong:
        raise InvalidFacts(wrong)
    return _numbered(table, table.columns)


def _readable(kind: pl.DataType) -> bool:
    simple = (pl.String, pl.Boolean, pl.Date, pl.Datetime, pl.Categorical, pl.Enum, pl.Null)
    return kind.is_numeric() or isinstance(kind, simple)


def _read_json_lines(source: Source) -> pl.DataFrame:
    rows, records = json_lines.parse(decoded(source), source.name)
    given = list(dict.fromkeys(key for record in records for key in record))
    names = _names(source, given)
    columns = [[record.get(key) for record in records] for key in given]
    table = pl.DataFrame(columns, dict.fromkeys(names, pl.String), orient="col")
    return _numbered(table, names).with_columns(row=pl.Series(rows, dtype=pl.UInt32))


def _numbered(
    table: pl.DataFrame, names: Sequence[str], *, comma: bool = False, excel: bool = False
) -> pl.DataFrame:
    """Give every row its number in a spreadsheet, and pass over those that are empty."""
    flags = {"comma": pl.lit(comma), "excel": pl.lit(excel)}
    table = table.with_row_index("row", 2).with_columns(**flags)
    units = table["unit"].unique()
    if units.dtype != pl.String or units.str.strip_chars().replace("", None).null_count() == 0:
        return table
    blank = pl.col(names).cast(pl.String).str.strip_chars().fill_null("") == ""
    return table.filter(~pl.all_horizontal(blank))


EXCEL: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""How a workbook starts."""

READERS: Final[dict[bytes, Callable[[Source], pl.DataFrame]]] = {
    **dict.fromkeys(EXCEL, _read_excel),
    b"PAR1": _read_parquet,
    b"{": _read_json_lines,
}


def _names(source: Source, heading: Sequence[str]) -> list[str]:
    """Normalise the heading and refuse unknown, doubled and missing columns, all at once."""
    names = [unicodedata.normalize("NFC", each).strip().lower() for each in heading]
    problems = [
        _unknown_column(source, name, place)
        for place, name in enumerate(names, 1)
        if name not in COLUMNS
    ]
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    problems += [Problem("read.column-twice", {}, source.name, 1, name) for name in twice]
    absent = [name for name in REQUIRED if name not in names]
    problems += [Problem("read.column-missing", {}, source.name, 1, name) for name in absent]
    if problems:
        raise InvalidFacts(problems)
    return names


def _unknown_column(source: Source, name: str, place: int) -> Problem:
    if not name:
        return Problem("read.column-unnamed", {"place": place}, source.name, 1)
    close = ", ".join(get_close_matches(name, COLUMNS, 1) or COLUMNS)
    return Problem("read.unknown-column", {"close": close}, source.name, 1, name)


def _unreadable(source: Source, key: str, **values: object) -> InvalidFacts:
    return InvalidFacts([Problem(key, values, source.name)])
