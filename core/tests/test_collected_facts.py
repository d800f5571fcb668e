"""Facts that a plugin collects itself are held to what its own rules can score."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import polars as pl
import pytest
from frameworks import cite, dimension, framework, indicator, one_rule, rule, status
from oracle import Fact
from running import as_facts, run_columns

from dti_core.errors import PluginMisbehaved
from dti_core.facts import Facts
from dti_core.report.json_text import to_json

ONE = 10_000
UNIT = "Đơn vị minh hoạ 01"


def fact(value=None, denominator=None, points=None, *, unit=UNIT, indicator="I.1") -> Fact:
    scaled = (None if each is None else each * ONE for each in (value, denominator, points))
    return Fact(unit, indicator, *scaled, None)


WRONG = {
    "a share above one": ("share", [fact(5, 2)], "plugin.fact-out-of-range"),
    "three times yes": ("yes_no", [fact(3)], "plugin.fact-out-of-range"),
    "points above the maximum": ("yes_no", [fact(points=11)], "plugin.fact-out-of-range"),
    "points below nothing": ("yes_no", [fact(points=-1)], "plugin.fact-out-of-range"),
    "neither value nor points": ("yes_no", [fact()], "plugin.fact-out-of-range"),
    "a value where points are awarded": ("awarded", [fact(3)], "plugin.fact-needs-points"),
    "the same fact twice": ("yes_no", [fact(1), fact(1)], "plugin.fact-twice"),
    "an unknown indicator": (
        "yes_no",
        [fact(1, indicator="I.9")],
        "plugin.fact-unknown-indicator",
    ),
    "a unit that is not listed": ("yes_no", [fact(1, unit="X")], "plugin.fact-unknown-unit"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_facts_that_no_rule_can_have_scored_are_the_plugins_fault(fault):
    kind, facts, key = WRONG[fault]
    with pytest.raises(PluginMisbehaved) as caught:
        run_columns(one_rule(kind), as_facts(facts, {UNIT: ""}))
    (problem,) = caught.value.problems
    assert problem.key == key
    assert problem.values["unit"] == facts[0].unit
    assert problem.values["indicator"] == facts[0].indicator


def test_facts_within_the_rules_are_evaluated():
    evaluation = run_columns(one_rule("yes_no"), as_facts([fact(1)], {UNIT: ""}))
    assert evaluation.units["overall.points"].to_list() == [10 * ONE]


def test_a_maximum_of_the_units_own_comes_with_points_and_the_reason():
    """Without them the denominator would change and no report would tell it."""
    leaf = indicator("I.1", "20", rule=rule("share"))
    whole = framework(dimension("I", leaf))
    decided = Fact(UNIT, "I.1", points=ONE, max_points=50 * ONE, reason="Công văn minh hoạ")
    evaluation = run_columns(whole, as_facts([decided], {UNIT: ""}))
    assert evaluation.units["overall.max_points"].to_list() == [50 * ONE]
    for wrong in (
        replace(decided, reason=None),
        replace(decided, points=None),
        Fact(UNIT, "I.1", ONE, 4 * ONE, max_points=50 * ONE),
    ):
        with pytest.raises(PluginMisbehaved):
            run_columns(whole, as_facts([wrong], {UNIT: ""}))


# Units ----------------------------------------------------------------------------------------


def _two_units(status: str | None = "") -> Facts:
    facts = as_facts([fact(1), fact(1, unit="B")], {UNIT: "", "B": ""})
    given = nw.lit(status, dtype=nw.String())
    return replace(facts, units=facts.units.with_columns(status=given))


def _with_statuses():
    leaf = indicator(max_points="10", rule=rule("yes_no"))
    return framework(dimension("I", leaf), statuses=[status("late"), status("out", ranked=False)])


def test_a_unit_without_a_status_is_ranked_however_the_plugin_says_it():
    """Null is no status: it either counts as none or is refused, and never unranks in silence."""
    try:
        evaluation = run_columns(_with_statuses(), _two_units(status=None))
    except PluginMisbehaved:
        return
    assert evaluation.units["overall.rank"].to_list() == [1, 1]


def test_a_status_that_the_decision_does_not_know_is_the_plugins_fault():
    with pytest.raises(PluginMisbehaved):
        run_columns(_with_statuses(), _two_units(status="khác"))


def test_a_unit_that_is_listed_twice_is_the_plugins_fault():
    """It would be ranked twice, and push the others down."""
    facts = _two_units()
    with pytest.raises(PluginMisbehaved):
        run_columns(one_rule("yes_no"), replace(facts, units=nw.concat([facts.units] * 2)))


# Beside the facts -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["information", "without_evidence"])
def test_columns_that_are_not_those_of_the_contract_are_the_plugins_fault(name):
    whole = framework(information=[{"code": "TT.1", "name": "Thông tin", "citation": cite()}])
    other = nw.from_native(pl.DataFrame({"mã": ["TT.1"]}).lazy())
    facts = replace(as_facts([fact(1)], {UNIT: ""}), **{name: other})
    with pytest.raises(PluginMisbehaved):
        to_json(run_columns(whole, facts))


def test_information_that_a_plugin_collects_reaches_the_result():
    whole = framework(information=[{"code": "TT.1", "name": "Thông tin", "citation": cite()}])
    told = pl.DataFrame({"unit": [UNIT], "indicator": ["TT.1"], "value": ["ba tổ"]})
    facts = as_facts([fact(1)], {UNIT: ""})
    facts = replace(facts, information=nw.from_native(told.lazy()))
    assert '"TT.1": "ba tổ"' in to_json(run_columns(whole, facts)).decode()
