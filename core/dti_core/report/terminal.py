"""The result as a table for people, with what was left out and which readings are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
from rich.table import Table
from rich.text import Text

from dti_core.facts import DataFrame
from dti_core.messages import decimal_text, text
from dti_core.models import Framework, Ranking
from dti_core.pipeline import Evaluation
from dti_core.report.console import cell, number_of, rendered
from dti_core.report.figures import written
from dti_core.rules.base import shown

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
        number=number_of(decision),
        issuer=decision.issuer,
        level=framework.name,
        year=evaluation.year,
    )
    return Text(f"{heading}{_annex(framework)}", style="bold")


def _annex(framework: Framework) -> str:
    """Say whose annex the maxima and rules come from."""
    if framework.annex is None:
        return ""
    key = "report.illustrative-annex" if framework.annex.illustrative else "report.annex"
    return "\n" + text(key, name=framework.annex.name)


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
    code, by_group = ranking.code, ranking.scope == "group"
    ordered = sorted(rows, key=lambda row: _place(row, code, by_group=by_group))
    for number, row in enumerate(ordered):
        if by_group and number and row["group"] != ordered[number - 1]["group"]:
            table.add_section()
        figures = [_shown(row[f"{code}.{name}"]) for name in ("points", "max_points", "value")]
        place = row[f"{code}.rank"]
        cells = [NONE if place is None else str(place), row["unit"], row["unit_name"]]
        cells += [row["group"]] if grouped else []
        cells += [*figures, *([row["tier"] or NONE] if tiered else [])]
        table.add_row(*map(cell, cells))
    return table


def _place(row: Mapping[str, Any], code: str, *, by_group: bool) -> tuple[object, ...]:
    """Return where a row stands: among its rivals, then by its code; unranked units last."""
    rank = row[f"{code}.rank"]
    return row["group"] if by_group else "", rank is None, rank or 0, row["unit"]


def _shown(figure: str | None) -> str:
    return NONE if figure is None else decimal_text(figure)


def _left_out(evaluation: Evaluation) -> list[RenderableType]:
    """List by unit what is not applicable, missing, changed, or has nothing to show for it."""
    parts = _statuses(evaluation)
    parts += _by_unit(text("report.not-applicable"), evaluation.not_applicable)
    parts += _changed(evaluation)
    parts += _by_unit(text("report.missing"), evaluation.missing)
    if evaluation.without_evidence is not None and evaluation.framework.evidence:
        clause = evaluation.framework.evidence.citation.clause
        title = text("report.without-evidence", clause=clause)
        parts += _by_unit(title, evaluation.without_evidence)
    return parts


def _statuses(evaluation: Evaluation) -> list[RenderableType]:
    """Say which units are in a state that decides something, and by which clause."""
    lines = [
        cell(f"  {unit}: {status.name} ({status.citation.clause})")
        for status in evaluation.framework.statuses
        for unit in evaluation.units.filter(nw.col("status") == status.code)["unit"]
    ]
    return [Text(text("report.statuses"), style="bold"), *lines] if lines else []


def _by_unit(title: str, table: DataFrame) -> list[RenderableType]:
    by_unit: dict[str, list[str]] = {}
    for row in table.iter_rows(named=True):
        by_unit.setdefault(row["unit"], []).append(row["indicator"])
    if not by_unit:
        return []
    lines = (cell(f"  {unit}: {', '.join(codes)}") for unit, codes in by_unit.items())
    return [Text(title, style="bold"), *lines]


def _changed(evaluation: Evaluation) -> list[RenderableType]:
    """List what the council replaced or reduced, with its document."""
    lines = []
    for row in evaluation.changed.iter_rows(named=True):
        figures = {name: shown(row[name]) for name in ("points", "max_points")}
        what = row["replacement"] or text("report.reduced")
        named = {name: row[name] for name in ("unit", "indicator", "reason")}
        line = text("report.changed-line", what=what, **named, **figures)
        lines.append(cell(f"  {line}"))
    return [Text(text("report.changed"), style="bold"), *lines] if lines else []


def _readings(framework: Framework) -> Text:
    """Print every reading in force: no figure stands without it."""
    readings = (
        f"{each.id}={each.in_force}{text('report.overridden') if each.overridden else ''}"
        f" ({each.citation.clause})"
        for each in framework.interpretations
    )
    return Text(f"{text('report.interpretations')} {'; '.join(readings)}")
