"""Another kind of decision is data alone: written from the documentation, passing, core untouched.

Tiers closed above, unit groups with two maxima, units that are not ranked, a bonus block.
"""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).parent
STEPS = (HERE / "README.md").read_text(encoding="utf-8")
BY_HAND = {
    "README.md",
    "dti_thunghiem/data/decision.toml",
    "dti_thunghiem/data/illustrative/so.csv",
    "dti_thunghiem/data/indicators.csv",
    "dti_thunghiem/examples/thunghiem.yaml",
}
FACTS = {
    "Sở khác": {"1.1": "có", "1.2": "6", "1.3": "29/02/2024", "2.1": "1/1", "2.2": "4"},
    "Sở có thủ tục hành chính": {"1.1": "có", "1.2": "6", "2.1": "1/1", "2.2": "4", "2.3": "0/1"},
}


@pytest.fixture(scope="module")
def evaluate(written, tmp_path_factory):
    """Evaluate rows of facts: the units of the result by their code."""
    environment, _ = written

    def call(rows):
        facts = tmp_path_factory.mktemp("facts") / "facts.csv"
        heading = "unit,group,indicator,value,denominator,points,status"
        facts.write_text("\n".join((heading, *rows)), encoding="utf-8")
        arguments = ("evaluate", "--plugin", "thunghiem", "--input", facts, "--format", "json")
        ran = environment.run("dti", *arguments)
        assert ran.returncode == 0, ran.stderr
        units = json.loads(ran.stdout, parse_float=Decimal)["units"]
        return {each["unit"]: each for each in units}

    return call


def reported(unit, group, points="", status="", **values):
    """Write the rows of a unit that reported everything of its group, or what is given instead."""
    for code, value in {**FACTS[group], **values}.items():
        if value:
            number, _, denominator = value.partition("/") if code[0] == "2" else (value, "", "")
            yield f"{unit},{group},{code},{number},{denominator},,"
    if points:
        yield f"{unit},{group},T.1,,,{points},"
        yield f"{unit},{group},T.2,,,{points},"
    if status:
        yield f"{unit},{group},,,,,{status}"


def test_every_check_passes_and_nothing_is_declared(written):
    environment, _ = written
    ran = environment.run("dti", "check", "thunghiem", "--format", "json")
    report = json.loads(ran.stdout)
    faults = {each["id"]: each["faults"] for each in report["checks"] if each["faults"]}
    assert (ran.returncode, faults) == (0, {})
    n = len(report["checks"])
    assert report["summary"] == f"{n}/{n} ran, {n} passed, 0 declared, 0 failed"


def test_by_hand_are_only_its_data(written, tmp_path):
    """The recorded command makes all other files, down to the byte: no Python was written."""
    environment, project = written
    (command,) = re.findall(r"^ *dti (new-plugin .+)$", STEPS, re.MULTILINE)
    ran = environment.run("dti", *shlex.split(command), "-d", tmp_path / "made")
    assert ran.returncode == 0, ran.stderr
    made, kept = contents(tmp_path / "made"), contents(project)
    assert set(made) == set(kept)
    assert {name for name in made if made[name] != kept[name]} == BY_HAND


def contents(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def test_what_the_decision_on_its_page_says_is_what_its_data_quote():
    page = (HERE / "dti-thunghiem/README.md").read_text(encoding="utf-8").replace("\n> ", " ")
    data = HERE / "dti-thunghiem/dti_thunghiem/data/decision.toml"
    quotes = re.findall(r'quote = "([^"]+)"', data.read_text(encoding="utf-8"))
    assert len(quotes) > len(tomllib.loads(data.read_text(encoding="utf-8"))["tiers"])
    missing = [each for each in quotes if each.casefold().rstrip(".") not in page.casefold()]
    assert not missing


@pytest.mark.parametrize(
    ("changed", "value", "tier"),
    [
        pytest.param({"2.1": ""}, "75.00", "Trung bình", id="75-belongs-below"),
        pytest.param({"1.3": "", "2.1": ""}, "62.50", "Trung bình", id="between"),
        pytest.param({"1.3": "", "1.1": "", "2.1": ""}, "50.00", "Yếu", id="50-belongs-below"),
        pytest.param({"1.2": "5", "1.3": "01/03/2024"}, "89.59", "Khá", id="just-under-90"),
        pytest.param({}, "100.00", "Tốt", id="all"),
    ],
)
def test_tiers_are_closed_above(evaluate, changed, value, tier):
    (unit,) = evaluate(reported("A", "Sở khác", **changed)).values()
    assert (unit["rankings"]["overall"]["value"], unit["tier"]) == (Decimal(value), tier)


def test_two_groups_have_two_maxima_and_two_orders(evaluate):
    units = evaluate((*reported("A", "Sở khác"), *reported("B", "Sở có thủ tục hành chính")))
    ranked = {code: each["rankings"]["overall"] for code, each in units.items()}
    assert {code: each["max_points"] for code, each in ranked.items()} == {"A": 80, "B": 100}
    assert {code: each["rank"] for code, each in ranked.items()} == {"A": 1, "B": 1}
    assert ranked["B"]["points"] == Decimal("90.00")


def test_a_unit_that_is_not_ranked_keeps_its_value_and_pushes_nobody_down(evaluate):
    new = reported("A", "Sở khác", status="new_unit")
    units = evaluate((*new, *reported("B", "Sở khác", **{"1.1": "không"})))
    ranked = {code: each["rankings"]["overall"] for code, each in units.items()}
    assert (ranked["A"]["value"], ranked["A"]["rank"]) == (Decimal("100.00"), None)
    assert ranked["B"]["rank"] == 1


@pytest.mark.parametrize(
    ("points", "total"),
    [pytest.param("2", "74.00", id="below-the-cap"), pytest.param("3", "75.00", id="capped")],
)
def test_the_bonus_adds_up_to_its_cap_and_leaves_the_maximum(evaluate, points, total):
    (unit,) = evaluate(reported("A", "Sở khác", points, **{"1.1": "không"})).values()
    ranked = unit["rankings"]["overall"]
    assert (ranked["points"], ranked["max_points"]) == (Decimal(total), 80)
