"""The workbook agrees with the engine, cell by cell, as another spreadsheet program computes it."""

from __future__ import annotations

import pytest
from agreeing import differing, shown
from form_cases import LEVELS, answers, illustrative, setup_of, written
from form_profiles import tried
from frameworks import YEAR
from hypothesis import given
from hypothesis import strategies as st
from strategies import frameworks

from dti_core.forms import Setup, Unit, figures
from dti_core.numbers import ONE


@tried(30, deep=2_000)
@given(st.data())
def test_every_rule_kind_and_sum_of_any_framework(data):
    """Boundaries, halves, zero denominators, the largest values that core takes, exclusions."""
    framework = data.draw(frameworks())
    group = data.draw(st.sampled_from("ABC"))
    mine = data.draw(answers(framework, YEAR, group))
    stage = data.draw(st.sampled_from(["self", "round1"]))
    assert differing(Setup(framework, YEAR, stage), Unit("U", "Đơn vị minh hoạ", group), mine) == []


@pytest.mark.parametrize(("name", "level"), LEVELS, ids=lambda each: each)
def test_the_illustrative_forms_of_the_five_decisions(name, level):
    setup = setup_of(name, level)
    for unit, mine in list(illustrative(name, level).items())[:3]:
        assert differing(setup, unit, mine) == []


@pytest.mark.parametrize(("name", "level"), LEVELS, ids=lambda each: each)
def test_any_answers_to_the_five_decisions(name, level):
    setup = setup_of(name, level)
    groups = sorted({group for _, leaf in setup.framework.leaves for group in leaf.groups})

    @tried(4, deep=200)
    @given(st.data())
    def agree(data):
        group = data.draw(st.sampled_from(groups or [""]))
        mine = data.draw(answers(setup.framework, setup.year, group))
        assert differing(setup, Unit("U", "Đơn vị minh hoạ", group), mine) == []

    agree()


@pytest.mark.parametrize(("name", "level"), LEVELS, ids=lambda each: each)
def test_cached_points_are_those_of_the_engine(name, level):
    setup, batch = setup_of(name, level), illustrative(name, level)
    known = figures(setup, batch)
    for unit, mine in list(batch.items())[:3]:
        points = known[unit.code].points
        expected = {code: "" if each is None else each / ONE for code, each in points.items()}
        given_points = shown(written(setup, unit, mine))
        assert {code: given_points[code] for code in expected} == expected
