"""The workbook agrees with the engine, cell by cell, as another spreadsheet program computes it.

Each form is exported twice: with what the engine gives as cached values, and with none at all, so
that what the other program shows can only have come from the formulas.
"""

from __future__ import annotations

import pytest
from form_cases import LEVELS, answers, illustrative, setup_of, written
from form_profiles import tried
from frameworks import YEAR
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet import Spreadsheet, cached
from strategies import frameworks

from dti_core.forms import Figures, Setup, Unit, figures
from dti_core.numbers import ONE

GUESSED = ("guess", "rest")
"""What a spreadsheet may find otherwise, as long as the points are the same."""


def differing(setup, unit, given) -> list[tuple[object, ...]]:
    """Return every cell in which the formulas and the engine differ, and how many cells agree."""
    whole = cached(written(setup, unit, given))
    bare = written(setup, unit, given, figures={setup.stage: Figures()})
    opened = Spreadsheet(bare).calculate()
    guesses = {opened.columns[key] for key in GUESSED if key in opened.columns}
    formulas = opened.formulas()
    assert len(formulas) > len(setup.framework.leaves)
    return [
        (row, column, formula, ours, theirs)
        for (row, column), formula in formulas.items()
        if column not in guesses
        for ours, theirs in ((whole[row - 1][column - 1], opened.value(row, column)),)
        if _same(ours) != _same(theirs)
    ]


def _same(cell: object) -> object:
    """Nothing and zero are told apart; a decimal comma and a decimal point are not."""
    if isinstance(cell, str):
        return cell.replace(",", ".")
    return float(cell)


def shown(content: bytes) -> dict[str, object]:
    """The points that a form shows, by the codes of its rows."""
    cells = cached(content)
    keys = next(row for row in cells if "id" in row)
    place, score = keys.index("id"), keys.index("score")
    return {row[place].partition(" ")[2]: row[score] for row in cells if row[place]}


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
