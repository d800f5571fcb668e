"""``dti annex import``: an annex as an official has it, into the data table of a plugin."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from dti_core.cli.output import write_result
from dti_core.messages import text
from dti_core.report.console import cell, rendered
from dti_core.rules.base import shown
from dti_core.sources import Source

if TYPE_CHECKING:
    from dti_core.annex.importing import Figures, Imported, PluginFolder
    from dti_core.errors import Problem


@dataclass(frozen=True, slots=True)
class Request:
    """What to import, and what is said of it."""

    file: Path
    directory: Path
    level: str | None = None
    sheet: str | None = None
    clause: str | None = None
    force: bool = False


def import_annex(request: Request) -> None:
    """Write the table of a plugin from an annex; tell what was not understood, and the figures.

    :raises InvalidFacts: nothing of the file can be taken; nothing is written.
    :raises UsageError: there is no such plugin, or its table would lose rows.
    """
    from dti_core.annex.importing import Wish, find_folder, merge, read_annex

    folder = find_folder(request.directory)
    wish = Wish(request.level, request.sheet, request.clause)
    source = Source(str(request.file), request.file)
    imported = read_annex(source, folder.target, wish)
    entries, apart = merge(folder, imported.entries, imported.levels, force=request.force)
    content = folder.as_csv(entries)
    problems = [*imported.problems, *apart]
    _tell(problems)
    write_result(content, folder.indicators)
    write_result(rendered([_columns(imported), _summary(imported)]), None)
    write_result(_next_steps(folder, imported, len(problems)).encode(), None)


def _tell(problems: Iterable[Problem]) -> None:
    for each in problems:
        print(each, file=sys.stderr)  # noqa: T201


def _columns(imported: Imported) -> Table:
    """Show which column was taken for what."""
    title = Text(text("annex.import-columns"))
    table = Table(title=title, title_justify="left", show_header=False)
    for letters, heading, column in imported.columns:
        table.add_row(*map(cell, (letters, heading, column)))
    return table


def _summary(imported: Imported) -> Table:
    """Set counts and sums beside what the file says."""
    levels = _levels(imported)
    table = Table(title=Text(text("annex.import-figures")), title_justify="left")
    headings = (
        "dimension",
        "name",
        *(["indicators", "points"] if "" in imported.whole.found else []),
    )
    for key in headings:
        table.add_column(text(f"annex.summary.{key}"))
    for level in levels:
        table.add_column(text("annex.import-of-level", level=level))
    for each in imported.figures:
        table.add_row(*map(cell, _row(each, each.name, imported, levels)))
    table.add_section()
    whole = _row(imported.whole, text("annex.guide.total"), imported, levels)
    table.add_row(*map(cell, whole), style="bold")
    return table


def _levels(imported: Imported) -> list[str]:
    """Return the levels whose figures are shown beside those of all."""
    found = imported.whole.found
    return [each for each in found if each and (len(imported.levels) > 1 or "" not in found)]


def _row(figures: Figures, name: str, imported: Imported, levels: Sequence[str]) -> list[str]:
    """Write the figures of a main indicator; beside a sum, the one that the file says."""
    row = [figures.code, name]
    if "" in imported.whole.found:
        row += [str(figures.found[""][0]), _points(figures, "")]
    for level in levels:
        count, _ = figures.found.get(level, (0, 0))
        row.append(f"{count} · {_points(figures, level)}")
    return row


def _points(figures: Figures, level: str) -> str:
    found, written = shown(figures.found.get(level, (0, 0))[1]), figures.written.get(level)
    if written is None or shown(written) == found:
        return found
    return text("annex.import-differs", found=found, written=shown(written))


def _next_steps(folder: PluginFolder, imported: Imported, problems: int) -> str:
    from dti_core.annex.importing.plugin_folder import TO_FILL_IN

    unfilled = sum(TO_FILL_IN in each["note"] for each in imported.entries)
    counted = {"rows": len(imported.entries), "unfilled": unfilled, "told": problems}
    lines = [text("annex.import-done", **counted)]
    if dimensions := folder.missing_dimensions(imported):
        line = folder.placeholder
        key = "annex.import-paste" if line is None else "annex.import-paste-at"
        lines += ["", text(key, path=folder.decision, line=line or 0), "", dimensions]
    if clauses := folder.missing_clauses(imported):
        lines += [text("annex.import-clauses", path=folder.decision), "", clauses, ""]
    return "\n".join([*lines, text("annex.import-next"), ""])
