"""Every reading of the plan that an authority may choose changes a result."""

from __future__ import annotations

import pytest

from dti_core.annex import bring
from dti_core.errors import InvalidAnnex, InvalidFacts
from dti_core.loader import load_plugin
from dti_core.pipeline import evaluate
from dti_core.sources import Source

MODUC = load_plugin("moduc")
READINGS = [
    pytest.param(level, each.id, option.id, id=f"{level}-{each.id}={option.id}")
    for level in ("xa", "huyen")
    for each in MODUC.framework(level, None).interpretations
    for option in each.options
    if option.id != each.in_force
]
BLOCK = "KK,,,Điểm khuyến khích,10,bonus,,,,,,\nKK.1,,KK,Sáng kiến,10,awarded,,,,,,\n"


def _outcome(level: str, choices: dict[str, str]) -> list[object]:
    """Return everything that the program would say: ranks and points, dates, years, refusals."""
    framework = MODUC.framework(level, None, choices)
    calendar = MODUC.calendar(framework, 2024)
    return [framework.decision.last_year, calendar, *_results(framework)]


def _results(framework) -> list[object]:
    annex = framework.illustrative_annex.read_text(encoding="utf-8")
    results = []
    for text in (annex, annex + BLOCK):
        try:
            whole = bring(framework, Source("annex.csv", data=text.encode()))
            results.append(_facts_of_one_more(whole))
        except InvalidAnnex as error:
            results.append(str(error))
    return results


def _facts_of_one_more(framework) -> object:
    """Evaluate the illustrative data and one more unit, which reports little, in thirds."""
    heading = "unit,indicator,value,denominator\n"
    more = Source("more.csv", data=(heading + "XA-99,2.2,1,3\n").encode())
    try:
        given = Source("given.csv", framework.illustrative)
        return evaluate(MODUC, framework, 2024, [given, more]).units.rows()
    except InvalidFacts as error:
        return error.total


@pytest.mark.parametrize(("level", "interpretation", "option"), READINGS)
def test_every_option_has_an_effect(level, interpretation, option):
    in_force = MODUC.framework(level, None).option(interpretation)
    assert _outcome(level, {interpretation: in_force}) == _outcome(level, {})
    assert _outcome(level, {interpretation: option}) != _outcome(level, {})


def test_ties_dense():
    """XA-03 and XA-13 share the third place; the next is the fourth, not the fifth."""
    framework = MODUC.framework("xa", None, {"ties": "dense"})
    source = Source("annex.csv", framework.illustrative_annex)
    units = evaluate(MODUC, bring(framework, source), 2024, []).units
    ranks = dict(units.select("unit", "overall.rank").rows())
    assert [ranks[unit] for unit in ("XA-03", "XA-13", "XA-06")] == [3, 3, 4]


def test_the_deadlines_of_the_year_after():
    framework = MODUC.framework("xa", None, {"deadline-year": "next-year"})
    dates = [each.date for each in MODUC.calendar(framework, 2024).milestones if each.date]
    assert [f"{each:%d/%m/%Y}" for each in dates] == ["15/11/2025", "30/11/2025"]
