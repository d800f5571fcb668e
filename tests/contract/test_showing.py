"""explain, plugins, frameworks, interpretations and calendar: each figure with its clause."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from importlib import metadata

import icalendar
import pytest

HUE = ("--plugin", "hue")
EXPLAIN = ("explain", *HUE, "--level", "huyen", "--year", "2024")
SIZES = {"so": (35, "401"), "huyen": (53, "675"), "xa": (50, "645")}
RULES = {
    "có hoặc không",
    "tỷ lệ",
    "tỷ lệ càng cao điểm càng thấp",
    "số lượng so với mức tối thiểu",
    "theo bậc",
    "theo thời hạn",
    "người thẩm định chấm",
}
"""What the kinds of rules that the decision uses are called."""
DATES = {
    "window-start": ("2024-01-01", "from", True),
    "window-end": ("2024-11-15", "to", True),
    "entry-deadline": ("2024-11-30", "before", False),
    "approval": ("2024-12-31", "within_month", True),
    "publication": (None, None, None),
}


def _flat(ran) -> str:
    """Return the text of a result without the line ends that a terminal needs."""
    assert ran.code == 0, ran.err
    return " ".join(ran.out.decode().split())


def _column(ran, place: int) -> str:
    """Return the text of one column of a table, its wrapped lines joined."""
    lines = [line.split("│") for line in ran.out.decode().splitlines() if line.startswith("│")]
    return " ".join(cells[place].strip() for cells in lines)


def test_explain_shows_fact_rule_clause_and_points(facts, dti):
    path = facts({"indicator": "I.4", "value": "6"})
    text = _flat(dti(*EXPLAIN, "--input", path, "--unit", "A", "--indicator", "I.4"))
    assert "931/QĐ-UBND, Phụ lục I.4: “Tối thiểu 12 tin bài.”" in text
    assert "Quy tắc: số lượng so với mức tối thiểu; tối thiểu: 12 " in text
    assert "6 so với tối thiểu 12: được 12/24 điểm." in text
    assert "12,00 điểm trên 675,00 điểm tối đa" in text
    assert "100 × 12/675 ≈ 1,78" in text
    assert "hạng 1 trong 1 đơn vị" in text


SENTENCES = {
    "yes": ("I.1", {"value": "x"}, "Có thực hiện: được trọn 5/5 điểm."),
    "no": ("I.1", {"value": "0"}, "Không thực hiện: 0/5 điểm."),
    "steps": ("I.2", {"value": "1"}, "Mức đạt 1: được 5/10 điểm theo bậc."),
    "share": ("I.10", {"value": "3", "denominator": "8"}, "3/8 = 37,5 % của 10 điểm: được 3,75"),
    "reverse": ("V.3", {"value": "1", "denominator": "4"}, "còn 7,5/10 điểm."),
    "date": ("II.1", {"value": "2024-02-01"}, "ngày 01/02/2024, hạn 31/01/2024: được 5/10 điểm."),
    "awarded": ("VI.5", {"points": "7.25"}, "Người thẩm định chấm 7,25: được 7,25/10 điểm."),
    "zero": ("IX.3", {"value": "0", "denominator": "0"}, "Không phát sinh (mẫu số bằng 0)"),
    "na": ("III.2", {"status": "na", "reason": "VB [a/b]"}, "không tính vào mẫu số: VB [a/b]"),
    "missing": ("I.5", None, "Chưa có số liệu: 0 điểm, 24 điểm tối đa vẫn tính vào mẫu số."),
}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("one", [True, False], ids=["one-indicator", "whole-unit"])
def test_every_way_to_a_number_is_one_sentence(sentence, one, facts, dti):
    indicator, fact, words = sentence
    path = facts({"indicator": indicator} | fact if fact else {"indicator": "I.1", "value": "x"})
    only = ("--indicator", indicator) if one else ()
    ran = dti(*EXPLAIN, "--input", path, "--unit", "A", *only)
    assert words in (_flat(ran) if one else _column(ran, 4))


def test_explain_adds_up_the_whole_unit(facts, dti):
    path = facts({"indicator": "I.1", "value": "x"}, {"indicator": "I.4", "value": "6"})
    text = _flat(dti(*EXPLAIN, "--input", path, "--unit", "A"))
    assert "│ I │ 17,00 │ 170,00 │ Nhận thức số │ Phụ lục I │" in text
    assert text.count("Phụ lục ") >= 53 + 9
    assert "17,00 điểm trên 675,00 điểm tối đa" in text


@pytest.mark.parametrize("given", ["Đỗ", unicodedata.normalize("NFD", "Đỗ"), " Đỗ "])
def test_explain_finds_a_unit_in_every_spelling(given, facts, dti):
    path = facts({"unit": "Đỗ", "indicator": "I.4", "value": "6"})
    assert dti(*EXPLAIN, "--input", path, "--unit", given, "--indicator", "I.4").code == 0


def test_plugins_names_distribution_version_decision_and_levels(dti):
    text = _flat(dti("plugins"))
    for part in ("hue", "dti-hue", metadata.version("dti-hue"), "931/QĐ-UBND", "so, huyen, xa"):
        assert part in text


@pytest.mark.parametrize("level", SIZES)
def test_frameworks_show_the_tree_with_maxima_rules_and_clauses(level, dti):
    count, points = SIZES[level]
    ran = dti("frameworks", *HUE, "--level", level)
    text = _flat(ran)
    assert f"{count} chỉ số, {points} điểm" in text
    leaves = [line for line in ran.out.decode().splitlines() if "─ " in line]
    assert len([line for line in leaves if "Phụ lục" in line]) >= 9
    assert text.count("tối đa ") == count
    unwrapped = text.replace("│ ", "")
    assert {words for words in RULES if f" · {words} · Phụ lục " in unwrapped} == RULES
    assert not re.search("[a-z]_[a-z]", text), "a code stands where words should"


def test_frameworks_without_a_level_show_all(dti):
    text = _flat(dti("frameworks", *HUE))
    assert all(f"{count} chỉ số, {points} điểm" in text for count, points in SIZES.values())
    assert "quyết định ghi 34 chỉ số, 391 điểm" in text


def test_interpretations_lists_questions_options_reasons_and_contradictions(dti, evaluate):
    text = _flat(dti("interpretations", *HUE, "--level", "so"))
    result = json.loads(evaluate(level="so").out)
    for each in result["interpretations"]:
        assert " ".join(each["question"].split()) in text
        assert all(f"{option['id']}: " in text for option in each["options"])
        assert f"● {each['in_force']}: " in text
    for each in result["discrepancies"]:
        assert f"[so] {each['id']} ({each['citation']['clause']})" in text


def test_calendar_as_json(dti):
    ran = dti("calendar", *HUE, "--level", "so", "--year", 2024, "--format", "json")
    result = json.loads(ran.out)
    assert (result["plugin"], result["year"]) == ("hue", 2024)
    found = {
        each["id"]: (each["date"], each["day"], each["day_counts"]) for each in result["milestones"]
    }
    assert found == DATES
    assert all(each["citation"]["quote"] for each in result["milestones"])


def test_calendar_as_a_table_says_whether_the_day_counts(dti):
    text = _flat(dti("calendar", *HUE, "--level", "huyen", "--year", 2025))
    for words in ("từ 01/01/2025", "đến hết 15/11/2025", "trước 30/11/2025", "III.1.a"):
        assert words in text


def test_calendar_as_icalendar(dti, tmp_path):
    output = tmp_path / "hue.ics"
    arguments = ("calendar", *HUE, "--level", "so", "--year", 2024, "--format", "ics")
    ran = dti(*arguments, "--output", output)
    assert (ran.code, ran.out) == (0, b"")
    book = icalendar.Calendar.from_ical(output.read_bytes())
    events = {str(each["uid"]).partition("-so-")[0]: each for each in book.walk("VEVENT")}
    dated = {id_: date for id_, (date, _, _) in DATES.items() if date}
    assert {id_: each["dtstart"].dt.isoformat() for id_, each in events.items()} == dated
    assert all(type(each["dtstart"].dt) is dt.date for each in events.values())
    deadline = str(events["entry-deadline"]["description"])
    assert "trước 30/11/2024 (không kể ngày đó)" in deadline
    assert (
        "931/QĐ-UBND, III.1.a: “Thời hạn nhập số liệu: Trước 30/11 của năm đánh giá.”" in deadline
    )
    assert len({str(each["uid"]) for each in events.values()}) == len(events)


def test_calendar_of_all_levels_says_who_decides_for_the_communes(dti):
    ran = dti("calendar", *HUE, "--year", 2024, "--format", "json")
    milestones = json.loads(ran.out)["milestones"]
    assert {each["level"] for each in milestones} == {"so", "huyen", "xa"}
    communes = [each for each in milestones if each["level"] == "xa"]
    assert {each["decided_by"] for each in communes} == {"UBND cấp huyện tương ứng"}
    assert all(each["date"] is None for each in communes)
