"""``dti explain``: the whole way of a number, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from rich.table import Table
from rich.text import Text

from dti_core.base import DayOfYear, is_points
from dti_core.cli.evaluating import Request, evaluate_request
from dti_core.cli.output import write_result
from dti_core.cli.showing import rule_name
from dti_core.errors import usage_error
from dti_core.messages import decimal_text, known, text
from dti_core.models import Detail
from dti_core.numbers import to_decimal
from dti_core.report.console import cell, number_of, rendered
from dti_core.rules.base import shown

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dti_core.models import Framework, Ranking
    from dti_core.pipeline import Evaluation
    from dti_core.trace import Step, Trace


def explain_unit(request: Request, unit: str, indicator: str | None) -> None:
    """Write the trace of a unit, or of one of its indicators.

    :raises UsageError: the facts know no such unit, or the framework no such indicator.
    """
    from dti_core.trace import trace

    evaluation = evaluate_request(request)
    unit, indicator = _typed(unit), indicator and _typed(indicator)
    try:
        traced = trace(evaluation, unit)
    except KeyError:
        raise _unknown("usage.unit", unit, evaluation.units["unit"].to_list()) from None
    if indicator is None:
        parts = list(_whole(evaluation, traced))
    else:
        parts = list(_one(evaluation, traced, indicator))
    write_result(rendered([*parts, *_sums(evaluation, traced)]), None)


def _typed(code: str) -> str:
    """Normalise a code as the collector does."""
    return normalize("NFC", code).strip()


def _whole(evaluation: Evaluation, traced: Trace) -> Iterator[RenderableType]:
    framework = evaluation.framework
    yield cell(f"{traced.unit} · {traced.row['unit_name']}")
    table = Table(show_lines=False)
    for key in ("indicator", "points", "max_points", "explanation", "clause"):
        table.add_column(text(f"column.{key}"))
    for dimension in framework.dimensions:
        sums = [
            _points(traced.row[f"{name}:{dimension.code}"], framework)
            for name in ("points", "max_points")
        ]
        cells = (dimension.code, *sums, dimension.name, dimension.citation.clause)
        if framework.detail is not Detail.DIMENSIONS:
            table.add_row(*map(cell, cells), style="bold")
        for step in traced.steps:
            if step.dimension == dimension.code:
                table.add_row(*map(cell, _cells(step, framework)))
    yield table
    yield from _information(evaluation, traced.unit)


def _information(evaluation: Evaluation, unit: str) -> Iterator[RenderableType]:
    """Write what was collected of the unit and is never scored."""
    told = evaluation.facts.information
    rows = [] if told is None else told.collect().rows(named=True)
    values = {row["indicator"]: row["value"] for row in rows if row["unit"] == unit}
    if values:
        yield Text(text("frameworks.information"), style="bold")
    for each in evaluation.framework.information:
        if each.code in values:
            yield cell(f"  {each.code} {each.name}: {values[each.code]}")


def _cells(step: Step, framework: Framework) -> list[str]:
    figures = [_points(step.points, framework), _points(step.max_points, framework)]
    sentence = f"{step.indicator.name}: {step.sentence}"
    return [step.indicator.code, *figures, sentence, step.citation.clause]


def _one(evaluation: Evaluation, traced: Trace, code: str) -> Iterator[RenderableType]:
    steps = {step.indicator.code: step for step in traced.steps}
    if code not in steps:
        raise _unknown("usage.indicator", code, list(steps))
    step, framework = steps[code], evaluation.framework
    indicator = step.indicator
    yield cell(f"{traced.unit} · {indicator.code} {indicator.name}")
    clause = f"{number_of(framework.decision)}, {step.citation.clause}"
    lines = {
        "clause": f"{clause}: “{step.citation.quote}”",
        "evidence": indicator.evidence,
        "rule": _rule(step),
        "appraiser": indicator.appraiser,
        "max_points": _points(indicator.max_points, framework),
        "explanation": step.sentence,
        "points": _points(step.points, framework),
        "note": indicator.note,
    }
    yield cell(
        "\n".join(f"  {text(f'column.{key}')}: {line}" for key, line in lines.items() if line)
    )


def _rule(step: Step) -> str:
    """Name the rule and what it was given, in words."""
    rule = step.indicator.rule
    given = rule.model_dump(exclude_defaults=True)
    parameters = (
        f"{known(f'parameter.{name}', name)}: {_given(each, scaled=is_points(type(rule), name))}"
        for name, each in given.items()
    )
    return "; ".join((rule_name(rule), *parameters))


def _given(value: Any, *, scaled: bool) -> str:
    """Write the value of a parameter for people; ``scaled`` where it counts ten-thousandths."""
    if isinstance(value, dict):
        return str(DayOfYear.model_validate(value))
    if isinstance(value, tuple):
        return ", ".join(f"≥ {shown(step['at_least'])}: {step['share']}" for step in value)
    if isinstance(value, bool):
        return text("answer.yes" if value else "answer.no")
    return shown(value) if scaled else known(f"option.{value}", str(value))


def _sums(evaluation: Evaluation, traced: Trace) -> Iterator[RenderableType]:
    """Write sum, value and rank of each ranking, then the tier, with the clause of each."""
    for ranking in evaluation.framework.rankings:
        yield Text(_sum(evaluation, traced, ranking))
    if traced.row["tier"] is not None:
        yield cell(_tier(evaluation, traced))
    for status in evaluation.framework.statuses:
        if status.code == traced.row["status"] and not status.ranked:
            quoted = {"clause": status.citation.clause, "quote": status.citation.quote}
            yield cell(text("trace.unranked", status=status.name, **quoted))


def _tier(evaluation: Evaluation, traced: Trace) -> str:
    """Quote the clause that put the unit in its tier: of its status, or of its value."""
    tiers, row = evaluation.tiers, traced.row
    names = {each.code: each.name for each in evaluation.framework.statuses}
    for override in tiers.overrides if tiers else ():
        if override.status == row["status"]:
            quoted = {"clause": override.citation.clause, "quote": override.citation.quote}
            status = names[override.status]
            return text("trace.tier-by-status", tier=override.tier, status=status, **quoted)
    [mine] = [each for each in (tiers.tiers if tiers else ()) if each.name == row["tier"]]
    quoted = {"clause": mine.citation.clause, "quote": mine.citation.quote}
    return text("trace.tier", tier=mine.name, **quoted)


def _sum(evaluation: Evaluation, traced: Trace, ranking: Ranking) -> str:
    framework, row = evaluation.framework, traced.row
    code = ranking.code
    figures = {
        "name": ranking.name,
        "points": _points(row[f"{code}.points"], framework),
        "max_points": _points(row[f"{code}.max_points"], framework),
        "clause": ranking.citation.clause,
    }
    if row[f"{code}.value"] is None:
        return text("trace.no-value", **figures)
    decimals = framework.value_decimals
    ratio = (row[f"{code}.numerator"], row[f"{code}.denominator"])
    shown_unit = framework.value_scale * 10**decimals
    exact = shown_unit * ratio[0] == row[f"{code}.value"] * ratio[1]
    return text(
        "trace.sum" if row[f"{code}.rank"] else "trace.sum-unranked",
        **figures,
        scale=framework.value_scale,
        numerator=shown(ratio[0]),
        denominator=shown(ratio[1]),
        sign="=" if exact else "≈",
        value=decimal_text(to_decimal(row[f"{code}.value"], decimals, decimals)),
        rank=row[f"{code}.rank"],
        units=_rivals(evaluation, ranking, row),
        scope=text(f"scope.{ranking.scope}"),
    )


def _rivals(evaluation: Evaluation, ranking: Ranking, row: Mapping[str, Any]) -> int:
    """Count the units that compete in a ranking with this one."""
    units = evaluation.units
    if ranking.scope == "group":
        units = units.filter(units["group"] == row["group"])
    return len(units[f"{ranking.code}.rank"].drop_nulls())


def _points(scaled: int, framework: Framework) -> str:
    return decimal_text(to_decimal(scaled, framework.point_decimals))


def _unknown(key: str, given: str, known: list[str]) -> Exception:
    from difflib import get_close_matches

    close = get_close_matches(given, known, 3) or known[:3]
    return usage_error(key, given=given, close=", ".join(close))
