"""What decisions without an annex, with statuses, evidence or appraisers add to the commands."""

from __future__ import annotations

import csv
import io
import json

import pytest
from python_calamine import CalamineWorkbook

HATINH = ("--plugin", "hatinh", "--level", "huyen", "--year", "2024")
HAIDUONG = ("--plugin", "haiduong")
HEADING = "unit,indicator,points,status,reason,evidence,explanation,max_points,replacement,group\n"


@pytest.fixture
def given(tmp_path):
    """Write rows of the heading above, blank cells at the end left out."""

    def write(*rows: str):
        path = tmp_path / "so-lieu.csv"
        width = HEADING.count(",")
        padded = [row + "," * (width - row.count(",")) for row in rows]
        path.write_text(HEADING + "\n".join(padded) + "\n", encoding="utf-8")
        return path

    return write


WHOLE = [f"A,{n},{points},,,x" for n, points in enumerate((95, 90, 130, 90, 95, 220, 90, 120), 1)]
"""930 of 1000 points: Tốt."""


def test_a_status_decides_the_tier_and_explain_quotes_its_clause(given, dti):
    path = given(*WHOLE, "A,,,not_reported")
    [unit] = dti("evaluate", *HATINH, "--input", path, "--format", "json").result["units"]
    assert (unit["tier"], unit["status"], unit["value"]) == ("Yếu", "not_reported", "93.00")
    text = " ".join(dti("explain", *HATINH, "--input", path, "--unit", "A").out.decode().split())
    assert "Xếp loại: Yếu, do trạng thái “Không tự báo cáo" in text
    assert "Điều 9.2.e: “Cơ quan, đơn vị không tự báo cáo, đánh giá theo thời gian" in text
    table = dti("evaluate", *HATINH, "--input", path).out.decode()
    assert "A: Không tự báo cáo, đánh giá theo thời gian quy định (Điều 9.2.e)" in table


def test_without_the_status_the_clause_of_the_value_is_quoted(given, dti):
    path = given(*WHOLE)
    text = " ".join(dti("explain", *HATINH, "--input", path, "--unit", "A").out.decode().split())
    assert "Xếp loại: Tốt (Điều 9.2.a" in text
    assert "100 × 930/1000 = 93,00" in text


def test_a_unit_that_is_not_ranked_says_so_with_its_clause(given, dti):
    path = given(*WHOLE, "A,,,not_reported")
    reading = ("--interpret", "late-rank=unranked")
    [unit] = dti("evaluate", *HATINH, "--input", path, *reading, "--format", "json").result["units"]
    assert unit["rankings"]["overall"]["rank"] is None
    assert unit["value"] == "93.00"
    ran = dti("explain", *HATINH, "--input", path, "--unit", "A", *reading)
    assert "Không xếp hạng, do trạng thái" in " ".join(ran.out.decode().split())


def test_what_has_nothing_to_show_for_it_is_told_by_unit_and_indicator(given, dti):
    rows = ["A,1,95,,,x", "A,2,90", "A,3,130,,,,đã giải trình", *WHOLE[3:]]
    ran = dti("evaluate", *HATINH, "--input", given(*rows), "--format", "json")
    assert ran.result["units"][0]["without_evidence"] == ["2"]
    assert "1 chỉ số ở 1 đơn vị không có tài liệu kiểm chứng" in ran.err
    assert "Điều 8.4.a" in ran.err
    table = dti("evaluate", *HATINH, "--input", given(*rows)).out.decode()
    assert "Chưa có tài liệu kiểm chứng và chưa có giải thích (Điều 8.4.a):\n  A: 2" in table


def test_replaced_and_reduced_indicators_stand_in_the_result_and_the_trace(given, dti):
    changed = [
        "A,7,40,replaced,VB 1,,,50,Chỉ số khác minh hoạ",
        "A,8,99,reduced,VB 2,,,110",
    ]
    path = given(*WHOLE[:6], *changed)
    [unit] = dti("evaluate", *HATINH, "--input", path, "--format", "json").result["units"]
    assert (unit["points"], unit["max_points"]) == ("859.00", "930.00")
    names = ("indicator", "points", "max_points", "reason", "replacement")
    assert [tuple(each[name] for name in names) for each in unit["changed"]] == [
        ("7", "40", "50", "VB 1", "Chỉ số khác minh hoạ"),
        ("8", "99", "110", "VB 2", None),
    ]
    for code, words in {"7": "thay bằng “Chỉ số khác minh hoạ” (VB 1)", "8": "(VB 2)"}.items():
        ran = dti("explain", *HATINH, "--input", path, "--unit", "A", "--indicator", code)
        assert words in " ".join(ran.out.decode().split())
    table = dti("evaluate", *HATINH, "--input", path).out.decode()
    assert "A: 7 40/50 điểm (Chỉ số khác minh hoạ; VB 1)" in table
    assert "A: 8 99/110 điểm (giảm trừ một phần; VB 2)" in table


def test_an_outline_with_input_says_what_to_bring(given, dti):
    ran = dti("evaluate", *HAIDUONG, "--level", "huyen", "--input", given("A,1,10"))
    assert ran.code == 2
    assert "dti annex template --plugin haiduong --level huyen" in ran.err
    assert not ran.out


def test_an_annex_without_input_is_refused(tmp_path, dti):
    path = tmp_path / "phu-luc.csv"
    ran = dti("annex", "template", *HAIDUONG, "--level", "huyen", "-o", path)
    assert ran.code == 0, ran.err
    ran = dti("evaluate", *HAIDUONG, "--level", "huyen", "--annex", path)
    assert ran.code in {1, 2}
    assert not ran.out


def test_an_illustrative_annex_says_at_every_turn_that_it_is_one(dti):
    level = (*HAIDUONG, "--level", "huyen")
    ran = dti("evaluate", *level)
    assert ran.code == 0, ran.err
    assert "PHỤ LỤC MINH HOẠ" in ran.err
    assert "PHỤ LỤC MINH HOẠ" in ran.out.decode()
    recipe = dti("evaluate", *level, "--format", "json").result["recipe"]
    assert recipe["annex"]["illustrative"] is True
    assert len(recipe["annex"]["sha256"]) == 64


@pytest.mark.parametrize("form", ["table", "csv", "json", "xlsx"])
def test_appraisers_in_every_form(form, tmp_path, dti):
    path = tmp_path / f"tham-dinh.{form}"
    ran = dti("appraisers", *HAIDUONG, "--level", "so", "--format", form, "--output", path)
    assert ran.code == 0, ran.err
    cells = _cells(form, path.read_bytes())
    for text in ("I.10.1", "5.9.2", "Sở Nội vụ", "Các chỉ số còn lại"):
        assert any(text in cell for cell in cells)


def _cells(form: str, content: bytes) -> list[str]:
    if form == "xlsx":
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [str(cell) for row in sheet.to_python() for cell in row]
    if form == "csv":
        return [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]
    if form == "json":
        return [cell for row in json.loads(content) for cell in row.values()]
    return content.decode().splitlines()


def test_a_decision_that_names_no_appraisers_says_so(dti):
    ran = dti("appraisers", "--plugin", "hue", "--level", "so")
    assert ran.code == 2
    assert "không nêu đơn vị thẩm định" in ran.err


def test_the_outline_shows_what_the_decision_names(dti):
    text = dti("frameworks", *HAIDUONG, "--level", "huyen").out.decode()
    for part in ("7.6 Tỷ lệ các doanh nghiệp", "Thông tin chung", "cần --annex để tính điểm"):
        assert part in text


@pytest.mark.parametrize("command", [("check",), ("annex", "check", "--plugin", "nghean")])
def test_an_argument_that_is_missing_is_named(command, dti):
    ran = dti(*command)
    assert ran.code == 2
    assert "thiếu" in ran.err
    assert "Traceback" not in ran.err
