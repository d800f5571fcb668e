"""The program against the oracle: every figure the same integer, on random frameworks."""

from __future__ import annotations

import oracle
from cases import by_oracle, cases, run_case
from frameworks import YEAR
from hypothesis import given
from running import as_facts, by_unit, points_of, run_columns


@given(case=cases())
def test_every_figure_of_every_unit_is_the_oracles(case):
    evaluation = run_case(case)
    assert by_unit(evaluation) == by_oracle(case)


@given(case=cases())
def test_every_point_of_every_fact_is_the_oracles(case):
    evaluation = run_case(case)
    expected = {}
    for fact in case.facts:
        scored = oracle.score(case.framework, fact, YEAR)
        points = oracle.scaled(scored.points) if scored.applicable else None
        expected[fact.unit, fact.indicator] = points
    assert points_of(evaluation) == expected


@given(case=cases())
def test_what_is_missing_or_excluded_is_listed_and_nothing_else(case):
    evaluation = run_case(case)
    reported = {(fact.unit, fact.indicator) for fact in case.facts}
    wanted = [
        (unit, leaf.code)
        for unit, group in sorted(case.groups.items())
        for dimension, leaf in case.framework.leaves
        if dimension.block == "scale" and (not leaf.groups or group in leaf.groups)
    ]
    absent = [each for each in wanted if each not in reported]
    assert evaluation.missing.rows() == absent
    excluded = {
        (fact.unit, fact.indicator, fact.reason)
        for fact in case.facts
        if not oracle.score(case.framework, fact, YEAR).applicable
    }
    listed = evaluation.not_applicable.rows()
    assert (set(listed), len(listed)) == (excluded, len(excluded))


@given(case=cases())
def test_what_has_a_maximum_of_the_units_own_is_listed_with_its_reason(case):
    changed = [fact for fact in case.facts if fact.max_points is not None]
    places = {leaf.code: place for place, (_, leaf) in enumerate(case.framework.leaves)}
    expected = []
    for fact in sorted(changed, key=lambda each: (each.unit, places[each.indicator])):
        points = oracle.scaled(oracle.score(case.framework, fact, YEAR).points)
        why = (fact.max_points, fact.reason, fact.replacement)
        expected.append((fact.unit, fact.indicator, points, *why))
    assert run_case(case).changed.rows() == expected


@given(case=cases())
def test_units_stand_by_rank_then_by_code_and_unvalued_units_last(case):
    units = run_case(case).units
    places = zip(units["overall.rank"], units["unit"], strict=True)
    order = [(rank is None, rank or 0, unit) for rank, unit in places]
    assert order == sorted(order)


@given(case=cases())
def test_a_plugins_own_collector_leads_to_the_same_figures_as_a_file(case):
    from_columns = run_columns(
        case.framework, as_facts(case.facts, case.groups, case.statuses), tiers=case.tiers
    )
    assert by_unit(from_columns) == by_oracle(case)
