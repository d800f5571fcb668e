"""JSON: the whole result, numbers written with their exact decimal text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import orjson

from dti_core.models import Framework, Interpretation
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
    left_out, missing = defaultdict[str, list[Any]](list), defaultdict[str, list[str]](list)
    for row in evaluation.not_applicable.iter_rows(named=True):
        left_out[row["unit"]].append({key: row[key] for key in ("indicator", "reason")})
    for row in evaluation.missing.iter_rows(named=True):
        missing[row["unit"]].append(row["indicator"])
    return [
        _unit(row, evaluation.framework)
        | {"not_applicable": left_out[row["unit"]], "missing": missing[row["unit"]]}
        for row in written(evaluation).iter_rows(named=True)
    ]


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
        **({"group": row["group"]} if row["group"] else {}),
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
