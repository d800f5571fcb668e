"""``dti annex import``: main indicators, indicators and their parts, by their numbers."""

from __future__ import annotations

import pytest
from imports import as_xlsx, codes, rows, sentences, take, target, told

from dti_core.errors import InvalidFacts

HEAD = ["TT", "Chỉ số", "Điểm tối đa"]
PLACE = ("code", "parent", "dimension", "name", "rule")


def indicators(*lines: str) -> list[tuple[str, ...]]:
    """Take rows "number|name|maximum" in and return where each went."""
    return rows(take([HEAD, *(line.split("|") for line in lines)]), *PLACE)


def test_numbers_that_begin_anew_below_roman_ones():
    """As in the annex of Huế: 1 below I is I.1."""
    lines = ["I|Nhận thức số|", "1|A|1", "2|B|1", "II|Thể chế số|", "1|C|1"]
    assert indicators(*lines) == [
        ("I.1", "", "I", "A", "awarded"),
        ("I.2", "", "I", "B", "awarded"),
        ("II.1", "", "II", "C", "awarded"),
    ]


def test_numbers_of_several_parts_with_sub_indicators():
    lines = ["1|Nhận thức số|", "1.1|A|1", "1.2|B|3", "1.2.1|b|1", "1.2.2|b'|2", "2|C|", "2.1|D|1"]
    assert indicators(*lines) == [
        ("1.1", "", "1", "A", "awarded"),
        ("1.2", "", "1", "B", "sum_of"),
        ("1.2.1", "1.2", "1", "b", "awarded"),
        ("1.2.2", "1.2", "1", "b'", "awarded"),
        ("2.1", "", "2", "D", "awarded"),
    ]


def test_numbers_of_several_parts_below_roman_ones_stay_as_they_are():
    lines = ["I|N|", "1.1|A|1", "1.2|B|1", "II|T|", "2.1|C|1", "2.2|D|2", "2.2.1|d|2"]
    found = [("1.1", "I"), ("1.2", "I"), ("2.1", "II"), ("2.2", "II"), ("2.2.1", "II")]
    assert [(code, main) for code, _, main, _, _ in indicators(*lines)] == found


def test_letters_below_an_indicator_are_its_parts_where_they_add_up():
    lines = ["I|N|", "1|A|5", "a)|Một|2", "b)|Hai|3", "2|B|4"]
    assert [each[:2] + each[4:] for each in indicators(*lines)] == [
        ("I.1", "", "sum_of"),
        ("I.1.a", "I.1", "awarded"),
        ("I.1.b", "I.1", "awarded"),
        ("I.2", "", "awarded"),
    ]


@pytest.mark.parametrize(
    "answers", [("10", "5"), ("10", "0"), ("", "")], ids=["more", "nothing", "no-points"]
)
def test_letters_with_the_points_of_each_answer_are_a_condition(answers):
    given = [
        HEAD,
        ["I", "N"],
        ["1", "A", "10"],
        ["a)", "Sớm", answers[0]],
        ["b)", "Muộn", answers[1]],
    ]
    imported = take(given)
    said = [f": {each} điểm" if each else "" for each in answers]
    condition = f"a) Sớm{said[0]}\nb) Muộn{said[1]}"
    assert rows(imported, "code", "condition", "max_points") == [("I.1", condition, "10")]
    assert len(told(imported, "annex.import-joined")) == 2


def test_rows_without_a_number_belong_to_the_indicator_above():
    given = [[*HEAD, "Minh chứng"], ["I", "N"], ["1", "Ban hành", "10", "Văn bản"]]
    given += [
        ["", "kế hoạch"],
        ["", "Trước 31/01", "10", "có ký số"],
        ["", "Sau", "5"],
        ["2", "B", "1"],
    ]
    imported = take(given)
    condition = "Trước 31/01: 10 điểm\nSau: 5 điểm"
    first = ("I.1", "Ban hành kế hoạch", condition, "Văn bản\ncó ký số", "10")
    assert rows(imported, "code", "name", "condition", "evidence", "max_points")[0] == first
    lines = told(imported)
    assert [line.partition(": ")[0] for line in lines] == [f"a.csv, dòng {n}" for n in (4, 5, 6)]
    assert all("nối vào I.1 ở phía trên" in line for line in lines)


def test_numbers_that_stand_before_the_names():
    given = [["Chỉ số", "Điểm tối đa"], ["I. Nhận thức số", ""], ["1. A", "1"], ["1.1) a", "1"]]
    given += [["PHẦN II: THỂ CHẾ SỐ (20 điểm)"], ["1/ 24 tin bài", "20"]]
    imported = take(given)
    assert rows(imported, "code", "name") == [("I.1", "A"), ("I.1.1", "a"), ("II.1", "24 tin bài")]
    assert [each.name for each in imported.mains] == ["Nhận thức số", "THỂ CHẾ SỐ"]
    assert told(imported) == []


SECTIONS = {
    "in the first column": ["I. NHẬN THỨC SỐ (10 điểm)"],
    "a dash": ["I - NHẬN THỨC SỐ: 10 điểm"],
    "in the column of names": ["", "I. NHẬN THỨC SỐ (10 điểm)"],
    "a word before": ["Phần I. NHẬN THỨC SỐ [10 điểm]"],
}


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_a_row_of_one_cell_opens_a_main_indicator(section):
    imported = take([HEAD, section, ["1", "A", "10"]])
    assert [(each.code, each.name) for each in imported.mains] == [("I", "NHẬN THỨC SỐ")]
    assert imported.figures[0].written == {"": 100_000}
    assert told(imported) == []


def test_main_indicators_without_a_number_get_one_in_order_and_that_is_told():
    imported = take([HEAD, ["NHẬN THỨC SỐ"], ["1", "A", "1"], ["THỂ CHẾ SỐ"], ["1", "B", "1"]])
    assert rows(imported, "code", "dimension") == [("1.1", "1"), ("2.1", "2")]
    [first, _] = told(imported)
    assert first.startswith(
        "a.csv, dòng 2: chỉ số chính “NHẬN THỨC SỐ” không có số thứ tự; lấy mã 1"
    )


COLUMNS = {
    "numbered": ("1. Nhận thức số", "2. Thể chế số"),
    "plain": ("Nhận thức số", "Thể chế số"),
}


@pytest.mark.parametrize("names", COLUMNS.values(), ids=COLUMNS)
@pytest.mark.parametrize("repeated", [False, True], ids=["blank-below", "repeated"])
def test_main_indicators_in_a_column_of_their_own(names, repeated):
    """A merged cell is saved in CSV as one text and blanks below, or is filled down by hand."""
    head = ["Chỉ số chính", "STT", "Chỉ số thành phần", "Điểm"]
    more = names if repeated else ("", "")
    given = [head, [names[0], "1", "A", "1"], [more[0], "2", "B", "1"]]
    given += [[names[1], "1", "C", "1"], [more[1], "2", "D", "1"]]
    imported = take(given)
    assert codes(imported) == ["1.1", "1.2", "2.1", "2.2"]
    assert [each.name for each in imported.mains] == ["Nhận thức số", "Thể chế số"]
    assert told(imported, "annex.import-cell") == []


def test_rows_of_their_own_in_the_column_of_main_indicators():
    given = [["TT", "Nhóm chỉ số", "Chỉ số", "Điểm"], ["I", "N", "", "3"], ["1", "", "A", "3"]]
    imported = take([*given, ["II", "T"], ["", "", "(chưa tính)"], ["1", "", "B", "4"]])
    expected = [("I.1", "I", "A", "3"), ("II.1", "II", "B", "4")]
    assert rows(imported, "code", "dimension", "name", "max_points") == expected
    assert [(each.code, each.name) for each in imported.mains] == [("I", "N"), ("II", "T")]
    assert imported.figures[0].written == {"": 30_000}
    assert sentences(imported) == [
        "a.csv, dòng 5, cột “C”: không hiểu, không đưa vào: “(chưa tính)”"
    ]


def test_main_indicators_in_a_column_take_the_first_part_of_the_numbers():
    given = [
        ["Chỉ số chính", "TT", "Chỉ số", "Điểm"],
        ["N", "3.1", "A", "1"],
        ["", "3.2", "B", "1"],
    ]
    imported = take([*given, ["T", "4.1", "C", "1"]])
    assert rows(imported, "code", "dimension") == [("3.1", "3"), ("3.2", "3"), ("4.1", "4")]


def test_a_heading_inside_a_numbered_main_indicator_is_told():
    lines = [["I", "N"], ["1", "A", "1"], ["", "CÁC CHỈ SỐ KHÁC"], ["2", "B", "1"]]
    imported = take([HEAD, *lines])
    assert codes(imported) == ["I.1", "I.2"]
    assert sentences(imported) == [
        "a.csv, dòng 4, cột “B”: không hiểu, không đưa vào: “CÁC CHỈ SỐ KHÁC”"
    ]


def test_a_merged_column_of_main_indicators_in_a_workbook():
    head = ["Chỉ số chính", "TT", "Chỉ số thành phần", "Điểm", "Minh chứng"]
    body = [
        ["Nhận thức số", "1.1", "A", 1, "Văn bản"],
        ["", "1.2", "B", 2],
        ["Thể chế số", "2.1", "C", 3],
    ]
    imported = take(as_xlsx([head, *body], merged=["A2:A3", "E2:E3"]))
    expected = [("1.1", "1", "Văn bản"), ("1.2", "1", "Văn bản"), ("2.1", "2", "")]
    assert rows(imported, "code", "dimension", "evidence") == expected
    assert told(imported) == []


def test_indicators_without_any_number_get_codes_in_order_and_that_is_told():
    imported = take(
        [["Chỉ số chính", "Chỉ số", "Điểm"], ["N", "A", "1"], ["", "B", "1"], ["T", "C", "1"]]
    )
    assert codes(imported) == ["1.1", "1.2", "2.1"]
    assert sentences(imported) == [
        "a.csv, dòng 2: các chỉ số không có số thứ tự; mã được đánh theo thứ tự, từ 1.1 đến 2.1",
    ]


def test_indicators_whose_main_indicators_have_no_row():
    given = [HEAD, ["1.1", "A", "1"], ["1.2", "B", "1"], ["2.1", "C", "1"]]
    imported = take(given, target(dimensions={"1": "Nhận thức số"}))
    assert [(e.code, e.name) for e in imported.mains] == [("1", "Nhận thức số"), ("2", "")]
    [line] = told(imported)
    assert line.startswith("a.csv, dòng 4: không có dòng của chỉ số chính 2; lấy mã theo số thứ tự")


def test_indicators_of_nobody_knows_which_main_indicator():
    given = [HEAD, ["1", "A", "1"], ["2", "B", "1"]]
    with pytest.raises(InvalidFacts, match="không biết các chỉ số thuộc chỉ số chính nào"):
        take(given)
    imported = take(given, target(dimensions={"A": "Chung"}))
    assert rows(imported, "code", "dimension") == [("A.1", "A"), ("A.2", "A")]
    assert len(told(imported, "annex.import-one-dimension")) == 1


def test_a_group_above_the_main_indicators_is_told_and_left_out():
    """As in the national index: pillars over main indicators; the table has no such step."""
    lines = [["A", "Nhóm chung", "3"], ["1", "N", "1"], ["1.1", "a", "1"], ["2", "T", "2"]]
    lines += [["2.1", "b", "2"], ["B", "Nhóm hoạt động"], ["3", "C"], ["3.1", "c", "4"]]
    imported = take([HEAD, *lines])
    assert rows(imported, "code", "dimension") == [("1.1", "1"), ("2.1", "2"), ("3.1", "3")]
    assert len(told(imported, "annex.import-group")) == 2
    assert sentences(imported, "annex.import-cell") == [
        "a.csv, dòng 2, cột “C”: không hiểu, không đưa vào: “3”",
    ]


def test_three_steps_of_which_nothing_says_which_is_the_main_one_are_told():
    lines = [["A", "Chính quyền số"], ["I", "N"], ["1", "a", "1"], ["II", "T"], ["1", "b", "2"]]
    imported = take([HEAD, *lines])
    parents = [("A.I", ""), ("A.I.1", "A.I"), ("A.II", ""), ("A.II.1", "A.II")]
    assert rows(imported, "code", "parent") == parents
    [line] = sentences(imported)
    assert line.startswith("a.csv, dòng 2: A được ghi như chỉ số chính")


def test_main_indicators_with_letters_go_on_after_h():
    letters = "ABCDEFGHIK"
    given = [row for each in letters for row in ([each, f"Nhóm {each}", ""], ["1", "x", "1"])]
    assert codes(take([HEAD, *given])) == [f"{each}.1" for each in letters]


def test_codes_of_an_authority_s_own():
    given = [
        ["Mã", *HEAD[1:]],
        ["NT", "Nhận thức số"],
        ["NT-01", "A", "1"],
        ["NT-02", "B", "1"],
        ["TC", "T"],
    ]
    imported = take([*given, ["TC-01", "C", "1"]])
    assert rows(imported, "code", "dimension") == [
        ("NT-01", "NT"),
        ("NT-02", "NT"),
        ("TC-01", "TC"),
    ]


def test_a_code_that_stands_twice_is_refused_with_both_rows():
    given = [HEAD, ["I", "N"], ["1", "A", "1"], ["2", "B", "1"], ["2", "C", "1"], ["1", "D", "1"]]
    with pytest.raises(InvalidFacts) as caught:
        take(given)
    assert [str(each) for each in caught.value.problems] == [
        "a.csv, dòng 5: mã I.2 đã có ở dòng 4. Hãy sửa số thứ tự của một trong hai dòng.",
        "a.csv, dòng 6: mã I.1 đã có ở dòng 3. Hãy sửa số thứ tự của một trong hai dòng.",
    ]


def test_a_main_indicator_without_indicators_is_told():
    imported = take([HEAD, ["I", "N"], ["1", "A", "1"], ["II", "T", "5"]])
    assert sentences(imported, "annex.import-dimension-empty") == [
        "a.csv, dòng 4: chỉ số chính II không có chỉ số nào bên dưới",
    ]


def test_a_table_without_an_indicator():
    with pytest.raises(InvalidFacts, match="bảng không có chỉ số nào"):
        take([HEAD, ["I", "N", ""]], target(dimensions={"1": ""}))
