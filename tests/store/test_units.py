"""``dti unit import`` and ``list``: every fault at once, every change told, twice is once."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
import xlsxwriter
from samples import NOW, UNITS, entry, fill, unit
from sqlmodel import select

from dti_core.store.cells import record
from dti_core.store.tables import AuditLine, Unit
from dti_core.store.trail import verify


@pytest.fixture
def bring(dti, url, tmp_path):
    """Import text as a file of units."""

    def call(text: str | bytes, *options: object, name: str = "units.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return dti("unit", "import", path, *options, url=url)

    return call


def units(store) -> list[tuple[str, str, str, str]]:
    with store.read() as session:
        assert verify(session).problems == []
        found = session.exec(select(Unit).order_by(Unit.id)).all()
    return [(each.code, each.name, each.level, each.group) for each in found]


def line_count(store) -> int:
    with store.read() as session:
        return len(session.exec(select(AuditLine.id)).all())


ROWS = [tuple(row.split(",")) for row in UNITS.splitlines()[1:]]


def test_units_are_added_with_whom_it_was(bring, store):
    ran = bring(UNITS, "--who", "Bình")
    assert (ran.code, ran.err) == (0, "")
    assert "thêm DV-01: Đơn vị minh hoạ 01" in ran.out
    assert ran.out.endswith("Đơn vị: thêm 3, sửa 0, không đổi 0.\n")
    assert units(store) == ROWS
    with store.read() as session:
        lines = session.exec(select(AuditLine)).all()
    assert {(each.who, each.what, each.table) for each in lines} == {
        ("Bình", "unit.import", "unit")}  # fmt: skip


def test_the_same_file_again_changes_nothing(bring, store):
    bring(UNITS)
    before = line_count(store)
    assert bring(UNITS).out == "Đơn vị: thêm 0, sửa 0, không đổi 3.\n"
    assert line_count(store) == before


def test_changes_are_told_and_what_is_not_in_the_file_stays(bring, store):
    bring(UNITS)
    ran = bring("unit,unit_name,level\nDV-02,Tên mới,huyen\nDV-04,Đơn vị minh hoạ 04,xa\n")
    assert ran.out.splitlines() == [
        "thêm DV-04: Đơn vị minh hoạ 04",
        "sửa DV-02, “unit_name”: “Đơn vị minh hoạ 02” → “Tên mới”",
        "sửa DV-02, “level”: “xa” → “huyen”",
        "không có trong tệp, giữ nguyên: 2 đơn vị (DV-01, DV-03)",
        "Đơn vị: thêm 1, sửa 1, không đổi 0.",
    ]
    changed = ("DV-02", "Tên mới", "huyen", "Nhóm A")
    assert units(store) == [ROWS[0], changed, ROWS[2], ("DV-04", "Đơn vị minh hoạ 04", "xa", "")]


def workbook(*rows) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Đơn vị")
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return buffer.getvalue()


FORMS = {
    "xlsx": ("u.xlsx", workbook(["unit", "unit_name", "level", "group"], *ROWS)),
    "semicolons": ("u.csv", UNITS.replace(",", ";")),
    "byte-order-mark": ("u.csv", UNITS.encode("utf-8-sig")),
    "windows-lines": ("u.csv", UNITS.replace("\n", "\r\n")),
    "other-order": (
        "u.csv",
        "level,group,unit,unit_name\n" + "".join(f"{c},{d},{a},{b}\n" for a, b, c, d in ROWS),
    ),
    "decomposed-and-blanks": (
        "u.csv",
        unicodedata.normalize("NFD", UNITS.replace(",Đơn", " ,  Đơn").replace("xa", " XA ")),
    ),
    "blank-rows": ("u.csv", UNITS.replace("\nDV-02", "\n,,,\n\nDV-02")),
    "heading-in-capitals": ("u.csv", UNITS.replace("unit,unit_name", "Unit,UNIT_NAME")),
}


@pytest.mark.parametrize(("name", "content"), FORMS.values(), ids=FORMS)
def test_a_file_may_come_in_many_forms(name, content, bring, store):
    ran = bring(content, name=name)
    assert ran.code == 0, ran.err
    assert units(store) == ROWS


def test_standard_input_is_read_too(process, url, store):
    ran = process("unit", "import", "-", url=url, stdin=UNITS.encode())
    assert ran.code == 0, ran.err
    assert units(store) == ROWS
    bad = process("unit", "import", "-", url=url, stdin=b"unit,level\nA,x\n")
    assert (bad.code, bad.out) == (1, "")
    assert bad.err.startswith("stdin, dòng 2, cột “level”")


def test_without_a_name_the_code_is_the_name(bring, store):
    bring("unit,level\nDV-01,xa\n")
    assert units(store) == [("DV-01", "DV-01", "xa", "")]


FIXED = (
    "đơn vị “DV-01” đã có số liệu ở cấp xa, không đổi sang so được. Giữ cấp xa, hoặc dùng mã khác."
)
LONG = "dòng có 4 ô nhưng tiêu đề chỉ có 3 cột. Hãy đặt ô có dấu phân cách trong ngoặc kép."


def test_every_fault_is_told_at_once_with_its_place_and_what_would_be_right(bring, store):
    fill(store)
    with store.write("an", NOW) as write:
        record(write, [entry()], "test")
    rows = ["DV-01,a,so", "DV-07,b,", "DV-07,c,Xã", ",d,xa", "DV-08,e\x07,xa", "DV-09,f,tỉnh"]
    ran = bring("\n".join(["unit,unit_name,level", *rows, "DV-10,g,xa,thừa"]))
    assert (ran.code, ran.out) == (1, "")
    told = [line.partition("units.csv, ")[2] for line in ran.err.splitlines()[:-1]]
    assert told == [
        f"dòng 2, cột “level”: {FIXED}",
        "dòng 3, cột “level”: thiếu cấp của đơn vị. Một trong: so, huyen, xa.",
        "dòng 4, cột “unit”: đơn vị “DV-07” đã có ở dòng 3. Giữ một dòng.",
        "dòng 4, cột “level”: không có cấp “xã”. Có phải ý bạn là: xa?",
        "dòng 5, cột “unit”: thiếu mã đơn vị.",
        "dòng 6, cột “unit_name”: ô này có ký tự điều khiển. Gõ lại ô.",
        "dòng 7, cột “level”: không có cấp “tỉnh”. Có phải ý bạn là: so, huyen, xa?",
        f"dòng 8: {LONG}",
    ]
    assert "8 lỗi" in ran.err
    assert [each[0] for each in units(store)] == ["DV-01", "DV-02", "DV-03"]


WRONG = {
    "column-misspelt": ("unit,unit_nam,level\n", "Có phải ý bạn là: unit_name?"),
    "column-missing": ("unit,unit_name\n", "“level”"),
    "column-twice": ("unit,level,level\n", "“level”"),
    "column-unnamed": ("unit,,level\n", "cột thứ 2"),
    "empty": ("", "“unit”"),
    "heading-alone": ("unit,level\n", "không có đơn vị nào"),
    "not-utf8": ("unit,level\nĐV,xa\n".encode("utf-16"), "UTF-8"),
    "open-quote": ('unit,level\n"A,xa\n', "CSV"),
    "broken-workbook": (b"PK\x03\x04" + b"x" * 50, "Excel"),
    "control-character": (b"unit,level\nA\x1b[31m,xa\n", "ký tự điều khiển"),
    "null-character": (b"unit,level\nA\x00,xa\n", "ký tự điều khiển"),
}


@pytest.mark.parametrize(("content", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_whole(content, told, bring, store):
    ran = bring(content)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert units(store) == []


def test_a_hundred_faults_are_told_and_all_are_counted(bring):
    ran = bring("unit,level\n" + "DV,?\n" * 200)
    lines = ran.err.splitlines()
    assert len(lines) == 101
    assert "399 lỗi" in lines[-1]


def test_a_missing_file_is_told(dti, url, tmp_path):
    ran = dti("unit", "import", tmp_path / "không có.csv", url=url)
    assert (ran.code, ran.out) == (1, "")
    assert "không có tệp này" in ran.err


def test_the_list_can_be_brought_again(bring, dti, url, store):
    """What goes out as CSV comes in unchanged, also text that looks like a formula."""
    odd = 'DV-09,"=SUM(A1), ""x""",xa,@nhóm\n'
    bring(UNITS + odd)
    listed = dti("unit", "list", "--format", "csv", url=url)
    rows = list(csv.reader(io.StringIO(listed.out)))
    assert rows[0] == ["unit", "unit_name", "level", "group"]
    assert rows[-1] == ["DV-09", '\'=SUM(A1), "x"', "xa", "'@nhóm"], "no formulas (CWE-1236)"
    assert bring(listed.out).out == "Đơn vị: thêm 0, sửa 0, không đổi 4.\n"
    assert units(store)[-1] == ("DV-09", '=SUM(A1), "x"', "xa", "@nhóm")


def test_units_are_listed_by_level_as_table_json_and_file(store, dti, url, tmp_path):
    with store.write("an", NOW) as write:
        write.add([unit(1), unit(2, level="so")], "unit.import")
    table = dti("unit", "list", "--level", "XA", url=url).out
    assert "DV-01" in table
    assert "DV-02" not in table
    whole = json.loads(dti("unit", "list", "--format", "json", url=url).out)
    assert whole[1] == {
        "unit": "DV-02", "unit_name": "Đơn vị minh hoạ 02", "level": "so", "group": ""}  # fmt: skip
    ran = dti("unit", "list", "-o", tmp_path / "u.json", url=url)
    assert ran.out == ""
    assert json.loads((tmp_path / "u.json").read_text("utf-8")) == whole
    assert dti("unit", "list", "--level", "tinh", url=url).code == 2
