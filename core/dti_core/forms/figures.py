"""What the engine makes of the answers of many units at once: the cached values of formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import narwhals as nw
import polars as pl

from dti_core.facts import FACT_COLUMNS, UNIT_COLUMNS
from dti_core.forms.answers import OF_UNIT, Answers, Unit
from dti_core.forms.setup import Setup
from dti_core.models import Framework
from dti_core.scoring import score
from dti_core.tallying import tally
from dti_core.valuing import value

TEXTS: Final = ("unit", "indicator", "reason", "replacement")


@dataclass(frozen=True)
class Figures:
    """The figures of one unit, in ten-thousandths.

    :param points: of each indicator that has an answer; None where it is not applicable.
    :param dimensions: points and applicable maximum of each main indicator.
    :param rankings: points, applicable maximum and value of each ranking; the value counts units
        of its last shown decimal, and is None where nothing is applicable.
    """

    points: Mapping[str, int | None] = field(default_factory=dict)
    dimensions: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    rankings: Mapping[str, tuple[int, int, int | None]] = field(default_factory=dict)


def figures(setup: Setup, batch: Mapping[Unit, Answers]) -> dict[str, Figures]:
    """Evaluate the answers of each unit; by the code of the unit."""
    framework = setup.framework
    scored = score(nw.from_native(_rows(batch).lazy()), framework, setup.year).collect()
    tallied = tally(scored.lazy(), nw.from_native(_units(batch).lazy()), framework)
    valued = value(tallied, framework, setup.values).collect()
    points: dict[str, dict[str, int | None]] = {unit.code: {} for unit in batch}
    for unit, code, applicable, each in scored.select(
        "unit", "indicator", "applicable", "points"
    ).iter_rows():
        points[unit][code] = each if applicable else None
    return {
        row["unit"]: Figures(points[row["unit"]], *_sums(row, framework))
        for row in valued.iter_rows(named=True)
    }


def _sums(row: Mapping[str, Any], framework: Framework) -> tuple[dict[str, Any], dict[str, Any]]:
    dimensions = {
        each.code: (row[f"points:{each.code}"], row[f"max_points:{each.code}"])
        for each in framework.dimensions
    }
    names = ("points", "max_points", "value")
    rankings = {
        each.code: tuple(row[f"{each.code}.{name}"] for name in names)
        for each in framework.rankings
    }
    return dimensions, rankings


def _rows(batch: Mapping[Unit, Answers]) -> pl.DataFrame:
    cells = [
        (unit.code, code, each)
        for unit, answers in batch.items()
        for code, each in answers.items()
        if each.is_fact and each.text is None
    ]
    columns: dict[str, list[object]] = {
        "unit": [unit for unit, *_ in cells],
        "indicator": [code for _, code, _ in cells],
    }
    columns |= {
        name: [getattr(each, name) for *_, each in cells]
        for name in FACT_COLUMNS
        if name not in columns
    }
    schema = {name: pl.String if name in TEXTS else pl.Int64 for name in FACT_COLUMNS}
    return pl.DataFrame({name: columns[name] for name in schema}, schema)


def _units(batch: Mapping[Unit, Answers]) -> pl.DataFrame:
    statuses = [answers[OF_UNIT].text if OF_UNIT in answers else "" for answers in batch.values()]
    columns = {
        "unit": [unit.code for unit in batch],
        "unit_name": [unit.name for unit in batch],
        "group": [unit.group for unit in batch],
        "status": statuses,
    }
    return pl.DataFrame(columns, dict.fromkeys(UNIT_COLUMNS, pl.String))
