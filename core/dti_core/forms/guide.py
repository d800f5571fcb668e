"""The page of instructions: how a form is filled in, and what the decision says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from dti_core.forms.columns import statuses
from dti_core.forms.heading import A4, decision_line
from dti_core.forms.sheet import FormSheet
from dti_core.forms.styles import height
from dti_core.messages import text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

WIDTHS: Final = (26, 100)
TOGETHER: Final = sum(WIDTHS)


def write_guide(book: Workbook, form: FormSheet) -> None:
    """Write the page."""
    sheet, styles = book.add_worksheet(text("form.guide-sheet")), form.styles
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, text("form.guide.title"), styles[("title",)])
    sheet.write_string(1, 0, decision_line(form.setup.framework), styles[("line",)])
    row = 3
    for number, line in enumerate(_lines(form), 1):
        whole = f"{number}. {line}"
        sheet.merge_range(row, 0, row, 1, "", styles[("cell",)])
        sheet.write_string(row, 0, whole, styles[("cell",)])
        sheet.set_row(row, height([(whole, TOGETHER)]))
        row += 1
    row += 1
    for name in ("column", "holds"):
        place = ("column", "holds").index(name)
        sheet.write_string(row, place, text(f"form.guide.{name}"), styles[("heading",)])
    for number, (name, words) in enumerate(_columns(form), row + 1):
        sheet.write_string(number, 0, name, styles[("cell", "bold")])
        sheet.write_string(number, 1, words, styles[("cell",)])
        sheet.set_row(number, height([(name, WIDTHS[0]), (words, WIDTHS[1])]))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _lines(form: FormSheet) -> Iterator[str]:
    setup = form.setup
    yield text("form.guide.fill", sheet=form.name)
    if setup.measures:
        yield text("form.guide.enter")
        yield text("form.guide.check")
        yield text("form.guide.points")
        key = "refuse" if setup.framework.missing == "refuse" else "zero"
        yield text(f"form.guide.missing.{key}")
    yield from _of_decision(form)
    yield text("form.guide.keep")
    yield text("form.guide.return")


def _of_decision(form: FormSheet) -> Iterator[str]:
    """Say what the decision says of evidence and of what is not assessed."""
    framework = form.setup.framework
    if framework.evidence is not None:
        cited = framework.evidence.citation
        yield text("form.guide.evidence", clause=cited.clause, quote=cited.quote)
    exclusion = framework.exclusion
    if exclusion is None or not form.setup.measures:
        return
    cited = exclusion.citation
    key = "allowed" if statuses(framework) else "refused"
    values = {"clause": cited.clause, "quote": cited.quote, "why": exclusion.why}
    yield text(f"form.guide.exclusion.{key}", **values)


def _columns(form: FormSheet) -> Iterator[tuple[str, str]]:
    for column in form.visible:
        key = f"form.holds.{column.key}"
        if column.is_input or column.key in {"score", "check", "difference", "limit"}:
            is_comment = column.key == "explanation" and form.setup.appraises
            yield column.heading, text("form.holds.comment" if is_comment else key)
