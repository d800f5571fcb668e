"""JSON: the whole result, numbers written with their exact decimal text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from dti_core.facts import DataFrame
from dti_core.models import Detail, ExclusionPolicy, Framework, Interpretation
from dti_core.numbers import to_short_decimal
from dti_core.pipeline import Evaluation
from dti_core.report.figures import written

FIGURES = ("points", "max_points", "value")


def to_json(evaluation: Evaluation) -> bytes:
    """Write the result by the contract of ``dti evaluate --format json``."""
    framework, decision = evaluation.framework, evaluation.framework.decision
    result = {
        "decision": {
            "plugin": evaluation.recipe["plugin"],
            "number": decision.number,
            "date": decision.date,
            "issuer": decision.issuer,
        },
        "level": framework.level,
        "year": evaluation.year,
        "units": _units(evaluation),
        "interpretations": [_interpretation(each) for each in framework.interpretations],
        "discrepancies": [each.model_dump(mode="json") for each in framework.discrepancies],
        "recipe": evaluation.recipe,
    }
    return orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _units(evaluation: Evaluation) -> list[dict[str, Any]]:
    rows = written(evaluation).iter_rows(named=True)
    lists = _lists(evaluation)
    return [
        _unit(row, evaluation.framework) | {name: of[row["unit"]] for name, of in lists.items()}
        for row in rows
    ]


def _lists(evaluation: Evaluation) -> dict[str, Mapping[str, object]]:
    """Return what stands beside the figures of each unit; some only where the decision has it."""
    left_out, missing = evaluation.not_applicable, evaluation.missing
    lists: dict[str, Mapping[str, object]] = {
        "not_applicable": _by_unit(left_out, lambda row: _only(row, "indicator", "reason")),
        "missing": _by_unit(missing, lambda row: row["indicator"]),
    }
    if _may_change(evaluation.framework):
        lists["changed"] = _by_unit(evaluation.changed, _changed)
    if evaluation.without_evidence is not None:
        bare = evaluation.without_evidence
        lists["without_evidence"] = _by_unit(bare, lambda row: row["indicator"])
    if evaluation.framework.information:
        lists["information"] = _information(evaluation)
    return lists


def _information(evaluation: Evaluation) -> Mapping[str, dict[str, str]]:
    """Return of each unit what was collected and not scored, in the decision's order."""
    told = defaultdict[str, dict[str, str]](dict)
    if evaluation.facts.information is not None:
        for row in evaluation.facts.information.collect().iter_rows(named=True):
            told[row["unit"]][row["indicator"]] = row["value"]
    codes = [each.code for each in evaluation.framework.information]
    for unit, values in told.items():
        told[unit] = {code: values[code] for code in codes if code in values}
    return told


def _may_change(framework: Framework) -> bool:
    """Tell whether the council may set another maximum for a unit."""
    exclusion = framework.exclusion
    may_replace = exclusion and exclusion.policy is ExclusionPolicy.DEDUCT_OR_REPLACE
    return bool(may_replace) or framework.detail is Detail.DIMENSIONS


def _by_unit(
    table: DataFrame, item: Callable[[Mapping[str, Any]], object]
) -> Mapping[str, list[object]]:
    listed = defaultdict[str, list[object]](list)
    for row in table.iter_rows(named=True):
        listed[row["unit"]].append(item(row))
    return listed


def _only(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _changed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Write an indicator whose maximum the council changed for this unit."""
    figures = {name: _number(to_short_decimal(row[name])) for name in ("points", "max_points")}
    return _only(row, "indicator", "reason", "replacement") | figures


def _unit(row: Mapping[str, Any], framework: Framework) -> dict[str, Any]:
    rankings = {each.code: _figures(row, f"{each.code}.") for each in framework.rankings}
    for code, figures in rankings.items():
        figures["rank"] = row[f"{code}.rank"]
    overall = rankings[framework.rankings[0].code]
    dimensions = [
        {
            "code": each.code,
            "name": each.name,
            "points": _number(row[f"points:{each.code}"]),
            "max_points": _number(row[f"max_points:{each.code}"]),
        }
        for each in framework.dimensions
    ]
    return {
        "unit": row["unit"],
        "unit_name": row["unit_name"],
        **{name: row[name] for name in ("group", "status") if row[name]},
        **{name: overall[name] for name in FIGURES},
        "tier": row["tier"],
        "rankings": rankings,
        "dimensions": dimensions,
    }


def _figures(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name: _number(row[f"{prefix}{name}"]) for name in FIGURES}


def _number(text: str | None) -> orjson.Fragment | None:
    """Keep exact decimal text as a JSON number."""
    return None if text is None else orjson.Fragment(text)


def _interpretation(each: Interpretation) -> dict[str, Any]:
    return each.model_dump(mode="json") | {"in_force_text": each.chosen.text}
