"""The sums of an evaluation once more, slowly, in Python's integers and fractions.

Nothing here shares a formula with the steps of the pipeline. What a plugin gives as an expression
is asked of one row alone, which holds only the columns that the contract names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

import narwhals as nw
import polars as pl

from dti_core.conformance.trying import Row, Tried
from dti_core.models import Block, Dimension, Indicator, Ranking
from dti_core.rules import Rule
from dti_core.valuing import Value

HALF = Fraction(1, 2)


def half_up(exact: Fraction, unit: int = 1) -> int:
    """Round to the nearest multiple of a unit, halves upwards."""
    return floor(exact / unit + HALF) * unit


Number = int | float


@dataclass(frozen=True, slots=True)
class Asked:
    """What an expression gave for one row, or the fault that it has."""

    numerator: Number | None = None
    denominator: Number | None = None
    fault: str = ""

    @property
    def ratio(self) -> Fraction | None:
        """The exact ratio; None where nothing is below the line."""
        if self.numerator is None or not self.denominator or self.denominator < 0:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)

    @property
    def is_exact(self) -> bool:
        """Whether both numbers are integers."""
        return type(self.numerator) is int and type(self.denominator) is int


def ask(numerator: nw.Expr, denominator: nw.Expr, row: Mapping[str, int | None]) -> Asked:
    """Evaluate two expressions on one row of integers."""
    frame = nw.from_native(pl.DataFrame([row], dict.fromkeys(row, pl.Int64)).lazy())
    try:
        part, whole = frame.select(part=numerator, whole=denominator).collect().row(0)
    except Exception as error:  # noqa: BLE001  # whatever the expression does
        return Asked(fault=f"{type(error).__name__}: {str(error).partition(chr(10))[0]}")
    return Asked(part, whole)


def of_rule(rule: Rule, row: Row, year: int) -> Asked:
    """Ask a rule for the earned share of one scored fact."""
    earned = rule.earned(year)
    seen = {name: row[name] for name in ("value", "denominator")}
    return ask(earned.numerator, earned.denominator, seen)


def of_formulas(tried: Tried) -> Mapping[tuple[str, str], Asked]:
    """Ask the formula of every ranking for the value of every unit, by its own sums alone.

    :return: by the codes of ranking and unit.
    """
    kept: dict[str, Mapping[tuple[str, str], Asked]] = vars(tried)
    if "asked" not in kept:
        formulas = tried.plugin.formulas(tried.framework)
        kept["asked"] = {
            (code, unit): asked
            for code, formula in formulas.items()
            for unit, asked in _of_formula(formula, tried, code)
        }
    return kept["asked"]


def _of_formula(formula: Value, tried: Tried, ranking: str) -> Iterator[tuple[str, Asked]]:
    known: dict[tuple[int, ...], Asked] = {}
    of_ranking = {name: f"{ranking}.{name}" for name in ("points", "max_points")}
    of_dimension = [
        f"{name}:{each.code}"
        for each in tried.framework.dimensions
        for name in ("points", "max_points")
    ]
    for unit, row in tried.rows.items():
        seen = {name: row[column] for name, column in of_ranking.items()}
        seen |= {name: row[name] for name in of_dimension}
        key = tuple(seen.values())
        if key not in known:
            known[key] = ask(formula.numerator, formula.denominator, seen)
        yield unit, known[key]


def leaves(dimension: Dimension) -> Iterator[Indicator]:
    """Yield what is reported for a main indicator."""
    waiting = list(dimension.indicators)
    while waiting:
        each = waiting.pop(0)
        waiting[:0] = each.items
        if not each.items:
            yield each


def in_dimension(tried: Tried, dimension: Dimension, unit: Row) -> tuple[int, int]:
    """Add up points and applicable maxima of one unit."""
    points = whole = 0
    for leaf in leaves(dimension):
        row: Mapping[str, Any] | None = tried.scored.get((unit["unit"], leaf.code))
        if leaf.groups and unit["group"] not in leaf.groups:
            continue
        if row is None:
            whole += leaf.max_points
        elif row["applicable"]:
            points += row["points"]
            whole += row["max_points"]
    if dimension.cap is not None:
        return min(points, dimension.cap), 0
    return points, whole


def in_ranking(tried: Tried, ranking: Ranking, unit: Row) -> tuple[int, int]:
    """Add up what a ranking counts, from the sums of one unit."""
    points = whole = 0
    for each in tried.framework.dimensions:
        if not ranking.dimensions or each.code in ranking.dimensions:
            sign = -1 if each.block is Block.DEDUCTION else 1
            points += sign * unit[f"points:{each.code}"]
            whole += unit[f"max_points:{each.code}"]
    return max(points, 0), whole


def exact_value(row: Row, ranking: Ranking) -> Fraction | None:
    """Return the ratio that the pipeline gives a unit in a ranking."""
    part, whole = (row[f"{ranking.code}.{name}"] for name in ("numerator", "denominator"))
    return None if part is None or whole is None else Fraction(part, whole)
