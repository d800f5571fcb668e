"""Cases: generated facts of a few units, as columns for the pipeline and as rows of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, Final, NamedTuple

import narwhals as nw
import polars as pl

from dti_core.facts import FACT_COLUMNS, Facts
from dti_core.models import Framework, Indicator
from dti_core.numbers import ONE, to_short_decimal
from dti_core.rules import FactType
from dti_core.rules.counts import EPOCH
from dti_core.sources import Source

REASON: Final = "Công văn minh hoạ"
REPLACEMENT: Final = "Chỉ số thay thế minh hoạ"
COLUMNS: Final = (
    *("unit", "indicator", "value", "denominator", "points", "status", "reason", "group"),
    *("max_points", "replacement"),
)
"""The columns of tidy input that a case fills."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one indicator, in the terms of :data:`dti_core.facts.FACT_COLUMNS`."""

    indicator: str
    value: int | None = None
    denominator: int | None = None
    points: int | None = None
    reason: str | None = None
    max_points: int | None = None
    replacement: str | None = None

    @property
    def status(self) -> str:
        """What tidy input calls this state of an indicator."""
        if self.reason is None:
            return ""
        if self.max_points is None:
            return "na"
        return "reduced" if self.replacement is None else "replaced"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its facts; what has none is missing."""

    code: str
    facts: tuple[Fact, ...] = ()
    group: str = ""
    status: str = ""


class Pair(NamedTuple):
    """Two units of a case that differ on purpose, in one indicator where it is named.

    The first is the worse one, or the one before something was done to the indicator.
    """

    first: str
    second: str
    indicator: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """Facts of some units in one year."""

    year: int
    units: tuple[Unit, ...]
    pairs: tuple[Pair, ...] = ()

    def __repr__(self) -> str:
        """Say how much it holds, not all of it."""
        return f"<facts of {len(self.units)} units in {self.year}>"

    def _repr_pretty_(self, printer: Any, _cycle: object) -> None:
        """Say the same to Hypothesis, which writes every case that fails."""
        printer.text(repr(self))

    def only(self, units: Iterable[str], indicators: Iterable[str] = ()) -> Case:
        """Leave out the other units, and the other indicators where some are named."""
        kept, wanted = set(units), set(indicators)
        left = (each for each in self.units if not kept or each.code in kept)
        return Case(self.year, tuple(_only(each, wanted) for each in left))


def _only(unit: Unit, indicators: set[str]) -> Unit:
    facts = tuple(each for each in unit.facts if not indicators or each.indicator in indicators)
    return Unit(unit.code, facts, unit.group, unit.status)


def as_facts(case: Case) -> Facts:
    """Give a case as the columns that a collector gives, marked as checked."""
    cells = [(unit.code, each) for unit in case.units for each in unit.facts]
    columns: dict[str, list[object]] = {"unit": [unit for unit, _ in cells]}
    columns |= {one.name: [getattr(each, one.name) for _, each in cells] for one in fields(Fact)}
    texts = {name for name, kind in FACT_COLUMNS.items() if kind == nw.String()}
    schema = {name: pl.String if name in texts else pl.Int64 for name in FACT_COLUMNS}
    rows = pl.DataFrame({name: columns[name] for name in schema}, schema)
    units = nw.from_native(_units(case).lazy())
    return Facts(nw.from_native(rows.lazy()), units, checked=True)


def _units(case: Case) -> pl.DataFrame:
    columns = {
        "unit": [each.code for each in case.units],
        "unit_name": [each.code for each in case.units],
        "group": [each.group for each in case.units],
        "status": [each.status for each in case.units],
    }
    return pl.DataFrame(columns, dict.fromkeys(columns, pl.String))


def as_rows(case: Case, framework: Framework) -> Iterator[dict[str, str]]:
    """Give a case as rows of tidy input, without the cells that are empty."""
    leaves = {leaf.code: leaf for _, leaf in framework.leaves}
    for unit in case.units:
        of_unit = {"unit": unit.code} | _filled(group=unit.group)
        if unit.status:
            yield of_unit | {"status": unit.status}
        for each in unit.facts:
            yield of_unit | as_cells(each, leaves[each.indicator])


def as_cells(fact: Fact, leaf: Indicator) -> dict[str, str]:
    """Write one fact as a clerk would."""
    is_date = leaf.rule.accepts == FactType.DATE and fact.value is not None
    numbers = {
        "value": as_day(fact.value or 0) if is_date else _decimal(fact.value),
        "denominator": _decimal(fact.denominator),
        "points": _decimal(fact.points),
        "max_points": _decimal(fact.max_points),
    }
    texts = _filled(
        status=fact.status, reason=fact.reason or "", replacement=fact.replacement or ""
    )
    return {"indicator": fact.indicator} | _filled(**numbers) | texts


def as_day(value: int) -> str:
    """Write a date of the column ``value`` in the ISO way."""
    return (EPOCH + timedelta(days=value // ONE)).isoformat()


def _decimal(number: int | None) -> str:
    return "" if number is None else to_short_decimal(number)


def _filled(**cells: str) -> dict[str, str]:
    return {name: each for name, each in cells.items() if each}


def as_source(
    rows: Iterable[Mapping[str, str]], name: str = "case.csv", columns: Iterable[str] = COLUMNS
) -> Source:
    """Write rows as a tidy CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Source(name, data=text.getvalue().encode())
