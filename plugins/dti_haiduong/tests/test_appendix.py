"""The appendix, row by row: who appraises what, the main indicators, what was corrected."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import dti_haiduong
from dti_core.models import Detail

LEVELS = ("so", "huyen")

INTERIOR, FINANCE = "Sở Nội vụ", "Sở Tài chính"
PLANNING, TRADE = "Sở Kế hoạch và Đầu tư", "Sở Công Thương"
OFFICE, COMMUNICATIONS = "Văn phòng UBND tỉnh", "Sở Thông tin và Truyền thông"
TOTAL = f"{FINANCE}; {PLANNING}"
"""Under the reading in force: the cell of a total is empty, its two parts name these."""

APPRAISERS = {
    "so": {
        **dict.fromkeys(["I.3", "I.4", "I.5", "4.1", "4.2"], INTERIOR),
        **dict.fromkeys(["I.10", "5.9", "6.13"], TOTAL),
        **dict.fromkeys(["I.10.1", "5.9.1", "6.13.1"], FINANCE),
        **dict.fromkeys(["I.10.2", "5.9.2", "6.13.2"], PLANNING),
        **dict.fromkeys(["6.2", "6.8"], OFFICE),
    },
    "huyen": {
        **dict.fromkeys(["I.6", "I.7", "I.8", "I.9", "I.10", "I.11", "4.3", "4.4"], INTERIOR),
        **dict.fromkeys(["I.15", "I.16"], PLANNING),
        **dict.fromkeys(["I.17", "I.19", "2.4", "5.9", "6.12"], TOTAL),
        **dict.fromkeys(["I.17.1", "I.19.1", "2.4.1", "5.9.1", "6.12.1", "7.9", "8.7"], FINANCE),
        **dict.fromkeys(["I.17.2", "I.19.2", "2.4.2", "5.9.2", "6.12.2", "7.8", "8.6"], PLANNING),
        **dict.fromkeys(["6.2", "6.7"], OFFICE),
        **dict.fromkeys(["7.1", "7.2"], COMMUNICATIONS),
        "7.6": TRADE,
    },
}
"""The two tables of the appendix, typed from the source apart from the plugin's data."""

NAMES = [
    "Nhận thức số",
    "Thể chế số",
    "Hạ tầng số",
    "Nhân lực số",
    "An toàn thông tin mạng",
]
ACTIVITIES = {
    "so": ["Hoạt động chuyển đổi số"],
    "huyen": ["Hoạt động chính quyền số", "Hoạt động kinh tế số", "Hoạt động xã hội số"],
}


# The appendix: who appraises what -----------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_the_appraiser_of_every_row_of_the_appendix(level, haiduong):
    framework = haiduong.framework(level, 2023)
    found = {e.code: e.appraiser for e in (*framework.information, *framework.listed)}
    assert found == APPRAISERS[level]


@pytest.mark.parametrize("level", LEVELS)
def test_the_remaining_indicators_go_to_the_department_of_communications(level, haiduong):
    default = haiduong.framework(level, 2023).appraiser
    assert (default.name, default.citation.quote) == (COMMUNICATIONS, "Các chỉ số còn lại")


def _appraisers(level, form):
    call = [Path(sys.executable).with_name("dti"), "appraisers", "--plugin", "haiduong"]
    call += ["--level", level, "--format", form, "--lang", "vi"]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("level", LEVELS)
def test_dti_appraisers_tells_them_in_the_order_of_the_appendix(level, haiduong):
    rows = json.loads(_appraisers(level, "json"))
    *named, others = [(row["code"], row["appraiser"]) for row in rows]
    framework = haiduong.framework(level, 2023)
    codes = [each.code for each in (*framework.information, *framework.listed)]
    assert named == [(code, APPRAISERS[level][code]) for code in codes]
    assert (rows[-1]["name"], others[1]) == ("Các chỉ số còn lại", COMMUNICATIONS)
    table = csv.DictReader(io.StringIO(_appraisers(level, "csv")))
    assert [dict(row) for row in table] == rows


@pytest.mark.parametrize("level", LEVELS)
def test_every_row_of_the_appendix_has_its_place(level, haiduong):
    """The clause is the table, the block and the number, but where the number is corrected."""
    framework = haiduong.framework(level, 2023)
    table = f"Phụ lục {LEVELS.index(level) + 1}"
    dimensions = {each.code for each in framework.dimensions}
    rows = [(each, each.code.removeprefix("I."), "I") for each in framework.information]
    rows += [(each, each.code, "II") for each in framework.listed]
    clauses = {each.code: each.citation.clause for each, *_ in rows}
    if level == "so":
        assert clauses.pop("5.9.2") == "Phụ lục 1.II.5.9.1"
    for each, number, block in rows:
        assert clauses.get(each.code, f"{table}.{block}.{number}") == f"{table}.{block}.{number}"
        parent = each.code.rpartition(".")[0]
        assert each.parent == (parent if parent in clauses else "")
    assert {each.dimension for each in framework.listed} <= dimensions
    assert all(each.dimension == each.code.partition(".")[0] for each in framework.listed)


def test_a_name_that_was_corrected_says_so(haiduong):
    """The scan writes “Thế chế số”, “VP UBND tỉnh”, “Sở Công thương” and 5.9.1 twice."""
    framework = haiduong.framework("huyen", 2023)
    second = next(each for each in framework.dimensions if each.code == "2")
    assert (second.name, second.citation.quote) == ("Thể chế số", "Thế chế số")
    assert "bản quét ghi “Thế chế số”" in second.note
    notes = {each.code: each.note for each in framework.listed}
    assert "VP UBND tỉnh" in notes["6.2"]
    assert "Sở Công thương" in notes["7.6"]
    so = {each.code: each for each in haiduong.framework("so", 2023).listed}
    assert "5.9.1 lần thứ hai" in so["5.9.2"].note
    assert so["5.9.2"].name == "Tổng kinh phí chi đầu tư cho an toàn thông tin"


# Structure and maxima -----------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_the_main_indicators_and_their_numbers(level, haiduong):
    framework = haiduong.framework(level, 2023)
    names = NAMES + ACTIVITIES[level]
    numbers = [str(n) for n in range(1, len(names) + 1)]
    assert [(e.code, e.name) for e in framework.dimensions] == list(
        zip(numbers, names, strict=True)
    )
    declared = {"so": None, "huyen": 8}  # of the departments nobody states the number
    assert framework.declared.dimensions == declared[level]


def test_the_six_maxima_of_the_departments_add_up_to_500(haiduong):
    """Published by Sở Tư pháp on 06/03/2023: the plan itself has none."""
    framework = haiduong.framework("so", 2023)
    assert framework.detail is Detail.DIMENSIONS
    maxima = [each.max_points // 10_000 for each in framework.dimensions]
    assert maxima == [50, 50, 50, 50, 100, 200]
    assert sum(maxima) == 500 == framework.declared.max_points // 10_000
    assert {each.citation.clause for each in framework.dimensions} == {"Sở Tư pháp 06/03/2023"}


def test_the_districts_have_no_maxima(haiduong):
    framework = haiduong.framework("huyen", 2023)
    assert (framework.detail, framework.max_points) == (Detail.OUTLINE, 0)
    assert framework.declared.max_points is None
    assert not framework.indicators


def test_a_total_may_be_read_as_a_remaining_indicator(haiduong):
    for level in LEVELS:
        framework = haiduong.framework(level, 2023, {"totals": "remaining"})
        found = {e.code: e.appraiser for e in (*framework.information, *framework.listed)}
        expected = {
            code: COMMUNICATIONS if name == TOTAL else name
            for code, name in APPRAISERS[level].items()
        }
        assert found == expected


def test_the_rows_stand_in_the_order_of_the_appendix(haiduong):
    """16 stands before 15; what is wrong in the appendix is told, not moved."""
    codes = [each.code for each in haiduong.framework("huyen", None).information]
    assert codes[codes.index("I.11") + 1 : codes.index("I.17")] == ["I.16", "I.15"]
    listed = [each.code for each in haiduong.framework("huyen", None).listed]
    assert listed[-4:] == ["7.8", "7.9", "8.6", "8.7"]


def test_all_data_are_nfc():
    for path in dti_haiduong.DATA.rglob("*.*"):
        assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8")), path
    with (dti_haiduong.DATA / "listed.csv").open(encoding="utf-8", newline="") as table:
        assert len(list(csv.DictReader(table))) == 30
