"""LibreOffice computes in every form what the engine does, to the last digit."""

from __future__ import annotations

import pytest
from form_cases import LEVELS, answers, illustrative, setup_of, written
from form_profiles import tried
from frameworks import YEAR, dimension, framework
from half_cases import rows
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet import cached
from strategies import frameworks

from dti_core.forms import OF_UNIT, Figures, Setup, Unit, check, differences, read
from dti_core.sources import Source

GUESSED = {"guess", "rest"}
FORMS = 25


def compared(content: bytes) -> list[list[object]]:
    """The cells of a form that have to be the same."""
    cells = cached(content)
    keys = next(row for row in cells if "id" in row)
    kept = [place for place, key in enumerate(keys) if key and key not in GUESSED]
    table = [[_same(row[place]) for place in kept] for row in cells]
    while table and not any(table[-1]):
        table.pop()
    return table


def _same(cell: object) -> object:
    return cell.replace(",", ".").replace("\r\n", "\n") if isinstance(cell, str) else cell


def wrong_cells(soffice, forms) -> list[tuple[object, ...]]:
    """Recalculate forms that hold no cached value, and compare them with what they should hold."""
    bare = {
        name: written(setup, unit, given, figures={setup.stage: Figures()})
        for name, (setup, unit, given) in forms.items()
    }
    found = soffice(bare)
    return [
        (name, number, place, expected, shown)
        for name, form in forms.items()
        for number, (wanted, row) in enumerate(
            zip(compared(written(*form)), compared(found[name]), strict=True), 1
        )
        for place, (expected, shown) in enumerate(zip(wanted, row, strict=True))
        if expected != shown
    ]


def test_a_form_without_cached_values_shows_none(soffice):
    """Nothing below would be proved if the figures were in the file already."""
    setup = setup_of("hue", "so")
    unit, mine = next(iter(illustrative("hue", "so").items()))
    bare = written(setup, unit, mine, figures={setup.stage: Figures()})
    assert compared(bare) != compared(written(setup, unit, mine))


def test_illustrative_forms_of_every_level(soffice):
    forms = {
        f"{name}-{level}-{number}": (setup_of(name, level), unit, mine)
        for name, level in LEVELS
        for number, (unit, mine) in enumerate(list(illustrative(name, level).items())[:3])
    }
    assert wrong_cells(soffice, forms) == []


@tried(1, deep=40)
@given(st.data())
def test_any_answers_and_any_framework(soffice, data):
    forms = {}
    for number in range(FORMS):
        any_framework = data.draw(frameworks())
        group = data.draw(st.sampled_from("ABC"))
        mine = data.draw(answers(any_framework, YEAR, group))
        forms[f"any-{number}"] = (Setup(any_framework, YEAR), Unit("U", "Đơn vị", group), mine)
    for name, level in LEVELS:
        setup = setup_of(name, level)
        groups = sorted({group for _, leaf in setup.framework.leaves for group in leaf.groups})
        mine = data.draw(answers(setup.framework, setup.year, *groups[:1]))
        forms[f"{name}-{level}"] = (setup, Unit("U", "Đơn vị", *groups[:1]), mine)
    assert wrong_cells(soffice, forms) == []


@tried(1, deep=40)
@given(st.data())
def test_halves_and_steps(soffice, data):
    forms = {}
    for number in range(FORMS):
        decimals = data.draw(st.integers(0, 4))
        made = data.draw(rows(decimals))
        parts = (each for each, _ in made)
        whole = framework(dimension("I", *parts), point_decimals=decimals)
        mine = {each.code: answer for each, answer in made}
        forms[f"halves-{number}"] = (Setup(whole, YEAR), Unit("U"), mine)
    assert wrong_cells(soffice, forms) == []


@pytest.mark.parametrize("to", ["xlsx", "xls"])
@pytest.mark.parametrize(("name", "level"), [("hue", "so"), ("hatinh", "so")])
def test_a_form_saved_by_libreoffice_says_the_same(soffice, name, level, to):
    """Also in the format before 2007."""
    setup, batch = setup_of(name, level), list(illustrative(name, level).items())[:4]
    saved = soffice({unit.code: written(setup, unit, mine) for unit, mine in batch}, to)
    for unit, mine in batch:
        source = Source(f"{unit.code}.{to}", data=saved[unit.code])
        content = read(source, setup.framework, plugin=name, year=setup.year, unit=unit.code)
        (checked,) = check([content], setup.framework, setup.year)
        own = {code: each for code, each in mine.items() if code != OF_UNIT}
        assert not checked.problems
        assert differences(own, checked, setup.framework) == ()
        assert dict(checked.answers) == own
