"""A failing case as a worked example in YAML, to paste into the plugin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from dti_core.conformance.cases import Case, Fact, Unit, as_facts, as_rows
from dti_core.errors import DtiError
from dti_core.models import Framework
from dti_core.numbers import to_decimal, to_short_decimal
from dti_core.pipeline import Evaluation

if TYPE_CHECKING:
    from dti_core.conformance.drawing import Field
    from dti_core.conformance.trying import Found, Tried

HEADING: Final = (
    "The smallest case found, as a worked example. Under expect stands what the plugin gives now:\n"
    "write there what the clause gives, and paste it into examples/*.yaml:\n"
)
UNKNOWN: Final = "?"


class _Dumper(yaml.SafeDumper):
    """Writes every cell as it stands in a file: numbers and dates without quotation marks."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Write out what stands twice."""
        return True


def _plain(dumper: _Dumper, given: str) -> yaml.Node:
    """Give text the tag that it would be read with, so that no quotation mark is needed."""
    resolved: str = dumper.resolve(yaml.ScalarNode, given, (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(resolved, given)


_Dumper.add_representer(str, _plain)


def as_example(tried: Tried, found: Found) -> str:
    """Write the units and indicators that show a fault as a worked example."""
    case, framework = _kept(tried, found), tried.framework
    example = {
        "example": _title(found.text),
        "clause": _clause(framework, found.indicators),
        "level": framework.level.value,
        "year": str(case.year),
        "facts": [dict(each) for each in as_rows(case, framework)],
        "expect": _expected(tried, case, found),
    }
    return HEADING + yaml.dump(
        [example],
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=120,
    )


def _title(text: str) -> str:
    """Take what is wrong, without what to do about it."""
    line = text.partition("\n")[0]
    return line.rpartition(": ")[0] or line


def _kept(tried: Tried, found: Found) -> Case:
    """Leave out what does not show the fault, unless the rest would then be missing."""
    indicators = found.indicators if tried.ground.may_miss else ()
    kept = tried.case.only(found.units, indicators)
    return replace(kept, units=tuple(_named(each, tried.ground) for each in kept.units))


def _named(unit: Unit, ground: Field) -> Unit:
    """Let a unit without a report earn nothing in one indicator: a file names it by its rows."""
    if unit.facts or unit.status:
        return unit
    _, leaf = next(ground.of_group(unit.group))
    return replace(unit, facts=(Fact(leaf.code, points=0),))


def _clause(framework: Framework, indicators: Iterable[str]) -> str:
    clauses = {leaf.code: leaf.citation.clause for _, leaf in framework.leaves}
    own = (clauses[each] for each in indicators if each in clauses)
    return next(own, framework.declared.citation.clause)


def _expected(tried: Tried, case: Case, found: Found) -> dict[str, Any]:
    """Write what the plugin gives for exactly these facts."""
    try:
        evaluation = tried.evaluate(as_facts(case))
        rows = {each["unit"]: each for each in evaluation.units.rows(named=True)}
        scored = evaluation.scored.collect().rows(named=True)
    except DtiError:
        return {each.code: {"points": UNKNOWN} for each in case.units}
    points = {(each["unit"], each["indicator"]): each for each in scored}
    return {
        each.code: _figures(rows[each.code], evaluation)
        | _indicators(each.code, found.indicators, points)
        for each in case.units
    }


def _indicators(
    unit: str, codes: Iterable[str], scored: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    own = {code: scored[unit, code] for code in codes if (unit, code) in scored}
    shown = {
        code: to_short_decimal(int(row["points"])) if row["applicable"] else "—"
        for code, row in own.items()
    }
    return {"indicators": shown} if shown else {}


def _figures(row: Mapping[str, Any], evaluation: Evaluation) -> dict[str, Any]:
    framework = evaluation.framework
    code, decimals = framework.rankings[0].code, framework.value_decimals
    value, rank = row[f"{code}.value"], row[f"{code}.rank"]
    return {
        "points": to_short_decimal(row[f"{code}.points"]),
        "max_points": to_short_decimal(row[f"{code}.max_points"]),
        "value": "—" if value is None else to_decimal(value, decimals, decimals),
        "rank": "—" if rank is None else str(rank),
        **({"tier": row["tier"] or "—"} if evaluation.tiers else {}),
    }
