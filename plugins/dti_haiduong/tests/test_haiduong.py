"""The plan of 30/01/2024, clause by clause: who appraises, maxima, general information, dates."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import pytest

import dti_haiduong
from dti_core.errors import InvalidFacts, UsageError
from dti_core.numbers import to_decimal
from dti_core.pipeline import evaluate
from dti_core.sources import Source

LEVELS = ("so", "huyen")
EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
"""Unit, points, maximum, value, rank by level, computed apart from this program with fractions."""
COLUMNS = "unit,indicator,value,denominator,points,status,reason\n"
SO_DATA = dti_haiduong.DATA / "illustrative" / "so.csv"


@pytest.fixture
def run(haiduong):
    """Evaluate rows ``unit,indicator,value,denominator,points,status,reason`` of sở."""

    def call(*rows: str, **choices: str):
        framework = haiduong.framework(
            "so", 2023, {k.replace("_", "-"): choices[k] for k in choices}
        )
        data = (COLUMNS + "".join(f"{row}\n" for row in rows)).encode()
        return evaluate(haiduong, framework, 2023, [Source("facts.csv", data=data)])

    return call


def _ranks(evaluation):
    return {row["unit"]: row["overall.rank"] for row in evaluation.units.rows(named=True)}


# General information ------------------------------------------------------------------------------


def test_general_information_changes_nothing(haiduong):
    """Collected, never scored: without it, and with other values, every result stays the same."""
    lines = SO_DATA.read_text(encoding="utf-8").splitlines(keepends=True)
    told = [",I." in line for line in lines]
    without = [line for line, is_told in zip(lines, told, strict=True) if not is_told]
    other = [
        ",".join([*line.split(",")[:4], "chưa rõ", "", "", "", "\n"]) if is_told else line
        for line, is_told in zip(lines, told, strict=True)
    ]
    framework = haiduong.framework("so", 2023)
    results = []
    for text in ("".join(lines), "".join(without), "".join(other)):
        found = evaluate(haiduong, framework, 2023, [Source("so.csv", data=text.encode())])
        results.append((found.units.rows(), found.missing.rows()))
    assert results[0] == results[1] == results[2]
    assert sum(told) > 6 * 10


def test_general_information_is_kept_as_it_was_told(run):
    facts = run("A,I.3,7,,,,", "A,I.10,1250 triệu đồng,,,,", "A,4,,,40,,").facts
    told = {row["indicator"]: row["value"] for row in facts.information.collect().rows(named=True)}
    assert told == {"I.3": "7", "I.10": "1250 triệu đồng"}


def test_its_numbers_repeat_those_of_main_indicators(run):
    """I.4 is a number of officials, 4 is Nhân lực số."""
    [unit] = run("A,I.4,61,,,,", "A,4,,,40.5,,").units.rows(named=True)
    assert unit["overall.points"] == 405_000


# Results ------------------------------------------------------------------------------------------


def test_the_ranking_of_the_illustrative_departments(haiduong):
    evaluation = evaluate(haiduong, haiduong.framework("so", 2023), 2023, [])
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
    assert found == EXPECTED["so"]
    assert evaluation.facts.illustrative
    assert all("minh hoạ" in name for name in evaluation.units["unit_name"])
    assert evaluation.missing.rows() == [("SO-06", "4")]


def _percent(numerator: int, denominator: int) -> str:
    """Write the exact ratio in percent, half up to four places."""
    scaled = Fraction(numerator * 100, denominator) * 10_000
    return to_decimal(int(scaled + Fraction(1, 2)))


# Interpretations: each option changes something ---------------------------------------------------

SIX = [
    f"{unit},{n},,,{points},,"
    for unit, points in zip("ABCD", "9884", strict=True)
    for n in "123456"
]


def test_missing(run):
    [unit] = run("A,6,,,200,,").units.rows(named=True)
    assert (unit["overall.points"], unit["overall.max_points"]) == (2_000_000, 5_000_000)
    with pytest.raises(InvalidFacts):
        run("A,6,,,200,,", missing="refuse")


def test_rounding(run):
    """33.655 stands in nobody's column of two decimals."""
    for choice, points in (("hundredths", 336_600), ("ten-thousandths", 336_550)):
        [unit] = run("A,5,,,33.655,,", rounding=choice).units.rows(named=True)
        assert unit["overall.points"] == points


def test_ties(run):
    assert _ranks(run(*SIX)) == {"A": 1, "B": 2, "C": 2, "D": 4}
    assert _ranks(run(*SIX, ties="dense")) == {"A": 1, "B": 2, "C": 2, "D": 3}


def test_ranking(run):
    """The word *xếp hạng* is not in the plan; the result of 2023 was ranked."""
    rows = run(*SIX, ranking="none").units.rows(named=True)
    assert [(row["overall.rank"], row["overall.points"] // 10_000) for row in rows] == [
        (None, points) for points in (54, 48, 48, 24)
    ]


def test_not_ranked(run):
    """19 took part in 2023, 17 were ranked; the plan itself does not say so."""
    rows = (*SIX, "A,,,,,not_ranked,Không cung cấp dịch vụ công")
    assert _ranks(run(*rows)) == {"A": None, "B": 1, "C": 1, "D": 3}
    assert _ranks(run(*rows, not_ranked="with-rank")) == {"A": 1, "B": 2, "C": 2, "D": 4}
    points = {row["unit"]: row["overall.points"] for row in run(*rows).units.rows(named=True)}
    assert points["A"] == 54 * 10_000


def test_exclusion(run):
    rows = ("A,1,,,40,,", "A,3,,,,na,12/STTTT", "A,6,,,100,,")
    with pytest.raises(InvalidFacts) as refused:
        run(*rows)
    [problem] = refused.value.problems
    assert "297/QĐ-UBND" in problem.values["why"]
    assert problem.values["clause"] == "IV.3"
    [unit] = run(*rows, exclusion="deduct").units.rows(named=True)
    assert unit["overall.max_points"] == 450 * 10_000


DATES = [
    ("opening", dt.date(2024, 1, 31), True),
    ("self-assessment", dt.date(2024, 2, 1), False),
    ("appraiser-accounts", dt.date(2024, 2, 2), False),
    ("appraisal", dt.date(2024, 2, 20), False),
    ("synthesis", dt.date(2024, 3, 5), False),
    ("report", dt.date(2024, 3, 10), False),
    ("approval", None, None),
    ("publication", dt.date(2024, 3, 31), True),
    ("publication-quarter", dt.date(2024, 3, 31), True),
]


@pytest.mark.parametrize("level", LEVELS)
def test_the_calendar_runs_from_january_to_march_of_the_following_year(level, haiduong):
    calendar = haiduong.calendar(haiduong.framework(level, 2023), 2023)
    assert [(each.id, each.date, each.day_counts) for each in calendar.milestones] == DATES


def test_self_assessment(haiduong):
    """*Trước tháng 02/2024*: the first of February is late; read as a day, it is in time."""
    framework = haiduong.framework("so", 2023, {"self-assessment": "before-day"})
    [deadline] = [
        each
        for each in haiduong.calendar(framework, 2023).milestones
        if each.kind == "entry_deadline"
    ]
    assert (deadline.date, deadline.day_counts) == (dt.date(2024, 2, 2), False)


def test_totals(haiduong):
    """Who appraises a total whose cell is empty: those of its parts, or *các chỉ số còn lại*."""
    found = [
        {each.code: each.appraiser for each in framework.listed}["5.9"]
        for framework in (
            haiduong.framework("so", 2023),
            haiduong.framework("so", 2023, {"totals": "remaining"}),
        )
    ]
    assert found == ["Sở Tài chính; Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông"]


def test_every_interpretation_is_tested_above(haiduong):
    """What has a test of its own has the effect that the test shows."""
    tested = {name for name in globals() if name.startswith("test_")}
    frameworks = [haiduong.framework(level, 2023) for level in LEVELS]
    for each in (each.id for framework in frameworks for each in framework.interpretations):
        assert f"test_{each.replace('-', '_')}" in tested


# Identity, citations, discrepancies ---------------------------------------------------------------


def test_the_plan_and_the_year_it_answers_for(haiduong):
    decision = haiduong.framework("so", None).decision
    assert (decision.number, decision.date) == ("", dt.date(2024, 1, 30))
    assert decision.in_force_from is None
    [the_set] = decision.implements
    assert (the_set.number, the_set.date) == ("297/QĐ-UBND", dt.date(2023, 2, 24))
    for year in (2022, 2024):
        with pytest.raises(UsageError, match="2023–2023"):
            haiduong.framework("so", year)


@pytest.mark.parametrize("level", LEVELS)
def test_everything_cites_a_clause_and_quotes_it(level, haiduong):
    framework = haiduong.framework(level, None)
    calendar = haiduong.calendar(framework, 2023)
    for citation in (*framework.citations(), *(each.citation for each in calendar.milestones)):
        assert framework.decision.has_clause(citation.clause)
        assert citation.quote


BOTH = {"information-numbers", "IV.1-d", "who-appraises", "office-name", "set-issuer", "january"}
FAULTS = {"so": {"so-5.9.1"}, "huyen": {"huyen-I.16", "huyen-2.4", "huyen-7.8", "industry-name"}}


@pytest.mark.parametrize("level", LEVELS)
def test_the_faults_of_the_plan_and_its_appendix_are_told(level, haiduong):
    found = {each.id: each for each in haiduong.framework(level, None).discrepancies}
    assert set(found) == BOTH | FAULTS[level]
    assert all(each.why for each in found.values())
