"""What a framework may say beside its scale is checked when it is built."""

from __future__ import annotations

import pytest
from frameworks import (
    cite,
    declared,
    dimension,
    framework,
    indicator,
    ranking,
    rule,
    status,
    tiers,
)
from oracle import Fact
from pydantic import ValidationError
from running import run

from dti_core.models import Override, Tiers

SCALE = dimension("I", indicator("I.1"))


def _block(block: str = "bonus", cap: str | None = "5", *leaves, **fields):
    leaves = leaves or (indicator("B.1"),)
    return dimension("B", *leaves, block=block, cap=cap, **fields)


def test_a_block_outside_the_scale_adds_nothing_to_what_is_declared():
    whole = framework(SCALE, _block(), declared=declared([SCALE]))
    assert (whole.max_points, whole.dimensions[1].max_points) == (100_000, 0)
    assert [each.code for each in whole.indicators] == ["I.1"]
    assert [leaf.code for _, leaf in whole.leaves] == ["I.1", "B.1"]
    assert whole.dimensions_in_scale == (SCALE,)


@pytest.mark.parametrize("block", ["bonus", "deduction"])
@pytest.mark.parametrize("cap", [None, "0", "-1"])
def test_a_block_has_a_cap_above_nothing(block, cap):
    with pytest.raises(ValidationError, match="cap"):
        _block(block, cap)


def test_a_part_of_the_scale_has_no_cap():
    with pytest.raises(ValidationError, match="cap"):
        _block("scale")


def test_a_cap_has_no_more_decimals_than_points_have():
    """Points up to such a cap could not be written with the decimals that points have."""
    with pytest.raises(ValidationError, match="B"):
        framework(SCALE, _block(cap="2.555"), point_decimals=2)
    assert framework(SCALE, _block(cap="2.55"), point_decimals=2).dimensions[1].cap == 25_500


def test_a_scale_with_a_bonus_leaves_every_ratio_exact():
    """Above one doubles lie twice as far apart: such a scale is refused when it is built, or works.

    It is no fault of the formula, which is core's own.
    """
    large = dimension("I", indicator("I.1", "9000"))
    try:
        whole = framework(large, _block("bonus", "100", indicator("B.1", "100")))
    except ValidationError:
        return
    facts = [Fact("a", "I.1", 10_000), Fact("a", "B.1", 10_000)]
    assert run(whole, facts).units["overall.points"].to_list() == [91_000_000]


def test_a_block_has_indicators():
    with pytest.raises(ValidationError, match="B has no indicators"):
        framework(SCALE, dimension("B", block="bonus", cap="5"))


def test_a_dimension_without_indicators_is_declared_to_have_a_maximum_of_nothing():
    nothing = dimension("II", declared={"max_points": "0", "citation": cite()})
    whole = framework(SCALE, nothing)
    assert (whole.max_points, whole.dimensions[1].leaves) == (100_000, ())
    with pytest.raises(ValidationError, match="II has no indicators"):
        framework(SCALE, dimension("II"))


@pytest.mark.parametrize("block", ["bonus", "deduction"])
def test_a_ranking_of_nothing_but_a_block_is_no_crash(block):
    """A block alone has no maximum to be a part of: refused when it is built, or of no value."""
    pillar = ranking("pillar", dimensions=["B"])
    try:
        whole = framework(SCALE, _block(block), rankings=[ranking(), pillar])
    except ValidationError:
        return
    units = run(whole, [Fact("a", "B.1", 10_000)]).units
    assert units.select("pillar.value", "pillar.rank").rows() == [(None, None)]


@pytest.mark.parametrize(
    ("whole", "items"), [((), ("A",)), (("A",), ()), (("A",), ("B",))], ids=repr
)
def test_sub_items_are_for_the_groups_of_their_indicator(whole, items):
    item = indicator("I.1.a", groups=items)
    with pytest.raises(ValidationError, match=r"I\.1"):
        indicator("I.1", items=[item], groups=whole)


def test_a_status_stands_once():
    with pytest.raises(ValidationError, match="status late stands 2 times"):
        framework(statuses=[status("late"), status("late")])


def test_an_override_names_a_tier_and_a_status_decides_once():
    bounds, late = tiers("50").tiers, Override(status="late", tier="A", citation=cite())
    assert Tiers(tiers=bounds, overrides=[late]).overrides == (late,)
    with pytest.raises(ValidationError, match="Z"):
        Tiers(tiers=bounds, overrides=[late.model_copy(update={"tier": "Z"})])
    with pytest.raises(ValidationError, match="one tier"):
        Tiers(tiers=bounds, overrides=[late, late.model_copy(update={"tier": "B"})])


def test_every_new_citation_is_held_to_the_clauses_of_the_decision():
    there = {"citation": cite("Điều 99")}
    for fields in (
        {"statuses": [status("late").model_copy(update=there)]},
        {"exclusion": {"policy": "deduct"} | there},
        {"evidence": there},
        {"appraiser": {"name": "Sở minh hoạ"} | there},
        {"information": [{"code": "TT", "name": "Thông tin"} | there]},
        {"listed": [{"code": "I.1", "dimension": "I", "name": "Chỉ số"} | there]},
    ):
        with pytest.raises(ValidationError, match="clause Điều 99"):
            framework(**fields)


def test_a_refused_exclusion_lets_no_rule_leave_anything_out():
    leaf = indicator(rule=rule("share", zero_denominator="not_applicable"))
    kept = {"policy": "refused", "citation": cite()}
    with pytest.raises(ValidationError, match=r"I\.1"):
        framework(dimension("I", leaf), exclusion=kept)
