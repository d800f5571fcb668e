"""Where rounding could go either way the form goes as the engine does."""

from __future__ import annotations

from agreeing import differing
from form_profiles import tried
from frameworks import YEAR, dimension, framework
from half_cases import rows
from hypothesis import given
from hypothesis import strategies as st

from dti_core.forms import Setup, Unit


@tried(12, deep=400)
@given(st.data())
def test_halves_and_steps_fall_as_the_engine_lets_them(data):
    decimals = data.draw(st.integers(0, 4))
    made = data.draw(rows(decimals))
    whole = framework(dimension("I", *(each for each, _ in made)), point_decimals=decimals)
    answers = {each.code: answer for each, answer in made}
    assert differing(Setup(whole, YEAR), Unit("U"), answers) == []
