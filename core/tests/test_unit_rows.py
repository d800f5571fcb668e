"""Rows without an indicator give their unit a status; indicators may be for some groups only."""

from __future__ import annotations

import pytest
from frameworks import cite, dimension, framework, indicator, ranking, rule, status, tiers
from oracle import Fact
from running import YEAR, InTest, as_facts, as_plugin, by_unit, run_columns
from written import FORMATS, UNIT, collected, faults, problems, source

from dti_core.errors import InvalidFacts, PluginMisbehaved
from dti_core.models import Override, Tiers
from dti_core.pipeline import evaluate

ONE = 10_000
AWARDED = [indicator(f"I.{n}", rule=rule("awarded")) for n in (1, 2)]
STATUSES = (status("late"), status("outside", ranked=False))
WHOLE = framework(dimension("I", *AWARDED), statuses=STATUSES)
POINTS = {"indicator": "I.1", "points": "1"}
LATE = {"status": "late"}


def _units(facts) -> list[tuple]:
    return sorted(facts.units.collect().rows())


@pytest.mark.parametrize("form", FORMATS)
def test_a_row_without_an_indicator_gives_its_unit_a_status(form):
    facts = collected(WHOLE, POINTS, LATE, {**POINTS, "unit": "B"}, form=form)
    assert _units(facts) == [("B", "B", "", ""), (UNIT, UNIT, "", "late")]
    assert sorted(facts.rows.collect()["unit"].to_list()) == ["B", UNIT]


def test_a_unit_may_be_known_by_its_status_alone():
    facts = collected(
        WHOLE, {**LATE, "unit_name": "Xã minh hoạ", "reason": "Công văn"}, POINTS | {"unit": "B"}
    )
    assert _units(facts) == [("B", "B", "", ""), (UNIT, "Xã minh hoạ", "", "late")]
    assert facts.rows.collect()["unit"].to_list() == ["B"]


def test_a_file_of_nothing_but_statuses_is_facts_of_units():
    facts = collected(WHOLE, LATE, {"unit": "B", "status": "outside"})
    assert _units(facts) == [("B", "B", "", "outside"), (UNIT, UNIT, "", "late")]
    assert len(facts.rows.collect()) == 0


@pytest.mark.parametrize("spelt", ["LATE", " late ", "Late"])
def test_a_status_is_read_in_any_case_and_may_stand_twice(spelt):
    assert _units(collected(WHOLE, LATE, {"status": spelt})) == [(UNIT, UNIT, "", "late")]


WRONG = {
    "unknown": ({"status": "lat"}, "fact.status", "status"),
    "of-an-indicator": ({**POINTS, "status": "late"}, "fact.status-of-unit", "status"),
    "with-points": ({**LATE, "points": "1"}, "fact.status-alone", "status"),
    "with-a-value": ({**LATE, "value": "1"}, "fact.status-alone", "status"),
    "with-a-share": ({**LATE, "value": "1", "denominator": "2"}, "fact.status-alone", "status"),
    "with-a-maximum": ({**LATE, "max_points": "5"}, "fact.max-points-alone", "max_points"),
    "with-a-replacement": ({**LATE, "replacement": "x"}, "fact.replacement-alone", "replacement"),
    "of-nobody": ({**LATE, "unit": " "}, "fact.no-unit", "unit"),
    "na-of-a-unit": ({"status": "na", "reason": "vb"}, "fact.no-indicator", "indicator"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_row_of_a_unit_is_told_once_at_its_column(fault):
    row, key, column = WRONG[fault]
    assert faults(WHOLE, POINTS | {"unit": "B"}, row) == [(key, 3, column)]


def test_two_different_statuses_of_a_unit_are_told_with_both():
    rows = [LATE, POINTS, {"status": "outside"}]
    assert faults(WHOLE, *rows) == [("fact.unit-differs", 4, "status")]
    [problem] = problems(WHOLE, *rows)
    assert (problem.values["unit"], problem.values["given"]) == (UNIT, "outside")


@pytest.mark.parametrize(
    ("policy", "detail", "known"),
    [
        ("deduct", "indicators", {"na"}),
        ("deduct_or_replace", "indicators", {"na", "replaced"}),
        ("deduct", "dimensions", {"na", "reduced"}),
        ("deduct_or_replace", "dimensions", {"na", "replaced", "reduced"}),
        ("refused", "dimensions", set()),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_an_unknown_status_is_told_with_those_that_there_are(policy, detail, known):
    whole = framework(
        dimension("I", AWARDED[0]),
        detail=detail,
        statuses=STATUSES,
        exclusion={"policy": policy, "citation": cite()},
    )
    [problem] = problems(whole, {"status": "lat"})
    assert problem.values["status"] == "lat"
    told = set(problem.values["known"].split(", "))
    assert told == known | {f"{each.code} ({each.name})" for each in STATUSES}


def test_without_statuses_a_row_needs_an_indicator():
    keys = {key for key, *_ in faults(framework(), LATE)}
    assert "fact.no-indicator" in keys


# What a status does ---------------------------------------------------------------------------


def _ranked(*rows):
    override = Override(status="late", tier="C", citation=cite())
    bounds = Tiers(tiers=tiers("90", "50").tiers, overrides=[override])
    plugin = as_plugin(InTest(WHOLE, bounds))
    evaluation = evaluate(plugin, WHOLE, YEAR, [source(*rows)])
    units = evaluation.units.select("unit", "overall.points", "tier", "overall.rank")
    return {unit: figures for unit, *figures in units.rows()}


def test_a_status_decides_tier_or_rank_and_never_a_point():
    """The best unit is late, the second is not ranked, a fourth is late with nothing reported."""
    points = {"A": "10", "B": "9", "C": "1"}
    rows = [
        {"unit": unit, "indicator": code, "points": each}
        for unit, each in points.items()
        for code in ("I.1", "I.2")
    ]
    ranked = _ranked(
        *rows, {"unit": "A"} | LATE, {"unit": "B", "status": "outside"}, {"unit": "D"} | LATE
    )
    assert ranked == {
        "A": [20 * ONE, "C", 1],
        "B": [18 * ONE, "A", None],
        "C": [2 * ONE, "C", 2],
        "D": [0, "C", 3],
    }


def test_what_is_missing_is_not_awaited_of_a_unit_whose_status_settled_its_tier():
    strict = framework(dimension("I", *AWARDED), statuses=STATUSES, missing="refuse")
    override = Override(status="late", tier="B", citation=cite())
    bounds = Tiers(tiers=tiers("50").tiers, overrides=[override])
    plugin = as_plugin(InTest(strict, bounds))
    whole = [{"unit": "A", "indicator": code, "points": "1"} for code in ("I.1", "I.2")]
    settled = evaluate(plugin, strict, YEAR, [source(*whole, {"unit": "B"} | LATE)])
    assert settled.missing.rows() == [("B", "I.1"), ("B", "I.2")]
    with pytest.raises(InvalidFacts) as caught:
        evaluate(plugin, strict, YEAR, [source(*whole, {"unit": "C", "status": "outside"})])
    assert [each.values["unit"] for each in caught.value.problems] == ["C", "C"]


def test_a_status_whose_code_has_capitals_can_be_given():
    """What stands in the cell is read in small letters."""
    whole = framework(dimension("I", *AWARDED), statuses=[status("KBC")])
    assert _units(collected(whole, {"status": "KBC"})) == [(UNIT, UNIT, "", "KBC")]


@pytest.mark.parametrize("code", ["na", "replaced", "reduced"])
def test_a_status_of_units_is_not_named_like_one_of_an_indicator(code):
    with pytest.raises(ValueError, match=code):
        framework(statuses=[status(code)])


# Groups ---------------------------------------------------------------------------------------


def _grouped(**fields):
    """I.1 is for everybody, I.2 for groups A and B, I.3 for C."""
    leaves = [
        indicator("I.1", "10", rule=rule("awarded")),
        indicator("I.2", "20", rule=rule("awarded"), groups=["A", "B"]),
        indicator("I.3", "5", rule=rule("awarded"), groups=["C"]),
    ]
    return framework(dimension("I", *leaves), **fields)


def test_the_maximum_and_what_is_missing_depend_on_the_group():
    rows = [
        {"unit": unit, "group": group, "indicator": "I.1", "points": "5"}
        for unit, group in {"a": "A", "c": "C", "d": "D"}.items()
    ]
    evaluation = evaluate(as_plugin(InTest(_grouped())), _grouped(), YEAR, [source(*rows)])
    maxima = {unit: row["overall.max_points"] for unit, row in by_unit(evaluation).items()}
    assert maxima == {"a": 30 * ONE, "c": 15 * ONE, "d": 10 * ONE}
    assert evaluation.missing.rows() == [("a", "I.2"), ("c", "I.3")]


@pytest.mark.parametrize(
    "row",
    [
        {"indicator": "I.2", "points": "1"},
        {"indicator": "I.2", "status": "na", "reason": "vb"},
    ],
    ids=["points", "na"],
)
@pytest.mark.parametrize("group", ["C", "D", ""])
def test_a_fact_of_an_indicator_of_another_group_is_refused(group, row):
    rows = [{"indicator": "I.1", "points": "1", "group": group}, row]
    assert faults(_grouped(), *rows) == [("fact.other-group", 3, "indicator")]
    [problem] = problems(_grouped(), *rows)
    assert (problem.values["unit"], problem.values["indicator"]) == (UNIT, "I.2")


def test_the_group_of_a_unit_may_stand_on_any_of_its_rows():
    rows = [{"indicator": "I.2", "points": "1"}, {"indicator": "I.1", "points": "1", "group": "B"}]
    assert len(collected(_grouped(), *rows).rows.collect()) == 2


def test_ranks_are_within_the_group_whatever_its_maximum():
    whole = _grouped(rankings=[ranking(scope="group")])
    given = {"a": ("A", "5"), "b": ("A", "6"), "c": ("C", "5"), "d": ("C", "1")}
    rows = [
        {"unit": unit, "group": group, "indicator": "I.1", "points": points}
        for unit, (group, points) in given.items()
    ]
    units = evaluate(as_plugin(InTest(whole)), whole, YEAR, [source(*rows)]).units
    ranks = dict(units.select("unit", "overall.rank").rows())
    assert ranks == {"a": 2, "b": 1, "c": 1, "d": 2}


@pytest.mark.parametrize("reason", [None, "vb"], ids=["points", "na"])
def test_a_plugin_that_collects_a_fact_of_another_group_is_at_fault(reason):
    """Its points would stand above a maximum that does not hold them."""
    wrong = Fact("c", "I.2", points=None if reason else ONE, reason=reason)
    facts = as_facts([Fact("c", "I.1", points=ONE), wrong], {"c": "C"})
    with pytest.raises(PluginMisbehaved) as caught:
        run_columns(_grouped(), facts)
    [problem] = caught.value.problems
    assert (problem.values["unit"], problem.values["indicator"]) == ("c", "I.2")
