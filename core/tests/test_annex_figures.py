"""Counts and sums against the decision's figures, and differences that an annex declares."""

from __future__ import annotations

import pytest
from annexes import FORMS, ROWS, bare, changed, faults, outline
from frameworks import cite

EXTRA = {"code": "1.3", "dimension": "1", "name": "Thêm", "max_points": "1", "rule": "yes_no"}


@pytest.fixture(params=FORMS, ids=lambda form: form.suffix)
def form(request):
    return request.param


@pytest.fixture
def told(form):
    def call(rows, given=None):
        return [str(each) for each in faults(given or outline(), form.source(rows))]

    return call


def _difference(code, name="Đã biết", **cells):
    return {"code": code, "rule": "difference", "name": name} | cells


def test_counts_and_sums_are_compared_in_all_and_for_each_main_indicator(form, told):
    lines = told([*ROWS, EXTRA])
    starts = [
        f"{form.place(1, 'code')}phụ lục có tất cả 5 chỉ số; quyết định ghi 4 (Điều 1).",
        f"{form.place(1, 'max_points')}điểm tối đa trong phụ lục cộng lại là 51; quyết định ghi 50",
        f"{form.place(2, 'dimension')}chỉ số chính 1 “Chỉ số chính 1” có 3 chỉ số; phải là 2 (Phụ",
        f"{form.place(2, 'max_points')}các chỉ số của chỉ số chính 1 “Chỉ số chính 1” cộng lại",
    ]
    assert [line.startswith(start) for line, start in zip(lines, starts, strict=True)] == [True] * 4
    assert "thêm dòng code=indicators:1, rule=difference, name=lý do" in lines[2]


def test_a_main_indicator_without_rows_has_none_of_what_is_declared(form, told):
    lines = told(ROWS[2:])
    assert lines[0].startswith(f"{form.place(1, 'dimension')}chỉ số chính “1” của quyết định không")
    words = "chỉ số chính 1 “Chỉ số chính 1” có 0 chỉ số; phải là 2 (Phụ lục I)"
    assert [line for line in lines if line.startswith(form.place(1, "dimension") + words)]


def test_a_number_of_main_indicators_is_compared(form, told):
    given = bare(declared={"dimensions": 2, "citation": cite()}, rankings=outline().rankings[:1])
    rows = [{"code": "1", "name": "Một", "max_points": "20"}, *ROWS[:2]]
    [line] = told(rows, given)
    assert line.startswith(f"{form.place(1, 'code')}phụ lục có 1 chỉ số chính; quyết định ghi 2")
    assert told([*rows, _difference("dimensions")], given) == []


def test_a_main_indicators_own_maximum_is_compared_with_its_indicators(form, told):
    """Where only the annex names main indicators, their maxima stand in it twice."""
    rows = [{"code": "1", "name": "Một", "max_points": "21", "rankings": "kts"}, *ROWS[:2]]
    [line] = told(rows, bare())
    words = "các chỉ số của chỉ số chính 1 “Một” cộng lại được 20 điểm; phải là 21 (Điều 1)"
    assert line.startswith(form.place(2, "max_points") + words)


def test_a_sum_with_an_unreadable_maximum_is_not_compared(told):
    lines = told(changed({(3, "max_points"): "?", (4, "max_points"): "13.5"}))
    assert len(lines) == 1, "neither the sum of 1 nor the whole can be known"


def test_sub_indicators_are_not_counted_again(told):
    assert told(ROWS) == []


def test_a_difference_that_is_none_any_more(form, told):
    [line] = told([*ROWS, _difference("max_points:1")])
    assert line.startswith(f"{form.place(8, 'code')}không có chênh lệch nào ở “max_points:1”")


def test_a_difference_of_what_the_decision_does_not_declare(form, told):
    [line] = told([*ROWS, _difference("indicators:2")])
    assert "hoặc quyết định không ghi số này" in line


@pytest.mark.parametrize("code", ["indicators:3", "count", "max_points:", "1"])
def test_a_difference_of_nothing(code, form, told):
    [line] = told([*ROWS, _difference(code)])
    assert line.startswith(f"{form.place(8, 'code')}“{code}” không nói được điều gì chênh lệch.")
    assert "indicators:1, max_points:1, indicators:2" in line


def test_a_difference_has_a_reason_and_nothing_else(form, told):
    rows = [*ROWS, EXTRA, _difference("indicators", name="")]
    lines = told([*rows, _difference("max_points", dimension="1")])
    assert lines[0].startswith(f"{form.place(9, 'name')}ô này còn trống")
    assert lines[1].startswith(f"{form.place(10, 'dimension')}dòng khai chênh lệch không có")
    assert len(lines) == 4, "and those of main indicator 1 are not declared"


def test_a_difference_twice(form, told):
    rows = [*changed({(4, "max_points"): "13.5"}), *[_difference("max_points")] * 2]
    [line] = told(rows)
    assert line.startswith(f"{form.place(9, 'code')}mã “max_points” đã có ở dòng 8")


def test_only_what_is_declared_may_differ(form, told):
    lines = told([*ROWS, EXTRA, _difference("indicators"), _difference("max_points:1")])
    assert [line.partition(";")[0] for line in lines] == [
        f"{form.place(1, 'max_points')}điểm tối đa trong phụ lục cộng lại là 51",
        f"{form.place(2, 'dimension')}chỉ số chính 1 “Chỉ số chính 1” có 3 chỉ số",
    ]
