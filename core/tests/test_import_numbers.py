"""``dti annex import``: what a spreadsheet made of a number, and what is no number."""

from __future__ import annotations

import datetime as dt

import pytest
from imports import as_xlsx, codes, sentences, take, told

from dti_core.annex.importing.labels import read_label

HEAD = ["TT", "Chỉ số", "Điểm tối đa"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I", "I"),
        ("1.", "1"),
        ("1.1.", "1.1"),
        ("1,2", "1.2"),
        ("a)", "a"),
        ("(3)", "3"),
        ("Mục II", "II"),
        ("Chỉ số 4", "4"),
        ("CQS-01", "CQS-01"),
        ("Nhận thức số", None),
        ("", None),
        ("...", None),
        ("1..2", None),
    ],
)
def test_what_is_a_number(text, code):
    label = read_label(text)
    assert (label and label.text) == code


def test_a_text_where_the_number_belongs_is_told():
    imported = take([HEAD, ["", "I. N", ""], ["(bổ sung mới)", "1. A", "1"]])
    assert codes(imported) == ["I.1"]
    [line] = sentences(imported)
    assert line == "a.csv, dòng 3, cột “A”: không hiểu, không đưa vào: “(bổ sung mới)”"


def numbered(cells: list[object]) -> list[list[object]]:
    return [HEAD, ["1", "Nhận thức số", ""], *([cell, f"T{n}", 1] for n, cell in enumerate(cells))]


def test_a_zero_that_a_spreadsheet_dropped_comes_back_and_is_told():
    """1.10 typed into a cell of numbers is 1.1; so is 1.20."""
    imported = take(as_xlsx(numbered([float(f"1.{n}") for n in range(1, 22)])))
    assert codes(imported) == [f"1.{n}" for n in range(1, 22)]
    lines = told(imported, "annex.import-zero")
    assert [line.partition(":")[0] for line in lines] == ["a.xlsx, PL!A12", "a.xlsx, PL!A22"]


DATES = {
    "a cell of a date": dt.datetime(2024, 2, 1),  # noqa: DTZ001
    "month before day": dt.datetime(2024, 1, 2),  # noqa: DTZ001
    "written out": "01/02/2024",
    "a name of a month": "1-Feb",
    "the name first": "Jan-02",
}


@pytest.mark.parametrize("date", DATES.values(), ids=DATES)
def test_a_number_that_a_spreadsheet_took_for_a_date(date):
    imported = take(as_xlsx(numbered(["1.1", date, "1.3"])))
    assert codes(imported) == ["1.1", "1.2", "1.3"]
    [line] = told(imported)
    assert line.startswith("a.xlsx, PL!A4: bảng tính đã đổi số thứ tự thành ngày “")


def test_a_date_that_can_be_no_number_here_is_told():
    imported = take(as_xlsx(numbered(["1.1", dt.datetime(2024, 12, 7)])))  # noqa: DTZ001
    assert codes(imported) == ["1.1"]
    [line] = told(imported, "annex.import-date-unknown")
    assert line.startswith("a.xlsx, PL!A4: bảng tính đã đổi số thứ tự thành ngày “2024-12-07”")
