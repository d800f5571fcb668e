"""One source → one table of text (or typed) columns, with the row that each record stands in."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction
from typing import Final

import polars as pl

from dti_core.errors import InvalidFacts, Problem
from dti_core.sources import Source

REQUIRED: Final = ("unit", "indicator")
COLUMNS: Final = (
    *REQUIRED,
    *("value", "denominator", "points", "status", "reason"),
    *("unit_name", "group", "reported_at", "evidence"),
)
"""The columns of tidy input; those after the required ones may be left out."""


def read(source: Source) -> pl.DataFrame:
    """Read a source by its first bytes: XLSX, XLS, Parquet, JSON lines, else CSV.

    :return: the columns that are there, and ``file``, ``row`` (1-based, the heading being 1) and
        ``comma`` (whether a decimal comma may stand in text).
    :raises InvalidFacts: the source cannot be read, or its columns are wrong.
    """
    try:
        content = source.content
    except OSError as error:
        raise _unreadable(source, "read.no-file", error=error.strerror or error) from error
    for magic, reader in READERS.items():
        if content.startswith(magic):
            return reader(source).with_columns(file=pl.lit(source.name))
    return _read_csv(source).with_columns(file=pl.lit(source.name))


def _read_csv(source: Source) -> pl.DataFrame:
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = source.content.count(b"\n", 0, error.start) + 1
        raise InvalidFacts([Problem("read.not-utf8", file=source.name, row=row)]) from error
    heading = text.split("\n", 1)[0]
    separator = ";" if heading.count(";") > heading.count(",") else ","
    names = _names(source, next(csv.reader([heading], delimiter=separator), []))
    try:
        table = pl.read_csv(
            text.encode(), separator=separator, has_header=True, infer_schema=False,
            new_columns=names, raise_if_empty=False,
        )  # fmt: skip
    except pl.exceptions.PolarsError as error:
        wrong = list(_wrong_lengths(source, text, separator, len(names)))
        raise (
            InvalidFacts(wrong) if wrong else _unreadable(source, "read.csv", error=error)
        ) from error
    return table.with_row_index("row", 2).with_columns(comma=pl.lit(separator == ";"))


def _wrong_lengths(source: Source, text: str, separator: str, width: int) -> Iterator[Problem]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for row, record in enumerate(reader, 1):
        if len(record) > width:
            values = {"cells": len(record), "columns": width}
            yield Problem("read.too-many-cells", values, source.name, row)


def _read_excel(source: Source) -> pl.DataFrame:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, python_calamine.PasswordError, OSError) as error:
        raise _unreadable(source, "read.excel", error=error) from error
    names = _names(source, [_cell(cell) or "" for cell in rows[0]] if rows else [])
    records = [[_cell(cell) for cell in row] for row in rows[1:]]
    table = pl.DataFrame(records, dict.fromkeys(names, pl.String), orient="row")
    table = table.with_row_index("row", 2).with_columns(comma=pl.lit(value=True))
    return table.filter(pl.any_horizontal(pl.col(names).is_not_null()))


def _cell(cell: object) -> str | None:
    """Write a typed cell as the text that a person would have typed."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return _exact(cell)
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if cell == datetime.combine(cell, datetime.min.time())
            else str(cell)
        )
    return cell.isoformat() if isinstance(cell, date) else str(cell) or None


def _exact(number: float) -> str:
    """Write a float as its shortest decimal text, without an exponent."""
    shortest = Fraction(repr(number)) if number == number and abs(number) != float("inf") else None  # noqa: PLR0124
    if shortest is None:
        return repr(number)
    return (
        str(shortest.numerator)
        if shortest.denominator == 1
        else f"{number:.17f}".rstrip("0")
        if "e" in repr(number)
        else repr(number)
    )


def _read_parquet(source: Source) -> pl.DataFrame:
    try:
        table = pl.read_parquet(source.path or io.BytesIO(source.content))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(source, "read.parquet", error=error) from error
    table.columns = _names(source, table.columns)
    return table.with_row_index("row", 2).with_columns(comma=pl.lit(value=False))


def _read_json_lines(source: Source) -> pl.DataFrame:
    records, problems = [], []
    for row, line in enumerate(source.content.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_float=str, parse_int=str)
            records.append({"row": row} | {key: _json_cell(record[key]) for key in record})
        except (ValueError, TypeError) as error:
            problems.append(Problem("read.json", {"error": error}, source.name, row))
    if problems:
        raise InvalidFacts(problems)
    names = list(dict.fromkeys(key for record in records for key in record))[1:]
    columns = {"row": pl.UInt32, **dict.fromkeys(names, pl.String)}
    table = pl.DataFrame(records, columns).with_columns(comma=pl.lit(value=False))
    return table.rename(dict(zip(names, _names(source, names), strict=True)))


def _json_cell(value: object) -> str | None:
    if isinstance(value, bool):
        return str(int(value))
    if value is None or isinstance(value, str):
        return value
    raise TypeError(value)


READERS: Final[dict[bytes, Callable[[Source], pl.DataFrame]]] = {
    b"PK": _read_excel,
    b"\xd0\xcf\x11\xe0": _read_excel,
    b"PAR1": _read_parquet,
    b"{": _read_json_lines,
}


def _names(source: Source, heading: Sequence[str]) -> list[str]:
    """Normalise the heading and refuse unknown, doubled and missing columns, all at once."""
    names = [unicodedata.normalize("NFC", each).strip().lower() for each in heading]
    problems = [
        Problem("read.unknown-column", {"close": _close(name)}, source.name, 1, name)
        for name in names
        if name not in COLUMNS
    ]
    twice = [name for name, times in Counter(names).items() if times > 1]
    problems += [Problem("read.column-twice", {}, source.name, 1, name) for name in twice]
    absent = [name for name in REQUIRED if name not in names]
    problems += [Problem("read.column-missing", {}, source.name, 1, name) for name in absent]
    if problems:
        raise InvalidFacts(problems)
    return names


def _close(name: str) -> str:
    return ", ".join(get_close_matches(name, COLUMNS, 1) or COLUMNS)


def _unreadable(source: Source, key: str, **values: object) -> InvalidFacts:
    return InvalidFacts([Problem(key, values, source.name)])
