"""A form comes back as it went out."""

from __future__ import annotations

import unicodedata

import pytest
from form_cases import LEVELS, answers, illustrative, setup_of, written
from form_profiles import tried
from frameworks import YEAR, cite, dimension, framework, indicator, status
from hypothesis import given
from hypothesis import strategies as st
from sample_form import FILLED, SETUP, UNIT, WHOLE, read_back
from strategies import frameworks

from dti_core.forms import OF_UNIT, Answer, Filling, Setup, Unit, check, differences, export, read
from dti_core.numbers import ONE
from dti_core.sources import Source


@pytest.mark.parametrize(("name", "level"), LEVELS, ids=lambda each: each)
def test_illustrative_answers_come_back(name, level):
    setup, batch = setup_of(name, level), illustrative(name, level)
    sources = [Source(each.code, data=written(setup, each, mine)) for each, mine in batch.items()]
    contents = [read(each, setup.framework, plugin=name, year=setup.year) for each in sources]
    for checked, (unit, mine) in zip(
        check(contents, setup.framework, setup.year), batch.items(), strict=True
    ):
        own = {code: each for code, each in mine.items() if code != OF_UNIT}
        assert dict(checked.answers) == own, unit
        assert differences(own, checked, setup.framework) == ()


@tried(25, deep=1_000)
@given(st.data())
def test_any_answers_come_back(data):
    any_framework = data.draw(frameworks())
    group = data.draw(st.sampled_from("ABC"))
    mine = data.draw(answers(any_framework, YEAR, group))
    setup = Setup(any_framework, YEAR, data.draw(st.sampled_from(["self", "round1"])))
    checked = read_back(written(setup, Unit("U", "Đơn vị", group), mine), setup)
    assert not checked.problems
    assert dict(checked.answers) == mine


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@tried(40, deep=2_000)
@given(words=ANY_TEXT)
def test_words_come_back_in_nfc_without_blanks_around_them(words):
    mine = {"I.1": Answer(value=ONE, evidence=f"  “{words}”\n")}
    expected = unicodedata.normalize("NFC", f"“{words}”")
    assert read_back(written(SETUP, UNIT, mine)).answers["I.1"].evidence == expected


def test_unit_status_and_general_information_come_back():
    information = {"code": "TT.1", "name": "Số công chức", "citation": cite()}
    leaf = dimension("I", indicator("I.1"))
    both = framework(leaf, information=[information], statuses=[status("late"), status("outside")])
    setup = Setup(both, YEAR, "round1")
    mine = {
        "I.1": Answer(value=0),
        "TT.1": Answer(text="Khoảng 120 người"),
        OF_UNIT: Answer(text="outside", reason="Công văn 7"),
    }
    assert dict(read_back(written(setup, UNIT, mine), setup).answers) == mine


def test_a_stage_of_explanation_brings_words_alone():
    setup = Setup(WHOLE, YEAR, "explanation", "minh-hoa")
    mine = {"I.2": Answer(explanation="Vì sao", evidence="Công văn 8")}
    content = export(setup, Filling(UNIT, mine, others={"self": FILLED}))
    assert dict(read_back(content, setup).answers) == mine


def test_an_empty_form_says_nothing():
    assert read_back(written(SETUP, UNIT, {})).answers == {}
