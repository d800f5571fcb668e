"""Arithmetic: points, sums and values are exact integers, computed as the law says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import Field, cases
from dti_core.conformance.exactly import (
    Asked,
    exact_value,
    half_up,
    in_dimension,
    in_ranking,
    of_formulas,
    of_rule,
)
from dti_core.conformance.measuring import largest, marks, wholes
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Find, Found, Row, Tried, for_all, grounds
from dti_core.conformance.varying import exclusions, ladders
from dti_core.errors import DtiError
from dti_core.models import Ranking
from dti_core.rules import FactType, Rule
from dti_core.rules.base import shown


@check(
    "arithmetic.evaluates",
    title="Every set of valid facts can be evaluated",
    why="An evaluation that stops on facts that the decision allows stops the year's work.",
    guards="value",
)
def evaluates(subject: Subject) -> Iterable[str]:
    """Evaluate every generated case."""
    return for_all(subject, cases, _stops)


def _stops(tried: Tried) -> Iterator[Found]:
    try:
        _ = tried.evaluation
    except DtiError as error:
        yield Found(f"{error}\nMake the formula or the rule give integers within its bounds.")


@check(
    "arithmetic.integers",
    title="Rules earn shares of integers, and points and values are integer columns",
    why="Binary floating point adds up to another total than the appraiser's own sum.",
    guards="points",
)
def integers(subject: Subject) -> Iterable[str]:
    """Look at the type of every column that holds a figure."""
    for ground in grounds(subject):
        for rule, codes in _rules(ground).items():
            for fault in _asked_at_marks(rule, ground, codes[0]):
                yield (
                    f"{ground.framework.level}: {codes[0]}: the rule {rule.kind}: {fault}: "
                    "let earned() give integers, from the columns value and denominator"
                )
    yield from for_all(subject, cases, _columns)


def _for_every_rule(subject: Subject, find: Find) -> Iterator[str]:
    """Try cases in which anything is drawn, every rule measures, something is left out of each."""
    yield from for_all(subject, cases, find)
    yield from for_all(subject, ladders, find, fewer=3)
    yield from for_all(subject, exclusions, find, fewer=4, where=lambda each: each.may_exclude)


def _rules(ground: Field) -> dict[Rule, list[str]]:
    """Return the rules that measure something, each with its indicators."""
    by_rule: dict[Rule, list[str]] = {}
    for _, leaf in ground.leaves:
        if leaf.rule.accepts != FactType.POINTS:
            by_rule.setdefault(leaf.rule, []).append(leaf.code)
    return by_rule


def _asked_at_marks(rule: Rule, ground: Field, code: str) -> Iterator[str]:
    leaf = next(leaf for _, leaf in ground.leaves if leaf.code == code)
    most = largest(leaf, ground.framework)
    for whole in wholes(rule, most):
        value = marks(rule, whole, ground.year, most)[-1]
        asked = of_rule(rule, {"value": value, "denominator": whole}, ground.year)
        if not asked.is_exact:
            yield asked.fault or f"{asked.numerator!r} ÷ {asked.denominator!r} is no exact share"
            return


def _columns(tried: Tried) -> Iterator[Found]:
    evaluation = tried.evaluation
    schemas = [
        *evaluation.scored.select("points", "max_points", "excluded").collect_schema().items(),
        *evaluation.units.schema.items(),
    ]
    for name, kind in schemas:
        if not kind.is_integer() and kind.is_numeric():
            yield Found(f"the column {name} is of type {kind}: no float may hold a figure")


@check(
    "arithmetic.range",
    title="Points lie within 0 … maximum, in whole units of the last decimal",
    why="A unit with more points than there are, or fewer than none, is in a wrong place.",
    guards="points",
)
def within(subject: Subject) -> Iterable[str]:
    """Look at the points of every fact."""
    return _for_every_rule(subject, _outside)


def _outside(tried: Tried) -> Iterator[Found]:
    unit = tried.framework.point_unit
    for (code, indicator), row in tried.scored.items():
        points, most = row["points"], row["max_points"]
        if not 0 <= points <= most or points % unit:
            yield Found(
                f"{indicator} earns {_shown(points)} of {_shown(most)} points, which is outside "
                f"0 … maximum or no multiple of {_shown(unit)}: mend what its rule earns",
                (code,),
                (indicator,),
            )


@check(
    "arithmetic.points",
    title="Points are the maximum times the earned share, rounded half up once",
    why="A rule that looks at other units, or overflows, gives points nobody can recompute.",
    guards="points",
)
def points(subject: Subject) -> Iterable[str]:
    """Ask the rule of every measured fact for its share, on that fact alone."""
    return _for_every_rule(subject, _otherwise)


def _otherwise(tried: Tried) -> Iterator[Found]:
    rules = {leaf.code: leaf.rule for _, leaf in tried.framework.leaves}
    known: dict[tuple[Rule, int, int | None], Asked] = {}
    for (_, indicator), row in tried.scored.items():
        if row["awarded"] is not None or not row["applicable"] or row["denominator"] == 0:
            continue
        rule = rules[indicator]
        key = rule, row["value"], row["denominator"]
        if key not in known:
            known[key] = of_rule(rule, row, tried.case.year)
        fault = _compared(known[key], row, tried.framework.point_unit)
        if fault:
            yield Found(f"{indicator} (rule {rule.kind}): {fault}", (), (indicator,))


def _compared(alone: Asked, row: Row, unit: int) -> str:
    """Say how the points differ from what the rule earns on the row alone, "" if they do not."""
    share = alone.ratio
    if share is None:
        return alone.fault or "it earns a share with nothing below the line"
    expected = half_up(row["max_points"] * share, unit)
    if row["points"] == expected:
        return ""
    return (
        f"{_shown(row['points'])} points, but {share} of {_shown(row['max_points'])} is "
        f"{_shown(expected)}: earned() may look at value and denominator of its own row only"
    )


@check(
    "arithmetic.sums",
    title="Sums of main indicators and rankings are the sums of their indicators",
    why="A total that is no sum of its parts cannot be explained to anyone.",
    guards="tally",
)
def sums(subject: Subject) -> Iterable[str]:
    """Add up every unit again."""
    return for_all(subject, cases, _not_added_up)


def _not_added_up(tried: Tried) -> Iterator[Found]:
    for code, row in tried.rows.items():
        for each in tried.framework.dimensions:
            given = row[f"points:{each.code}"], row[f"max_points:{each.code}"]
            yield from _differs(
                f"main indicator {each.code}", code, given, in_dimension(tried, each, row)
            )
        for ranking in tried.framework.rankings:
            given = row[f"{ranking.code}.points"], row[f"{ranking.code}.max_points"]
            yield from _differs(
                f"ranking {ranking.code}", code, given, in_ranking(tried, ranking, row)
            )


def _differs(
    what: str, unit: str, given: tuple[int, int], expected: tuple[int, int]
) -> Iterator[Found]:
    if given != expected:
        has, wants = ("/".join(map(_shown, each)) for each in (given, expected))
        yield Found(
            f"{what} of {unit} has {has} points, its indicators add up to {wants}: "
            "leave sums to core, and every indicator in its main indicator",
            (unit,),
        )


@check(
    "arithmetic.value",
    title="The value is the decision's formula, evaluated exactly on the unit's own sums",
    why="Whoever checks a published value has one unit's points and the formula, nothing else.",
    guards="value",
)
def value(subject: Subject) -> Iterable[str]:
    """Evaluate the formula on each unit alone, and compare as fractions."""
    return for_all(subject, cases, _valued_otherwise)


def _valued_otherwise(tried: Tried) -> Iterator[Found]:
    for code, row in tried.rows.items():
        for ranking in tried.framework.rankings:
            asked = of_formulas(tried)[ranking.code, code]
            fault = asked.fault or _unlike(tried, ranking, row, asked.ratio)
            if fault:
                yield Found(
                    f"ranking {ranking.code}: {fault}: let dti_score use points, max_points, "
                    "points:CODE and max_points:CODE of its own row only",
                    () if not asked.fault else (code,),
                )


def _unlike(tried: Tried, ranking: Ranking, row: Row, alone: Fraction | None) -> str:
    framework = tried.framework
    given, shown_value = exact_value(row, ranking), row[f"{ranking.code}.value"]
    if given != alone:
        return f"{row['unit']} has the value {given}, its own sums give {alone}"
    scale = framework.value_scale * 10**framework.value_decimals
    expected = None if alone is None else half_up(alone * scale)
    if shown_value != expected:
        return f"{row['unit']} is shown {shown_value}, but {alone} rounds to {expected}"
    return ""


def _shown(number: float) -> str:
    return shown(number) if isinstance(number, int) else str(number)


CHECKS: Final[tuple[Check, ...]] = (evaluates, integers, within, points, sums, value)
