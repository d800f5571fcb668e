"""Rows of tidy input, each a dictionary of its cells, as the files that people bring."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

import polars as pl
import xlsxwriter
from frameworks import YEAR

from dti_core.collecting import collect
from dti_core.errors import InvalidFacts, Problem
from dti_core.facts import Facts
from dti_core.models import Framework
from dti_core.sources import Source

Row = Mapping[str, str]
UNIT = "Đơn vị minh hoạ 01"
FORMATS = ("csv", "xlsx", "parquet", "jsonl")


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in ("unit", "indicator", *row)))


def _csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(rows), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _xlsx(rows: Sequence[Row]) -> bytes:
    """Write a workbook; what reads as a number is a number there."""
    buffer, columns = io.BytesIO(), _columns(rows)
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, 1):
            for place, name in enumerate(columns):
                write = sheet.write if name in {"points", "max_points"} else sheet.write_string
                write(number, place, row.get(name, ""))
    return buffer.getvalue()


def _parquet(rows: Sequence[Row]) -> bytes:
    """Write columns of text, and of numbers where every cell is one."""
    buffer, columns = io.BytesIO(), _columns(rows)
    table = pl.DataFrame({name: [row.get(name) for row in rows] for name in columns}, strict=False)
    numbers = [pl.col(n).cast(pl.Float64) for n in ("points", "max_points") if n in columns]
    table.with_columns(numbers).write_parquet(buffer)
    return buffer.getvalue()


def _jsonl(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows).encode()


WRITERS = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet, "jsonl": _jsonl}


def source(*rows: Row, form: str = "csv", name: str = "") -> Source:
    """Write rows as a file in memory; without a unit they are all of one."""
    whole = [{"unit": UNIT} | row for row in rows]
    return Source(name or f"minh-hoa.{form}", data=WRITERS[form](whole))


def collected(framework: Framework, *rows: Row, form: str = "csv") -> Facts:
    """Collect rows through a real file."""
    return collect(framework, YEAR, [source(*rows, form=form)])


def problems(framework: Framework, *rows: Row, form: str = "csv") -> tuple[Problem, ...]:
    """Return every fault of rows that are refused; none where they are not."""
    try:
        collected(framework, *rows, form=form)
    except InvalidFacts as error:
        return error.problems
    return ()


def faults(framework: Framework, *rows: Row, form: str = "csv") -> list[tuple[str, int, str]]:
    """Return key, row and column of every fault."""
    found = problems(framework, *rows, form=form)
    assert {each.file for each in found} <= {f"minh-hoa.{form}"}
    return [(each.key, each.row, each.column) for each in found]
