"""``dti annex import``: where the table begins, and what its headings mean."""

from __future__ import annotations

import pytest
from imports import as_csv, as_xlsx, codes, rows, take, target, told

from dti_core.annex.importing.wordings import column_of, folded, is_total, wordings
from dti_core.errors import InvalidFacts, UsageError

WORDINGS = [
    pytest.param(column, wording.rstrip("…"), id=f"{column}-{wording}")
    for column, words in wordings()["headings"].items()
    for wording in words
]
BODY = [["I", "Nhận thức số", ""], ["1", "Kế hoạch", "10"]]


@pytest.mark.parametrize(("column", "wording"), WORDINGS)
def test_every_wording_is_known_however_it_is_written(column, wording):
    """In capitals, over two lines, with a footnote, in old files without diacritics."""
    assert column_of(wording) == column
    assert column_of(wording.upper()) == column
    assert column_of(wording.replace(" ", "\n")) == column
    assert column_of(f" {wording} (*):") == column
    assert column_of(folded(wording)) == column


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Chỉ số/Chỉ số thành phần", "name"),
        ("Chỉ số chính / Chỉ số thành phần", "name"),
        ("Tiêu chí, chỉ số", "name"),
        ("Điểm tối đa năm 2024", "max_points"),
        ("Điểm tối đa cấp huyện", "huyen"),
        ("Tài liệu kiểm chứng kèm theo (nếu có)", "evidence"),
        ("Số", None),
        ("Điểm tự chấm", None),
        ("Sở Thông tin và Truyền thông", None),
        ("Chỉ số chính/Điểm tối đa", None),
        ("(1)", None),
        ("", None),
    ],
)
def test_what_a_heading_means(heading, column):
    """“Số” is not “Sở” to whoever writes diacritics; nothing is guessed from half a heading."""
    assert column_of(heading) == column


@pytest.mark.parametrize(
    ("text", "adds_up"),
    [
        ("Tổng cộng", True),
        ("TỔNG CỘNG:", True),
        ("Cộng mục I", True),
        ("Tổng (I+II+III)", True),
        ("Tổng điểm các chỉ số", True),
        ("TONG CONG", True),
        ("Tổng ngân sách chi cho chuyển đổi số", False),
        ("Cộng đồng số", False),
        ("Tổng hợp báo cáo", False),
    ],
)
def test_a_row_that_adds_up_is_no_indicator_and_the_other_way_round(text, adds_up):
    assert is_total(text) is adds_up


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_the_separator_is_the_one_that_gives_a_table(separator):
    given = [["PHỤ LỤC I; II, III"], ["TT", "Chỉ số", "Điểm tối đa"], *BODY]
    assert codes(take(as_csv(given, separator))) == ["I.1"]


def test_titles_stand_above_and_are_told():
    given = [["BỘ CHỈ SỐ"], [], ["", "(kèm theo Quyết định)"], ["TT", "Chỉ số", "Điểm"], *BODY]
    imported = take(given)
    assert codes(imported) == ["I.1"]
    assert told(imported) == [
        "a.csv, dòng 1, cột “A”: nằm ngoài bảng, không đưa vào: “BỘ CHỈ SỐ”.",
        "a.csv, dòng 3, cột “B”: nằm ngoài bảng, không đưa vào: “(kèm theo Quyết định)”.",
    ]


HEADS = {
    "a merged group": [["TT", "Chỉ số", "Điểm", "Áp dụng", ""], ["", "", "", "Huyện", "Xã"]],
    "what is divided": [
        ["TT", "Chỉ số", "Điểm", "Cấp", ""],
        ["", "", "Tối đa", "Cấp huyện", "Cấp xã"],
    ],
    "numbers of columns": [
        ["TT", "Chỉ số", "Điểm tối đa", "Huyện", "Xã"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
    ],
    "letters of columns": [
        ["TT", "Chỉ số", "Điểm tối đa", "Huyện", "Xã"],
        ["A", "B", "1", "2", "3=1+2"],
    ],
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_headings_of_several_rows(head):
    body = [["I", "Nhận thức số", "15"], ["1", "A", "10", "x", "x"], ["2", "B", "5", "x", ""]]
    imported = take([*head, *body], target(("huyen", "xa")))
    expected = [("I.1", "10", "huyen xa"), ("I.2", "5", "huyen")]
    assert rows(imported, "code", "max_points", "levels") == expected
    assert told(imported) == []


def test_a_column_below_the_maximum_that_is_not_the_maximum():
    """“Điểm” over “Tối đa” and “Tự chấm”: the second is nobody's maximum."""
    head = [["TT", "Chỉ số", "Điểm", ""], ["", "", "Tự chấm", "Tối đa"]]
    imported = take([*head, ["I", "Nhận thức số", "", "10"], ["1", "A", "7", "10"]])
    assert rows(imported, "max_points") == [("10",)]
    [line] = told(imported)
    assert line.startswith("a.csv, dòng 1, cột “C”: cột “Điểm Tự chấm” không phải cột đã biết; 1 ô")


def test_headings_that_a_page_repeats_are_no_rows():
    head = ["TT", "Chỉ số", "Điểm tối đa"]
    imported = take([head, *BODY, head, ["2", "Tin bài", "5"]])
    assert codes(imported) == ["I.1", "I.2"]
    assert told(imported) == []


def test_a_second_table_with_other_columns_goes_on():
    second = [["TT", "Điểm tối đa", "Minh chứng", "Chỉ số"], ["II", "", "", "Thể chế số"]]
    given = [["TT", "Chỉ số", "Điểm"], *BODY, *second, ["1", "7", "Văn bản", "B"]]
    columns = ("code", "name", "max_points", "evidence")
    expected = [("I.1", "Kế hoạch", "10", ""), ("II.1", "B", "7", "Văn bản")]
    assert rows(take(given), *columns) == expected


def test_columns_that_mean_the_same():
    """The code that says more is taken; a text beside the name is what is to be done."""
    head = ["STT", "Mã", "Nội dung", "Chỉ số", "Điều kiện", "Ghi chú", "Điểm", "Thang điểm"]
    body = [["1", "I", "", "Nhận thức số"], ["2", "I.1", "Làm", "Kế hoạch", "a", "b", "9", "10"]]
    imported = take([head, *body])
    columns = ("code", "name", "action", "condition", "max_points")
    assert rows(imported, *columns) == [("I.1", "Kế hoạch", "Làm", "a\nb", "10")]
    lines = told(imported, "annex.import-column-twice")
    assert [line.partition(": ")[2][:34] for line in lines] == [
        "cột “STT” cùng nghĩa với cột “Mã”;",
        "cột “Điểm” cùng nghĩa với cột “Tha",
    ]


def test_the_columns_that_were_taken_in_are_shown():
    imported = take([["TT", "Chỉ\nsố", "?", "Điểm"], ["I", "A"], ["1", "B", "", "1"]])
    shown = [("A", "TT", "code"), ("B", "Chỉ số", "name"), ("D", "Điểm", "max_points")]
    assert imported.columns == shown


TABLE = [["TT", "Chỉ số", "Điểm"], *BODY]


def test_the_sheet_with_the_table_is_found_and_the_others_are_told():
    imported = take(as_xlsx(TABLE, Bìa=[["a"], ["b"]], Trắng=[]))
    assert codes(imported) == ["I.1"]
    assert told(imported) == [
        "a.xlsx, Bìa!1: trang tính này có 2 ô có chữ, không có bảng được chọn; không đưa vào."
    ]


def test_of_two_sheets_one_has_to_be_chosen():
    content = as_xlsx(
        TABLE, Hai=[["TT", "Tiêu chí", "Điểm"], ["I", "A"], ["1", "B", 1], ["2", "C", 2]]
    )
    with pytest.raises(InvalidFacts, match=r"\(PL, Hai\)\. Hãy chọn một trang bằng --sheet"):
        take(content)
    assert codes(take(content, sheet="Hai")) == ["I.1", "I.2"]
    with pytest.raises(UsageError, match="không có trang tính “Ba” có bảng"):
        take(content, sheet="Ba")


NO_TABLE = {
    "nothing": b"",
    "no headings": b"a,b\n1,2\n",
    "only a name": "Chỉ số\nA\n".encode(),
    "an empty workbook": as_xlsx([]),
}


@pytest.mark.parametrize("content", NO_TABLE.values(), ids=NO_TABLE)
def test_a_file_without_a_table(content):
    with pytest.raises(InvalidFacts, match="không tìm thấy bảng chỉ số"):
        take(content)


def test_a_word_document_is_told_apart_from_a_damaged_workbook():
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as document:
        document.writestr("word/document.xml", "<document/>")
    with pytest.raises(InvalidFacts, match="Hãy chép bảng sang bảng tính"):
        take(buffer.getvalue())
    with pytest.raises(InvalidFacts, match="không đọc được tệp Excel này"):
        take(b"PK\x03\x04 nothing")
