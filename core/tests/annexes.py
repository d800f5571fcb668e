"""Files of annexes: an outline that wants one, rows that fit it, and how people save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from frameworks import cite, decision, dimension, framework, interpretation, ranking

from dti_core.annex import bring
from dti_core.annex.table import COLUMNS
from dti_core.errors import InvalidAnnex, Problem
from dti_core.models import Framework
from dti_core.sources import Source

Rows = Sequence[Mapping[str, str]]
LISTED = "Tỷ lệ công chức, viên chức chuyên trách"
LISTED_ROW = {"code": "2.1", "dimension": "2", "name": LISTED, "appraiser": "Sở Nội vụ"}
BONUS = {
    "id": "bonus",
    "options": [
        {"id": "off", "text": "Không", "value": "refused"},
        {"id": "on", "text": "Có", "value": "annex"},
    ],
    "in_force": "off",
}

ANNEX = f"""\
code|parent|dimension|name|max_points|rule|parameters|rankings|evidence|clause
1.1||1|Ban hành kế hoạch|10|due_date|due=31/01; late=1/2||Kế hoạch|
1.2||1|Tin, bài|10|count_against|minimum=12|||Phụ lục I.1.2
2.1||2|{LISTED}|12.5|share|full_from=80%|kts||
2.2||2|Dịch vụ công|17.5|sum_of||kts||
2.2.1|2.2|2|Hồ sơ trực tuyến|10|awarded||||
2.2.2|2.2|2|Số lớp tập huấn|7.5|steps|steps=2:1, 1:1/2|||
"""
ROWS: Rows = tuple(csv.DictReader(io.StringIO(ANNEX), delimiter="|"))
"""Rows 2 … 7 of a file: an annex without a fault."""


def outline(**fields) -> Framework:
    """Build a framework that knows its main indicators and figures, not its indicators."""
    first = {"indicators": 2, "max_points": "20", "citation": cite("Phụ lục I")}
    dimensions = [dimension("1", declared=first), dimension("2")]
    given = {
        "decision": decision(clauses=[{"id": "Điều 1"}, {"id": "Phụ lục I"}]),
        "detail": "outline",
        "declared": {"dimensions": 2, "indicators": 4, "max_points": "50", "citation": cite()},
        "rankings": [ranking(), ranking("kts", from_annex=True)],
        "listed": [LISTED_ROW | {"citation": cite("Phụ lục I.2.1")}],
        "information": [{"code": "I.9", "name": "Dân số", "citation": cite()}],
        "interpretations": [interpretation(**BONUS)],
    }
    return framework(*dimensions, **given | fields)


def bare(**fields) -> Framework:
    """Build an outline of which even the main indicators stand in the annex."""
    nothing = {"declared": {"citation": cite()}, "listed": (), "dimensions": ()}
    return outline(**nothing | fields)


def as_csv(rows: Rows, columns: Sequence[str] = COLUMNS, separator: str = ",") -> bytes:
    """Write an annex as UTF-8 CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: Rows, columns: Sequence[str] = COLUMNS, sheet: str = "Phụ lục") -> bytes:
    """Write an annex as a workbook, numbers as numbers."""
    return workbook({sheet: [list(columns), *([row.get(c, "") for c in columns] for row in rows)]})


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Write a workbook of cells; what looks like a number outside code columns is one."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(at, place, cell)
                    elif cell is not None:
                        sheet.write(at, place, cell)
    return buffer.getvalue()


@dataclass(frozen=True)
class Form:
    """A format of annexes, and how it names a cell."""

    suffix: str

    def source(self, rows: Rows, **how) -> Source:
        content = as_xlsx(rows, **how) if self.suffix == "xlsx" else as_csv(rows, **how)
        return Source(f"annex.{self.suffix}", data=content)

    def place(self, row: int, column: str | None) -> str:
        """Return how a message starts that is about a cell."""
        if self.suffix == "xlsx":
            letter = "" if column is None else "ABCDEFGHIJKL"[COLUMNS.index(column)]
            return f"annex.xlsx, Phụ lục!{letter}{row}: "
        named = "" if column is None else f", cột “{column}”"
        return f"annex.csv, dòng {row}{named}: "


FORMS = [Form("csv"), Form("xlsx")]


def faults(given: Framework, source: Source) -> list[Problem]:
    """Return what is wrong with an annex."""
    try:
        bring(given, source)
    except InvalidAnnex as error:
        return list(error.problems)
    return []


def changed(changes: Mapping[tuple[int, str], str], rows: Rows = ROWS) -> list[dict[str, str]]:
    """Change cells of rows, each by the number of its row in a file and its column."""
    copies = [dict(row) for row in rows]
    for (row, column), cell in changes.items():
        copies[row - 2][column] = cell
    return copies
