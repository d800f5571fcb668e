"""General information and evidence: collected and told, never scored."""

from __future__ import annotations

import pytest
from frameworks import YEAR, cite, dimension, framework, indicator, rule
from running import InTest, as_plugin, by_unit
from written import FORMATS, UNIT, collected, faults, problems, source

from dti_core.collecting import collect
from dti_core.models import Information
from dti_core.pipeline import evaluate

LEAVES = [indicator("I.1", rule=rule("awarded")), indicator("I.2", "20", rule=rule("share"))]
INFORMATION = [
    Information(code=code, name=f"Thông tin {code}", citation=cite()) for code in ("TT.1", "TT.2")
]
WHOLE = framework(dimension("I", *LEAVES), information=INFORMATION)
BARE = framework(dimension("I", *LEAVES))
ASKED = framework(dimension("I", *LEAVES), evidence={"citation": cite()})
POINTS = {"indicator": "I.1", "points": "1"}
TOLD = {"indicator": "TT.1", "value": "12.345"}


def _information(facts) -> list[tuple]:
    return facts.information.collect().rows()


@pytest.mark.parametrize("value", ["12.345", "Phường 3, có “2” tổ", "00123", "có", "1/2024", "5"])
@pytest.mark.parametrize("form", FORMATS)
def test_any_text_or_number_is_kept_as_it_stands(form, value):
    facts = collected(WHOLE, POINTS, {"indicator": "TT.1", "value": value}, form=form)
    assert _information(facts) == [(UNIT, "TT.1", value)]
    assert facts.rows.collect()["indicator"].to_list() == ["I.1"]


def test_information_of_several_files_is_one_list_and_its_units_are_known():
    sources = [
        source(POINTS, TOLD, name="1.csv"),
        source({**TOLD, "unit": "B", "value": "hai"}, form="jsonl", name="2.jsonl"),
    ]
    facts = collect(WHOLE, YEAR, sources)
    assert sorted(_information(facts)) == [("B", "TT.1", "hai"), (UNIT, "TT.1", "12.345")]
    assert sorted(facts.units.collect()["unit"].to_list()) == ["B", UNIT]


def test_information_changes_no_figure_and_is_never_missing():
    plain = evaluate(as_plugin(InTest(WHOLE)), WHOLE, YEAR, [source(POINTS)])
    told = evaluate(as_plugin(InTest(WHOLE)), WHOLE, YEAR, [source(POINTS, TOLD)])
    assert by_unit(plain) == by_unit(told)
    assert plain.missing.rows() == told.missing.rows() == [(UNIT, "I.2")]


def test_without_such_a_block_there_is_no_information():
    assert collected(BARE, POINTS).information is None
    assert faults(BARE, TOLD) == [("fact.unknown-indicator", 2, "indicator")]


WRONG = {
    "no-value": {"indicator": "TT.1", "value": " "},
    "points": {"indicator": "TT.1", "points": "1"},
    "points-beside": {**TOLD, "points": "1"},
    "denominator": {**TOLD, "denominator": "4"},
    "na": {"indicator": "TT.1", "status": "na", "reason": "vb"},
}


@pytest.mark.parametrize("fault", WRONG)
def test_information_that_is_no_single_value_is_told_once(fault):
    assert faults(WHOLE, POINTS, WRONG[fault]) == [("fact.information-value", 3, "value")]
    [problem] = problems(WHOLE, POINTS, WRONG[fault])
    assert problem.values["indicator"] == "TT.1"


def test_information_given_twice_is_told_with_its_first_place():
    rows = [TOLD, POINTS, {**TOLD, "unit": "B"}, {**TOLD, "value": "khác"}]
    assert faults(WHOLE, *rows) == [("fact.twice", 5, "indicator")]
    [problem] = problems(WHOLE, *rows)
    assert problem.values["first"] == "minh-hoa.csv: 2"


def test_information_of_nobody_is_told_once_for_each_row():
    rows = [{**TOLD, "unit": ""}, {**TOLD, "unit": ""}]
    told = [("fact.no-unit", 2, "unit"), ("fact.no-unit", 3, "unit")]
    assert faults(WHOLE, *rows) == told


def test_a_misspelt_code_is_told_with_the_one_that_it_resembles():
    [problem] = problems(WHOLE, {**TOLD, "indicator": "TT.11"})
    assert (problem.key, problem.column) == ("fact.unknown-indicator", "indicator")
    assert "TT.1" in problem.values["close"]


def test_a_maximum_or_a_replacement_does_not_go_with_information():
    told = [
        ("fact.max-points-alone", 2, "max_points"),
        ("fact.replacement-alone", 2, "replacement"),
    ]
    assert faults(WHOLE, {**TOLD, "max_points": "1", "replacement": "x"}) == told


# Evidence -------------------------------------------------------------------------------------


def _without(*rows, form: str = "csv") -> list[str]:
    return sorted(collected(ASKED, *rows, form=form).without_evidence.collect()["indicator"])


@pytest.mark.parametrize("form", FORMATS)
def test_what_has_neither_evidence_nor_explanation_is_listed(form):
    rows = [POINTS, {"indicator": "I.2", "value": "50", "evidence": "", "explanation": ""}]
    assert _without(*rows, form=form) == ["I.1", "I.2"]


@pytest.mark.parametrize("column", ["evidence", "explanation"])
@pytest.mark.parametrize("form", FORMATS)
def test_either_of_them_is_enough(form, column):
    rows = [{**POINTS, column: "Báo cáo số 1"}, {"indicator": "I.2", "value": "50"}]
    assert _without(*rows, form=form) == ["I.2"]


def test_a_blank_is_no_evidence():
    assert _without({**POINTS, "evidence": "  "}) == ["I.1"]


def test_an_exclusion_has_its_document_and_what_is_missing_reports_nothing():
    assert _without(POINTS, {"indicator": "I.2", "status": "na", "reason": "vb"}) == ["I.1"]


def test_a_reported_zero_asks_for_evidence_as_any_other_figure():
    assert _without({**POINTS, "points": "0"}, {"indicator": "I.2", "value": "0"}) == ["I.1", "I.2"]


def test_where_nothing_is_asked_for_nothing_is_listed():
    assert collected(BARE, POINTS).without_evidence is None
    evaluation = evaluate(as_plugin(InTest(BARE)), BARE, YEAR, [source(POINTS)])
    assert evaluation.without_evidence is None


def test_the_evaluation_lists_it_by_unit_and_then_by_the_annex():
    rows = [{"indicator": "I.2", "value": "5"}, POINTS, {**POINTS, "unit": "A"}]
    evaluation = evaluate(as_plugin(InTest(ASKED)), ASKED, YEAR, [source(*rows)])
    assert evaluation.without_evidence.rows() == [("A", "I.1"), (UNIT, "I.1"), (UNIT, "I.2")]


def test_evidence_changes_no_figure():
    shown = evaluate(as_plugin(InTest(ASKED)), ASKED, YEAR, [source({**POINTS, "evidence": "x"})])
    bare = evaluate(as_plugin(InTest(ASKED)), ASKED, YEAR, [source(POINTS)])
    assert by_unit(shown) == by_unit(bare)


def test_information_and_rows_of_units_need_no_evidence():
    whole = framework(
        dimension("I", *LEAVES),
        information=INFORMATION,
        evidence={"citation": cite()},
        statuses=[{"code": "late", "name": "Muộn", "citation": cite()}],
    )
    facts = collected(whole, TOLD, {"status": "late"})
    assert len(facts.without_evidence.collect()) == 0
