"""``dti plugins``, ``frameworks``, ``interpretations``: what is installed, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from dti_core.cli.evaluating import parse_choices, with_annex
from dti_core.cli.output import write_result
from dti_core.errors import DtiError, usage_error
from dti_core.loader import Listed, list_plugins, load_plugin
from dti_core.messages import known, text
from dti_core.models import Detail
from dti_core.report.console import cell, number_of, rendered
from dti_core.rules.base import shown

if TYPE_CHECKING:
    from pathlib import Path

    from dti_core.models import Dimension, Framework, Interpretation
    from dti_core.models import Listed as ListedIndicator
    from dti_core.plugin import Plugin
    from dti_core.rules import Rule


def show_plugins() -> None:
    """List every installed plugin; a broken one is a line that says why."""
    table = Table()
    for key in ("plugin", "distribution", "version", "state"):
        table.add_column(text(f"column.{key}"))
    listed = list_plugins()
    for each in listed:
        table.add_row(*map(cell, (each.name, each.distribution, each.version, _state(each))))
    write_result(rendered([table if listed else Text(text("plugins.none"))]), None)


def _state(listed: Listed) -> str:
    """Try one plugin; whatever happens in it stays in its line."""
    try:
        frameworks = load_plugin(listed.name).frameworks()
    except DtiError as error:
        return text("plugins.broken", error=error)
    decisions = dict.fromkeys(number_of(each.decision) for each in frameworks)
    levels = dict.fromkeys(each.level.value for each in frameworks)
    return text("plugins.ready", decisions=", ".join(decisions), levels=", ".join(levels))


def selected(
    name: str, level: str | None, year: int | None, interpret: list[str]
) -> tuple[Plugin, list[Framework]]:
    """Load a plugin and return the framework asked for, or all of a year, or all."""
    plugin = load_plugin(name)
    choices = parse_choices(interpret)
    if level is not None:
        return plugin, [plugin.framework(level, year, choices)]
    frameworks = plugin.frameworks(choices)
    if year is not None:
        of_year = [each for each in frameworks if each.decision.answers_for(year)]
        frameworks = of_year or [plugin.framework(None, year, choices)]
    return plugin, frameworks


def show_frameworks(
    name: str, level: str | None, year: int | None, interpret: list[str], annex: Path | None
) -> None:
    """Show the tree of dimensions and indicators, with maxima, rules and clauses.

    :raises UsageError: an annex is of one level, and none is named.
    """
    plugin, frameworks = selected(name, level, year, interpret)
    if annex is not None:
        if len(frameworks) > 1:
            raise usage_error("usage.annex-level")
        frameworks = [with_annex(plugin, each, annex, illustrative=False) for each in frameworks]
    write_result(rendered([_tree(each) for each in frameworks]), None)


def _tree(framework: Framework) -> Tree:
    heading = _heading(framework)
    tree = Tree(Text(heading, style="bold"))
    for dimension in framework.dimensions:
        branch = tree.add(Text(_branch(dimension, framework), style="bold"))
        for indicator in dimension.indicators if framework.detail is Detail.INDICATORS else ():
            points = text("frameworks.points", points=shown(indicator.max_points))
            leaf = f"{indicator.code} {indicator.name} · {points} · {rule_name(indicator.rule)}"
            branch.add(Text(f"{leaf} · {indicator.citation.clause}"))
        for each in _listed(framework, dimension.code):
            branch.add(Text(f"{each.code} {each.name} · {each.citation.clause}"))
    if framework.information:
        branch = tree.add(Text(text("frameworks.information"), style="bold"))
        for piece in framework.information:
            branch.add(Text(f"{piece.code} {piece.name} · {piece.citation.clause}"))
    if framework.detail is not Detail.INDICATORS:
        tree.add(Text(text(f"frameworks.{framework.detail}"), style="italic"))
    return tree


def _heading(framework: Framework) -> str:
    """Name the decision and level, with the figures that are known: found, and declared."""
    decision, declared = framework.decision, framework.declared
    found = _figures(
        len(framework.indicators) if framework.detail is Detail.INDICATORS else None,
        None if framework.detail is Detail.OUTLINE else framework.max_points,
    )
    said = _figures(declared.indicators, declared.max_points)
    if said:
        clause = declared.citation.clause
        said = [text("frameworks.declared", figures=", ".join(said), clause=clause)]
    years = dict.fromkeys((str(decision.first_year), str(decision.last_year)))
    date = f"{decision.date:%d/%m/%Y}" if decision.date else "—"
    values = {"number": number_of(decision), "date": date, "level": framework.name}
    heading = text("frameworks.heading", years="–".join(years), **values)
    return " · ".join((heading, *([", ".join(found)] if found else []), *said))


def _figures(indicators: int | None, max_points: int | None) -> list[str]:
    """Write a count and a scale, each where it is known."""
    parts = []
    if indicators is not None:
        parts.append(text("frameworks.indicators", indicators=indicators))
    if max_points is not None:
        parts.append(text("frameworks.scale", points=shown(max_points)))
    return parts


def _branch(dimension: Dimension, framework: Framework) -> str:
    """Write a main indicator with what is known of it."""
    parts = [f"{dimension.code} {dimension.name}"]
    declared = dimension.declared
    if dimension.cap is not None:
        parts.append(text(f"frameworks.{dimension.block}", cap=shown(dimension.cap)))
    elif framework.detail is not Detail.OUTLINE:
        parts.append(shown(dimension.max_points))
    elif declared and declared.max_points is not None:
        parts.append(shown(declared.max_points))
    if framework.detail is not Detail.INDICATORS and declared and declared.indicators is not None:
        parts.append(text("frameworks.declared-indicators", indicators=declared.indicators))
    return " · ".join((*parts, dimension.citation.clause))


def _listed(framework: Framework, dimension: str) -> list[ListedIndicator]:
    """Return what the decision names of a main indicator whose annex is not at hand."""
    if framework.detail is Detail.INDICATORS:
        return []
    return [each for each in framework.listed if each.dimension == dimension]


def rule_name(rule: Rule) -> str:
    """Name the kind of a rule in words; a plugin's own kind by its code."""
    return known(f"kind.{rule.kind}", rule.kind)


def show_interpretations(
    name: str, level: str | None, year: int | None, interpret: list[str]
) -> None:
    """Show where the decision is silent or contradicts itself, and what the program does there."""
    _, frameworks = selected(name, level, year, interpret)
    unique = {
        (framework.decision.number, each.id): each
        for framework in frameworks
        for each in framework.interpretations
    }
    parts = [Text(text("interpretations.heading"), style="bold")]
    parts.extend(Text("\n".join(_lines(each))) for each in unique.values())
    parts.append(Text(text("discrepancies.heading"), style="bold"))
    for framework in frameworks:
        for each in framework.discrepancies:
            found = {"declared": each.declared, "found": each.found, "used": each.used}
            where = {"id": each.id, "clause": each.citation.clause, "level": framework.level.value}
            parts.append(Text(text("discrepancies.line", **where, **found)))
    write_result(rendered(parts), None)


def _lines(interpretation: Interpretation) -> Iterator[str]:
    citation = interpretation.citation
    yield f"{interpretation.id} ({citation.clause}: “{citation.quote}”)"
    yield f"  {interpretation.question}"
    for option in interpretation.options:
        mark = "●" if option.id == interpretation.in_force else "○"
        yield f"    {mark} {option.id}: {option.text}"
    overridden = text("report.overridden") if interpretation.overridden else ""
    yield f"  {text('interpretations.why')}: {interpretation.why}{overridden}\n"
