"""The result as a table for people, with what was left out and which readings are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from dti_core.messages import decimal_text, text
from dti_core.models import Framework, Ranking
from dti_core.pipeline import Evaluation
from dti_core.report.console import cell, rendered
from dti_core.report.figures import written

if TYPE_CHECKING:
    from rich.console import RenderableType

NONE: Final = "—"


def to_table(evaluation: Evaluation, *, plain: bool = False) -> bytes:
    """Write the result for people: one table for each ranking, and the notes under it."""
    framework = evaluation.framework
    parts: list[RenderableType] = [_heading(evaluation)]
    rows = list(written(evaluation).iter_rows(named=True))
    parts.extend(_ranking(ranking, framework, rows) for ranking in framework.rankings)
    parts.extend(_left_out(evaluation))
    if framework.interpretations:
        parts.append(_readings(framework))
    return rendered(parts, plain=plain)


def _heading(evaluation: Evaluation) -> Text:
    framework, decision = evaluation.framework, evaluation.framework.decision
    heading = text(
        "report.heading",
        number=decision.number,
        issuer=decision.issuer,
        level=framework.name,
        year=evaluation.year,
    )
    return Text(heading, style="bold")


def _ranking(ranking: Ranking, framework: Framework, rows: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(title=Text(f"{ranking.name} ({ranking.citation.clause})"), title_justify="left")
    grouped = any(row["group"] for row in rows)
    tiered = ranking is framework.rankings[0] and any(row["tier"] for row in rows)
    for key in ("rank", "unit", "unit_name", *(["group"] if grouped else [])):
        table.add_column(text(f"column.{key}"), justify="right" if key == "rank" else "left")
    for key in ("points", "max_points", "value"):
        table.add_column(text(f"column.{key}"), justify="right")
    if tiered:
        table.add_column(text("column.tier"))
    code = ranking.code
    for row in sorted(
        rows, key=lambda row: (row[f"{code}.rank"] is None, row[f"{code}.rank"] or 0)
    ):
        figures = [_shown(row[f"{code}.{name}"]) for name in ("points", "max_points", "value")]
        place = row[f"{code}.rank"]
        cells = [NONE if place is None else str(place), row["unit"], row["unit_name"]]
        cells += [row["group"]] if grouped else []
        cells += [*figures, *([row["tier"] or NONE] if tiered else [])]
        table.add_row(*map(cell, cells))
    return table


def _shown(figure: str | None) -> str:
    return NONE if figure is None else decimal_text(figure)


def _left_out(evaluation: Evaluation) -> list[RenderableType]:
    """List what is not applicable and what is missing, by unit."""
    parts: list[RenderableType] = []
    for key, table in (
        ("report.not-applicable", evaluation.not_applicable),
        ("report.missing", evaluation.missing),
    ):
        by_unit: dict[str, list[str]] = {}
        for row in table.iter_rows(named=True):
            by_unit.setdefault(row["unit"], []).append(row["indicator"])
        if by_unit:
            parts.append(Text(text(key), style="bold"))
            parts.extend(cell(f"  {unit}: {', '.join(codes)}") for unit, codes in by_unit.items())
    return parts


def _readings(framework: Framework) -> Text:
    """Print every reading in force: no figure stands without it."""
    readings = (
        f"{each.id}={each.in_force}{text('report.overridden') if each.overridden else ''}"
        f" ({each.citation.clause})"
        for each in framework.interpretations
    )
    return Text(f"{text('report.interpretations')} {'; '.join(readings)}")
