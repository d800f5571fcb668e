"""The generated tables about a decision, made from what its plugin says.

Each takes plugins and gives Markdown; ``—`` stands for what a decision does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dti_core.models import Detail, Framework
from dti_core.numbers import to_short_decimal
from dti_core.plugin import Plugin

SILENT = "—"
HEADING = ("level", "main indicators", "component indicators", "points")
SCORED_BY = {
    Detail.INDICATORS: "component indicators",
    Detail.DIMENSIONS: "main indicators, or an annex that is brought",
    Detail.OUTLINE: "an annex that is brought",
}
RANKED = {"level": "within the level", "group": "within each group", "none": "no"}


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table; nothing where there are no rows."""
    plain = ([c.replace("|", "\\|").replace("\n", " ") for c in row] for row in rows)
    lines = [heading, ["---"] * len(heading), *plain]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else ""


def levels(plugins: Sequence[Plugin]) -> str:
    """Set what each level declares beside what the plugin holds of it."""
    rows = []
    for one in (each for plugin in plugins for each in plugin.frameworks()):
        found = (beside(*each, "{} declared", "{} found") for each in figures(one))
        name = f"`{one.level}` {one.name}, {one.declared.citation.clause}"
        ranking = one.rankings[0]
        ranked = f"{RANKED[ranking.scope]} ({ranking.citation.clause})"
        rows.append([name, *found, SCORED_BY[one.detail], ranked])
    return table([*HEADING, "scored by", "ranked"], rows)


def interpretations(plugins: Sequence[Plugin]) -> str:
    """List where the decision is silent, and how it is read."""
    rows = []
    for each in _of_all_levels(plugins, "interpretations"):
        options = {option: f"`{option.id}`: {option.text}" for option in each.options}
        texts = [each.question, options.pop(each.chosen), "; ".join(options.values()), each.why]
        rows.append([f"`{each.id}`", each.citation.clause, *texts])
    return table(["id", "clause", "question", "in force", "otherwise", "why"], rows)


def discrepancies(plugins: Sequence[Plugin]) -> str:
    """List where the decision contradicts itself."""
    found = _of_all_levels(plugins, "discrepancies")
    rows = [[f"`{e.id}`", e.citation.clause, e.declared, e.found, e.used] for e in found]
    return table(["id", "clause", "declared", "found", "used"], rows)


def _of_all_levels(plugins: Sequence[Plugin], name: str) -> list[Any]:
    """Return the entries of a field, each once."""
    frameworks = [one for plugin in plugins for one in plugin.frameworks()]
    return list({each.id: each for one in frameworks for each in getattr(one, name)}.values())


def figures(framework: Framework) -> list[tuple[str, str]]:
    """Return counts and scale as declared and as found, each empty where it is not known."""
    declared, detail = framework.declared, framework.detail
    counted = str(len(framework.indicators)) if detail is Detail.INDICATORS else ""
    scale = "" if detail is Detail.OUTLINE else to_short_decimal(framework.max_points)
    said = "" if declared.max_points is None else to_short_decimal(declared.max_points)
    return [
        (str(declared.dimensions or ""), str(len(framework.dimensions) or "")),
        (str(declared.indicators or ""), counted),
        (said, scale),
    ]


def beside(declared: str, found: str, says: str, holds: str) -> str:
    """Write a figure once where both are the same, else which is which."""
    if declared == found:
        return found or SILENT
    parts = ((says, declared), (holds, found))
    return ", ".join(form.format(figure) for form, figure in parts if figure)
