"""``dti annex``: the form of an annex, and whether a filled one agrees with its decision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.table import Table

from dti_core.cli.evaluating import Request, find_framework, note_discrepancies, with_annex
from dti_core.cli.output import write_result
from dti_core.messages import text, visible
from dti_core.report.console import cell, rendered
from dti_core.rules.base import shown

if TYPE_CHECKING:
    from dti_core.models import Declared, Framework

FORMS: Final = ("xlsx", "csv")


def write_template(request: Request, form: str | None, output: Path | None) -> None:
    """Write the form, filled with what the decision fixes."""
    _, framework, _ = find_framework(request)
    suffix = output.suffix[1:].lower() if output else ""
    form = form or (suffix if suffix in FORMS else FORMS[0])
    write_result(_form(framework, form), output, binary=form == "xlsx")


def _form(framework: Framework, form: str) -> bytes:
    if form == "csv":
        from dti_core.annex import to_csv

        return to_csv(framework)
    from dti_core.annex import to_xlsx

    return to_xlsx(framework)


def check_annex(request: Request, annex: Path) -> None:
    """Tell that an annex agrees with its decision, with its counts and sums.

    :raises InvalidAnnex: it does not; every fault is told.
    """
    plugin, framework, _ = find_framework(request)
    framework = with_annex(plugin, framework, annex, illustrative=False)
    note_discrepancies(framework)
    said = visible(text("annex.checked", file=str(annex), level=framework.name))
    write_result(f"{said}\n".encode() + rendered([_summary(framework)]), None)


def _summary(framework: Framework) -> Table:
    """Set counts and sums of each main indicator beside what the decision declares."""
    table = Table()
    for key in ("dimension", "name", "indicators", "points"):
        table.add_column(text(f"annex.summary.{key}"))
    for each in framework.dimensions:
        points = each.max_points if each.cap is None else each.cap
        figures = _figures(each.declared, len(each.indicators), points)
        table.add_row(*map(cell, (each.code, each.name, *figures)))
    table.add_section()
    total = _figures(framework.declared, len(framework.indicators), framework.max_points)
    table.add_row(*map(cell, ("", text("annex.guide.total"), *total)), style="bold")
    return table


def _figures(declared: Declared | None, indicators: int, points: int) -> tuple[str, str]:
    """Write what is found, and where it differs what the decision declares."""
    wanted = (declared.indicators, declared.max_points) if declared else (None, None)
    count, whole = str(indicators), shown(points)
    if wanted[0] not in (None, indicators):
        count = text("annex.summary.differs", found=count, declared=wanted[0])
    if wanted[1] is not None and wanted[1] != points:
        whole = text("annex.summary.differs", found=whole, declared=shown(wanted[1]))
    return count, whole
