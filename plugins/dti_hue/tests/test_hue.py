"""Quyết định 931/QĐ-UBND, clause by clause: worked examples, sums, the whole ranking, the dates."""

from __future__ import annotations

import csv
import datetime as dt
import json
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import dti_hue
from dti_core.errors import UsageError
from dti_core.loader import load_plugin
from dti_core.numbers import to_decimal
from dti_core.pipeline import evaluate
from dti_core.rules import FactType
from dti_core.sources import Source
from dti_core.trace import trace

LEVELS = ("so", "huyen", "xa")
SIZES = {"so": (35, 401), "huyen": (53, 675), "xa": (50, 645)}
DECLARED = {"so": (34, 391), "huyen": (53, 675), "xa": (50, 645)}
COUNTS = {"I": 10, "II": 3, "III": 6, "IV": 8, "V": 4, "VI": 7, "VII": 5, "VIII": 4, "IX": 6}
"""Indicators of each main indicator in the annex, of any level."""
EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
"""Unit, points, maximum, value, rank by level, computed apart from this program with fractions."""
COLUMNS = "unit,indicator,value,denominator,points,status,reason\n"


@pytest.fixture(scope="module")
def hue():
    return load_plugin("hue")


@pytest.fixture(scope="module")
def annex():
    with (dti_hue.DATA / "indicators.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture
def run(hue):
    """Evaluate rows of unit A, each ``indicator,value,denominator,points,status,reason``."""

    def call(*rows: str, level: str = "huyen", year: int = 2024, **choices: str):
        text = COLUMNS + "".join(f"A,{row}\n" for row in rows)
        framework = hue.framework(level, year, {k.replace("_", "-"): v for k, v in choices.items()})
        return evaluate(hue, framework, year, [Source("facts.csv", data=text.encode())])

    return call


def _step(evaluation, indicator: str):
    return next(each for each in trace(evaluation, "A").steps if each.indicator.code == indicator)


EXAMPLES = [
    ("I.1,có", "5.00"),
    ("I.1,không", "0.00"),
    # I.2: “Tối thiểu một năm triển khai 2 cuộc … Tổ chức 1 cuộc thì đạt 50% số điểm”
    ("I.2,0", "0.00"),
    ("I.2,1", "5.00"),
    ("I.2,2", "10.00"),
    ("I.2,3", "10.00"),
    # I.4: “Tối thiểu 12 tin bài”: proportional up to the minimum, no more beyond it
    ("I.4,0", "0.00"),
    ("I.4,6", "12.00"),
    ("I.4,12", "24.00"),
    ("I.4,13", "24.00"),
    ("I.5,7", "7.00"),
    ("I.9,12.34", "2.47"),
    ("I.10,3,8", "3.75"),
    # II.1: “trong tháng 1 hằng năm sẽ đạt tối đa điểm, sau thời gian trên sẽ đạt 50% số điểm”
    ("II.1,31/01/2024", "10.00"),
    ("II.1,01/02/2024", "5.00"),
    ("II.1,20/12/2023", "10.00"),
    ("II.2,2,3", "6.67"),
    ("III.2,1,16", "1.88"),
    ("IV.1,3,7", "4.29"),
    ("IV.5,0", "0.00"),
    ("IV.5,1", "20.00"),
    # V.3: “Tỷ lệ lây nhiễm càng nhiều thì số điểm càng thấp”
    ("V.3,0,9", "10.00"),
    ("V.3,1,3", "6.67"),
    ("V.3,9,9", "0.00"),
    ("VI.1,1,8", "0.63"),
    ("VI.3,1,4", "7.50"),
    ("VI.4,5", "8.33"),
    ("VI.5,,,7.25", "7.25"),
    ("VI.6,1", "10.00"),
    ("IX.1,1", "10.00"),
    ("IX.3,3,4", "7.50"),
    # IX.5: “Bức xúc càng cao thì điểm càng thấp”
    ("IX.5,25", "7.50"),
    ("IX.5,100", "0.00"),
]


@pytest.mark.parametrize(("row", "points"), EXAMPLES, ids=[row for row, _ in EXAMPLES])
def test_a_worked_example(row, points, run):
    indicator = row.partition(",")[0]
    step = _step(run(row), indicator)
    assert to_decimal(step.points, 2) == points
    assert step.citation.clause == f"Phụ lục {indicator}"
    assert step.sentence


@pytest.mark.parametrize(
    ("day", "points"), [("31/01/2027", 100_000), ("01/02/2027", 50_000), ("31/01/2026", 100_000)]
)
def test_ii_1_is_due_in_january_of_the_year_under_evaluation(day, points, run):
    assert _step(run(f"II.1,{day}", year=2027), "II.1").points == points


@pytest.mark.parametrize("indicator", ["IX.3", "III.6", "IV.2", "V.3", "IX.5"])
def test_where_nothing_arose_the_indicator_is_left_out(indicator, run):
    evaluation = run(f"{indicator},0,0")
    step = _step(evaluation, indicator)
    assert (step.state, step.points, step.max_points) == ("not_applicable", 0, 0)
    [unit] = evaluation.units.rows(named=True)
    assert unit["overall.max_points"] == (675 - 10) * 10_000


def test_ii_3_c_by_hand(run):
    """(5 + 12 + 5) x 100 / (675 - 30 - 10): III.2 by a document, IX.3 for want of cases."""
    rows = ("I.1,có", "I.4,6", "II.1,01/02/2024", "III.2,,,,na,12/UBND", "IX.3,0,0")
    [unit] = run(*rows).units.rows(named=True)
    ratio = Fraction(unit["overall.numerator"], unit["overall.denominator"])
    assert ratio * 100 == Fraction(22 * 100, 635)
    assert unit["overall.value"] == 346  # 3.4645… in hundredths


def test_ii_3_a_keeps_the_points_of_a_unit_without_exclusions(run):
    """Under the other reading only units with exclusions are put on the scale of II.3.c."""
    [whole] = run("I.4,6", ranking_basis="points").units.rows(named=True)
    [part] = run("I.4,6", "IX.3,0,0", ranking_basis="points").units.rows(named=True)
    assert (whole["overall.value"], part["overall.value"]) == (1200, 180)


@pytest.mark.parametrize("level", LEVELS)
def test_the_ranking_of_the_illustrative_data(level, hue):
    evaluation = evaluate(hue, hue.framework(level, 2024), 2024, [])
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
    assert found == sorted(EXPECTED[level], key=lambda row: (row[-1], row[0]))


def _percent(numerator: int, denominator: int) -> str:
    """Write the exact ratio in percent, half up to four places."""
    scaled = Fraction(numerator * 100, denominator) * 10_000
    return to_decimal(int(scaled + Fraction(1, 2)))


@pytest.mark.parametrize("level", LEVELS)
def test_the_annex_adds_up(level, hue, annex):
    marked = [row for row in annex if row[level] == "x"]
    assert (len(marked), sum(int(row["max_points"]) for row in marked)) == SIZES[level]
    framework = hue.framework(level, None)
    assert (len(framework.indicators), framework.max_points) == (
        SIZES[level][0],
        SIZES[level][1] * 10_000,
    )
    declared = framework.declared
    assert (declared.indicators, declared.max_points // 10_000) == DECLARED[level]
    assert declared.dimensions == len(framework.dimensions) == 9


def test_every_row_of_the_annex_has_its_code_and_clause(annex):
    codes = [f"{roman}.{n}" for roman, count in COUNTS.items() for n in range(1, count + 1)]
    assert [row["code"] for row in annex] == codes
    for row in annex:
        assert row["clause"] == f"Phụ lục {row['code']}"
        assert row["dimension"] == row["code"].partition(".")[0]
        assert row["name"]
        assert row["condition"]
        assert row["action"]
        assert {row[level] for level in LEVELS} <= {"x", ""}
        assert unicodedata.is_normalized("NFC", "".join(row.values()))


def test_corrected_labels_say_so(annex):
    """The scan misreads accents; a label is written correctly and its note tells the scan's."""
    notes = {row["code"]: row["note"] for row in annex}
    assert "bản quét ghi “Ban chỉ đạo chuyên đổi số”" in notes["I.1"]
    assert not any(
        wrong in row["name"] for row in annex for wrong in ("chuyên đổi", "Thế chế", "Công dịch vụ")
    )


@pytest.mark.parametrize("level", LEVELS)
def test_everything_cites_a_clause_and_quotes_it(level, hue):
    framework = hue.framework(level, None)
    for citation in framework.citations():
        assert framework.decision.has_clause(citation.clause)
        assert citation.quote
    for each in framework.interpretations:
        assert len(each.options) >= 2
        assert each.why
        assert not each.overridden


def test_the_figures_of_the_departments_are_a_discrepancy(hue):
    found = {each.id: each for each in hue.framework("so", None).discrepancies}
    assert (found["so-indicators"].declared_value, found["so-indicators"].found_value) == (34, 35)
    points = found["so-max-points"]
    assert (points.declared_value, points.found_value) == ("391", "401")
    for level in ("huyen", "xa"):
        others = hue.framework(level, None).discrepancies
        assert all(each.declared_value is None for each in others)


def test_the_decision_and_the_years_it_answers_for(hue):
    decision = hue.framework("so", None).decision
    assert (decision.number, decision.date) == ("931/QĐ-UBND", dt.date(2024, 4, 4))
    assert decision.in_force_from == dt.date(2024, 4, 4)
    [old] = decision.supersedes
    assert (old.number, old.date) == ("2263/QĐ-UBND", dt.date(2023, 9, 27))
    assert (decision.first_year, decision.last_year) == (2024, 2030)
    for year in (2023, 2031):
        with pytest.raises(UsageError, match="2024–2030"):
            hue.framework("so", year)


@pytest.mark.parametrize("year", [2024, 2030])
@pytest.mark.parametrize("level", ["so", "huyen"])
def test_the_calendar_of_iii_1_a(level, year, hue):
    calendar = hue.calendar(hue.framework(level, year), year)
    assert [(each.id, each.date, each.day_counts) for each in calendar.milestones] == [
        ("window-start", dt.date(year, 1, 1), True),
        ("window-end", dt.date(year, 11, 15), True),
        ("entry-deadline", dt.date(year, 11, 30), False),
        ("approval", dt.date(year, 12, 31), True),
        ("publication", None, None),
    ]


def test_the_calendar_of_the_communes_is_left_to_the_districts(hue):
    calendar = hue.calendar(hue.framework("xa", 2024), 2024)
    assert {(each.date, each.decided_by) for each in calendar.milestones} == {
        (None, "UBND cấp huyện tương ứng")
    }


@pytest.mark.parametrize(("level", "units"), [("so", 20), ("huyen", 9), ("xa", 30)])
def test_the_illustrative_data_show_everything(level, units, hue):
    framework = hue.framework(level, 2024)
    evaluation = evaluate(hue, framework, 2024, [])
    rows = evaluation.units.rows(named=True)
    assert evaluation.facts.illustrative
    assert len(rows) == units
    assert all("minh hoạ" in row["unit_name"] for row in rows)
    assert max(Counter(row["overall.rank"] for row in rows).values()) > 1, "a tie"
    assert set(evaluation.not_applicable["reason"].is_null()) == {True, False}
    assert len(evaluation.missing)
    reported = set(evaluation.scored.select("indicator").collect()["indicator"])
    assert {leaf.rule.kind for _, leaf in framework.leaves if leaf.code in reported} >= {
        "yes_no", "share", "reverse_share", "count_against", "steps", "due_date", "awarded",
    }  # fmt: skip
    assert FactType.POINTS in {leaf.rule.accepts for _, leaf in framework.leaves}
