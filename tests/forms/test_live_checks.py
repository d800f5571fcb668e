"""While a form is filled in it says at once what is missing or wrong, and counts nothing of it."""

from __future__ import annotations

import pytest
from form_cases import written
from form_cells import of_rules
from frameworks import YEAR, cite, dimension, framework, indicator, rule
from sample_form import FILLED, SETUP, UNIT, WHOLE, opened
from spreadsheet import Spreadsheet

from dti_core.forms import Answer, Filling, Setup, export
from dti_core.models import Detail
from dti_core.numbers import ONE
from dti_core.rules import Awarded, Share

EMPTY = "Chưa nhập"
NUMBER = "Giá trị: nhập số không âm, nhiều nhất 4 chữ số thập phân"
DOUBTFUL = "Nhập số phần trăm (ví dụ 50), hoặc nhập thêm mẫu số"
ABOVE = "Giá trị lớn hơn mẫu số (hoặc quá 100 %)"
DATE = "Giá trị: nhập ngày dạng ngày/tháng/năm"
TYPED = {
    "nothing": ("I.1", {}, EMPTY, ""),
    "yes": ("I.1", {"value": "Có"}, "", 10.0),
    "no": ("I.1", {"value": "không"}, "", 0.0),
    "neither": ("I.1", {"value": "chắc"}, "Giá trị: chọn Có hoặc Không", ""),
    "a count": ("I.2", {"value": 6}, "", 5.0),
    "text": ("I.2", {"value": "sáu"}, NUMBER, ""),
    "less than nothing": ("I.2", {"value": -1}, NUMBER, ""),
    "five decimals": ("I.2", {"value": 1.00001}, NUMBER, ""),
    "a share": ("I.3", {"value": 1, "denominator": 3}, "", 3.33),
    "a percentage": ("I.3", {"value": 50}, "", 5.0),
    "part or percent": ("I.3", {"value": 0.5}, DOUBTFUL, ""),
    "above the whole": ("I.3", {"value": 4, "denominator": 3}, ABOVE, ""),
    "a whole alone": ("I.3", {"denominator": 3}, "Có mẫu số nhưng thiếu giá trị", ""),
    "a whole of zero": ("I.3", {"value": 0, "denominator": 0}, "Mẫu số phải lớn hơn 0", ""),
    "in time": ("I.4", {"value": 45_322}, "", 10.0),
    "late": ("I.4", {"value": 45_323}, "", 5.0),
    "a date as text": ("I.4", {"value": "31/01/2024"}, DATE, ""),
    "points": ("I.5", {"points": 9.125}, "", 9.13),
    "too many points": ("I.5", {"points": 11}, "Điểm chấm: nhập số từ 0 đến điểm tối đa", ""),
    "left out": ("I.1", {"status": "Không đánh giá", "reason": "Công văn"}, "", ""),
    "no document": (
        "I.1", {"status": "Không đánh giá"},
        "Trạng thái này cần đủ văn bản cho phép và các ô đi kèm", "",
    ),
    "left out with a value": (
        "I.1", {"status": "Không đánh giá", "reason": "Công văn", "value": "Có"},
        "Trạng thái này thì để trống giá trị và điểm chấm", "",
    ),
    "another status": ("I.1", {"status": "Hoãn"}, "Chọn trạng thái trong danh sách", ""),
}  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_row_says_what_is_wrong_and_what_it_earns(typed):
    code, cells, words, points = TYPED[typed]
    book = opened({})
    book.enter(code, **cells)
    book.calculate()
    assert (book.of(code, "check"), book.of(code, "score")) == (words, points)
    left, wrong = (5 if typed == "nothing" else 4), int(words not in {"", EMPTY})
    progress = book.value(book.keys_row - 1, 2)
    assert progress.endswith(f"chưa nhập: {left} · Chỉ số cần sửa: {wrong}")


def test_what_is_left_out_leaves_the_maximum():
    book = opened({})
    book.enter("I.1", status="Không đánh giá", reason="Công văn")
    book.enter("I.5", points=10)
    book.calculate()
    assert book.value(book.keys_row - 1, 2).startswith("Tổng điểm: 10 trên 40 ")


def test_typing_gives_what_the_engine_gives():
    """A blank form filled in by hand shows every figure of one that was written filled in."""
    book = opened({})
    book.enter("I.1", value="Có", evidence="Quyết định số 5")
    book.enter("I.2", value=9.5, explanation="Tin bài\ntheo tháng")
    book.enter("I.3", value=7, denominator=9)
    book.enter("I.4", value=45_329)
    book.enter("I.5", points=8.25)
    whole = Spreadsheet(written(SETUP, UNIT, FILLED)).calculate()
    typed, known = book.calculate(), whole
    assert typed.formulas() == known.formulas()
    assert all(typed.value(*cell) == known.value(*cell) for cell in known.formulas())


def test_a_share_with_nothing_below_may_leave_the_maximum():
    rules = (Share(zero_denominator=each) for each in ("not_applicable", "full", "zero"))
    book = Spreadsheet(written(Setup(of_rules(*rules), YEAR), UNIT, {}))
    for number in (1, 2, 3):
        book.enter(f"I.{number}", value=0, denominator=0)
    book.calculate()
    assert [book.of(f"I.{n}", "score") for n in (1, 2, 3)] == ["", 10, 0]
    assert book.value(book.keys_row - 1, 2).startswith("Tổng điểm: 10 trên 20 ")


DUTY = {"citation": cite()}


@pytest.mark.parametrize("shown", [None, "evidence", "explanation"])
def test_what_is_reported_needs_evidence_where_the_decision_asks_for_it(shown):
    book = Spreadsheet(written(Setup(of_rules(Awarded(), evidence=DUTY), YEAR), UNIT, {}))
    book.enter("I.1", points=5, **({shown: "Báo cáo"} if shown else {}))
    book.calculate()
    words = "" if shown else "Thiếu tài liệu kiểm chứng hoặc giải trình"
    assert (book.of("I.1", "check"), book.of("I.1", "score")) == (words, 5)


def test_a_main_indicator_that_is_reduced_or_replaced():
    parts = [dimension(code, indicator(code, "100", rule=Awarded())) for code in "12"]
    exclusion = {"policy": "deduct_or_replace", "citation": cite()}
    setup = Setup(framework(*parts, detail=Detail.DIMENSIONS, exclusion=exclusion), YEAR)
    book = Spreadsheet(written(setup, UNIT, {}))
    assert "value" not in book.columns
    why = {"reason": "Công văn"}
    book.enter("1", status="Giảm điểm tối đa", points=70, max_points=80, **why)
    book.enter("2", status="Thay thế", points=20, max_points=50, replacement="Chỉ số khác", **why)
    book.calculate()
    assert book.value(book.keys_row - 1, 2).startswith("Tổng điểm: 90 trên 130 ")
    book.enter("1", max_points=100)
    book.calculate()
    assert book.of("1", "check") == "Điểm chấm: nhập số từ 0 đến điểm tối đa"


def test_who_appraises_stands_in_the_councils_form():
    leaf = indicator("I.1", rule=rule("awarded"), appraiser="Sở Nội vụ minh hoạ")
    default = {"name": "Sở minh hoạ", "citation": cite()}
    whole = framework(dimension("I", leaf, indicator("I.2")), appraiser=default)
    book = Spreadsheet(export(Setup(whole, YEAR, "round1"), Filling(UNIT)))
    named = [book.of(code, "appraiser") for code in ("I.1", "I.2")]
    assert named == ["Sở Nội vụ minh hoạ", "Sở minh hoạ"]
    assert "appraiser" not in Spreadsheet(export(Setup(whole, YEAR), Filling(UNIT))).columns


def test_an_answer_with_points_stays_open_in_the_form_of_its_unit():
    book = Spreadsheet(written(SETUP, UNIT, {"I.2": Answer(points=3 * ONE)})).calculate()
    assert book.of("I.2", "score") == 3
    assert len(WHOLE.leaves) == 5
