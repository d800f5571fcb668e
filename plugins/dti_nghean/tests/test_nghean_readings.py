"""Every reading of the news item that an authority may choose changes a result."""

from __future__ import annotations

import datetime as dt

import pytest

from dti_core.annex import bring
from dti_core.errors import InvalidFacts
from dti_core.loader import load_plugin
from dti_core.pipeline import evaluate
from dti_core.sources import Source

NGHEAN = load_plugin("nghean")
READINGS = [
    pytest.param(level, each.id, option.id, id=f"{level}-{each.id}={option.id}")
    for level in ("so", "huyen", "xa")
    for each in NGHEAN.framework(level, None).interpretations
    for option in each.options
    if option.id != each.in_force
]
MORE = "unit,group,indicator,value,denominator,status,reason\n"
ROWS = {"missing": "Z-99,HUYEN-01,1.2,1,3,,\n", "na": "Z-99,HUYEN-01,1.1,,,na,Công văn\n"}


def _outcome(level: str, choices: dict[str, str]) -> list[object]:
    """Return everything that the program would say: ranks and points, dates, years, refusals."""
    framework = NGHEAN.framework(level, None, choices)
    decision = framework.decision
    years = [decision.date, decision.first_year, decision.last_year]
    calendar = NGHEAN.calendar(framework, decision.first_year)
    return [*years, calendar.milestones, *(_units(framework, row) for row in ROWS.values())]


def _units(framework, row: str) -> object:
    """Evaluate the illustrative data and one more unit."""
    whole = bring(framework, Source("annex.csv", framework.illustrative_annex))
    sources = [Source("given.csv", framework.illustrative), Source("m.csv", data=_text(row))]
    try:
        return evaluate(NGHEAN, whole, 2023, sources).units.rows()
    except InvalidFacts as error:
        return error.total


def _text(row: str) -> bytes:
    return (MORE + row).encode()


@pytest.mark.parametrize(("level", "interpretation", "option"), READINGS)
def test_every_option_has_an_effect(level, interpretation, option):
    in_force = NGHEAN.framework(level, None).option(interpretation)
    assert _outcome(level, {interpretation: in_force}) == _outcome(level, {})
    assert _outcome(level, {interpretation: option}) != _outcome(level, {})


def test_the_year_of_the_decision():
    decision = NGHEAN.framework("so", None, {"decision-date": "2022"}).decision
    assert decision.date == dt.date(2022, 4, 19)


def test_the_31st_of_december_may_belong_to_the_period():
    framework = NGHEAN.framework("so", None, {"period-end": "whole-year"})
    dates = [each.date for each in NGHEAN.calendar(framework, 2023).milestones if each.date]
    assert dates == [dt.date(2023, 1, 1), dt.date(2023, 12, 31)]


def test_an_exclusion_may_leave_the_denominator():
    framework = NGHEAN.framework("xa", None, {"exclusion": "deduct"})
    whole = bring(framework, Source("annex.csv", framework.illustrative_annex))
    [unit] = evaluate(NGHEAN, whole, 2023, [Source("m.csv", data=_text(ROWS["na"]))]).units.rows(
        named=True
    )
    assert unit["overall.max_points"] == (500 - 15) * 10_000
