"""Files that are no annex, and tables that are not quite one."""

from __future__ import annotations

import pytest
from annexes import ROWS, as_csv, as_xlsx, faults, outline, workbook

from dti_core.annex.table import COLUMNS
from dti_core.errors import InvalidFacts
from dti_core.sources import Source

HEADING = list(COLUMNS)
CELLS = [HEADING, *([row.get(name, "") for name in COLUMNS] for row in ROWS)]


def _told(content, name="annex.xlsx"):
    return [str(each) for each in faults(outline(), Source(name, data=content))]


def test_no_such_file(tmp_path):
    path = tmp_path / "không có.xlsx"
    [problem] = faults(outline(), Source(str(path), path))
    assert str(problem) == f"{path}: không có tệp này. Hãy kiểm tra đường dẫn."


BROKEN = {
    "a damaged workbook": (b"PK\x03\x04 nothing", "không đọc được tệp Excel này"),
    "another encoding": ("code,tên".encode("utf-16"), "dòng 1: tệp không phải UTF-8"),
    "an endless cell": (as_csv(ROWS) + b'"' + b"x" * 200_000, "không đọc được tệp CSV này"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read(content, words):
    [line] = _told(content)
    assert words in line


@pytest.mark.parametrize("content", [b"", b"\n\n", as_csv([])], ids=["empty", "blank", "heading"])
def test_a_file_without_rows(content):
    lines = _told(content, "annex.csv")
    assert lines
    assert all(line.startswith("annex.csv, dòng 1: ") for line in lines)


def test_a_heading_without_rows_says_so():
    assert _told(as_csv([]), "a.csv") == ["a.csv, dòng 1: tệp không có dòng chỉ số nào."]
    assert _told(as_xlsx([])) == ["annex.xlsx, Phụ lục!1: tệp không có dòng chỉ số nào."]


def test_a_workbook_without_an_annex_names_its_sheets_and_the_columns():
    [line] = _told(workbook({"Bìa": [["Phụ lục"]], "Số liệu": [["unit", "indicator", "code"]]}))
    assert line.startswith("annex.xlsx: không trang tính nào (Bìa, Số liệu) có dòng đầu mang")
    assert "Dòng đầu cần có: code, dimension, name, max_points, rule." in line


def test_the_sheet_that_comes_nearest_is_told_what_it_lacks():
    cells = [["code", "dimension", "tên", "max_points"], ["1.1", "1", "A", "1"]]
    lines = _told(workbook({"Bìa": [["code"]], "Bảng 2": cells}))
    assert lines[0].startswith("annex.xlsx, Bảng 2!C1: không có cột này trong mẫu")
    assert lines[1].startswith("annex.xlsx, Bảng 2!1: thiếu cột bắt buộc “name”")
    assert lines[2].startswith("annex.xlsx, Bảng 2!1: thiếu cột bắt buộc “rule”")


def test_two_sheets_with_an_annex():
    [line] = _told(workbook({"Bản 1": CELLS, "Bản 2": CELLS}))
    assert "(Bản 1, Bản 2)" in line


def test_a_column_that_is_misspelt_or_stands_twice():
    heading = [*HEADING[:9], "evidense", "clause", "clause"]
    lines = _told(workbook({"S": [heading, *CELLS[1:]]}))
    assert lines == [
        "annex.xlsx, S!J1: không có cột này trong mẫu. Có phải ý bạn là: evidence?",
        "annex.xlsx, S!L1: cột này xuất hiện nhiều lần. Hãy giữ lại một cột.",
    ]
    lines = _told(as_csv(ROWS).replace(b"evidence", b"evidense", 1), "a.csv")
    assert [line.partition(": ")[0] for line in lines] == ["a.csv, dòng 1, cột “evidense”"]


def test_text_in_a_column_without_a_name():
    cells = [[*HEADING, ""], [*CELLS[1], "ghi chú"], *CELLS[2:]]
    [line] = _told(workbook({"S": cells}))
    assert line.startswith("annex.xlsx, S!2: ô thứ 13 ghi “ghi chú” ở một cột không có tên")
    [line] = _told(as_csv(ROWS).replace(b" I.1.2\n", b" I.1.2,b\n"), "a.csv")
    assert line.startswith("a.csv, dòng 3: ô thứ 13 ghi “b”")


def test_a_decimal_comma_in_a_file_of_commas():
    """`12,5` would be two cells; in quotes it is refused as in facts."""
    [line] = _told(as_csv([dict(ROWS[0], max_points="10,0"), *ROWS[1:]]), "a.csv")
    assert line.startswith("a.csv, dòng 2, cột “max_points”: “10,0” dùng dấu phẩy thập phân")


def test_a_number_that_no_decimal_of_four_places_is():
    cells = [HEADING, [*CELLS[1][:4], 1 / 3, *CELLS[1][5:]], *CELLS[2:]]
    [line] = _told(workbook({"S": cells}))
    assert line.startswith("annex.xlsx, S!E2: “0.3333333333333333” không phải điểm hợp lệ")


def test_control_characters_never_reach_a_terminal():
    lines = _told(as_csv([dict(ROWS[0], rule="\x1b[31m"), *ROWS[1:]]), "a\x1b.csv")
    assert lines
    assert "\x1b" not in "".join(lines)


def test_whoever_expects_invalid_facts_is_told_too():
    from dti_core.annex import bring

    with pytest.raises(InvalidFacts) as caught:
        bring(outline(), Source("a.csv", data=b"x"))
    assert caught.value.exit_code == 1
