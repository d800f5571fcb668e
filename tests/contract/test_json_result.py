"""The JSON result: the keys and numbers that other programs are written against."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from importlib import metadata

import pytest

KEYS = {"decision", "level", "year", "units", "interpretations", "discrepancies", "recipe"}
UNIT = {"unit", "unit_name", "points", "max_points", "value", "tier", "rankings", "dimensions",
        "not_applicable", "missing"}  # fmt: skip
RECIPE = {"plugin", "distribution", "plugin_version", "core_version", "decision", "decision_date",
          "annex", "level", "year", "inputs", "illustrative", "interpretations"}  # fmt: skip
NUMBER = re.compile(r"\d+\.\d\d")
YES = {"indicator": "I.1", "value": "có"}


@pytest.fixture(params=["so", "huyen", "xa"])
def result(request, evaluate):
    """The result of the illustrative data of each level."""
    return evaluate(level=request.param).result


def test_the_keys_are_those_of_the_contract(result):
    assert set(result) == KEYS
    assert result["decision"] == {
        "plugin": "hue",
        "number": "931/QĐ-UBND",
        "date": "2024-04-04",
        "issuer": "Ủy ban nhân dân tỉnh Thừa Thiên Huế",
    }
    groups = {"group"} if result["level"] == "xa" else set()
    for unit in result["units"]:
        assert set(unit) == UNIT | groups
        assert list(unit["rankings"]) == ["overall"]
        assert set(unit["rankings"]["overall"]) == {"points", "max_points", "value", "rank"}
        for dimension in unit["dimensions"]:
            assert set(dimension) == {"code", "name", "points", "max_points"}


def test_a_unit_has_a_group_where_one_was_given(facts, evaluate):
    path = facts({"group": "H1", **YES}, {"unit": "B", **YES})
    units = evaluate("--input", path, level="xa").units
    assert (units["A"]["group"], "group" in units["B"]) == ("H1", False)


def test_every_number_is_exact_decimal_text_with_two_places(result):
    for unit in result["units"]:
        figures = [unit, unit["rankings"]["overall"], *unit["dimensions"]]
        numbers = [each[key] for each in figures for key in ("points", "max_points")]
        assert all(NUMBER.fullmatch(number) for number in numbers)
        assert NUMBER.fullmatch(unit["value"])


def test_sums_and_values_follow_from_the_dimensions(result):
    for unit in result["units"]:
        points, maximum = (
            sum(Decimal(each[key]) for each in unit["dimensions"])
            for key in ("points", "max_points")
        )
        assert (Decimal(unit["points"]), Decimal(unit["max_points"])) == (points, maximum)
        value = (points * 100 / maximum).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        assert Decimal(unit["value"]) == value
        overall = unit["rankings"]["overall"]
        assert {key: overall[key] for key in ("points", "max_points", "value")} == {
            key: unit[key] for key in ("points", "max_points", "value")
        }


def test_units_stand_by_rank_then_by_unit(result):
    places = [(int(unit["rankings"]["overall"]["rank"]), unit["unit"]) for unit in result["units"]]
    assert places == sorted(places)
    ranks = [rank for rank, _ in places]
    assert len(set(ranks)) < len(ranks), "the illustrative data hold a tie"
    assert all(rank == 1 + sum(each < rank for each in ranks) for rank in ranks)


def test_the_numbers_are_json_numbers(evaluate):
    unit = json.loads(evaluate().out)["units"][0]
    assert {type(unit[key]) for key in ("points", "max_points", "value")} == {float}
    assert type(unit["rankings"]["overall"]["rank"]) is int
    assert type(json.loads(evaluate().out)["year"]) is int


def test_nothing_applicable_has_neither_value_nor_rank_and_stands_last(facts, write, evaluate):
    [unit] = evaluate("--input", facts(YES)).result["units"]
    codes = ["I.1", *unit["missing"]]
    rows = "".join(f"A,{code},,na,miễn\n" for code in codes) + "B,I.1,không,,\nC,I.1,có,,\n"
    path = write("a.csv", "unit,indicator,value,status,reason\n" + rows)
    units = evaluate("--input", path).result["units"]
    assert [unit["unit"] for unit in units] == ["C", "B", "A"]
    nothing = units[-1]
    assert (nothing["value"], nothing["tier"], nothing["missing"]) == (None, None, [])
    assert (nothing["points"], nothing["max_points"]) == ("0.00", "0.00")
    overall = nothing["rankings"]["overall"]
    assert (overall["value"], overall["rank"]) == (None, None)
    assert len(nothing["not_applicable"]) == 53
    assert [unit["rankings"]["overall"]["rank"] for unit in units[:2]] == ["1", "2"]


def test_what_is_left_out_and_what_is_missing_are_listed(facts, evaluate):
    """Both in the order of the annex, which is not that of the letters: I.9, I.10, V.3, IX.3."""
    nothing = {"value": "0", "denominator": "0"}
    path = facts(
        *({"indicator": code, **nothing} for code in ("IX.3", "V.3", "I.10")),
        {"indicator": "I.9", "status": "NA", "reason": "Văn bản [1] {x}"},
        YES,
    )
    [unit] = evaluate("--input", path).result["units"]
    assert unit["not_applicable"] == [
        {"indicator": "I.9", "reason": "Văn bản [1] {x}"},
        *({"indicator": code, "reason": None} for code in ("I.10", "V.3", "IX.3")),
    ]
    assert unit["missing"][:8] == [*(f"I.{n}" for n in range(2, 9)), "II.1"]
    assert unit["missing"][-1] == "IX.6"
    assert len(unit["missing"]) == 53 - 5
    assert (unit["points"], unit["max_points"]) == ("5.00", "625.00")


@pytest.mark.parametrize(
    ("points", "scored"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("9.995", "10.00"), ("1.2345", "1.23")],
)
def test_points_are_rounded_half_up_once(points, scored, facts, evaluate):
    path = facts({"indicator": "VI.5", "points": points})
    assert evaluate("--input", path).units["A"]["points"] == scored


def test_interpretations_say_question_options_and_what_is_in_force(evaluate):
    result = evaluate("--interpret", "ties=dense").result
    readings = {each["id"]: each for each in result["interpretations"]}
    ties = readings["ties"]
    assert (ties["in_force"], ties["overridden"]) == ("dense", True)
    assert not readings["missing"]["overridden"]
    for each in readings.values():
        assert {"question", "options", "in_force", "why", "citation"} <= set(each)
        assert each["in_force"] in [option["id"] for option in each["options"]]
        assert each["citation"]["clause"]
    assert result["recipe"]["interpretations"] == {
        id_: each["in_force"] for id_, each in readings.items()
    }


def test_discrepancies_say_what_is_declared_found_and_used(evaluate):
    found = {each["id"]: each for each in evaluate(level="so").result["discrepancies"]}
    indicators, points = found["so-indicators"], found["so-max-points"]
    assert (indicators["declared_value"], indicators["found_value"]) == ("34", "35")
    assert (points["declared_value"], points["found_value"]) == ("391", "401")
    assert all(each["used"] and each["citation"]["clause"] for each in found.values())


def test_the_recipe_names_decision_versions_and_input_bytes(facts, evaluate):
    first, second = facts(YES, name="1.csv"), facts({"unit": "B", **YES}, name="2.csv")
    recipe = evaluate("--input", first, "--input", second).result["recipe"]
    assert set(recipe) == RECIPE
    assert recipe["inputs"] == [
        {"name": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in (first, second)
    ]
    assert (recipe["illustrative"], recipe["decision"]) == (False, "931/QĐ-UBND")
    assert (recipe["level"], recipe["year"]) == ("huyen", "2024")
    assert (recipe["plugin"], recipe["distribution"]) == ("hue", "dti-hue")
    assert recipe["core_version"] == metadata.version("dti-core")
    assert recipe["plugin_version"] == metadata.version("dti-hue")


def test_illustrative_data_are_called_so(evaluate):
    recipe = evaluate().result["recipe"]
    assert recipe["illustrative"] is True
    assert [each["name"] for each in recipe["inputs"]] == ["huyen.csv"]
