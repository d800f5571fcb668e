"""Quyết định 1082/QĐ-UBND as a news item tells it: structure, period, scales, who publishes."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest

import dti_nghean
from dti_core.annex import bring
from dti_core.errors import InvalidAnnex, InvalidFacts, UsageError
from dti_core.loader import load_plugin
from dti_core.models import Detail
from dti_core.numbers import to_decimal
from dti_core.pipeline import evaluate
from dti_core.sources import Source

LEVELS = ("so", "huyen", "xa")
DECLARED = {"so": (7, 40, 1000), "huyen": (8, 50, 1000), "xa": (7, 27, 500)}
CLAUSES = {"so": "Đoạn 2", "huyen": "Đoạn 3", "xa": "Đoạn 4"}
FOUNDATION = ["Nhận thức số", "Thể chế số", "Hạ tầng số", "Nhân lực số", "An toàn thông tin mạng"]
NAMES = {
    "so": [*FOUNDATION, "Hoạt động chính quyền số", "Hoạt động xã hội số"],
    "huyen": [
        *FOUNDATION,
        "Hoạt động chính quyền số",
        "Hoạt động kinh tế số",
        "Hoạt động xã hội số",
    ],
    "xa": [*FOUNDATION, "Hoạt động chính quyền số", "Hoạt động kinh tế, xã hội số"],
}
"""As the paragraphs 2 to 4 list them."""
EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
"""Unit, points, maximum, value, rank by level, computed apart from this program with fractions."""
COLUMNS = "unit,group,indicator,value,denominator,points,status,reason\n"


@pytest.fixture(scope="module")
def nghean():
    return load_plugin("nghean")


@pytest.fixture(scope="module")
def prepare(nghean):
    """Return the framework of a level with its illustrative annex, some words replaced."""

    def call(level: str, replaced: tuple[str, str] = ("", ""), **choices: str):
        chosen = {name.replace("_", "-"): option for name, option in choices.items()}
        framework = nghean.framework(level, None, chosen)
        text = framework.illustrative_annex.read_text(encoding="utf-8").replace(*replaced, 1)
        return bring(framework, Source("annex.csv", data=text.encode()), illustrative=True)

    return call


@pytest.mark.parametrize("level", LEVELS)
def test_the_structure_that_the_item_declares(level, nghean):
    """Names, counts and scales of Đoạn 2, 3 and 4; the points of a main indicator are unknown."""
    framework = nghean.framework(level, 2023)
    declared = framework.declared
    assert (declared.dimensions, declared.indicators, declared.max_points // 10_000) == (
        DECLARED[level]
    )
    assert declared.citation.clause == CLAUSES[level]
    assert framework.detail is Detail.OUTLINE
    assert [each.name for each in framework.dimensions] == NAMES[level]
    codes = [str(n) for n in range(1, len(NAMES[level]) + 1)]
    assert [each.code for each in framework.dimensions] == codes
    for each in framework.dimensions:
        assert (each.declared.max_points, each.declared.indicators) == (None, None)
        assert each.citation.clause == CLAUSES[level]


@pytest.mark.parametrize("level", LEVELS)
def test_the_illustrative_annex_fits_what_is_declared(level, prepare):
    framework = prepare(level)
    found = (len(framework.dimensions), len(framework.indicators), framework.max_points // 10_000)
    assert found == DECLARED[level]
    assert list(framework.differences()) == []
    assert {each.id for each in framework.discrepancies} <= {"xa-self-assessment", "xa-publication"}


@pytest.mark.parametrize("level", LEVELS)
def test_the_ranking_of_the_illustrative_data(level, nghean, prepare):
    evaluation = evaluate(nghean, prepare(level), 2023, [])
    found = [
        [
            row["unit"],
            to_decimal(row["overall.points"], 2),
            to_decimal(row["overall.max_points"], 2),
            _percent(row["overall.numerator"], row["overall.denominator"]),
            row["overall.rank"],
        ]
        for row in evaluation.units.rows(named=True)
    ]
    assert found == EXPECTED[level]
    assert evaluation.facts.illustrative
    assert len(evaluation.missing) == 1


def _percent(numerator: int, denominator: int) -> str:
    """Write the exact ratio in percent, half up to four places."""
    return to_decimal(int(Fraction(numerator * 1_000_000, denominator) + Fraction(1, 2)))


def test_doan_7_communes_are_ranked_within_their_district(nghean, prepare):
    """UBND các huyện, thành phố, thị xã publish the ranking of the communes of their own."""
    scopes = {level: nghean.framework(level, 2023).rankings[0].scope for level in LEVELS}
    assert scopes == {"so": "level", "huyen": "level", "xa": "group"}
    rows = evaluate(nghean, prepare("xa"), 2023, []).units.rows(named=True)
    ranks = {
        group: sorted(row["overall.rank"] for row in rows if row["group"] == group)
        for group in ("HUYEN-01", "HUYEN-02")
    }
    assert ranks == {"HUYEN-01": [1, 2, 3, 3, 5, 6, 7], "HUYEN-02": [1, 2, 3, 4, 5]}
    rows = evaluate(nghean, prepare("xa", commune_scope="level"), 2023, []).units.rows(named=True)
    assert sorted(row["overall.rank"] for row in rows) == [1, 2, 3, 4, 5, 6, 6, 8, 9, 10, 11, 12]


def test_doan_4_the_scale_of_the_communes_is_500(prepare):
    assert prepare("xa").max_points == 500 * 10_000
    with pytest.raises(InvalidAnnex, match="500") as told:
        prepare("xa", ("Chỉ số thành phần minh hoạ 1.1,15", "Chỉ số thành phần minh hoạ 1.1,20"))
    assert "505" in str(told.value)


def test_an_annex_of_another_count_is_refused(prepare):
    row = "1.1,,1,Chỉ số thành phần minh hoạ 1.1,15"
    split = row.replace(",15", ",10") + ",yes_no,,,,,,\n1.9,,1,Chỉ số thêm (minh hoạ),5"
    with pytest.raises(InvalidAnnex, match="28"):
        prepare("xa", (row, split))


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("level", LEVELS)
def test_doan_10_the_period_ends_on_the_30th_of_december(level, year, nghean):
    calendar = nghean.calendar(nghean.framework(level, year), year)
    dated = [(each.id, each.date, each.day_counts) for each in calendar.milestones if each.date]
    assert dated == [
        ("window-start", dt.date(year, 1, 1), True),
        ("window-end", dt.date(year, 12, 30), True),
    ]
    assert calendar.milestones[1].citation.clause == "Đoạn 10"


def test_the_other_dates_are_left_to_those_whom_the_item_names(nghean):
    def decided(level: str) -> list[tuple[str, str]]:
        calendar = nghean.calendar(nghean.framework(level, 2023), 2023)
        return [(e.id, e.decided_by.partition(";")[0]) for e in calendar.milestones if not e.date]

    province = [
        ("self-assessment", "UBND tỉnh"),
        ("appraisal", "Hội đồng đánh giá"),
        ("approval", "UBND tỉnh"),
        ("publication", "UBND tỉnh, ngay sau khi có quyết định phê duyệt"),
    ]
    assert decided("so") == decided("huyen") == province
    districts = ("xa-publication", "UBND các huyện, thành phố, thị xã")
    assert decided("xa") == [("appraisal", "Hội đồng đánh giá"), districts]


def test_the_decision_and_its_years(nghean):
    decision = nghean.framework("so", None).decision
    assert (decision.number, decision.date) == ("1082/QĐ-UBND", dt.date(2023, 4, 19))
    assert decision.in_force_from is None
    assert "bài báo" in decision.source.lower()
    assert (decision.first_year, decision.last_year) == (2023, 2024)
    for year in (2022, 2025):
        with pytest.raises(UsageError, match="2023–2024"):
            nghean.framework("so", year)


@pytest.mark.parametrize("level", LEVELS)
def test_an_exclusion_is_refused_with_its_reason(level, nghean, prepare):
    facts = COLUMNS + "A,H,1.1,,,,na,Công văn 12/UBND\n"
    with pytest.raises(InvalidFacts, match="exclusion=deduct") as told:
        evaluate(nghean, prepare(level), 2023, [Source("facts.csv", data=facts.encode())])
    assert "Nguồn không có câu nào cho phép bỏ một chỉ số" in str(told.value)


def test_doan_5_names_who_brings_evidence(nghean):
    duties = {level: nghean.framework(level, 2023).evidence for level in LEVELS}
    assert duties["so"].citation.clause == duties["huyen"].citation.clause == "Đoạn 5"
    assert duties["xa"] is None


@pytest.mark.parametrize("level", LEVELS)
def test_real_facts_need_the_annex(level, tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text(COLUMNS + "A,H,1.1,có,,,,\n", encoding="utf-8")
    dti = str(Path(sys.executable).with_name("dti"))
    words = [dti, "evaluate", "--plugin", "nghean", "--level", level, "--input", str(facts)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "1082/QĐ-UBND" in done.stderr
    assert f"dti annex template --plugin nghean --level {level}" in done.stderr


@pytest.mark.parametrize("level", LEVELS)
def test_everything_cites_a_paragraph_and_quotes_it(level, prepare):
    framework = prepare(level)
    paragraphs = {"Tiêu đề", *(f"Đoạn {n}" for n in range(1, 13))}
    assert {each.id for each in framework.decision.clauses} == paragraphs
    for citation in framework.citations():
        assert citation.clause in paragraphs
        assert citation.quote
    for each in framework.interpretations:
        assert len(each.options) >= 2
        assert each.why
        assert not each.overridden


@pytest.mark.parametrize(("level", "units"), [("so", 8), ("huyen", 6), ("xa", 12)])
def test_annex_and_units_say_that_they_are_illustrative(level, units, nghean, prepare):
    path = dti_nghean.DATA / f"illustrative/annex-{level}.csv"
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert all("minh hoạ" in row["name"] for row in rows)
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    assert {row["rule"] for row in rows} == {
        "yes_no", "share", "reverse_share", "count_against", "steps", "due_date", "awarded",
        "sum_of",
    }  # fmt: skip
    names = evaluate(nghean, prepare(level), 2023, []).units["unit_name"]
    assert len(names) == units
    assert all("minh hoạ" in name for name in names)
