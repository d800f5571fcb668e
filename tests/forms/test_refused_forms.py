"""What is wrong with a form is told with its cell, in the words of the form."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from form_cases import written
from frameworks import YEAR, dimension, framework, indicator
from sample_form import FILLED, SETUP, UNIT, WHOLE, as_xlsx, opened, read_back, told
from spreadsheet import FORM, cached

from dti_core.errors import InvalidFacts
from dti_core.forms import Setup, read
from dti_core.sources import Source


def test_every_fault_is_told_with_its_cell_in_the_words_of_the_form():
    book = opened()
    book.enter("I.1", value="chắc là có")
    book.enter("I.2", value=-3)
    book.enter("I.3", value=10)
    book.enter("I.4", value="31-01-2024")
    book.enter("I.5", points=11)
    letters = {key: chr(ord("A") + place - 1) for key, place in book.columns.items()}
    rows = {code: book.rows[f"indicator {code}"] for code in FILLED}
    lines = told(book.saved()).splitlines()
    expected = [
        ("I.1", "value", "“chắc là có” không phải Có hoặc Không"),
        ("I.2", "value", "số âm"),
        ("I.3", "value", "tử số 10 lớn hơn mẫu số 9"),
        ("I.4", "value", "“31-01-2024” không phải ngày"),
        ("I.5", "points", "11 điểm vượt điểm tối đa 10"),
    ]
    assert len(lines) == len(expected)
    for line, (code, column, words) in zip(lines, expected, strict=True):
        assert line.startswith(f"phieu.xlsx, Phiếu!{letters[column]}{rows[code]}: {words}")


def test_words_without_a_figure_are_told():
    book = opened({})
    book.enter("I.2", evidence="Có tài liệu")
    assert "chưa có số liệu" in told(book.saved())


def test_what_stands_in_a_row_of_no_indicator_is_told():
    book = opened()
    row = book.rows["indicator I.3"]
    book.model.insert_rows(FORM, row, 1)
    book.model.update_cell_with_number(FORM, row, book.columns["value"], 5)
    assert "ô ghi “5” ở dòng không thuộc chỉ số nào" in told(book.saved())


def test_a_deleted_row_is_told():
    book = opened()
    book.model.delete_rows(FORM, book.rows["indicator I.3"], 1)
    assert "phiếu thiếu dòng của: I.3" in told(book.saved())


def test_a_row_that_stands_twice_is_told():
    cells = cached(written(SETUP, UNIT, FILLED))
    assert "dòng của “I.1” xuất hiện hai lần" in told(as_xlsx([*cells[:8], cells[7], *cells[8:]]))


def test_rows_sorted_without_their_hidden_ids_are_told():
    cells = cached(written(SETUP, UNIT, FILLED))
    mixed = [[cells[8][0], *cells[7][1:]], [cells[7][0], *cells[8][1:]]]
    assert "dòng ghi mã “I.1” nhưng mã ẩn là “I.2”" in told(
        as_xlsx([*cells[:7], *mixed, *cells[9:]])
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [(0, "không mang mã ẩn"), (4, "không còn dòng ẩn mang tên các cột")],
    ids=["id", "keys"],
)
def test_hidden_ids_that_are_gone_are_told(row, words):
    cells = cached(written(SETUP, UNIT, FILLED))
    assert words in told(as_xlsx([*cells[:row], ["" for _ in cells[row]], *cells[row + 1 :]]))


def test_a_column_that_is_gone_is_told():
    book = opened()
    book.model.delete_columns(FORM, book.columns["denominator"], 1)
    assert "không còn cột “Mẫu số”" in told(book.saved())


def test_two_sheets_that_are_forms_are_told():
    cells = cached(written(SETUP, UNIT, FILLED))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name in ("Phiếu", "Phiếu (2)"):
            page = book.add_worksheet(name)
            page.write_string(0, 0, str(cells[0][0]))
    assert "nhiều trang là phiếu (Phiếu, Phiếu (2))" in told(buffer.getvalue())


OTHERS = {
    "plugin": (Setup(WHOLE, YEAR, plugin="khac"), "phiếu thuộc bộ chỉ số “khac”"),
    "year": (Setup(WHOLE, YEAR + 1, plugin="minh-hoa"), "phiếu thuộc năm 2025, không phải 2024"),
    "level": (
        Setup(framework(*WHOLE.dimensions, level="so"), YEAR, plugin="minh-hoa"),
        "phiếu thuộc cấp so, không phải xa",
    ),
    "annex": (
        Setup(framework(dimension("I", indicator("I.1"))), YEAR, plugin="minh-hoa"),
        "bộ chỉ số đã đổi sau khi phiếu được xuất",
    ),
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_form_is_told(other):
    setup, words = OTHERS[other]
    assert words in told(written(setup, UNIT, {}))


def test_another_unit_or_stage_is_told_where_one_is_expected():
    source = Source("phieu.xlsx", data=written(SETUP, UNIT, {}))
    with pytest.raises(InvalidFacts, match="phiếu của đơn vị U-01, không phải U-02"):
        read(source, WHOLE, unit="U-02")
    with pytest.raises(InvalidFacts, match="giai đoạn self, không phải round1"):
        read(source, WHOLE, stage="round1")


@pytest.mark.parametrize("version", ["99", '"1"', "null"])
def test_a_form_of_another_version_is_told(version):
    cells = cached(written(SETUP, UNIT, {}))
    cells[0][0] = re.sub(r'"layout": 1', f'"layout": {version}', cells[0][0])
    assert "phiên bản mẫu khác" in told(as_xlsx(cells))


def test_what_is_read_says_where_it_came_from():
    content = written(SETUP, UNIT, FILLED, appraiser="phieu-7", version=12)
    form = read_back(content).content
    who = form.identity
    assert (who.unit, who.unit_name, who.appraiser, who.version, who.stage) == (
        *("U-01", "Đơn vị minh hoạ 01", "phieu-7", 12, "self"),
    )
    assert form.sha256 == Source("x", data=content).sha256
