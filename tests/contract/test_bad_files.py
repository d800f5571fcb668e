"""Files that cannot be read, and headings that are wrong: refused whole, with what to do."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

HEADING = "unit,indicator,value,denominator,points,status,reason\n"
GOOD = HEADING + "A,I.2,1,,,,\n"
UNUSED, END = 0xFFFFFFFF, 0xFFFFFFFE


def _workbook(*rows: list) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def _parquet(**columns: list) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()


def _locked() -> bytes:
    """Return what Excel makes of a workbook with a password: a compound file (MS-OFFCRYPTO)."""

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = f"{name}\0".encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text), kind, 1, UNUSED, UNUSED, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    shape = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header = magic + shape + counts + struct.pack("<109I", 0, *[UNUSED] * 108)
    sectors = struct.pack("<128I", 0xFFFFFFFD, END, *range(3, 10), END, *[UNUSED] * 118)
    root = entry("Root Entry", 5, 1, END, 0)
    stream = entry("EncryptedPackage", 2, UNUSED, 2, 4096)
    return header + sectors + root + stream + bytes(256 + 4096)


WORKBOOK = _workbook(["unit", "indicator", "value"], ["A", "I.2", 1])
PARQUET = _parquet(unit=["A"], indicator=["I.2"], value=[1])

UNREADABLE = {
    "utf-16": ("a.csv", GOOD.encode("utf-16"), "không phải UTF-8", "CSV UTF-8"),
    "windows-1258": ("a.csv", (HEADING + "Đ,I.2,1,,,,\n").encode("cp1258"), "UTF-8", "CSV UTF-8"),
    "json-windows-1258": (
        "a.jsonl",
        '{"unit":"Đ","indicator":"I.2","value":1}\n'.encode("cp1258"),
        "không phải UTF-8",
        "UTF-8",
    ),
    "unclosed-quote": ("a.csv", HEADING + 'A,I.2,"1,,,,\nB,I.2,1,,,,\n', "CSV", ""),
    "quote-inside": ("a.csv", HEADING + 'A 5" B,I.2,1,,,,\nB,I.2,1,,,,\n', "CSV", ""),
    "truncated-workbook": ("a.xlsx", WORKBOOK[: len(WORKBOOK) // 2], "Excel", "lưu lại dạng .xlsx"),
    "zip-of-nothing": ("a.xlsx", b"PK\x05\x06" + bytes(18), "Excel", "lưu lại dạng .xlsx"),
    "password": ("a.xlsx", _locked(), "Excel", "bỏ mật khẩu"),
    "old-workbook-cut": ("a.xls", _locked()[:600], "Excel", "lưu lại dạng .xlsx"),
    "truncated-parquet": ("a.parquet", PARQUET[: len(PARQUET) // 2], "Parquet", ""),
    "parquet-magic-alone": ("a.parquet", b"PAR1", "Parquet", ""),
    "parquet-list": ("a.parquet", _parquet(unit=["A"], indicator=["I.2"], value=[[1]]), "", ""),
    "parquet-bytes": ("a.parquet", _parquet(unit=[b"\xff"], indicator=["I.2"], value=[1]), "", ""),
    "json-array": ("a.jsonl", '{"unit":"A","indicator":"I.2","value":[1]}', "JSON phẳng", ""),
    "json-broken": ("a.jsonl", '{"unit":"A","indicator":"I.2",}', "JSON phẳng", ""),
    "json-deep": ("a.jsonl", '{"unit":' + "[" * 100_000, "JSON phẳng", ""),
    "json-not-a-number": ("a.jsonl", '{"unit":"A","indicator":"I.2","value":NaN}', "JSON", ""),
}


@pytest.mark.parametrize("file", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(file, write, refused):
    name, content, wrong, right = file
    path = write(name, content)
    faults = refused("--input", path)
    assert faults[0].startswith(str(path))
    assert wrong in faults[0]
    assert right in faults[0]


def test_a_damaged_parquet_file_ends_in_a_message(process):
    """The reader of Parquet panics on this file; a panic is no traceback for the user either."""
    path = Path(__file__).with_name("damaged.parquet")
    ran = process("evaluate", "--plugin", "hue", "--level", "huyen", "--input", path)
    assert (ran.code, ran.out) == (1, b"")
    assert "Traceback" not in ran.err
    assert f"{path}: không đọc được tệp Parquet" in ran.err


def test_files_that_cannot_be_opened_are_named_together_each_with_its_cause(
    tmp_path, write, refused
):
    absent, long = tmp_path / "không có.csv", tmp_path / ("a" * 300)
    below = write("a.csv", GOOD) / "b.csv"
    inputs = (part for path in (absent, tmp_path, long, below) for part in ("--input", path))
    assert refused(*inputs) == [
        f"{absent}: không có tệp này. Hãy kiểm tra đường dẫn.",
        f"{tmp_path}: đây là thư mục, không phải tệp. Hãy nêu từng tệp.",
        f"{long}: không đọc được tệp (File name too long). Hãy kiểm tra đường dẫn và quyền đọc.",
        f"{below}: không đọc được tệp (Not a directory). Hãy kiểm tra đường dẫn và quyền đọc.",
        "Tổng cộng 4 lỗi, đã nêu 4. Chưa ghi kết quả nào.",
    ]


def test_a_file_that_may_not_be_read_is_named(write, refused):
    path = write("a.csv", GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    assert refused("--input", path) == [f"{path}: không có quyền đọc tệp này."]


HEADINGS = {
    "unknown": ("unit,indicator,values\nA,I.2,1\n", "values", "Có phải ý bạn là: value?"),
    "unlike-any": ("unit,indicator,ghi chú\nA,I.2,1\n", "ghi chú", "unit, indicator, value"),
    "no-unit": ("indicator,value\nI.2,1\n", "unit", "thiếu cột bắt buộc"),
    "no-indicator": ("unit,value\nA,1\n", "indicator", "thiếu cột bắt buộc"),
    "twice": ("unit,indicator,value, VALUE\nA,I.2,1,1\n", "value", "giữ lại một cột"),
    "json-row": ('{"row":"7","unit":"A","indicator":"I.2","value":1}', "row", "không có cột"),
    "json-file": ('{"file":"7","unit":"A","indicator":"I.2","value":1}', "file", "không có cột"),
}


@pytest.mark.parametrize(("content", "column", "message"), HEADINGS.values(), ids=HEADINGS)
def test_a_wrong_heading_names_the_column(content, column, message, write, refused):
    path = write("heading", content)
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 1, cột “{column}”: ")
    assert message in fault


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_headings_of_typed_files_are_checked_alike(kind, write, refused):
    wrong = {
        "xlsx": _workbook(["unit", "values", "unit "], ["A", 1, "A"]),
        "parquet": _parquet(**{"unit": ["A"], "values": [1], "UNIT ": ["A"]}),
    }
    path = write(f"a.{kind}", wrong[kind])
    faults = refused("--input", path)
    assert [fault.split("”")[0] for fault in faults[:3]] == [
        f"{path}, dòng 1, cột “{name}" for name in ("values", "unit", "indicator")
    ]


@pytest.mark.parametrize(
    "content",
    ["", HEADING, _workbook(), _workbook(HEADING.strip().split(",")), _parquet(unit=[])],
    ids=["empty", "heading-only", "empty-sheet", "heading-only-sheet", "empty-parquet"],
)
def test_input_without_a_row_is_refused(content, write, refused):
    assert refused("--input", write("a", content))


def test_an_input_without_rows_is_named(write, refused):
    path = write("a.csv", HEADING)
    [fault] = refused("--input", path)
    assert "không có dòng số liệu nào" in fault
    assert str(path) in fault


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old-mac"])
def test_blank_lines_are_no_rows(end, write, refused):
    """Spreadsheets leave lines of separators behind; rows below keep their number."""
    lines = HEADING + "A,I.2,1,,,,\n\n,,,,,,\nA,I.4,hai,,,,\n\n"
    path = write("a.csv", lines.replace("\n", end))
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 5, cột “value”: “hai”")


def test_blank_rows_of_a_sheet_are_no_rows(write, refused):
    rows = (["unit", "indicator", "value"], ["A", "I.2", 1], [], [" "], ["A", "I.4", "hai"])
    path = write("a.xlsx", _workbook(*rows))
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 5, cột “value”: “hai”")
