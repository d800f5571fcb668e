"""``dti annex import``: a rule is never guessed; words suggest one for a person to confirm."""

from __future__ import annotations

import pytest
from imports import rows, take, target, told

from dti_core.annex.importing.suggesting import in_vietnamese, suggestions
from dti_core.annex.importing.wordings import wordings
from dti_core.annex.table import COLUMNS, OPTIONAL
from dti_core.conformance.families.template import MARKER
from dti_core.lawfiles import ANNEX_COLUMNS, to_parameters
from dti_core.messages import use_language
from dti_core.models import Level
from dti_core.rules import KINDS, parse_rule

PARTS = [["TT", "Chỉ số", "Điểm", "Cách tính"], ["I", "N"]]

WORDS = [
    ("Có/Không", "yes_no (“có/không”)"),
    ("Đã ban hành kế hoạch", "yes_no (“đã ban hành”)"),
    ("- Có: 10 điểm", "yes_no (“có:”)"),
    ("Tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ", "share (“tỷ lệ”)"),
    ("Tỉ lệ người dân", "share (“tỉ lệ”)"),
    ("Tối thiểu 12 tin bài", "count_against, minimum=12 (“tối thiểu 12”)"),
    ("Ít nhất là 2 cuộc họp", "count_against, minimum=2 (“ít nhất là 2”)"),
    (
        "Tối thiểu 1 năm tổ chức 1 hội nghị",
        "count_against, minimum=1 (“tối thiểu 1 năm tổ chức 1”)",
    ),
    ("Trước ngày 15/11", "due_date, due=15/11; last_day_counts=false (“trước ngày 15/11”)"),
    ("Chậm nhất ngày 31/01 hằng năm", "due_date, due=31/01 (“chậm nhất ngày 31/01”)"),
    ("Ban hành trong tháng 1", "due_date (“trong tháng 1”)"),
    ("Tổ chức 1 cuộc đạt 50% số điểm", "steps (“50% số điểm”)"),
    ("Từ 80% trở lên được điểm tối đa", "steps (“từ 80% trở lên”)"),
    ("Tỷ lệ lây nhiễm mã độc", "reverse_share (“tỷ lệ lây nhiễm”); share (“tỷ lệ”)"),
    ("Càng nhiều thì điểm càng thấp", "reverse_share (“càng nhiều thì điểm càng thấp”)"),
    ("Hội đồng thẩm định cho điểm", ""),
    ("Tối thiểu 5 năm kinh nghiệm", ""),
]


@pytest.mark.parametrize(("words", "suggested"), WORDS)
def test_what_words_suggest(words, suggested):
    assert "; ".join(suggestions(words)) == suggested


@pytest.mark.parametrize("each", wordings()["suggestions"], ids=lambda each: each["pattern"])
def test_what_is_suggested_is_a_rule_of_core(each):
    kind = next(kind for kind in KINDS if kind.kind == each["kind"])
    if "parameters" in each:
        given = to_parameters(each["parameters"].format("", "15", "11"))
        assert parse_rule(kind.kind, given, KINDS).kind == kind.kind


def test_the_rule_is_a_placeholder_and_the_note_says_what_to_fill_in():
    imported = take([*PARTS, ["1", "Tin bài", "10", "Tối thiểu 12 tin"], ["2", "Khác", "5", ""]])
    assert rows(imported, "rule", "parameters", "note") == [
        (
            "awarded",
            "",
            (
                "ĐIỀN: quy tắc tính điểm; awarded chỉ giữ chỗ. Gợi ý, cần người xác nhận: "
                "count_against, minimum=12 (“tối thiểu 12”)"
            ),
        ),
        ("awarded", "", "ĐIỀN: quy tắc tính điểm; awarded chỉ giữ chỗ"),
    ]


def test_the_notes_are_vietnamese_and_found_by_the_conformance_suite():
    use_language("en")
    imported = take([*PARTS, ["1", "Tin bài", "10"]])
    assert imported.entries[0]["note"].startswith(MARKER)
    assert in_vietnamese("annex.import-note", what="x") == f"{MARKER} x"


def test_every_column_of_the_table_can_be_named():
    """The form of `dti annex template` and indicators.csv themselves are annexes too."""
    known = set(wordings()["headings"])
    assert {*ANNEX_COLUMNS, *Level} <= known
    assert {*COLUMNS, *OPTIONAL} - known == {"rankings"}


OWN = ["code", "parent", "dimension", "name", "max_points", "rule", "parameters", "clause", "note"]
TABLE = [
    OWN,
    ["1", "", "", "Nhận thức số", "20", "", "", "", ""],
    ["1.1", "", "1", "Kế hoạch", "10", "due_date", "due=31/01; late=1/2", "Điều 1", "Ngày"],
    ["1.2", "", "1", "Họp", "10", "sum_of", "", "", ""],
    ["1.2.1", "1.2", "1", "Số cuộc", "10", "steps", "steps=2:1, 1:1/2", "", ""],
]


def test_a_table_with_its_own_columns_keeps_its_rules():
    imported = take(TABLE)
    assert rows(imported, *OWN[:2], *OWN[4:]) == [
        ("1.1", "", "10", "due_date", "due=31/01; late=1/2", "Điều 1", "Ngày"),
        ("1.2", "", "10", "sum_of", "", "Phụ lục I.1.2", ""),
        ("1.2.1", "1.2", "10", "steps", "steps=2:1, 1:1/2", "Phụ lục I.1.2.1", ""),
    ]
    assert [(each.code, each.name) for each in imported.mains] == [("1", "Nhận thức số")]
    assert told(imported) == []


WRONG = {
    "unknown": (["1.1", "", "1", "A", "5", "shar", "", "", ""], "“shar” không phải quy tắc"),
    "parameters": (
        ["1.1", "", "1", "A", "5", "share", "a=1", "", ""],
        "“share a=1” không phải quy",
    ),
    "no rule": (["1.1", "", "1", "A", "5", "", "a=1", "", ""], "“a=1” không phải quy tắc"),
    "a sum of nothing": (["1.1", "", "1", "A", "5", "sum_of", "", "", ""], "“sum_of” không phải"),
    "no such reading": (["1.1", "", "1", "A", "5", "@X", "", "", ""], "“@X” không phải quy tắc"),
    "no parent": (["1.1", "9", "1", "A", "5", "yes_no", "", "", ""], "không có chỉ số “9” ở phía"),
    "a block": (["+", "", "", "Thưởng", "5", "bonus", "", "", ""], "quy tắc bonus, không phải chỉ"),
}


@pytest.mark.parametrize(("row", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_a_table_with_its_own_columns_is_told(row, words):
    imported = take([*TABLE[:2], row, ["1.9", "", "1", "B", "15", "yes_no", "", "", ""]])
    assert [words in line for line in told(imported) if ", dòng 3" in line] == [True]


def test_a_rule_that_stands_for_a_reading_of_the_decision_is_kept():
    known = target(missing="zero", III="not_applicable")
    row = ["1.1", "", "1", "A", "20", "share", "zero_denominator=@III", "", ""]
    assert rows(take([*TABLE[:2], row], known), "parameters") == [("zero_denominator=@III",)]
