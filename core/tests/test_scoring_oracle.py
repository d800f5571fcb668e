"""The program against the oracle: every figure the same integer, on random frameworks."""

from __future__ import annotations

import oracle
from frameworks import YEAR
from hypothesis import given
from running import as_facts, by_unit, points_of, run, run_columns
from strategies import Case, cases


def _expected(case: Case) -> dict[str, dict[str, object]]:
    rows = oracle.evaluate(case.framework, YEAR, case.facts, case.groups, case.tiers)
    return {unit: {"tier": None} | row for unit, row in rows.items()}


@given(case=cases())
def test_every_figure_of_every_unit_is_the_oracles(case):
    evaluation = run(case.framework, case.facts, case.groups, case.tiers)
    assert by_unit(evaluation) == _expected(case)


@given(case=cases())
def test_every_point_of_every_fact_is_the_oracles(case):
    evaluation = run(case.framework, case.facts, case.groups, case.tiers)
    expected = {}
    for fact in case.facts:
        scored = oracle.score(case.framework, fact, YEAR)
        points = oracle.scaled(scored.points) if scored.applicable else None
        expected[fact.unit, fact.indicator] = points
    assert points_of(evaluation) == expected


@given(case=cases())
def test_what_is_missing_or_excluded_is_listed_and_nothing_else(case):
    evaluation = run(case.framework, case.facts, case.groups)
    codes = [leaf.code for _, leaf in case.framework.leaves]
    reported = {(fact.unit, fact.indicator) for fact in case.facts}
    absent = [(u, c) for u in sorted(case.groups) for c in codes if (u, c) not in reported]
    assert evaluation.missing.rows() == absent
    excluded = {
        (fact.unit, fact.indicator, fact.reason)
        for fact in case.facts
        if not oracle.score(case.framework, fact, YEAR).applicable
    }
    listed = evaluation.not_applicable.rows()
    assert (set(listed), len(listed)) == (excluded, len(excluded))


@given(case=cases())
def test_units_stand_by_rank_then_by_code_and_unvalued_units_last(case):
    units = run(case.framework, case.facts, case.groups).units
    places = zip(units["overall.rank"], units["unit"], strict=True)
    order = [(rank is None, rank or 0, unit) for rank, unit in places]
    assert order == sorted(order)


@given(case=cases())
def test_a_plugins_own_collector_leads_to_the_same_figures_as_a_file(case):
    from_columns = run_columns(case.framework, as_facts(case.facts, case.groups), tiers=case.tiers)
    assert by_unit(from_columns) == _expected(case)
