"""A workbook that claims more than it holds is refused, before its reader makes room for it.

The reader is no Python: where there is no room it ends the process, so each is a process here.
"""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

DTI = Path(sys.executable).with_name("dti")
TABLE = [["unit", "indicator", "points"], ["XA-01", "I.1", "5"]]


def new() -> dict[str, bytes]:
    """The parts of a workbook in order."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for number, row in enumerate(TABLE):
            page.write_row(number, 0, row)
    with zipfile.ZipFile(buffer) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def changed(name: str, old: bytes, given: bytes) -> bytes:
    parts = new()
    assert old in parts[name]
    parts[name] = parts[name].replace(old, given, 1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return buffer.getvalue()


def old(rows: int) -> bytes:
    """A workbook of the format before 2007 that says how many rows it has."""
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for number, row in enumerate(TABLE):
        for place, cell in enumerate(row):
            page.write(number, place, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    content = bytearray(buffer.getvalue())
    at = content.find(b"\x00\x02\x0e\x00" + struct.pack("<II", 0, len(TABLE)))
    struct.pack_into("<I", content, at + 8, rows)
    return bytes(content)


OPEN = "urn:oasis:names:tc:opendocument:xmlns"
OPENED = f"""<office:document-content xmlns:office="{OPEN}:office:1.0"
 xmlns:table="{OPEN}:table:1.0" xmlns:text="{OPEN}:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">
<table:table-cell office:value-type="string" table:number-columns-repeated="1000">
<text:p>a</text:p></table:table-cell></table:table-row></table:table>"""


def open_document(end: str) -> bytes:
    """A workbook of LibreOffice in which one row is repeated, whole or without its end."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", OPENED + end)
    return buffer.getvalue()


WHOLE = "</office:spreadsheet></office:body></office:document-content>"
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
VAST = {
    "a cell far outside": ("a.xlsx", lambda: changed(SHEET, b"</sheetData>", FAR), "rất xa"),
    "texts without end": (
        "a.xlsx",
        lambda: changed(TEXTS, b'uniqueCount="6"', b'uniqueCount="4294967296"'),
        "không đọc được",
    ),
    "a row a million times": ("a.ods", lambda: open_document(WHOLE), "rất xa"),
    "half an open document": ("a.ods", lambda: open_document(""), "không đọc được"),
    "rows without end": ("a.xls", lambda: old(0xFFFFFFF0), "không đọc được"),
}


@pytest.mark.parametrize("vast", VAST)
def test_a_workbook_that_claims_too_much_is_refused(vast, tmp_path):
    name, make, words = VAST[vast]
    path = tmp_path / name
    path.write_bytes(make())
    arguments = ["evaluate", "--plugin", "hue", "--level", "xa", "--input", str(path)]
    ran = subprocess.run([DTI, *arguments], capture_output=True, check=False, timeout=60)
    assert ran.returncode == 1
    assert words in ran.stderr.decode()


def test_the_workbooks_themselves_are_read(tmp_path):
    """Only what is missing is told of them, not that they cannot be read."""
    for name, content in (("a.xlsx", changed(SHEET, b"<v>", b"<v>")), ("a.xls", old(2))):
        path = tmp_path / name
        path.write_bytes(content)
        arguments = ["evaluate", "--plugin", "hue", "--level", "xa", "--input", str(path)]
        ran = subprocess.run([DTI, *arguments], capture_output=True, check=False, timeout=60)
        assert b"XA-01" in ran.stdout + ran.stderr
