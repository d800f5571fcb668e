"""The same facts, in every format and spelling that the contract names, give the same result."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import unicodedata

import polars as pl
import pytest
import xlsxwriter

NAME = "Đơn vị minh hoạ 01"
HEADING = ("unit", "indicator", "value", "denominator", "points", "status", "reason")
ROWS = (
    ("I.1", "có", "", "", "", ""),  # 5
    ("I.3", "không", "", "", "", ""),  # 0
    ("I.2", "1", "", "", "", ""),  # half of 10
    ("I.4", "4.5", "", "", "", ""),  # 4.5 of 12 articles: 9
    ("I.9", "12.34", "", "", "", ""),  # 12.34 % of 20: 2.468
    ("I.10", "3", "8", "", "", ""),  # 3.75
    ("II.1", "01/02/2024", "", "", "", ""),  # half of 10
    ("VI.5", "", "", "7.25", "", ""),
    ("IX.3", "0", "0", "", "", ""),  # out of the denominator
    ("III.2", "", "", "", "na", "12/UBND minh hoạ"),  # out of the denominator
)
POINTS, MAXIMUM, VALUE = "37.47", "635.00", "5.90"


def _text(separator: str = ",", comma: bool = False, unit: str = NAME, pad: str = "") -> str:
    rows = [[unit, *row] for row in ROWS]
    if comma:
        rows = [[*row[:2], *(cell.replace(".", ",") for cell in row[2:])] for row in rows]
    lines = [HEADING, *rows]
    return "".join(separator.join(f"{pad}{cell}{pad}" for cell in line) + "\n" for line in lines)


def _workbook(convert) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADING)
        for row, cells in enumerate(ROWS, 1):
            for place, cell in enumerate((NAME, *cells)):
                typed = convert(cell) if 2 <= place <= 4 else cell
                if isinstance(typed, dt.date):
                    sheet.write_datetime(row, place, typed, day)
                elif typed != "":
                    sheet.write(row, place, typed)
    return buffer.getvalue()


def _typed(cell: str) -> object:
    """Write a cell as Excel holds it: booleans, dates and numbers, not text."""
    if cell in {"có", "không"}:
        return cell == "có"
    if "/" in cell:
        return dt.datetime.strptime(cell, "%d/%m/%Y").date()  # noqa: DTZ007
    return float(cell) if cell else ""


def _number(cell: str) -> object:
    """Write a cell as JSON holds it: numbers and true, null where nothing stands."""
    typed = _typed(cell)
    return cell if isinstance(typed, dt.date) else (None if typed == "" else typed)


def _json(convert) -> str:
    records = [
        dict(zip(HEADING, (NAME, row[0], *map(convert, row[1:4]), *row[4:]), strict=True))
        for row in ROWS
    ]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _parquet() -> bytes:
    buffer = io.BytesIO()
    rows = [[NAME, *(cell or None for cell in row)] for row in ROWS]
    schema = dict.fromkeys(HEADING, pl.String)
    pl.DataFrame(rows, schema, orient="row").write_parquet(buffer)
    return buffer.getvalue()


def _reordered() -> str:
    lines = [line.split(",") for line in _text().splitlines()]
    return "".join(",".join(reversed(line)) + "\n" for line in lines).replace("unit", " Unit ")


KINDS = {
    "csv": ("a.csv", _text()),
    "csv-bom": ("a.csv", "\ufeff" + _text()),
    "csv-windows-lines": ("a.csv", _text().replace("\n", "\r\n")),
    "csv-old-mac-lines": ("a.csv", _text().replace("\n", "\r")),
    "csv-no-last-line-end": ("a.csv", _text().rstrip("\n")),
    "csv-quoted": ("a.csv", _text(pad='"')),
    "csv-padded": ("a.csv", _text(pad="  ")),
    "csv-nfd": ("a.csv", unicodedata.normalize("NFD", _text())),
    "csv-other-order": ("a.csv", _reordered()),
    "csv-name-does-not-matter": ("a.txt", _text()),
    "semicolon": ("a.csv", _text(";")),
    "semicolon-bom": ("a.csv", "\ufeff" + _text(";")),
    "semicolon-decimal-comma": ("a.csv", _text(";", comma=True)),
    "semicolon-decimal-comma-bom": ("a.csv", "\ufeff" + _text(";", comma=True)),
    "xlsx-typed": ("a.xlsx", _workbook(_typed)),
    "xlsx-text": ("a.xlsx", _workbook(str)),
    "xlsx-text-decimal-comma": ("a.xlsx", _workbook(lambda cell: cell.replace(".", ","))),
    "parquet-text": ("a.parquet", _parquet()),
    "json-typed": ("a.jsonl", _json(_number)),
    "json-text": ("a.jsonl", _json(str)),
    "json-blank-lines": ("a.jsonl", _json(_number).replace("\n", "\n\n")),
    "json-bom": ("a.jsonl", "\ufeff" + _json(_number)),
}


def _check(ran) -> None:
    unit = ran.units[NAME]
    assert (unit["points"], unit["max_points"], unit["value"]) == (POINTS, MAXIMUM, VALUE)
    assert unit["not_applicable"] == [
        {"indicator": "III.2", "reason": "12/UBND minh hoạ"},
        {"indicator": "IX.3", "reason": None},
    ]
    assert len(unit["missing"]) == 53 - len(ROWS)


@pytest.mark.parametrize(("name", "content"), KINDS.values(), ids=KINDS)
def test_every_format_gives_the_same_result(name, content, write, evaluate):
    _check(evaluate("--input", write(name, content)))


@pytest.mark.parametrize(
    "kind", ["semicolon-decimal-comma-bom", "xlsx-typed", "parquet-text", "json-typed"]
)
def test_standard_input_takes_every_format(kind, stdin, evaluate):
    _, content = KINDS[kind]
    given = content.encode() if isinstance(content, str) else content
    stdin(given)
    ran = evaluate("--input", "-")
    _check(ran)
    digest = hashlib.sha256(given).hexdigest()
    assert ran.result["recipe"]["inputs"] == [{"name": "stdin", "sha256": digest}]


def test_a_comma_file_has_no_decimal_comma(write, refused):
    path = write("a.csv", 'unit,indicator,value\nA,I.4,"12,5"\n')
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 2, cột “value”: “12,5” dùng dấu phẩy thập phân")
    assert "Hãy ghi dấu chấm (12.5), hoặc phân cách các cột" in fault


YES = ["1", "1.0", "true", "TRUE", "có", "Có", "x", "X", unicodedata.normalize("NFD", "có")]
NO = ["0", "0.0", "false", "False", "không", "KHÔNG", unicodedata.normalize("NFD", "không")]


@pytest.mark.parametrize(("words", "points"), [(YES, "5.00"), (NO, "0.00")], ids=["yes", "no"])
def test_yes_and_no_in_every_spelling(words, points, write, evaluate):
    rows = "".join(f"U{n},I.1,{word}\n" for n, word in enumerate(words))
    ran = evaluate("--input", write("a.csv", "unit,indicator,value\n" + rows))
    assert {unit["points"] for unit in ran.units.values()} == {points}


@pytest.mark.parametrize(
    ("day", "points"),
    [("2024-01-31", "10.00"), ("31/01/2024", "10.00"), ("2024-02-01", "5.00"),
     ("01/02/2024", "5.00"), ("29/02/2024", "5.00"), ("31/12/2023", "10.00"),
     ("1/1/2023", "10.00"), ("31/12/2025", "5.00")],
)  # fmt: skip
def test_dates_iso_or_as_officials_write_them(day, points, facts, evaluate):
    ran = evaluate("--input", facts({"indicator": "II.1", "value": day}))
    assert ran.units["A"]["points"] == points


def test_a_unit_is_one_across_files_and_spellings(write, evaluate):
    first = write("1.csv", unicodedata.normalize("NFD", "unit,indicator,value\nĐỗ Ệ,I.4,6\n"))
    second = write("2.csv", "unit;indicator;value;unit_name\n Đỗ Ệ ;I.5;12,0;Xã Ệ\n")
    [unit] = evaluate("--input", first, "--input", second).result["units"]
    assert (unit["unit"], unit["unit_name"], unit["points"]) == ("Đỗ Ệ", "Xã Ệ", "24.00")


def test_a_line_separator_within_json_text_is_text(write, evaluate):
    line = '{"unit":"A\u2028B","indicator":"I.4","value":6}\n'
    assert len(evaluate("--input", write("a.jsonl", line)).units) == 1
