"""Huyện: the maxima are not in the source, so nothing is scored without an annex."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import dti_haiduong

EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
DATA = dti_haiduong.DATA / "illustrative"
DTI = Path(sys.executable).with_name("dti")


def _rows(path):
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


ANNEX = _rows(DATA / "annex-huyen.csv")
FACTS = _rows(DATA / "huyen.csv")


def _dti(command, *arguments):
    call = [DTI, command, "--plugin", "haiduong", "--lang", "vi", *arguments]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


def _evaluated(*arguments):
    done = _dti("evaluate", "--level", "huyen", "--year", "2023", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout, parse_float=Decimal), done.stderr


@pytest.fixture(scope="module")
def illustrated():
    return _evaluated()


def test_the_ranking_of_the_illustrative_districts(illustrated):
    result, _ = illustrated
    found = [
        [
            unit["unit"],
            f"{unit['points']:.2f}",
            f"{unit['max_points']:.2f}",
            unit["rankings"]["overall"]["rank"],
        ]
        for unit in result["units"]
    ]
    expected = EXPECTED["huyen"]
    assert found == [[*row[:3], row[-1]] for row in expected]
    for unit, row in zip(result["units"], expected, strict=True):
        shown = Decimal(row[3]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert unit["value"] == shown


def test_it_says_that_annex_and_data_are_made_up(illustrated):
    result, told = illustrated
    assert result["recipe"]["illustrative"] is True
    assert result["recipe"]["annex"]["illustrative"] is True
    assert "minh hoạ" in told


def test_facts_without_an_annex_are_refused(tmp_path):
    """Evaluation says what to bring: the annex of 297/QĐ-UBND."""
    done = _dti("evaluate", "--level", "huyen", "--year", "2023", "--input", DATA / "huyen.csv")
    assert done.returncode == 2
    assert not done.stdout
    assert "--annex" in done.stderr


def test_an_annex_that_is_brought_gives_the_same_result(illustrated):
    annex, facts = DATA / "annex-huyen.csv", DATA / "huyen.csv"
    result, _ = _evaluated("--annex", annex, "--input", facts)
    assert result["units"] == illustrated[0]["units"]
    assert result["recipe"]["annex"]["illustrative"] is False


def test_general_information_changes_nothing(illustrated, tmp_path):
    told = [row for row in FACTS if row["indicator"].startswith("I.")]
    assert len(told) > 13 * 9
    path = tmp_path / "facts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(FACTS[0]))
        table.writeheader()
        table.writerows(row for row in FACTS if row not in told)
    result, _ = _evaluated("--annex", DATA / "annex-huyen.csv", "--input", path)
    without = [{**unit, "information": {}} for unit in illustrated[0]["units"]]
    assert [{**unit, "information": {}} for unit in result["units"]] == without
    assert all(unit["information"] for unit in illustrated[0]["units"])


def test_the_annex_holds_what_the_appendix_lists(haiduong):
    """Under its own code and name; what is made up says so."""
    rows = {row["code"]: row for row in ANNEX}
    listed = {each.code: each for each in haiduong.framework("huyen", 2023).listed}
    assert set(listed) <= set(rows)
    for code, row in rows.items():
        if code in listed:
            each = listed[code]
            assert (row["name"], row["parent"]) == (each.name, each.parent)
            assert row["clause"] == each.citation.clause
        else:
            assert row["name"].endswith("(minh hoạ)")
            assert not row["clause"]
    whole = [row for row in ANNEX if not row["parent"]]
    assert sum(Fraction(row["max_points"]) for row in whole) == 1000


def test_the_illustrative_data_show_everything(illustrated):
    units = illustrated[0]["units"]
    assert len(units) == 10
    assert all("minh hoạ" in unit["unit_name"] for unit in units)
    ranks = Counter(unit["rankings"]["overall"]["rank"] for unit in units)
    assert max(ranks.values()) > 1, "a tie"
    assert {unit["unit"]: unit["missing"] for unit in units if unit["missing"]} == {
        "HUYEN-02": ["2.1"],
        "HUYEN-08": ["6.7", "8.2"],
    }
    reported = {row["indicator"] for row in FACTS}
    kinds = {row["rule"] for row in ANNEX if row["code"] in reported}
    assert kinds == {
        "yes_no", "share", "reverse_share", "count_against", "steps", "due_date", "awarded",
    }  # fmt: skip
