"""From each number back to rule, clause and fact: what ``dti explain`` shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from dti_core.messages import text
from dti_core.models import Citation, Dimension, Framework, Indicator
from dti_core.pipeline import Evaluation
from dti_core.rules import Fact
from dti_core.rules.base import shown


@dataclass(frozen=True, slots=True)
class Step:
    """One indicator on the way of a unit: what was known, what it earned, in which words."""

    indicator: Indicator
    dimension: str
    state: str
    points: int
    max_points: int
    sentence: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole way of one unit: its indicators, and its row of sums, values and ranks."""

    unit: str
    steps: tuple[Step, ...]
    row: Mapping[str, Any]


def trace(evaluation: Evaluation, unit: str) -> Trace:
    """Trace every number of a unit.

    :raises KeyError: the facts know no such unit.
    """
    rows = evaluation.units.filter(nw.col("unit") == unit).rows(named=True)
    if not rows:
        raise KeyError(unit)
    scored = evaluation.scored.filter(nw.col("unit") == unit).collect().rows(named=True)
    facts = {each["indicator"]: each for each in scored}
    steps = [
        _step(evaluation, dimension, leaf, facts.get(leaf.code), rows[0]["group"])
        for dimension, leaf in evaluation.framework.leaves
    ]
    return Trace(unit, tuple(steps), rows[0])


def _step(
    evaluation: Evaluation,
    dimension: Dimension,
    leaf: Indicator,
    fact: Mapping[str, Any] | None,
    group: str,
) -> Step:
    if fact is None:
        return _absent(dimension, leaf, group)
    if not fact["applicable"]:
        sentence = _not_applicable(fact)
        return Step(leaf, dimension.code, "not_applicable", 0, 0, sentence, leaf.citation)
    points, max_points = fact["points"], fact["max_points"]
    if fact["reason"] is not None:
        state = "reduced" if fact["replacement"] is None else "replaced"
        sentence = _changed(state, fact)
        return Step(leaf, dimension.code, state, points, max_points, sentence, leaf.citation)
    sentence = _sentence(leaf, fact, evaluation.framework, evaluation.year)
    state = "awarded" if fact["awarded"] is not None else "measured"
    return Step(leaf, dimension.code, state, points, max_points, sentence, leaf.citation)


def _absent(dimension: Dimension, leaf: Indicator, group: str) -> Step:
    """Tell why there is no fact: it is missing, or it was not to be reported."""
    if leaf.groups and group not in leaf.groups:
        sentence = text("trace.other-group")
        return Step(leaf, dimension.code, "other_group", 0, 0, sentence, leaf.citation)
    if not dimension.in_scale:
        sentence = text("trace.no-bonus")
        return Step(leaf, dimension.code, "none", 0, 0, sentence, leaf.citation)
    sentence = text("trace.missing", max_points=shown(leaf.max_points))
    return Step(leaf, dimension.code, "missing", 0, leaf.max_points, sentence, leaf.citation)


def _changed(state: str, fact: Mapping[str, Any]) -> str:
    """Say what the council decided for this unit."""
    figures = {name: shown(fact[name]) for name in ("points", "max_points")}
    return text(f"trace.{state}", **figures, **{n: fact[n] for n in ("reason", "replacement")})


def _not_applicable(fact: Mapping[str, Any]) -> str:
    if fact["reason"] is None:
        return text("trace.zero-excluded")
    return text("trace.not-applicable", reason=fact["reason"])


def _sentence(leaf: Indicator, fact: Mapping[str, Any], framework: Framework, year: int) -> str:
    """Say what happened to the fact; ``year`` is the year under evaluation."""
    points = shown(fact["points"])
    if fact["awarded"] is not None:
        values = {"awarded": shown(fact["awarded"]), "max_points": shown(leaf.max_points)}
        return text("rule.awarded", points=points, **values)
    if fact["denominator"] == 0:
        return text("trace.zero-denominator", points=points)
    measured = Fact(
        fact["value"], fact["denominator"], leaf.max_points, fact["points"],
        framework.point_decimals,
    )  # fmt: skip
    return leaf.rule.explain(measured, year)
