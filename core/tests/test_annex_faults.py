"""Each fault of an annex: told once, with its cell and with what is right, in both formats."""

from __future__ import annotations

import pytest
from annexes import FORMS, LISTED, ROWS, bare, changed, faults, outline
from frameworks import cite, dimension, interpretation, ranking

NEW = {"code": "2.3", "dimension": "2", "name": "Mới", "max_points": "0", "rule": "yes_no"}
NEW |= {"rankings": "kts"}
COUNT_OFF = {"code": "indicators", "rule": "difference", "name": "Đã biết"}

# One cell (row, column) is changed; the fault is told there, with some words.
CELLS = {
    # what a row must say
    "no code": (3, "code", "", "trống: hãy điền “code”"),
    "no name": (3, "name", "", "hãy điền “name”"),
    "no maximum": (3, "max_points", "", "hãy điền “max_points”"),
    "no dimension": (6, "dimension", "", "hãy điền “dimension”"),
    # codes
    "a code that became a date": (3, "code", "2024-02-01", "thành ngày 2024-02-01"),
    "a code of information": (3, "code", "I.9", "thông tin chung “Dân số”"),
    # maxima
    "no number": (3, "max_points", "mười", "“mười” không phải điểm hợp lệ"),
    "an exponent": (3, "max_points", "1e1", "“1e1” không phải điểm"),
    "five decimals": (3, "max_points", "1.00001", "nhiều nhất bốn"),
    "a fraction": (3, "max_points", "10/1", "không phải điểm hợp lệ"),
    "negative": (3, "max_points", "-10", "số âm"),
    "over every scale": (3, "max_points", "10001", "nhiều nhất 10000"),
    # rules
    "no rule": (3, "rule", "", "thiếu quy tắc tính điểm. Hãy chọn"),
    "unknown rule": (3, "rule", "count_agains", "Có phải: count_against?"),
    "unknown parameter": (3, "parameters", "minimun=2; minimum=2", "“minimun”. Có phải: minimum?"),
    "parameter twice": (3, "parameters", "minimum=1; minimum=2", "“minimum” ghi nhiều lần"),
    "no parameter": (3, "parameters", "", "cần tham số minimum: một số lớn hơn 0"),
    "no count": (3, "parameters", "minimum=0", "minimum ghi “0”; phải là một số"),
    "no word": (3, "parameters", "minimum=2; partial=half", "phải là proportional (theo tỷ lệ)"),
    "no day": (2, "parameters", "due=31/02", "phải là ngày và tháng, ví dụ 31/01"),
    "no ratio": (4, "parameters", "floor=120%", "trong khoảng 0 đến 1"),
    "floor above": (4, "parameters", "floor=9/10; full_from=1/2", "không được cao hơn"),
    # steps that no fact reaches
    "steps over 100 %": (7, "parameters", "steps=120:1; of=share", "không quá 100"),
    "steps upwards": (7, "parameters", "steps=1:1/2, 2:1", "từ cao xuống thấp"),
    "steps that earn more": (7, "parameters", "steps=2:1/2, 1:1", "mỗi bậc được ít hơn"),
    "steps never full": (7, "parameters", "steps=2:1/2", "chỉ được 1/2 điểm tối đa"),
    "a day without effect": (2, "parameters", "due=31/01; late=1", "late=1"),
    # parents
    "a parent of itself": (3, "parent", "1.2", "đi thành vòng"),
    "other groups": (6, "groups", "A", "cùng các nhóm với “2.2”"),
    # what the decision names
    "listed name": (4, "name", "Tỷ lệ cán bộ", f"là “{LISTED}”, không phải “Tỷ lệ cán bộ”"),
    "listed appraiser": (4, "appraiser", "Sở Y tế", "“Sở Nội vụ”, không phải “Sở Y tế”"),
    "clause": (3, "clause", "Phụ lục X", "Có: Phụ lục I"),
    # rankings
    "unknown ranking": (2, "rankings", "kt", "Có phải: kts?"),
}


@pytest.fixture(params=FORMS, ids=lambda form: form.suffix)
def form(request):
    return request.param


@pytest.fixture
def told(form):
    """Return the lines that are told of some rows, for cells as this format names them."""

    def call(rows, given=None, **how):
        return [str(each) for each in faults(given or outline(), form.source(rows, **how))]

    return call


@pytest.mark.parametrize("name", CELLS)
def test_a_wrong_cell_is_told_with_what_is_right(name, form, told):
    row, column, cell, words = CELLS[name]
    lines = told(changed({(row, column): cell}))
    start = form.place(row, column)
    assert [line for line in lines if line.startswith(start) and words in line], lines


CONSEQUENCES = {"over every scale", "a parent of itself", "unknown ranking"}
"""They make the figures wrong, or a main indicator be of two minds."""

ALONE = [name for name in CELLS if name not in CONSEQUENCES]


@pytest.mark.parametrize("name", ALONE)
def test_and_nothing_else_is_told_that_is_not_wrong(name, told):
    row, column, cell, _ = CELLS[name]
    assert len(told(changed({(row, column): cell}))) == 1


def test_without_a_fault_nothing_is_told(told):
    assert told(ROWS) == []


def test_all_faults_are_told_at_once_in_the_order_of_the_rows(form, told):
    wrong = {(7, "parameters"): "steps=2:1/2", (2, "rule"): "due", (2, "max_points"): "-10"}
    lines = told(changed(wrong))
    cells = [form.place(*each) for each in ((2, "max_points"), (2, "rule"), (7, "parameters"))]
    assert [line.partition(": ")[0] + ": " for line in lines[:3]] == cells
    assert "số âm" in lines[0]


def test_the_first_hundred_of_many_are_told(form):
    from dti_core.annex import bring
    from dti_core.errors import InvalidAnnex

    with pytest.raises(InvalidAnnex) as caught:
        bring(outline(), form.source([dict(ROWS[0], rule="x")] * 150))
    assert len(caught.value.problems) == 100
    assert caught.value.total > 250


# Codes and parents -----------------------------------------------------------------------------


def test_a_code_twice(form, told):
    lines = told(changed({(3, "code"): "1.1"}))
    assert len(lines) == 1
    assert lines[0].startswith(f"{form.place(3, 'code')}mã “1.1” đã có ở dòng 2")
    assert ("1.10" in lines[0]) == (form.suffix == "xlsx"), "Excel makes 1.1 of 1.10"


def test_a_listed_code_that_is_absent(form, told):
    [line] = told(changed({(4, "code"): "2.9"}))
    assert line.startswith(form.place(1, "code"))
    assert f"thiếu chỉ số “2.1” mà quyết định nêu tên (Phụ lục I.2.1): “{LISTED}”" in line


def test_a_parent_that_is_not_there(form, told):
    """Its sum is wrong too, and nothing is added up in its place."""
    lines = told(changed({(6, "parent"): "2.3"}))
    assert lines[0].startswith(f"{form.place(5, 'max_points')}điểm tối đa là 17.5 nhưng")
    assert lines[1].startswith(form.place(6, "parent"))
    assert "Có phải: 2.2, 2.1" in lines[1]
    assert len(lines) == 2


def test_a_parent_in_another_main_indicator(form, told):
    [line] = told(changed({(7, "dimension"): "1"}))
    assert line.startswith(f"{form.place(7, 'dimension')}chỉ số con “2.2.2” phải cùng")
    assert line.endswith("ghi “2”.")


def test_parents_in_a_circle(form, told):
    lines = told(changed({(5, "parent"): "2.2.1"}))
    circle = [form.place(row, "parent") for row in (5, 6)]
    assert [line for line in lines if line.startswith(tuple(circle)) and "vòng" in line]


def test_a_parent_that_is_no_sum(form, told):
    [line] = told(changed({(5, "rule"): "yes_no"}))
    assert line.startswith(f"{form.place(5, 'rule')}dòng này có chỉ số con (2.2.1, 2.2.2)")


def test_a_sum_of_nothing(form, told):
    [line] = told(changed({(3, "rule"): "sum_of", (3, "parameters"): ""}))
    assert line.startswith(f"{form.place(3, 'rule')}“1.2” là tổng các chỉ số con")


def test_sub_indicators_that_do_not_add_up(form, told):
    [line] = told(changed({(7, "max_points"): "7"}))
    cell = form.place(5, "max_points")
    assert line.startswith(f"{cell}điểm tối đa là 17.5 nhưng các chỉ số con cộng lại là 17.")


# Main indicators, blocks, rankings -------------------------------------------------------------


def test_an_unknown_main_indicator(form, told):
    lines = told(changed({(3, "dimension"): "3"}))
    assert len(lines) == 3, "count and sum of main indicator 1 are wrong too"
    assert lines[0].startswith(f"{form.place(3, 'dimension')}không có chỉ số chính “3”")
    assert "1, 2" in lines[0]


def test_a_main_indicator_without_indicators(form, told):
    given = outline(
        dimensions=[*outline().dimensions, dimension("3")], declared={"citation": cite()}
    )
    [line] = told(ROWS, given)
    assert line.startswith(f"{form.place(1, 'dimension')}chỉ số chính “3” của quyết định không có")
    [line] = told([*ROWS, {"code": "3"}], given)
    assert line.startswith(f"{form.place(8, 'code')}chỉ số chính “3” không có chỉ số nào")


def test_a_main_indicator_of_declared_maximum_zero_may_be_empty(told):
    nothing = dimension("3", declared={"max_points": "0", "citation": cite()})
    given = outline(dimensions=[*outline().dimensions, nothing], declared={"citation": cite()})
    assert told(ROWS, given) == []


def test_main_indicators_that_the_decision_names_itself(form, told):
    named = {"code": "1", "name": "Nhận thức", "max_points": "25"}
    lines = told([*ROWS, named, {"code": "4", "name": "Khác", "max_points": "1"}])
    assert lines[0].startswith(f"{form.place(8, 'name')}quyết định gọi chỉ số chính này là “Chỉ số")
    assert lines[1].startswith(
        f"{form.place(8, 'max_points')}quyết định ghi tối đa 20 điểm (Phụ lục"
    )
    assert lines[2].startswith(
        f"{form.place(9, 'code')}quyết định không có chỉ số chính “4” (chỉ có"
    )
    assert len(lines) == 3


def test_a_row_that_is_neither_an_indicator_nor_a_main_one(form, told):
    lines = told([{"code": "1", "evidence": "Ảnh"}, *ROWS])
    assert lines == [line for line in lines if line.startswith(form.place(2, "evidence"))]
    assert "hãy điền dimension và rule" in lines[0]


def test_an_unfilled_row_of_the_form(form, told):
    lines = told([*ROWS, {"code": "2.3", "dimension": "2", "rankings": "kts"}])
    assert lines[0].startswith(f"{form.place(8, 'name')}dòng của chỉ số “2.3” chưa điền")


BLOCK = [
    {"code": "C", "name": "Khuyến khích", "max_points": "5", "rule": "bonus"},
    {"code": "C.1", "dimension": "C", "name": "Sáng kiến", "max_points": "5", "rule": "awarded"},
]


def test_a_block_that_no_reading_allows(form, told):
    """It says which reading would; where there is none, that the decision has no such block."""
    lines = told([*ROWS, *BLOCK])
    assert len(lines) == 1
    assert lines[0].startswith(form.place(8, "rule"))
    assert "--interpret bonus=on" in lines[0]
    [line] = told([*ROWS, *BLOCK], outline(interpretations=[interpretation()]))
    assert line == f"{form.place(8, 'rule')}quyết định không có khối bonus. Hãy xoá khối này."


def test_a_block_has_a_cap_and_holds_only_what_a_block_has(form, told):
    block = [dict(BLOCK[0], max_points="0", parameters="x=1"), BLOCK[1]]
    lines = told([*ROWS, *block], outline(bonus_block="annex"))
    assert lines[0].startswith(f"{form.place(8, 'max_points')}mức trần")
    assert lines[1].startswith(f"{form.place(8, 'parameters')}dòng mở khối")
    assert len(lines) == 2


def test_a_block_of_the_decision_is_no_main_indicator(form, told):
    given = outline(dimensions=[*outline().dimensions, dimension("C", block="bonus", cap="5")])
    lines = told([*ROWS, dict(BLOCK[0], rule="deduction", max_points="6"), BLOCK[1]], given)
    assert lines[1].startswith(f"{form.place(8, 'max_points')}quyết định ghi tối đa 5 điểm")
    assert lines[2].startswith(f"{form.place(8, 'rule')}quyết định ghi đây là khối bonus")


def test_a_ranking_that_no_main_indicator_is_in(form, told):
    [line] = told(changed({(4, "rankings"): "", (5, "rankings"): ""}))
    assert line.startswith(f"{form.place(1, 'rankings')}bảng xếp hạng “kts” (Bảng kts, Điều 1)")


def test_indicators_of_one_main_indicator_name_the_same_rankings(form, told):
    [line] = told(changed({(5, "rankings"): ""}))
    assert line.startswith(f"{form.place(5, 'rankings')}các chỉ số của chỉ số chính “2” phải ghi")
    assert "ở đây ghi “—”, nơi khác ghi “kts”" in line


def test_a_ranking_whose_main_indicators_the_decision_names(form, told):
    given = outline(rankings=[ranking(), ranking("kts", dimensions=["1"])])
    lines = told(ROWS, given)
    assert [line.partition(": ")[0] + ": " for line in lines] == [
        form.place(row, "rankings") for row in (4, 5)
    ]
    assert "quyết định đã định bảng xếp hạng “kts” gồm các chỉ số chính 1" in lines[0]


def test_a_maximum_with_more_decimals_than_points_have(form, told):
    rows = changed({(2, "max_points"): "9.5", (3, "max_points"): "10.5"})
    lines = told(rows, outline(point_decimals=0))
    starts = tuple(form.place(row, "max_points") for row in (2, 3, 4, 5, 7))
    assert [line.startswith(start) for line, start in zip(lines, starts, strict=True)] == [True] * 5
    assert "9.5 điểm có quá 0 chữ số thập phân" in lines[0]


def test_a_scale_that_is_too_large(form, told):
    rows = changed({(2, "max_points"): "9500"})
    lines = told(rows, bare(dimensions=(*outline().dimensions[1:], dimension("1"))))
    assert lines[-1].startswith(f"{form.place(1, 'max_points')}điểm tối đa cộng lại là 9540;")
