"""The way from facts to an evaluation: a plugin made in the test, and facts written as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import pluggy
import polars as pl
from frameworks import YEAR

from dti_core import defaults, hookspecs
from dti_core.facts import FACT_COLUMNS, Facts
from dti_core.models import Framework, Tiers
from dti_core.pipeline import Evaluation, evaluate
from dti_core.plugin import Plugin
from dti_core.rules import FactType
from dti_core.sources import Source
from dti_core.valuing import Value

if TYPE_CHECKING:
    from oracle import Fact

ONE = 10_000
HEADING = (
    *("unit", "indicator", "value", "denominator", "points", "status", "reason", "group"),
    *("max_points", "replacement"),
)


@dataclass
class InTest:
    """A plugin as an object; a hook whose answer is None leaves the work to core."""

    framework: Framework
    tiers: Tiers | None = None
    formula: Value | None = None
    facts: Facts | None = None

    @hookspecs.hookimpl
    def dti_register_frameworks(self, choices):
        return [self.framework]

    @hookspecs.hookimpl
    def dti_collect_metrics(self, framework, year, sources):
        return self.facts

    @hookspecs.hookimpl
    def dti_score(self, framework, ranking):
        return self.formula

    @hookspecs.hookimpl
    def dti_tier(self, framework):
        return self.tiers


def as_plugin(hooks: object) -> Plugin:
    """Register hooks as the loader does."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(defaults)
    manager.register(hooks, "minh-hoa")
    return Plugin("minh-hoa", "dti-minh-hoa", "0.1.0", manager)


def run(
    framework: Framework,
    facts: Sequence[Fact],
    groups: Mapping[str, str] | None = None,
    *,
    tiers: Tiers | None = None,
    formula: Value | None = None,
    statuses: Mapping[str, str] | None = None,
) -> Evaluation:
    """Evaluate facts that come in as a tidy CSV file, the whole way."""
    text = as_csv(framework, facts, groups or {}, statuses or {})
    source = Source("minh-hoa.csv", data=text.encode())
    return evaluate(as_plugin(InTest(framework, tiers, formula)), framework, YEAR, [source])


def run_columns(framework: Framework, facts: Facts, **hooks) -> Evaluation:
    """Evaluate facts that the plugin's own collector gives as columns."""
    plugin = as_plugin(InTest(framework, facts=facts, **hooks))
    return evaluate(plugin, framework, YEAR, [])


def as_csv(
    framework: Framework,
    facts: Sequence[Fact],
    groups: Mapping[str, str],
    statuses: Mapping[str, str],
) -> str:
    accepts = {leaf.code: leaf.rule.accepts for _, leaf in framework.leaves}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADING)
    for fact in facts:
        is_date = accepts[fact.indicator] == FactType.DATE and fact.value is not None
        value = _day(fact.value) if is_date else _decimal(fact.value)
        # A share of a hundred is written as clerks write it: a percentage alone.
        whole = "" if fact.denominator == 100 * ONE else _decimal(fact.denominator)
        why = (_status(fact), fact.reason or "", groups.get(fact.unit, ""))
        own = (_decimal(fact.max_points), fact.replacement or "")
        writer.writerow(
            [fact.unit, fact.indicator, value, whole, _decimal(fact.points), *why, *own]
        )
    for unit, status in statuses.items():
        writer.writerow([unit, "", "", "", "", status, "", groups.get(unit, ""), "", ""])
    return text.getvalue()


def _status(fact: Fact) -> str:
    if fact.reason is None:
        return ""
    if fact.max_points is None:
        return "na"
    return "reduced" if fact.replacement is None else "replaced"


def _decimal(scaled: int | None) -> str:
    if scaled is None:
        return ""
    whole, rest = divmod(scaled, ONE)
    return f"{whole}.{rest:04d}" if rest else str(whole)


def _day(scaled: int) -> str:
    return (dt.date(1970, 1, 1) + dt.timedelta(days=scaled // ONE)).isoformat()


def rows_frame(facts: Sequence[Fact]) -> pl.DataFrame:
    """Write facts as the columns that a collector gives."""
    columns = {name: [getattr(fact, name) for fact in facts] for name in FACT_COLUMNS}
    numbers = ("value", "denominator", "points", "max_points")
    schema = {name: pl.Int64 if name in numbers else pl.String for name in FACT_COLUMNS}
    return pl.DataFrame(columns, schema)


def units_frame(
    groups: Mapping[str, str], statuses: Mapping[str, str] | None = None
) -> pl.DataFrame:
    columns = {"unit": list(groups), "unit_name": list(groups), "group": list(groups.values())}
    columns["status"] = [(statuses or {}).get(unit, "") for unit in groups]
    return pl.DataFrame(columns, dict.fromkeys(columns, pl.String))


def as_facts(
    facts: Sequence[Fact], groups: Mapping[str, str], statuses: Mapping[str, str] | None = None
) -> Facts:
    """Hand facts over as a plugin's collector does."""
    rows, units = rows_frame(facts).lazy(), units_frame(groups, statuses).lazy()
    return Facts(rows=nw.from_native(rows), units=nw.from_native(units))


def by_unit(evaluation: Evaluation) -> dict[str, dict[str, object]]:
    """Return every figure of each unit; what only describes the unit is left out."""
    described = {"unit", "unit_name", "group", "status", "reported"}
    rows = evaluation.units.rows(named=True)
    return {row["unit"]: {name: row[name] for name in row if name not in described} for row in rows}


def points_of(evaluation: Evaluation) -> dict[tuple[str, str], int | None]:
    """Return the points of each fact; None where it is not applicable."""
    scored = evaluation.scored.select("unit", "indicator", "applicable", "points").collect()
    return {
        (unit, indicator): points if applicable else None
        for unit, indicator, applicable, points in scored.rows()
    }
