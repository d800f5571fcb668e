"""Facts that a plugin collects itself are held to what its own rules can score."""

from __future__ import annotations

import pytest
from frameworks import one_rule
from oracle import Fact
from running import as_facts, run_columns

from dti_core.errors import PluginMisbehaved

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
