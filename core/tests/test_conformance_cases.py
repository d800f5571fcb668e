"""Generated cases: the same ones every time, at the bounds on purpose, told as worked examples."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import narwhals as nw
import pytest
from frameworks import YEAR, cite, dimension, framework, indicator, one_rule, ranking, rule, tiers
from subjects import subject_of

from dti_core.conformance.cases import Case, Fact, Unit, as_facts, as_rows, as_source
from dti_core.conformance.drawing import EVERYTHING, Field, Recipe, cases
from dti_core.conformance.examples import read_examples
from dti_core.conformance.families import ranking as family
from dti_core.conformance.measuring import bounds, marks, wholes
from dti_core.conformance.trying import corpus, for_all, grounds
from dti_core.conformance.varying import exclusions, gaps, ladders
from dti_core.pipeline import evaluate, evaluate_facts
from dti_core.rules.counts import days
from dti_core.valuing import Value

ROUNDED = Value(
    (20 * nw.col("points") + nw.col("max_points")) // (2 * nw.col("max_points")),
    0 * nw.col("max_points") + 10,
)
"""The value in tenths of the maximum: a lie about ranks."""

WITH_SHARE = one_rule("share", floor="1/2", full_from="80%", zero_denominator="full")


def ground_of(given, by=None):
    return Field(given, by, YEAR)


DRAWN = {each.__name__: each for each in (cases, ladders, exclusions, gaps)}


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_every_run_sees_the_same_cases(drawn):
    first, second = (subject_of(WITH_SHARE) for _ in range(2))
    seen = [
        [each.case for each in corpus(each, drawn, 0, grounds(each)[0])] for each in (first, second)
    ]
    assert seen[0] == seen[1]
    assert len(seen[0]) == 3


def test_the_checks_of_a_run_share_the_evaluations():
    subject = subject_of(WITH_SHARE)
    first, second = (corpus(subject, cases, 0, grounds(subject)[0]) for _ in range(2))
    assert first is second


def test_drawing_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    list(for_all(subject_of(WITH_SHARE), cases, lambda _: ()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "parameters", "value", "whole"),
    [
        ("share", {"floor": "1/3"}, 3333, 9999),
        ("share", {"full_from": "80%"}, 800_000, 1_000_000),
        ("steps", {"steps": "50:1", "of": "share"}, 500_000, 1_000_000),
        ("steps", {"steps": "2:1"}, 20_000, None),
        ("count_against", {"minimum": "12"}, 120_000, None),
    ],
    ids=str,
)
def test_values_are_drawn_at_each_bound_of_a_rule_and_beside_it(kind, parameters, value, whole):
    at = marks(rule(kind, **parameters), whole, YEAR, 10**12)
    assert {value - 1, value, value + 1} <= set(at)


def test_days_are_drawn_around_the_one_that_is_due_in_every_year():
    due = rule("due_date", due="31/01", year_offset=1)
    (asked,) = wholes(due, 10**12)
    at = marks(due, asked, YEAR, 10**12)
    for year in (YEAR - 1, YEAR, YEAR + 1):
        day = days(due.due.of(year))
        assert {day - 10_000, day, day + 10_000} & set(at)


def test_bounds_of_a_rule_are_found_whatever_they_are_called():
    given = rule("share", floor="1/2", full_from="80%")
    assert set(bounds(given)) == {Fraction(1, 2), Fraction(4, 5)}


def test_points_are_drawn_at_the_bounds_of_tiers_and_one_decimal_beside():
    ground = ground_of(WITH_SHARE, tiers("90", "75"))
    earned = {
        Recipe(share, beside).cook(ground, "")[0].points
        for share in ground.shares
        for beside in (-1, 0, 1)
    }
    assert {89_900, 90_000, 90_100, 74_900, 75_000, 75_100} <= earned


def test_two_units_of_every_case_report_the_same():
    subject = subject_of(WITH_SHARE, cases=20)
    for tried in corpus(subject, cases, 0, grounds(subject)[0]):
        reported = [(each.facts, each.group, each.status) for each in tried.case.units]
        assert len(set(reported)) < len(reported)


def several_kinds():
    """Cells of every kind that a file holds."""
    leaves = (
        indicator("I.1", rule=rule("due_date", due="31/01")),
        indicator("I.2", rule=rule("share")),
        indicator("I.3"),
    )
    return framework(
        dimension("I", *leaves),
        exclusion={"policy": "deduct_or_replace", "citation": cite()},
        rankings=[ranking(scope="group")],
    )


def test_a_case_is_the_same_in_columns_and_in_a_file():
    given = several_kinds()
    day = days(rule("due_date", due="31/01").due.of(YEAR))
    one = (Fact("I.1", value=day), Fact("I.2", value=1, denominator=30_000), Fact("I.3", value=0))
    own = {"max_points": 50_000, "reason": "Công văn", "replacement": "Chỉ số khác"}
    other = (Fact("I.1", reason="Công văn"), Fact("I.2", points=40_000, **own))
    case = Case(YEAR, (Unit("A", one, "Nhóm 1"), Unit("B", other, "Nhóm 2")))
    plugin = subject_of(given).plugin
    by_columns = evaluate_facts(plugin, given, YEAR, as_facts(case))
    by_file = evaluate(plugin, given, YEAR, [as_source(as_rows(case, given))])
    assert by_columns.units.rows() == by_file.units.rows()


def told(framework_, formula) -> str:
    (fault,) = for_all(subject_of(framework_, formula=formula), cases, family._not_before)
    return fault


def test_a_failing_case_is_told_as_a_worked_example_that_can_be_pasted(tmp_path):
    fault = told(WITH_SHARE, ROUNDED)
    _, _, pasted = fault.partition("examples/*.yaml:\n")
    Path(tmp_path / "one.yaml").write_text(pasted, encoding="utf-8")
    (example,) = read_examples(tmp_path)
    assert example.clause == "Điều 1"
    assert (example.level, example.year) == ("xa", YEAR)
    plugin = subject_of(WITH_SHARE, formula=ROUNDED).plugin
    rows = evaluate(plugin, WITH_SHARE, YEAR, [example.source()]).units.rows(named=True)
    assert set(example.expect) == {each["unit"] for each in rows}
    for row in rows:
        expected = example.expect[row["unit"]]
        assert expected.points == row["overall.points"]
        assert expected.rank == str(row["overall.rank"])


def test_the_smallest_case_is_told():
    fault = told(WITH_SHARE, ROUNDED)
    assert "I.1, points: 0.01" in fault
    assert fault.count("- {unit:") == 2


def test_a_fault_that_comes_and_goes_is_told_all_the_same():
    calls = []

    def sometimes(tried):
        calls.append(tried)
        return [family.Found("nó đến rồi đi")] if len(calls) == 1 else []

    (fault,) = for_all(subject_of(WITH_SHARE), cases, sometimes)
    assert "nó đến rồi đi" in fault


def test_everything_is_the_whole_maximum():
    facts = EVERYTHING.cook(ground_of(several_kinds()), "")
    assert sum(each.points for each in facts) == several_kinds().max_points
