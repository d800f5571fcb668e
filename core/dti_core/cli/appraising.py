"""``dti appraisers``: who appraises each indicator."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.cli.evaluating import with_annex
from dti_core.cli.output import write_result
from dti_core.cli.showing import selected
from dti_core.errors import usage_error
from dti_core.messages import text
from dti_core.models import Detail, Framework, Indicator

if TYPE_CHECKING:
    import polars as pl

COLUMNS: Final = ("level", "code", "name", "appraiser", "clause")
WIDTHS: Final = (8, 10, 70, 32, 24)
Row = tuple[str, str, str, str, str]


def show_appraisers(
    name: str,
    level: str | None,
    year: int | None,
    interpret: list[str],
    annex: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Write a row for each indicator and piece of general information that names who appraises it.

    :raises UsageError: the decision names nobody.
    """
    plugin, frameworks = selected(name, level, year, interpret)
    if annex is not None:
        if len(frameworks) > 1:
            raise usage_error("usage.annex-level")
        frameworks = [with_annex(plugin, each, annex, illustrative=False) for each in frameworks]
    rows = [row for each in frameworks for row in _rows(each)]
    if not rows:
        raise usage_error("usage.no-appraisers", plugin=name)
    suffix = output.suffix[1:].lower() if output else ""
    form = form or (suffix if suffix in WRITERS else "table")
    write_result(WRITERS[form](rows, frameworks), output, binary=form == "xlsx")


def _rows(framework: Framework) -> Iterator[Row]:
    """Yield general information, the indicators that name somebody, then who has all others."""
    level, default = framework.level.value, framework.appraiser
    whole = framework.detail is Detail.INDICATORS
    indicators = _indicators(framework) if whole else framework.listed
    for each in (*framework.information, *indicators):
        if each.appraiser:
            yield level, each.code, each.name, each.appraiser, each.citation.clause
        elif whole and default and isinstance(each, Indicator):
            yield level, each.code, each.name, default.name, default.citation.clause
    if default is not None and not whole:
        yield level, "", text("appraisers.others"), default.name, default.citation.clause


def _indicators(framework: Framework) -> list[Indicator]:
    return [each for one in framework.indicators for each in one.walk()]


def _frame(rows: list[Row]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, dict.fromkeys(COLUMNS, pl.String), orient="row")


def _table(rows: list[Row], frameworks: list[Framework]) -> bytes:
    from rich.table import Table
    from rich.text import Text

    from dti_core.report.console import cell, number_of, rendered

    names = ", ".join(each.name for each in frameworks)
    number = number_of(frameworks[0].decision)
    heading = text("appraisers.heading", number=number, level=names)
    table = Table(title=Text(heading), title_justify="left")
    for key in COLUMNS:
        table.add_column(text(f"column.{key}"))
    for row in rows:
        table.add_row(*map(cell, row))
    return rendered([table])


def _csv(rows: list[Row], frameworks: list[Framework]) -> bytes:
    return _frame(rows).write_csv().encode()


def _json(rows: list[Row], frameworks: list[Framework]) -> bytes:
    import orjson

    listed = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return orjson.dumps(listed, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _xlsx(rows: list[Row], frameworks: list[Framework]) -> bytes:
    import xlsxwriter

    from dti_core.report.workbook import FIXED_TIME

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": FIXED_TIME})
        sheet = book.add_worksheet(text("appraisers.sheet"))
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for place, (key, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, text(f"column.{key}"), bold)
            for number, row in enumerate(rows, 1):
                sheet.write_string(number, place, row[place], wrapped)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


WRITERS: Final = {"table": _table, "csv": _csv, "xlsx": _xlsx, "json": _json}
