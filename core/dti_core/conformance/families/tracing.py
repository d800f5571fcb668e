"""Tracing: every point is explained, and explained the same way each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import cases
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Drawn, Found, Row, Tried, for_all
from dti_core.conformance.varying import ladders
from dti_core.models import Dimension
from dti_core.pipeline import Evaluation
from dti_core.report.json_text import to_json
from dti_core.rules.base import shown
from dti_core.trace import Step, Trace, trace

EARNED: Final = frozenset({"measured", "awarded", "replaced", "reduced"})
ALL: Final[tuple[Drawn, ...]] = (cases, ladders)


@check(
    "tracing.explains",
    title="Every point has a step, a clause of the decision and a sentence that names it",
    why="A unit that asks why it has 6 points gets the article and the arithmetic.",
    guards="trace",
)
def explains(subject: Subject) -> Iterable[str]:
    """Trace the first unit of generated cases: any facts, then every rule."""
    for drawn in ALL:
        yield from for_all(subject, drawn, _unexplained, fewer=2)


def _unexplained(tried: Tried) -> Iterator[Found]:
    unit = tried.case.units[0].code
    traced = trace(tried.evaluation, unit)
    for step in traced.steps:
        fault = _step(step, tried)
        if fault:
            yield Found(f"{step.indicator.code}: {fault}", (unit,), (step.indicator.code,))
    for each in tried.framework.dimensions:
        yield from _not_the_sum(each, traced, tried.rows[unit])


def _step(step: Step, tried: Tried) -> str:
    if not tried.framework.decision.has_clause(step.citation.clause):
        return f"the clause {step.citation.clause} is not one of the decision"
    if not step.sentence.strip():
        return "no sentence explains it: let explain() of its rule say what happened"
    if step.state in EARNED and shown(step.points) not in step.sentence:
        return (
            f"the sentence “{step.sentence}” does not name its {shown(step.points)} points: "
            "let explain() of its rule say them"
        )
    return ""


def _not_the_sum(dimension: Dimension, traced: Trace, row: Row) -> Iterator[Found]:
    steps = [each for each in traced.steps if each.dimension == dimension.code]
    points = sum(each.points for each in steps)
    if dimension.cap is not None:
        points = min(points, dimension.cap)
    whole = sum(each.max_points for each in steps) if dimension.in_scale else 0
    given = row[f"points:{dimension.code}"], row[f"max_points:{dimension.code}"]
    if (points, whole) != given:
        has, adds = (f"{each[0]}/{each[1]}" for each in (given, (points, whole)))
        yield Found(
            f"main indicator {dimension.code} has {has} ten-thousandths of a point, and its steps "
            f"add up to {adds}",
            (traced.unit,),
        )


@check(
    "tracing.replay",
    title="The same sources give the same result and the same explanation again",
    why="A recipe that gives something else the second time is none.",
    guards="recipe",
)
def replay(subject: Subject) -> Iterable[str]:
    """Collect, evaluate and trace the same source twice in one process."""
    return for_all(subject, ladders, _otherwise, fewer=3)


def _otherwise(tried: Tried) -> Iterator[Found]:
    unit = tried.in_a_file.units[0].code
    first, second = (_result(each, unit) for each in (tried.collected, tried.collect(tried.lines)))
    for what in first:
        if first[what] != second[what]:
            yield Found(f"the {what} is another one the second time: keep nothing between calls")


def _result(evaluation: Evaluation, unit: str) -> dict[str, object]:
    steps = trace(evaluation, unit).steps
    return {"result": to_json(evaluation), "trace": [each.sentence for each in steps]}


CHECKS: Final[tuple[Check, ...]] = (explains, replay)
