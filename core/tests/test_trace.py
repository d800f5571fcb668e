"""The trace: every point leads back to a fact, a rule and a clause, in whole sentences."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from cases import cases, run_case
from frameworks import cite, dimension, framework, indicator, one_rule, rule
from hypothesis import given
from hypothesis import strategies as st
from oracle import Fact
from running import run

from dti_core.messages import LANGUAGES, use_language
from dti_core.trace import trace

ONE = 10_000
KEY = re.compile(r"\b(rule|trace|place)\.[a-z]")


@given(case=cases(), data=st.data())
def test_the_points_of_a_trace_add_up_to_the_tally_again(case, data):
    evaluation = run_case(case)
    traced = trace(evaluation, data.draw(st.sampled_from(sorted(case.groups))))
    points, maxima = Counter(), Counter()
    for step in traced.steps:
        points[step.dimension] += step.points
        maxima[step.dimension] += step.max_points
    for each in case.framework.dimensions:
        given = points[each.code] if each.in_scale else min(points[each.code], each.cap)
        assert given == traced.row[f"points:{each.code}"]
        if each.in_scale:
            assert maxima[each.code] == traced.row[f"max_points:{each.code}"]
    codes = [leaf.code for _, leaf in case.framework.leaves]
    assert [step.indicator.code for step in traced.steps] == codes
    assert all(step.citation == step.indicator.citation for step in traced.steps)


@given(case=cases(), data=st.data(), language=st.sampled_from(LANGUAGES))
def test_a_sentence_has_no_brace_and_no_raw_key_left(case, data, language):
    evaluation = run_case(case)
    use_language(language)
    for step in trace(evaluation, data.draw(st.sampled_from(sorted(case.groups)))).steps:
        assert step.sentence.strip()
        assert not set("{}") & set(step.sentence)
        assert not KEY.search(step.sentence)


DAY_30, DAY_32 = 19_752 * ONE, 19_754 * ONE
"""30/01/2024 and 01/02/2024."""

SENTENCES = {
    "yes": ("yes_no", {}, {"value": ONE}, ["10"]),
    "no": ("yes_no", {}, {"value": 0}, ["10", "0"]),
    "share": ("share", {}, {"value": 75_000, "denominator": 9 * ONE}, ["7.5/9", "83.33 %", "8.33"]),
    "percentage": ("share", {}, {"value": 12_5000, "denominator": 100 * ONE}, ["12.5", "1.25"]),
    "reverse_share": ("reverse_share", {}, {"value": 1, "denominator": 3}, ["33.33 %", "6.67"]),
    "count": ("count_against", {"minimum": "12.5"}, {"value": 50_000}, ["5", "12.5", "4"]),
    "steps": ("steps", {"steps": "2:1, 1.5:1/4"}, {"value": 16_000}, ["1.6", "2.5"]),
    "steps of a share": (
        "steps",
        {"of": "share", "steps": "80:1, 60:1/2"},
        {"value": 2, "denominator": 3},
        ["66.67 %", "5"],
    ),
    "in time": (
        "due_date",
        {"due": "31/01"},
        {"value": DAY_30},
        ["30/01/2024", "31/01/2024", "10"],
    ),
    "late": ("due_date", {"due": "31/01"}, {"value": DAY_32}, ["01/02/2024", "31/01/2024", "5"]),
    "awarded": ("awarded", {}, {"points": 72_345}, ["7.2345", "7.23", "10"]),
    "awarded for a count": ("yes_no", {}, {"points": 50_000}, ["5", "10"]),
    "zero is full": (
        "share",
        {"zero_denominator": "full"},
        {"value": 0, "denominator": 0},
        ["10"],
    ),
    "zero is nothing": (
        "share",
        {"zero_denominator": "zero"},
        {"value": 0, "denominator": 0},
        ["0"],
    ),
    "excluded": ("share", {}, {"reason": "Công văn 1/MH {mục a}"}, ["Công văn 1/MH {mục a}"]),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_each_kind_says_the_fact_the_maximum_and_the_points(name, language):
    kind, parameters, known, shown = SENTENCES[name]
    evaluation = run(one_rule(kind, **parameters), [Fact("u", "I.1", **known)])
    [step] = trace(evaluation, "u").steps
    for figure in shown:
        written = re.escape(figure.replace(".", ",") if language == "vi" else figure)
        zeros = "0*" if "." in figure else "([.,]0+)?"
        assert re.search(rf"(?<![\d.,]){written}{zeros}(?![.,]?\d)", step.sentence)


@pytest.mark.parametrize("name", ["zero is full", "zero is nothing"])
def test_of_a_zero_denominator_it_says_that_and_no_percentage(name, language):
    kind, parameters, known, _ = SENTENCES[name]
    evaluation = run(one_rule(kind, **parameters), [Fact("u", "I.1", **known)])
    [step] = trace(evaluation, "u").steps
    assert {"vi": "mẫu số", "en": "denominator"}[language] in step.sentence.lower()
    assert "%" not in step.sentence


def test_the_two_languages_say_it_in_different_words():
    for kind, parameters, known, _ in SENTENCES.values():
        evaluation = run(one_rule(kind, **parameters), [Fact("u", "I.1", **known)])
        said = []
        for language in LANGUAGES:
            use_language(language)
            said.append(trace(evaluation, "u").steps[0].sentence)
        assert said[0] != said[1]


def _five_states():
    share = rule("share", zero_denominator="not_applicable")
    leaves = [indicator(f"I.{n}", rule=share, citation=cite(f"Phụ lục I.{n}")) for n in range(1, 6)]
    facts = [
        Fact("u", "I.1", 1, 2),
        Fact("u", "I.2", points=25_000),
        Fact("u", "I.3", reason="Công văn minh hoạ"),
        Fact("u", "I.4", 0, 0),
    ]
    return run(framework(dimension("I", *leaves)), facts)


def test_each_step_names_its_state_what_it_earned_and_of_what():
    steps = trace(_five_states(), "u").steps
    assert [(step.state, step.points, step.max_points) for step in steps] == [
        ("measured", 50_000, 100_000),
        ("awarded", 25_000, 100_000),
        ("not_applicable", 0, 0),
        ("not_applicable", 0, 0),
        ("missing", 0, 100_000),
    ]
    assert [step.citation.clause for step in steps] == [f"Phụ lục I.{n}" for n in range(1, 6)]


def test_what_is_not_assessed_as_it_stands_has_a_state_of_its_own(language):
    awarded = {"rule": rule("awarded")}
    scale = dimension(
        "I", indicator("I.1", **awarded), indicator("I.2", groups=["khác"], **awarded)
    )
    bonus = dimension("B", indicator("B.1", "5", **awarded), block="bonus", cap="3")
    policy = {"policy": "deduct_or_replace", "citation": cite()}
    own = {"points": 7 * ONE, "max_points": 8 * ONE, "replacement": "Chỉ số khác"}
    facts = [Fact("u", "I.1", reason="Công văn 1/MH", **own)]
    first, *others = trace(run(framework(scale, bonus, exclusion=policy), facts), "u").steps
    assert (first.state, first.points, first.max_points) == ("replaced", 7 * ONE, 8 * ONE)
    assert all(each in first.sentence for each in ("Chỉ số khác", "Công văn 1/MH", "7", "8"))
    assert [(each.state, each.points, each.max_points) for each in others] == [
        ("other_group", 0, 0),
        ("none", 0, 0),
    ]


def test_a_reduced_main_indicator_says_what_is_left_of_its_maximum(language):
    leaf = indicator("6", "400", rule=rule("awarded"))
    whole = framework(dimension("6", leaf), detail="dimensions")
    known = {"points": 310 * ONE, "max_points": 350 * ONE, "reason": "Công văn 1/MH"}
    [step] = trace(run(whole, [Fact("u", "6", **known)]), "u").steps
    assert (step.state, step.points, step.max_points) == ("reduced", 310 * ONE, 350 * ONE)
    assert all(each in step.sentence for each in ("Công văn 1/MH", "310", "350"))


def test_a_trace_ends_in_the_units_own_row_of_the_result():
    evaluation = _five_states()
    traced = trace(evaluation, "u")
    assert traced.row == evaluation.units.rows(named=True)[0]
    assert traced.unit == "u"


def test_a_unit_that_the_facts_do_not_know_has_no_trace():
    with pytest.raises(KeyError, match="người lạ"):
        trace(_five_states(), "người lạ")
