"""``dti plugins``, ``frameworks``, ``interpretations``: what is installed, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from dti_core.cli.evaluating import parse_choices
from dti_core.cli.output import write_result
from dti_core.errors import DtiError
from dti_core.loader import Listed, list_plugins, load_plugin
from dti_core.messages import known, text
from dti_core.report.console import cell, rendered
from dti_core.rules.base import shown

if TYPE_CHECKING:
    from dti_core.models import Framework, Interpretation
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
    decisions = dict.fromkeys(each.decision.number for each in frameworks)
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


def show_frameworks(name: str, level: str | None, year: int | None, interpret: list[str]) -> None:
    """Show the tree of dimensions and indicators, with maxima, rules and clauses."""
    _, frameworks = selected(name, level, year, interpret)
    write_result(rendered([_tree(each) for each in frameworks]), None)


def _tree(framework: Framework) -> Tree:
    decision, declared = framework.decision, framework.declared
    heading = text(
        "frameworks.heading",
        number=decision.number,
        date=f"{decision.date:%d/%m/%Y}" if decision.date else "—",
        level=framework.name,
        years=f"{decision.first_year}–{decision.last_year}",
        indicators=len(framework.indicators),
        max_points=shown(framework.max_points),
        declared_indicators="—" if declared.indicators is None else declared.indicators,
        declared_points="—" if declared.max_points is None else shown(declared.max_points),
        clause=declared.citation.clause,
    )
    tree = Tree(Text(heading, style="bold"))
    for dimension in framework.dimensions:
        line = f"{dimension.code} {dimension.name} · {shown(dimension.max_points)}"
        branch = tree.add(Text(f"{line} · {dimension.citation.clause}", style="bold"))
        for indicator in dimension.indicators:
            points = text("frameworks.points", points=shown(indicator.max_points))
            leaf = f"{indicator.code} {indicator.name} · {points} · {rule_name(indicator.rule)}"
            branch.add(Text(f"{leaf} · {indicator.citation.clause}"))
    return tree


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
