"""The plan of UBND huyện Mộ Đức, clause by clause: four rankings, what is refused."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import dti_moduc
from dti_core.annex import bring
from dti_core.errors import InvalidAnnex, InvalidFacts
from dti_core.loader import load_plugin
from dti_core.models import Detail
from dti_core.numbers import to_decimal
from dti_core.pipeline import evaluate
from dti_core.sources import Source
from dti_core.trace import trace

LEVELS = ("xa", "huyen")
PILLARS = {"cqs": "6", "kts": "7", "xhs": "8"}
FOUNDATION = ("1", "2", "3", "4", "5")
MAXIMA = {"overall": 400, "cqs": 250, "kts": 225, "xhs": 225}
"""Of the illustrative annex of the communes; the foundation (150) counts in every ranking."""
EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
"""Unit, points, maximum, value, rank by level and ranking, computed apart with fractions."""
COLUMNS = "unit,indicator,value,denominator,points,status,reason,evidence,explanation\n"
BONUS = """\
KK,,,Điểm khuyến khích (minh hoạ),10,bonus,,,,,,II.3.b
KK.1,,KK,Sáng kiến (minh hoạ),6,awarded,,,,,,
KK.2,,KK,Phương thức mới (minh hoạ),8,awarded,,,,,,
"""
"""A block of at most 10 points outside the scale, though its indicators could give 14."""


@pytest.fixture(scope="module")
def moduc():
    return load_plugin("moduc")


@pytest.fixture(scope="module")
def prepare(moduc):
    """Return the framework of a level with its illustrative annex, and rows added to that."""

    def call(level: str = "xa", more: str = "", **choices: str):
        chosen = {name.replace("_", "-"): option for name, option in choices.items()}
        framework = moduc.framework(level, 2024, chosen)
        text = framework.illustrative_annex.read_text(encoding="utf-8") + more
        return bring(framework, Source("annex.csv", data=text.encode()), illustrative=True)

    return call


@pytest.fixture
def run(moduc, prepare):
    """Evaluate rows of unit A, each ``indicator,value,denominator,points,status,reason,…``."""

    def call(*rows: str, more: str = "", **choices: str):
        text = COLUMNS + "".join(f"A,{row}{',' * (7 - row.count(','))}\n" for row in rows)
        framework = prepare("xa", more, **choices)
        return evaluate(moduc, framework, 2024, [Source("facts.csv", data=text.encode())])

    return call


def _unit(evaluation) -> dict:
    [unit] = evaluation.units.rows(named=True)
    return unit


def _ratio(unit: dict, ranking: str) -> Fraction:
    return Fraction(unit[f"{ranking}.numerator"], unit[f"{ranking}.denominator"])


def _annex(level: str) -> list[dict[str, str]]:
    path = dti_moduc.DATA / f"illustrative/annex-{level}.csv"
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("level", LEVELS)
def test_without_its_annex_the_plan_is_an_outline(level, moduc):
    """Phụ lục I and II are missing: no main indicators, counts or maxima are declared."""
    framework = moduc.framework(level, 2024)
    assert framework.detail is Detail.OUTLINE
    assert framework.dimensions == ()
    declared = framework.declared
    assert (declared.dimensions, declared.indicators, declared.max_points) == (None, None, None)


def test_ii_4_c_names_four_rankings(moduc):
    rankings = moduc.framework("xa", 2024).rankings
    names = ["Chuyển đổi số", "Chính quyền số", "Kinh tế số", "Xã hội số"]
    assert [each.name for each in rankings] == names
    assert [each.from_annex for each in rankings] == [False, True, True, True]
    assert {(each.scope, each.citation.clause) for each in rankings} == {("level", "II.4.c")}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ranking", EXPECTED["xa"])
def test_the_rankings_of_the_illustrative_data(level, ranking, moduc, prepare):
    evaluation = evaluate(moduc, prepare(level), 2024, [])
    found = [
        [
            row["unit"],
            to_decimal(row[f"{ranking}.points"], 2),
            to_decimal(row[f"{ranking}.max_points"], 2),
            to_decimal(int(_ratio(row, ranking) * 1_000_000 + Fraction(1, 2))),
            row[f"{ranking}.rank"],
        ]
        for row in evaluation.units.rows(named=True)
    ]
    assert sorted(found, key=lambda row: (row[-1] or 0, row[0])) == EXPECTED[level][ranking]


def test_the_four_rankings_differ_and_hold_a_tie(moduc, prepare):
    rows = evaluate(moduc, prepare(), 2024, []).units.rows(named=True)
    assert len(rows) == 13
    assert all("minh hoạ" in row["unit_name"] for row in rows)
    orders = {tuple(row[f"{code}.rank"] for row in rows) for code in MAXIMA}
    assert len(orders) == 4
    assert [row["unit"] for row in rows if row["overall.rank"] == 3] == ["XA-03", "XA-13"]
    assert [row["unit"] for row in rows if row["overall.rank"] in {4, 5}] == ["XA-06"]


def test_i_1_the_district_is_valued_and_not_ranked(moduc, prepare):
    unit = _unit(evaluate(moduc, prepare("huyen"), 2024, []))
    for code in MAXIMA:  # II.4.b: the annex of the district has the values of the pillars too
        assert (unit[f"{code}.value"] > 0, unit[f"{code}.rank"]) == (True, None)


def test_the_foundation_counts_in_every_pillar(prepare):
    framework = prepare()
    found = {each.code: [d.code for d in framework.in_ranking(each)] for each in framework.rankings}
    pillars = {code: [*FOUNDATION, own] for code, own in PILLARS.items()}
    assert found == {"overall": [*FOUNDATION, *PILLARS.values()], **pillars}


def test_ii_4_b_by_hand(run):
    """1.1 (10) of the foundation and 6.3 (15) of the pillar: in percent of the set's maximum."""
    unit = _unit(run("1.1,có", "6.3,có"))
    values = {code: _ratio(unit, code) * 100 for code in MAXIMA}
    assert values == {
        "overall": Fraction(25 * 100, 400),
        "cqs": Fraction(25 * 100, 250),
        "kts": Fraction(10 * 100, 225),
        "xhs": Fraction(10 * 100, 225),
    }
    assert [unit[f"{code}.value"] for code in MAXIMA] == [625, 1000, 444, 444]


EXAMPLES = [
    ("1.2,6", "5.00"),  # count_against 24, of 20
    ("2.1,31/01/2024", "15.00"),
    ("2.1,01/02/2024", "7.50"),
    ("3.1,4,5", "20.00"),  # share, full from 80 %
    ("3.1,79.99", "16.00"),
    ("3.2,1,4", "7.50"),  # reverse_share
    ("4.1,1", "5.00"),  # steps
    ("4.2,49,99", "0.00"),  # share, nothing below one half
    ("5.2,1,1000", "0.00"),  # reverse_share, nothing if there is any
    ("5.2,0,1000", "20.00"),
    ("6.1.2,1,3", "6.67"),
    ("6.1.3,,,7.25", "7.25"),
    ("7.3,80", "30.00"),  # steps of a share
    ("7.3,799,1000", "15.00"),
    ("8.3,11", "0.00"),  # count_against, all or nothing
]


@pytest.mark.parametrize(("row", "points"), EXAMPLES, ids=[row for row, _ in EXAMPLES])
def test_a_rule_of_the_illustrative_annex(row, points, run):
    code = row.partition(",")[0]
    steps = {each.indicator.code: each for each in trace(run(row), "A").steps}
    assert to_decimal(steps[code].points, 2) == points
    assert steps[code].citation.clause == "II.2.b"


def test_no_clause_allows_an_exclusion(run):
    with pytest.raises(
        InvalidFacts, match="không có điều khoản nào cho phép bỏ một chỉ số"
    ) as told:
        run("1.1,có", "6.2,,,,na,Công văn 12/UBND")
    assert "II.4.b" in str(told.value)
    assert [(each.row, each.column) for each in told.value.problems] == [(3, "status")]


def test_no_rule_of_an_annex_allows_an_exclusion(moduc):
    """What `na` may not do, a zero denominator may not do either: II.4.b divides by the whole."""
    framework = moduc.framework("xa", 2024)
    text = framework.illustrative_annex.read_text(encoding="utf-8")
    excluding = text.replace(",15,share,", ",15,share,zero_denominator=not_applicable", 1)
    assert excluding != text
    with pytest.raises(InvalidAnnex):
        bring(framework, Source("annex.csv", data=excluding.encode()))


def test_what_is_missing_stays_in_the_denominator(run):
    evaluation = run("1.1,có")
    assert len(evaluation.missing) == len(evaluation.framework.leaves) - 1
    assert _unit(evaluation)["overall.max_points"] == 400 * 10_000


def test_ii_5_2_a_what_comes_without_evidence_is_told(run):
    rows = ("1.1,có,,,,,TLKC 1", "6.3,có", "8.2,,,5,,,,Đang chờ ký số")
    bare = run(*rows).without_evidence
    assert bare.rows(named=True) == [{"unit": "A", "indicator": "6.3"}]


def test_ii_3_b_a_bonus_is_off(prepare):
    with pytest.raises(InvalidAnnex, match="bonus=on"):
        prepare("xa", BONUS)


def test_ii_3_b_a_bonus_adds_up_to_its_cap_and_nothing_to_the_maximum(run):
    rows = ("1.1,có", "KK.1,,,6", "KK.2,,,8")
    unit = _unit(run(*rows, more=BONUS, bonus="on"))
    assert (unit["overall.points"], unit["overall.max_points"]) == (200_000, 4_000_000)
    assert unit["cqs.points"] == 100_000  # the block names no pillar
    unit = _unit(run(*rows[:2], more=BONUS, bonus="on"))
    assert unit["overall.points"] == 160_000


@pytest.mark.parametrize("command", ["evaluate", "explain"])
def test_real_facts_need_the_annex(command, tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text(COLUMNS + "A,1.1,có,,,,,,\n", encoding="utf-8")
    words = ["dti", command, "--plugin", "moduc", "--level", "xa", "--input", str(facts)]
    words += ["--unit", "A"] if command == "explain" else []
    words[0] = str(Path(sys.executable).with_name("dti"))
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "dti annex template --plugin moduc --level xa" in done.stderr
    assert "--annex" in done.stderr


@pytest.mark.parametrize("level", LEVELS)
def test_everything_cites_a_clause_and_quotes_it(level, prepare):
    framework = prepare(level)
    for citation in framework.citations():
        assert framework.decision.has_clause(citation.clause)
        assert citation.quote
    for each in framework.interpretations:
        assert len(each.options) >= 2
        assert each.why
        assert not each.overridden


@pytest.mark.parametrize("level", LEVELS)
def test_the_annex_says_that_it_is_illustrative(level, prepare):
    rows = _annex(level)
    assert all("minh hoạ" in row["name"] for row in rows)
    assert unicodedata.is_normalized("NFC", "".join("".join(row.values()) for row in rows))
    assert prepare(level).annex.illustrative
    kinds = Counter(row["rule"] for row in rows)
    assert set(kinds) >= {
        "", "yes_no", "share", "reverse_share", "count_against", "steps", "due_date", "awarded",
        "sum_of",
    }  # fmt: skip
