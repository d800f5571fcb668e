"""``dti annex import``: maxima, levels, and the figures that the file says itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imports import TWO_LEVELS, as_xlsx, codes, rows, sentences, take, target, told

from dti_core.annex.importing.points import read_amount, split_amount
from dti_core.errors import InvalidFacts, UsageError
from dti_core.numbers import to_decimal

HEAD = ["TT", "Chỉ số", "Điểm tối đa"]
MAIN = ["I", "Nhận thức số", ""]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("10", 100_000),
        ("10,0", 100_000),
        ("12.5", 125_000),
        ("0,25", 2_500),
        ("10 điểm", 100_000),
        ("10đ", 100_000),
        ("Tối đa 7,5 điểm.", 75_000),
        ("1.000", 10_000_000),
        ("1.000,5", 10_005_000),
        ("0.125", 1_250),
        ("mười", None),
        ("10%", None),
        ("5-10", None),
        ("-5", None),
        ("0,00001", None),
        ("10001", None),
        ("10 điểm/lần", None),
    ],
)
def test_maxima_as_vietnamese_tables_write_them(text, points):
    amount = read_amount(text)
    assert (amount and amount.points) == points


@given(st.integers(0, 9_999_0000), st.sampled_from([0, 1, 2, 4]), st.booleans())
def test_every_exact_maximum_is_read_exactly(scaled, decimals, comma):
    """Down to the ten-thousandth; only three digits behind a sign may be thousands."""
    scaled -= scaled % 10 ** (4 - decimals)
    text = to_decimal(scaled, decimals)
    assert read_amount(text.replace(".", ",") if comma else text) == (scaled, False)


def test_a_workbook_s_number_has_a_decimal_point_and_its_text_a_thousands_sign():
    imported = take(as_xlsx([HEAD, MAIN, ["1", "A", 1.125], ["2", "B", "1.125"]]))
    assert rows(imported, "max_points") == [("1.125",), ("1125",)]
    [line] = told(imported)
    assert line.startswith(
        "a.xlsx, PL!C4: “1.125” đọc là 1125: dấu trước ba chữ số là dấu phân cách"
    )


@pytest.mark.parametrize(
    ("name", "rest", "points"),
    [
        ("Nhận thức số (100 điểm)", "Nhận thức số", 1_000_000),
        ("Nhận thức số: tối đa 12,5 điểm", "Nhận thức số", 125_000),
        ("Nhận thức số - 10 điểm", "Nhận thức số", 100_000),
        ("Tối thiểu 5 điểm phát wifi", "Tối thiểu 5 điểm phát wifi", None),
    ],
)
def test_a_maximum_behind_a_name(name, rest, points):
    found, amount = split_amount(name)
    assert (found, amount and amount.points) == (rest, points)


def test_a_maximum_that_cannot_be_read_or_is_wanting_is_marked_and_told():
    imported = take([HEAD, MAIN, ["1", "A", "mười"], ["2", "B", ""], ["3", "C", "5"]])
    assert rows(imported, "max_points") == [("0",), ("0",), ("5",)]
    first, second, _ = (note for (note,) in rows(imported, "note"))
    assert first.startswith("ĐIỀN: điểm tối đa (tệp ghi: mười); quy tắc tính điểm")
    assert second.startswith("ĐIỀN: điểm tối đa (tệp ghi: —); quy tắc tính điểm")
    assert [line.partition(": ")[0] for line in told(imported)] == [
        "a.csv, dòng 3, cột “C”",
        "a.csv, dòng 4",
    ]


def test_marks_of_levels():
    given_rows = [
        [*HEAD, "Huyện", "Xã"],
        MAIN,
        ["1", "A", "1", "x", "X"],
        ["2", "B", "1", "✓", "-"],
    ]
    given_rows += [["3", "C", "1", "", "có"], ["4", "D", "1", "", ""], ["5", "E", "1", "?", "x"]]
    imported = take(given_rows, target(TWO_LEVELS))
    marks = ["huyen xa", "huyen", "xa", "", "xa"]
    assert rows(imported, "levels") == [(each,) for each in marks]
    assert "ĐIỀN: cấp áp dụng; quy tắc" in imported.entries[3]["note"]
    lines = told(imported)
    assert lines[0].startswith("a.csv, dòng 6: I.4: không có dấu ở cấp nào")
    assert lines[1].startswith("a.csv, dòng 7, cột “D”: “?” không phải dấu của một cấp")


def test_levels_that_a_column_names():
    given_rows = [[*HEAD, "Đối tượng áp dụng"], MAIN, ["1", "A", "1", "Cấp huyện; cấp xã"]]
    given_rows += [["2", "B", "1", "Xã"], ["3", "C", "1", "Các huyện, thị xã, thành phố"]]
    given_rows += [["4", "D", "1", "Huyện và xã"], ["5", "E", "1", "Doanh nghiệp"]]
    imported = take(given_rows, target(TWO_LEVELS))
    marks = ["huyen xa", "xa", "huyen", "huyen xa", ""]
    assert rows(imported, "levels") == [(each,) for each in marks]
    assert told(imported, "annex.import-mark")[0].startswith(
        "a.csv, dòng 7, cột “D”: “Doanh nghiệp”"
    )


def test_a_maximum_for_each_level_gives_a_row_for_each_maximum():
    head = [["TT", "Chỉ số", "Điểm tối đa", ""], ["", "", "Cấp huyện", "Cấp xã"]]
    body = [
        ["1", "N", "15", "9"],
        ["1.1", "A", "10", "4"],
        ["1.2", "B", "5", "5"],
        ["2", "T", "3", ""],
    ]
    imported = take(
        [*head, *body, ["2.1", "C", "3", "-"], ["", "Tổng", "18", "9"]], target(TWO_LEVELS)
    )
    expected = [
        ("1.1", "10", "huyen"),
        ("1.1", "4", "xa"),
        ("1.2", "5", "huyen xa"),
        ("2.1", "3", "huyen"),
    ]
    assert rows(imported, "code", "max_points", "levels") == expected
    assert imported.whole.found == {"huyen": (3, 180_000), "xa": (2, 90_000)}
    assert imported.whole.written == {"huyen": 180_000, "xa": 90_000}
    assert told(imported) == []


def test_a_part_has_the_marks_of_its_indicator_and_the_other_way_round():
    given_rows = [
        [*HEAD, "Huyện", "Xã"],
        ["1", "N"],
        ["1.1", "A", "3", "x", ""],
        ["1.1.1", "a", "3"],
    ]
    given_rows += [["1.2", "B", ""], ["1.2.1", "b", "1", "x", "x"], ["1.2.2", "c", "2", "", "x"]]
    imported = take(given_rows, target(TWO_LEVELS))
    assert rows(imported, "code", "max_points", "levels") == [
        ("1.1", "3", "huyen"),
        ("1.1.1", "3", "huyen"),
        ("1.2", "1", "huyen"),
        ("1.2", "3", "xa"),
        ("1.2.1", "1", "huyen xa"),
        ("1.2.2", "2", "xa"),
    ]


def test_a_level_that_the_decision_does_not_evaluate():
    given_rows = [[*HEAD, "Sở", "Xã"], MAIN, ["1", "A", "1", "x", "x"], ["2", "B", "1", "x", ""]]
    imported = take(given_rows)
    assert rows(imported, "code", "levels") == [("I.1", "xa")]
    lines = told(imported)
    assert "quyết định không đánh giá cấp so; cột “Sở” với 2 ô không đưa vào" in lines[0]
    assert lines[1].startswith("a.csv, dòng 4: I.2 chỉ dành cho cấp mà quyết định không đánh giá")
    with pytest.raises(InvalidFacts, match="bảng không có chỉ số nào của các cấp"):
        take([[*HEAD, "Sở"], MAIN, ["1", "A", "1", "x"]])


def test_which_level_has_to_be_said_where_the_file_does_not():
    table = [HEAD, MAIN, ["1", "A", "1"]]
    assert rows(take(table), "levels") == [("xa",)]
    both = target(TWO_LEVELS)
    assert rows(take(table, both, level="huyen"), "levels") == [("huyen",)]
    with pytest.raises(UsageError, match="Thêm --level với một trong: huyen, xa"):
        take(table, both)
    with pytest.raises(UsageError, match="quyết định không đánh giá cấp “so”"):
        take(table, both, level="so")
    with pytest.raises(UsageError, match="Hãy bỏ --level xa"):
        take([[*HEAD, "Xã"], MAIN, ["1", "A", "1", "x"]], both, level="xa")


TOTALS = [
    [HEAD, ["I", "N", "3"], ["1", "A", "1"], ["2", "B", "2"], ["Cộng I", "", "3"]],
    [["II", "T", "5"], ["1", "C", "4"], ["Cộng II", "", "5"], ["", "Tổng cộng", "9"]],
]


def test_sums_of_the_file_are_compared_and_differences_told_not_mended():
    imported = take([*TOTALS[0], *TOTALS[1]])
    assert rows(imported, "max_points") == [("1",), ("2",), ("4",)]
    figures = [(each.code, each.found[""], each.written[""]) for each in imported.figures]
    assert figures == [("I", (2, 30_000), 30_000), ("II", (1, 40_000), 50_000)]
    assert imported.whole.written == {"": 90_000}
    assert sentences(imported) == [
        "a.csv, dòng 6: chỉ số chính II: tệp ghi 5 điểm, các chỉ số cộng lại được 4",
        "a.csv, dòng 8: chỉ số chính II: tệp ghi 5 điểm, các chỉ số cộng lại được 4",
        "a.csv, dòng 9: tệp ghi tổng 9 điểm, các chỉ số cộng lại được 7",
    ]


def test_a_total_above_the_table_and_sums_with_one_wording():
    above = take([HEAD, ["", "Tổng cộng", "3"], *TOTALS[0][1:4]])
    assert (above.whole.written, told(above)) == ({"": 30_000}, [])
    same = [
        ["I", "N"],
        ["1", "A", "1"],
        ["", "Cộng", "1"],
        ["II", "T"],
        ["1", "B", "2"],
        ["", "Cộng", "2"],
    ]
    imported = take([HEAD, *same])
    assert [each.written for each in imported.figures] == [{"": 10_000}, {"": 20_000}]
    assert (imported.whole.written, told(imported)) == ({}, [])


def test_parts_that_do_not_add_up_are_told():
    given_rows = [HEAD, ["1", "N"], ["1.1", "A", "10"], ["1.1.1", "a", "4"], ["1.1.2", "b", "5"]]
    imported = take(given_rows)
    assert rows(imported, "max_points") == [("10",), ("4",), ("5",)]
    assert sentences(imported) == [
        "a.csv, dòng 3: 1.1: tệp ghi 10 điểm, các chỉ số con cộng lại được 9",
    ]


def test_points_outside_the_scale_are_told():
    imported = take([HEAD, ["I", "N"], ["1", "A", "1"], ["II", "Điểm thưởng", ""], ["1", "B", "1"]])
    assert codes(imported) == ["I.1", "II.1"]
    [line] = told(imported)
    assert line.startswith("a.csv, dòng 4: II “Điểm thưởng” có vẻ nằm ngoài thang điểm")


def test_a_main_indicator_that_the_decision_names_otherwise_is_told():
    known = target(dimensions={"I": "NHẬN THỨC SỐ", "II": "Thể chế số"})
    given_rows = [HEAD, MAIN, ["1", "A", "1"], ["II", "Thể chế", ""], ["1", "B", "1"]]
    [line] = told(take(given_rows, known))
    assert "chỉ số chính II: tệp ghi “Thể chế”, decision.toml ghi “Thể chế số”" in line
