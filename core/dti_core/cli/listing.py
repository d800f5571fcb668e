"""Lists from the store: as a table to read, as CSV or as JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from dti_core.cli.output import write_result
from dti_core.messages import text

FORMULA_START: Final = re.compile(r"^[=+\-@\t\r]")
"""A spreadsheet takes text of a CSV file that starts so for a formula (CWE-1236)."""

Rows = Sequence[Mapping[str, object]]


def write_list(heading: str, rows: Rows, form: str | None, output: Path | None) -> None:
    """Write rows, each by column; the form is asked for, or told by the name of the file."""
    suffix = output.suffix[1:].lower() if output else ""
    form = form or (suffix if suffix in {"csv", "json"} else "table")
    if form == "json":
        write_result(to_json(rows), output)
    elif form == "csv":
        write_result(_csv(rows), output)
    else:
        write_result(_table(heading, rows, plain=output is not None), output)


def to_json(rows: Rows) -> bytes:
    """Write rows as JSON."""
    import orjson

    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps([dict(each) for each in rows], option=option)


def _csv(rows: Rows) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for number, row in enumerate(rows):
        if number == 0:
            writer.writerow(row)
        writer.writerow(FORMULA_START.sub(r"'\g<0>", _written(cell)) for cell in row.values())
    return buffer.getvalue().encode()


def _table(heading: str, rows: Rows, *, plain: bool) -> bytes:
    from rich.table import Table
    from rich.text import Text

    from dti_core.report.console import cell, rendered

    table = Table(title=Text(heading), title_justify="left")
    for name in rows[0] if rows else ():
        table.add_column(text(f"column.{name}"))
    for row in rows:
        table.add_row(*(cell(_shown(each)) for each in row.values()))
    return rendered([table] if rows else [Text(heading)], plain=plain)


def _shown(cell: object) -> str:
    """Write a value as officials do."""
    if isinstance(cell, bool):
        return "✓" if cell else ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else _written(cell)


def _written(cell: object) -> str:
    if isinstance(cell, list):
        return ", ".join(map(str, cell))
    return "" if cell is None else str(cell)
