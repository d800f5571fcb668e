"""A form is read whatever people and their programs did to it meanwhile."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
import xlwt
from form_cases import written
from sample_form import (
    DAY,
    FILLED,
    SETUP,
    UNIT,
    answers_of,
    as_xlsx,
    opened,
    read_back,
    told,
)
from spreadsheet import FORM, Spreadsheet, cached

from dti_core.forms import Answer
from dti_core.numbers import ONE


def test_another_program_saves_the_form():
    assert answers_of(opened()) == FILLED


def test_a_sheet_is_renamed():
    book = opened()
    book.model.rename_sheet(FORM, "Bản chính thức (2)")
    content = book.saved()
    assert read_back(content).content.sheet == "Bản chính thức (2)"
    assert dict(read_back(content).answers) == FILLED


@pytest.mark.parametrize("at", [1, 3, 5, 7, 9])
def test_rows_are_inserted(at):
    book = opened()
    book.model.insert_rows(FORM, at, 2)
    assert answers_of(book) == FILLED


@pytest.mark.parametrize("at", [1, 2, 8, 12])
def test_columns_are_inserted(at):
    book = opened()
    book.model.insert_columns(FORM, at, 1)
    assert answers_of(book) == FILLED


def test_columns_are_moved():
    cells = cached(written(SETUP, UNIT, FILLED))
    assert dict(read_back(as_xlsx([list(reversed(row)) for row in cells])).answers) == FILLED


def test_rows_are_sorted_whole():
    cells = cached(written(SETUP, UNIT, FILLED))
    moved = [
        *cells[:7],
        *sorted(cells[7:12], key=lambda row: str(row[0]), reverse=True),
        *cells[12:],
    ]
    assert moved != cells
    assert dict(read_back(as_xlsx(moved)).answers) == FILLED


def test_numbers_are_text_with_a_decimal_comma():
    book = opened({})
    book.enter("I.2", value=" 9,5 ")
    book.enter("I.3", value="7", denominator="9.0")
    book.enter("I.5", points="8,25")
    found = answers_of(book)
    assert found["I.2"].value == 95_000
    assert (found["I.3"].value, found["I.3"].denominator) == (7 * ONE, 9 * ONE)
    assert found["I.5"].points == 82_500


@pytest.mark.parametrize("typed", ["07/02/2024", "2024-02-07", "7/2/2024", 45_329])
def test_dates_are_text_or_have_lost_their_format(typed):
    book = opened({})
    book.enter("I.4", value=typed)
    assert answers_of(book)["I.4"].value == DAY


@pytest.mark.parametrize("typed", ["có", "CÓ", "x", unicodedata.normalize("NFD", "Có"), 1])
def test_yes_is_said_in_many_ways(typed):
    book = opened({})
    book.enter("I.1", value=typed)
    assert answers_of(book)["I.1"].value == ONE


def test_a_status_is_typed_in_another_normal_form():
    book = opened({})
    book.enter("I.1", status=unicodedata.normalize("NFD", "không  đánh giá"), reason="Công văn")
    assert answers_of(book)["I.1"] == Answer(reason="Công văn")


def test_one_document_in_a_merged_cell_shows_several_indicators():
    book = opened()
    column, first, last = (book.columns["evidence"], *_rows_of(book, "I.1", "I.3"))
    book.model.merge_cells(FORM, first, column, last, column)
    found = answers_of(book)
    assert [found[f"I.{n}"].evidence for n in (1, 2, 3, 4)] == ["Quyết định số 5"] * 3 + [None]


def test_a_merged_number_is_of_nobody():
    book = opened()
    column, first, last = (book.columns["points"], *_rows_of(book, "I.4", "I.5"))
    book.model.merge_cells(FORM, first, column, last, column)
    assert "ô gộp nhiều chỉ số" in told(book.saved())


def _rows_of(book: Spreadsheet, *codes: str) -> list[int]:
    return [book.rows[f"indicator {code}"] for code in codes]


def test_a_form_of_the_old_format():
    cells = cached(written(SETUP, UNIT, FILLED))
    book = xlwt.Workbook()
    page = book.add_sheet("Phiếu")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for number, row in enumerate(cells):
        for place, cell in enumerate(row):
            if cell != "":
                page.write(number, place, cell, *([day] if hasattr(cell, "year") else []))
    buffer = io.BytesIO()
    book.save(buffer)
    assert dict(read_back(buffer.getvalue()).answers) == FILLED


def test_strings_stand_in_their_cells():
    """As Google Sheets and some libraries write them, without a table of strings."""
    cells = cached(written(SETUP, UNIT, FILLED))
    content = as_xlsx(cells, inline=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"inlineStr" in archive.read("xl/worksheets/sheet1.xml")
    assert dict(read_back(content).answers) == FILLED
