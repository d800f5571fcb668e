"""Quyết định 2878/QĐ-UBND, clause by clause: counts, exclusions, evidence, ranking, dates."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import dti_hatinh
from dti_core.errors import InvalidFacts, UsageError
from dti_core.loader import load_plugin
from dti_core.numbers import to_decimal
from dti_core.pipeline import evaluate
from dti_core.sources import Source

LEVELS = ("so", "huyen", "xa")
MAXIMA = {
    "so": [100, 100, 100, 100, 150, 400, 50],
    "huyen": [100, 100, 140, 100, 100, 230, 100, 130],
    "xa": [100, 100, 120, 100, 100, 250, 110, 120],
}
"""Of Điều 4, 5 and 6, in the order of their tables."""
COUNTS = {
    "so": [6, 6, 7, 7, 8, 24, 4],
    "huyen": [8, 8, 11, 11, 9, 20, 9, 9],
    "xa": [7, 6, 9, 10, 7, 18, 4, 8],
}
DECLARED = {"so": (7, 62, 1000), "huyen": (8, 85, 1000), "xa": (8, 69, 1000)}
CLAUSES = {"so": "Điều 4", "huyen": "Điều 5", "xa": "Điều 6"}
EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
"""Unit, points, maximum, value, tier, group, rank, computed apart from this program."""
COLUMNS = "unit,indicator,points,max_points,status,reason,replacement,evidence,explanation\n"


@pytest.fixture(scope="module")
def hatinh():
    return load_plugin("hatinh")


@pytest.fixture
def run(hatinh):
    """Evaluate rows of sở A, each ``indicator,points,max_points,status,reason,replacement,…``."""

    def call(*rows: str):
        text = COLUMNS + "".join(f"A,{row}{',' * (7 - row.count(','))}\n" for row in rows)
        framework = hatinh.framework("so", 2024)
        return evaluate(hatinh, framework, 2024, [Source("facts.csv", data=text.encode())])

    return call


def _ratio(evaluation) -> Fraction:
    [unit] = evaluation.units.rows(named=True)
    return Fraction(unit["overall.numerator"], unit["overall.denominator"])


def _full(*codes: int) -> list[str]:
    """Return rows that give these main indicators of a sở four fifths of their maxima."""
    return [f"{code},{Fraction(4 * MAXIMA['so'][code - 1], 5)}" for code in codes]


@pytest.mark.parametrize("level", LEVELS)
def test_the_structure_of_dieu_4_5_6(level, hatinh):
    framework = hatinh.framework(level, None)
    found = framework.dimensions
    assert [each.code for each in found] == [str(n) for n in range(1, len(MAXIMA[level]) + 1)]
    assert [each.max_points for each in found] == [m * 10_000 for m in MAXIMA[level]]
    assert [each.declared.indicators for each in found] == COUNTS[level]
    assert [each.declared.max_points for each in found] == [m * 10_000 for m in MAXIMA[level]]
    assert {each.citation.clause for each in found} == {CLAUSES[level]}
    names = [each.name for each in found]
    assert names[:5] == [
        "Nhận thức số", "Thể chế số", "Hạ tầng số", "Nhân lực số", "An toàn thông tin mạng",
    ]  # fmt: skip
    last = ["Hoạt động chính quyền số", "Hoạt động kinh tế số", "Hoạt động xã hội số"]
    assert names[5:] == (["Hoạt động chuyển đổi số", last[-1]] if level == "so" else last)


@pytest.mark.parametrize("level", LEVELS)
def test_declared_and_summed_figures_agree(level, hatinh):
    framework = hatinh.framework(level, None)
    declared = framework.declared
    given = (declared.dimensions, declared.indicators, declared.max_points // 10_000)
    assert given == DECLARED[level]
    assert (len(COUNTS[level]), sum(COUNTS[level]), sum(MAXIMA[level])) == given
    assert framework.max_points == declared.max_points
    assert all(each.declared_value is None for each in framework.discrepancies)


@pytest.mark.parametrize("level", LEVELS)
def test_the_ranking_of_the_illustrative_data(level, hatinh):
    """Điều 9; communes by district (Điều 8.2, 9.4): the group stands in the row."""
    evaluation = evaluate(hatinh, hatinh.framework(level, 2024), 2024, [])
    found = [
        [
            row["unit"],
            to_decimal(row["overall.points"], 2),
            to_decimal(row["overall.max_points"], 2),
            _percent(row["overall.numerator"], row["overall.denominator"]),
            row["tier"],
            row["group"],
            row["overall.rank"],
        ]
        for row in evaluation.units.rows(named=True)
    ]
    assert sorted(found) == sorted(EXPECTED[level])


def _percent(numerator: int, denominator: int) -> str:
    """Write the exact ratio in percent, half up to four places."""
    scaled = Fraction(numerator * 100, denominator) * 10_000
    return to_decimal(int(scaled + Fraction(1, 2)))


def test_communes_are_ranked_by_their_district(hatinh):
    """Điều 8.2: “đối với các xã, phường, thị trấn do UBND cấp huyện thực hiện”."""
    framework = hatinh.framework("xa", 2024)
    [ranking] = framework.rankings
    assert (ranking.scope, ranking.citation.clause) == ("group", "Điều 8.2")
    alone = Source("facts.csv", data=b"unit,indicator,points,evidence\nA,1,50,x\n")
    with pytest.raises(InvalidFacts) as caught:
        evaluate(hatinh, framework, 2024, [alone])
    assert [each.key for each in caught.value.problems] == ["fact.no-group"]


def test_dieu_8_4_b_deducts_by_hand(run):
    """“Số điểm của các chỉ số không đánh giá, chấm điểm sẽ được giảm trừ”."""
    evaluation = run(*_full(1, 2, 3, 4, 5), "6,300", "7,,,na,Văn bản 1")
    assert _ratio(evaluation) == Fraction(80 * 4 + 120 + 300, 1000 - 50)
    assert [tuple(row) for row in evaluation.not_applicable.rows()] == [("A", "7", "Văn bản 1")]


def test_dieu_8_4_b_replaces_by_hand(run):
    """“hoặc được bổ sung chỉ số khác thay thế”: with a maximum of its own, here 80 for 50."""
    evaluation = run(*_full(1, 2, 3, 4, 5), "6,300", "7,61.5,80,replaced,Văn bản 1,Chỉ số khác")
    assert _ratio(evaluation) == Fraction(Fraction("801.5"), 1000 - 50 + 80)
    [changed] = evaluation.changed.rows(named=True)
    assert (changed["indicator"], changed["replacement"]) == ("7", "Chỉ số khác")


def test_a_part_of_a_main_indicator_is_deducted_by_hand(run):
    """“có nội dung, chỉ số”: component indicators worth 37.63 of main indicator 6 are left out."""
    evaluation = run(*_full(1, 2, 3, 4, 5, 7), "6,301.25,362.37,reduced,Văn bản 2")
    assert _ratio(evaluation) == (440 + 40 + Fraction("301.25")) / (600 + Fraction("362.37"))


def test_an_exclusion_needs_its_document(run):
    for row in ("7,,,na", "7,30,40,replaced,,Chỉ số khác", "7,30,40,reduced"):
        with pytest.raises(InvalidFacts) as caught:
            run(row)
        assert [each.key for each in caught.value.problems] == ["fact.na-without-reason"]


def test_a_maximum_of_the_council_has_the_decimals_of_a_point(run):
    """Else points rounded half up would pass a maximum that is not."""
    with pytest.raises(InvalidFacts):
        run("6,10.005,10.005,reduced,Văn bản 1")


def test_all_excluded_has_no_value_and_no_tier(run):
    evaluation = run(*(f"{code},,,na,Văn bản 1" for code in range(1, 8)))
    [unit] = evaluation.units.rows(named=True)
    assert (unit["overall.value"], unit["overall.rank"], unit["tier"]) == (None, None, None)


@pytest.mark.parametrize(
    ("row", "warned"),
    [
        ("1,50", True),
        ("1,0", True),
        ("1,50,,,,,Hồ sơ", False),
        ("1,50,,,,,,Giải trình", False),
        ("1,50,80,reduced,Văn bản 1", True),
        ("1,,,na,Văn bản 1", False),
    ],
    ids=["bare", "bare-zero", "evidence", "explanation", "bare-reduced", "left-out"],
)
def test_dieu_8_4_a_asks_for_evidence_or_an_explanation(row, warned, run):
    evaluation = run(row)
    assert [tuple(each) for each in evaluation.without_evidence.rows()] == [("A", "1")] * warned


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2028])
def test_the_calendar_of_dieu_7(level, year, hatinh):
    calendar = hatinh.calendar(hatinh.framework(level, year), year)
    by_district = level == "xa"
    assert [(each.kind, each.date, each.day_counts) for each in calendar.milestones] == [
        ("window_start", dt.date(year - 1, 11, 1), True),
        ("progress_report", dt.date(year, 3, 15), False),
        ("progress_report", dt.date(year, 6, 15), False),
        ("progress_report", dt.date(year, 9, 15), False),
        ("window_end", dt.date(year, 11, 1), True),
        ("entry_deadline", dt.date(year, 11, 25), True),
        ("appraisal", dt.date(year, 12, 31 if by_district else 15), False),
        ("publication", dt.date(year, 12, 31), False),
    ]
    clause = "Điều 7.1.c" if by_district else "Điều 7.1.b"
    assert {each.citation.clause for each in calendar.milestones[-2:]} == {clause}
    assert all(
        "không đánh giá xếp loại" in each.citation.quote for each in calendar.milestones[1:4]
    )


def test_the_decision_and_the_years_it_answers_for(hatinh):
    decision = hatinh.framework("so", None).decision
    assert (decision.number, decision.date) == ("2878/QĐ-UBND", dt.date(2023, 11, 7))
    assert decision.in_force_from == dt.date(2023, 11, 7)
    [old] = decision.supersedes
    assert (old.number, old.date) == ("2853/QĐ-UBND", dt.date(2021, 8, 11))
    assert (decision.first_year, decision.last_year) == (2023, 2030)
    for year in (2022, 2031):
        with pytest.raises(UsageError, match="2023–2030"):
            hatinh.framework("so", year)


@pytest.mark.parametrize("level", LEVELS)
def test_everything_cites_a_clause_and_quotes_it(level, hatinh):
    framework = hatinh.framework(level, 2024)
    tiers, calendar = hatinh.tiers(framework), hatinh.calendar(framework, 2024)
    ruled = (*tiers.tiers, *tiers.overrides, *calendar.milestones)
    citations = [*framework.citations(), *(each.citation for each in ruled)]
    for citation in citations:
        assert framework.decision.has_clause(citation.clause)
        assert citation.quote
    policies = {framework.exclusion.citation.clause, framework.evidence.citation.clause}
    assert policies == {"Điều 8.4.a", "Điều 8.4.b"}


def test_the_two_numberings_of_articles_are_kept_apart(hatinh):
    clauses = {each.id: each.title for each in hatinh.framework("so", None).decision.clauses}
    assert clauses["QĐ Điều 1"].startswith("Ban hành Bộ chỉ số")
    assert clauses["Điều 1"] == "Phạm vi điều chỉnh"
    assert [f"Điều {n}" for n in range(1, 13) if f"Điều {n}" not in clauses] == []
    assert "QĐ Điều 3" not in clauses  # the recipients' list names it


@pytest.mark.parametrize(("level", "units"), [("so", 12), ("huyen", 9), ("xa", 24)])
def test_the_illustrative_data_show_everything(level, units, hatinh):
    evaluation = evaluate(hatinh, hatinh.framework(level, 2024), 2024, [])
    rows = evaluation.units.rows(named=True)
    assert evaluation.facts.illustrative
    assert len(rows) == units
    assert all("minh hoạ" in row["unit_name"] for row in rows)
    assert {row["tier"] for row in rows} == {"Tốt", "Khá", "Trung bình", "Yếu"}
    places = Counter((row["group"], row["overall.rank"]) for row in rows)
    assert max(places.values()) > 1, "a tie"
    assert len(places.keys() & {(row["group"], 1) for row in rows}) == (3 if level == "xa" else 1)
    [late] = [row for row in rows if row["status"] == "not_reported"]
    assert (late["tier"], late["overall.value"] > 8_500) == ("Yếu", True)
    assert any(row["overall.numerator"] * 10 == 9 * row["overall.denominator"] for row in rows)
    assert set(evaluation.changed["replacement"].is_null()) == {True, False}
    assert min(len(evaluation.not_applicable), len(evaluation.missing)) > 0
    assert len(evaluation.without_evidence) > 0


def test_the_data_are_nfc():
    for path in dti_hatinh.DATA.rglob("*.*"):
        assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


def test_explain_quotes_dieu_9_2_e():
    """Điều 9.2.e: “… thì xếp hạng yếu”: why a unit with 92.55 % is Yếu."""
    command = [str(Path(sys.executable).with_name("dti")), "explain", "--plugin", "hatinh"]
    command += ["--level", "so", "--year", "2024", "--unit", "SO-08"]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    text = " ".join(told.split())
    assert "Điều 9.2.e: “" in text
    assert "thì xếp hạng yếu" in text
