"""Gõ thay cán bộ các xã: điền một bảng số liệu vào các phiếu Excel, như gõ bằng tay.

    python docs/tutorial/dien_phieu.py THU_MUC BANG.csv

Each row of the table names a unit and an indicator; every other column is a column of the form, by
its heading or by its hidden key. The form is opened, typed into, recalculated and saved by IronCalc
(``pip install ironcalc``), a spreadsheet engine that knows nothing of ``dti``. ``-`` as the table
reads standard input.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ironcalc

FORM = 0
"""The sheet that is filled in is the first."""

FURTHEST = 400
"""Beyond this row, and beyond column 60, there is nothing to fill in."""

KEYS = {
    "Giá trị": "value",
    "Mẫu số": "denominator",
    "Điểm chấm": "points",
    "Tài liệu kiểm chứng": "evidence",
    "Giải trình": "explanation",
    "Nhận xét, lý do": "explanation",
}
WORDS = {"true": "Có", "false": "Không"}


def main(folder: str, table: str) -> None:
    """Type a table into the forms that lie in a folder, one after the other."""
    text = sys.stdin.read() if table == "-" else Path(table).read_text(encoding="utf-8-sig")
    by_unit = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        by_unit[row.get("unit") or row["Đơn vị"]].append(row)
    for unit, rows in by_unit.items():
        (path,) = Path(folder).glob(f"{unit}-*.xlsx")
        fill(path, rows)


def fill(path: Path, rows: Iterable[dict[str, str]]) -> None:
    """Type rows into one form and save it as another program does."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    columns, places = layout(model)
    for row in rows:
        place = places[row.get("indicator") or row["Mã"]]
        for heading, given in row.items():
            column = columns.get(KEYS.get(heading, heading))
            if column and given:
                write(model, place, column, given)
    model.evaluate()
    with tempfile.TemporaryDirectory() as draft:
        saved = Path(draft) / path.name
        model.save_to_xlsx(str(saved))
        path.write_bytes(saved.read_bytes())


def layout(model: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Return where the columns stand by their hidden keys, and the rows by their codes."""
    keys_row = next(row for row in range(1, 60) if "explanation" in line(model, row))
    columns = {str(key): at for at, key in enumerate(line(model, keys_row), 1) if key}
    hidden = ((model.get_cell_value(FORM, row, columns["id"]), row) for row in range(1, FURTHEST))
    prefix = "indicator "
    rows = {str(each).removeprefix(prefix): row for each, row in hidden if each}
    return columns, rows


def line(model: Any, row: int) -> list[object]:
    """Return the cells of a row."""
    return [model.get_cell_value(FORM, row, column) for column in range(1, 60)]


def write(model: Any, row: int, column: int, given: str) -> None:
    """Type into one cell: a number as one, everything else as text."""
    try:
        model.update_cell_with_number(FORM, row, column, float(given.replace(",", ".")))
    except ValueError:
        model.update_cell_with_text(FORM, row, column, WORDS.get(given, given))


if __name__ == "__main__":
    main(*sys.argv[1:])
