"""The whole way of the data: collect → score → tally → value → tier → rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata

import narwhals as nw

from dti_core.errors import InvalidFacts, PluginMisbehaved, Problem, UsageError, usage_error
from dti_core.facts import DataFrame, Facts, LazyFrame
from dti_core.models import Detail, Framework, Tiers
from dti_core.numbers import EXACT_FLOAT, INT64_MAX
from dti_core.plugin import Plugin
from dti_core.ranking import rank
from dti_core.rules import FactType
from dti_core.scoring import score
from dti_core.sources import Source
from dti_core.tallying import elsewhere, expected, tally
from dti_core.tiering import tier
from dti_core.valuing import Value, value


@dataclass(frozen=True)
class Evaluation:
    """The result of one run, with the recipe that made it.

    :param scored: one row for each fact, as :func:`dti_core.scoring.score` gives it.
    :param units: one row for each unit, by rank in the first ranking and then by code, with
        ``unit``, ``unit_name``, ``group``, ``tier`` and what :mod:`dti_core.tallying`,
        :mod:`dti_core.valuing` and :mod:`dti_core.ranking` add.
    :param missing: ``unit`` and ``indicator`` of what was not reported, in the annex's order.
    """

    framework: Framework
    year: int
    facts: Facts
    tiers: Tiers | None
    scored: LazyFrame
    units: DataFrame
    missing: DataFrame
    recipe: Mapping[str, object]

    @cached_property
    def not_applicable(self) -> DataFrame:
        """``unit``, ``indicator`` and ``reason`` (null: a zero denominator) of what is left out."""
        left_out = self.scored.filter(~nw.col("applicable")).collect()
        ordered = left_out.join(_annex(self.framework, left_out), on="indicator").sort(
            "unit", "place"
        )
        return ordered.select("unit", "indicator", "reason")

    @cached_property
    def changed(self) -> DataFrame:
        """What the council set another maximum for: a replaced or reduced indicator of a unit.

        ``unit``, ``indicator``, ``points``, ``max_points``, ``reason`` and ``replacement`` (null:
        a part of the indicator is not assessed).
        """
        both = ~nw.col("reason").is_null() & nw.col("applicable")
        rows = self.scored.filter(both).collect()
        ordered = rows.join(_annex(self.framework, rows), on="indicator").sort("unit", "place")
        return ordered.select("unit", "indicator", "points", "max_points", "reason", "replacement")

    @cached_property
    def without_evidence(self) -> DataFrame | None:
        """``unit`` and ``indicator`` reported with nothing to show; None: nothing is asked for."""
        if self.facts.without_evidence is None:
            return None
        rows = self.facts.without_evidence.collect()
        ordered = rows.join(_annex(self.framework, rows), on="indicator").sort("unit", "place")
        return ordered.select("unit", "indicator")


def evaluate(
    plugin: Plugin, framework: Framework, year: int, sources: Sequence[Source]
) -> Evaluation:
    """Collect the facts of the sources and evaluate them.

    :raises InvalidFacts: the facts are wrong, or something is missing where that is refused.
    :raises UsageError: the framework is an outline: it scores nothing before an annex is brought.
    :raises PluginMisbehaved: a hook breaks its contract.
    """
    if framework.detail is Detail.OUTLINE:
        raise _annex_needed(plugin, framework)
    return evaluate_facts(plugin, framework, year, plugin.collect(framework, year, sources))


def _annex_needed(plugin: Plugin, framework: Framework) -> UsageError:
    """Say whose annex to bring: of the decision, or of the set that a plan applies."""
    decision = framework.decision
    numbers = [each.number for each in decision.implements] or [decision.number or decision.title]
    values = {"number": ", ".join(numbers), "level": framework.level, "plugin": plugin.name}
    return usage_error("usage.annex-needed", **values)


def evaluate_facts(plugin: Plugin, framework: Framework, year: int, facts: Facts) -> Evaluation:
    """Evaluate facts that have been collected; errors as in :func:`evaluate`."""
    formulas, tiers = plugin.formulas(framework), plugin.tiers(framework)
    try:
        scored = score(facts.rows, framework, year)
        units = _rank_all(scored, facts, framework, formulas, tiers).collect()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        reason, *_ = f"{type(error).__name__}: {error}".splitlines()
        raise _misbehaved(plugin, "plugin.formula-failed", error=reason) from error
    units = units.sort(f"{framework.rankings[0].code}.rank", "unit", nulls_last=True)
    _check_exactness(units, framework, plugin)
    if not facts.checked:
        _check_facts(scored, facts, framework, plugin)
    missing = _missing(units, facts, framework)
    if framework.missing == "refuse":
        _check_nothing_missing(missing, units, tiers)
    recipe = _recipe(plugin, framework, year, facts)
    return Evaluation(framework, year, facts, tiers, scored, units, missing, recipe)


def _rank_all(
    scored: LazyFrame,
    facts: Facts,
    framework: Framework,
    formulas: Mapping[str, Value],
    tiers: Tiers | None,
) -> LazyFrame:
    tallied = tally(scored, facts.units, framework)
    valued = value(tallied, framework, formulas)
    return rank(tier(valued, framework, tiers), framework)


def _check_exactness(units: DataFrame, framework: Framework, plugin: Plugin) -> None:
    """Refuse a formula whose quotients may not keep the order of the ratios."""
    for ranking in framework.rankings:
        names = (f"{ranking.code}.numerator", f"{ranking.code}.denominator")
        if any(not units.schema[name].is_integer() for name in names):
            raise _misbehaved(plugin, "plugin.formula-type", ranking=ranking.code)
        largest = [int(units[name].drop_nulls().abs().max() or 0) for name in names]
        # Doubles above one lie twice as far apart.
        above_one = bool((units[names[0]] > units[names[1]]).any())
        bound = EXACT_FLOAT // 2 if above_one else EXACT_FLOAT
        shown = 2 * framework.value_scale * 10**framework.value_decimals * largest[0]
        if largest[0] * largest[1] >= bound or shown + largest[1] > INT64_MAX:
            raise _misbehaved(plugin, "plugin.formula-too-large", ranking=ranking.code)


def _check_facts(scored: LazyFrame, facts: Facts, framework: Framework, plugin: Plugin) -> None:
    """Refuse facts that a plugin collected and that its own rules cannot have scored."""
    units, cell = facts.units.collect(), ["unit", "indicator"]
    _check_units(units, framework, plugin)
    rows = scored.collect().join(units.select("unit", "group"), on="unit", how="left")
    points = nw.col("points")
    within = points.is_between(0, nw.col("max_points")).fill_null(value=False)
    given = [leaf.code for _, leaf in framework.leaves if leaf.rule.accepts == FactType.POINTS]
    measured = ~nw.col("value").is_null() & nw.col("indicator").is_in(given)
    bare = nw.col("reason").is_null() | nw.col("points").is_null()
    changed = facts.rows.filter(~nw.col("max_points").is_null() & bare).collect()
    for key, wrong in {
        "plugin.fact-unknown-indicator": rows.filter(nw.col("max_points").is_null()),
        "plugin.fact-needs-points": rows.filter(measured),
        "plugin.fact-own-maximum": changed,
        "plugin.fact-out-of-range": rows.filter(~within),
        "plugin.fact-twice": rows.filter(rows.select(cell).is_duplicated()),
        "plugin.fact-unknown-unit": rows.filter(nw.col("group").is_null()),
        "plugin.fact-other-group": rows.filter(_of_other_group(framework)),
    }.items():
        if len(wrong):
            raise _misbehaved(plugin, key, **wrong.select(cell).rows(named=True)[0])


def _check_units(units: DataFrame, framework: Framework, plugin: Plugin) -> None:
    """Refuse a unit that stands twice, or is in a state that the decision does not know."""
    known = ["", *(each.code for each in framework.statuses)]
    status = nw.col("status").fill_null("")
    for key, wrong in {
        "plugin.unit-twice": units.filter(units.select("unit").is_duplicated()),
        "plugin.unit-status": units.filter(~status.is_in(known)),
    }.items():
        if len(wrong):
            raise _misbehaved(plugin, key, **wrong.select("unit", "status").rows(named=True)[0])


def _of_other_group(framework: Framework) -> nw.Expr:
    """Tell of a fact whether its indicator is only for units of other groups."""
    wrong = nw.col("unit").is_null()
    for _, leaf in framework.leaves:
        if leaf.groups:
            wrong = wrong | ((nw.col("indicator") == leaf.code) & elsewhere(leaf))
    return wrong


def _misbehaved(plugin: Plugin, key: str, **values: object) -> PluginMisbehaved:
    where = {"plugin": plugin.name, "version": plugin.version}
    return PluginMisbehaved([Problem(key, where | values)])


def _missing(units: DataFrame, facts: Facts, framework: Framework) -> DataFrame:
    """List what has no row; most often nothing, which the counts tell without a join."""
    incomplete = units.filter(nw.col("reported") < expected(framework)).select("unit", "group")
    wanted = incomplete.join(_annex(framework, units), how="cross").filter(_in_scale(framework))
    known = facts.rows.select("unit", "indicator").collect() if len(incomplete) else wanted
    absent = wanted.join(known.select("unit", "indicator"), on=["unit", "indicator"], how="anti")
    return absent.sort("unit", "place").select("unit", "indicator")


def _in_scale(framework: Framework) -> nw.Expr:
    """Tell of a unit and indicator whether it is to be reported: not what a bonus is given for."""
    outside = [leaf.code for each, leaf in framework.leaves if not each.in_scale]
    wanted = ~nw.col("indicator").is_in(outside)
    for _, leaf in framework.leaves:
        if leaf.groups:
            wanted = wanted & ~((nw.col("indicator") == leaf.code) & elsewhere(leaf))
    return wanted


def _annex(framework: Framework, like: DataFrame) -> DataFrame:
    """Return the place of each indicator in the annex, in the engine of another table."""
    codes = [leaf.code for _, leaf in framework.leaves]
    places = {"indicator": codes, "place": list(range(len(codes)))}
    return nw.from_dict(places, backend=like.implementation)


def _check_nothing_missing(missing: DataFrame, units: DataFrame, tiers: Tiers | None) -> None:
    """Refuse what is missing, except of units whose status has settled their tier."""
    settled = [each.status for each in tiers.overrides] if tiers else []
    awaited = units.filter(~nw.col("status").is_in(settled)).select("unit")
    missing = missing.join(awaited, on="unit")
    first = missing.head(100).rows(named=True)
    if first:
        raise InvalidFacts([Problem("fact.missing-refused", each) for each in first], len(missing))


def _recipe(plugin: Plugin, framework: Framework, year: int, facts: Facts) -> dict[str, object]:
    decision = framework.decision
    return {
        "plugin": plugin.name,
        "distribution": plugin.distribution,
        "plugin_version": plugin.version,
        "core_version": metadata.version("dti-core"),
        "decision": decision.number,
        "decision_date": None if decision.date is None else decision.date.isoformat(),
        "level": framework.level.value,
        "year": year,
        "annex": framework.annex and framework.annex.model_dump(),
        "inputs": [{"name": each.name, "sha256": each.sha256} for each in facts.inputs],
        "illustrative": facts.illustrative,
        "interpretations": {each.id: each.in_force for each in framework.interpretations},
    }
