"""The top of a form and how it prints: decision, unit, sums so far, headings of the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dti_core.forms.identity import MARK, Identity
from dti_core.forms.rows import Kind
from dti_core.forms.sheet import FIRST, HEADING, KEYS, FormSheet
from dti_core.forms.states import State
from dti_core.messages import decimal_text, text
from dti_core.models import Framework
from dti_core.numbers import to_short_decimal

if TYPE_CHECKING:
    from xlsxwriter import Workbook

A4: Final = 9
HEADING_HEIGHT: Final = 48
DEFINED: Final = MARK.replace("-", "_")


def write_heading(form: FormSheet, book: Workbook, identity: Identity) -> None:
    """Write the rows above the indicators, and everything about the sheet as a whole."""
    sheet, styles = form.sheet, form.styles
    sheet.write_string(0, 0, str(identity), styles[("line",)])
    book.define_name(DEFINED, f"='{form.name}'!$A$1")
    lines = (_title(form), decision_line(form.setup.framework), _unit_line(form))
    looks = (("title",), ("line",), ("bold",))
    for row, (line, look) in enumerate(zip(lines, looks, strict=True)):
        sheet.write_string(row, 1, line, styles[look])
    if form.setup.measures:
        _progress(form)
    for place, column in enumerate(form.columns):
        sheet.write_string(KEYS, place, column.key, styles[("line",)])
        sheet.set_column(place, place, column.width or None, None, {"hidden": column.hidden})
        if not column.hidden:
            sheet.write_string(HEADING, place, column.heading, styles[("heading",)])
    sheet.set_row(KEYS, None, None, {"hidden": True})
    sheet.set_row(HEADING, HEADING_HEIGHT)
    sheet.freeze_panes(FIRST, form.places["name"] + 1)
    _signatures(form)
    _page(form)


def _title(form: FormSheet) -> str:
    return text(f"form.title.{form.setup.stage}", year=form.setup.year)


def decision_line(framework: Framework) -> str:
    """Name the decision and the level."""
    decision = framework.decision
    day = f"{decision.date:%d/%m/%Y}" if decision.date else ""
    key = "form.numbered" if decision.number else "form.titled"
    named = text(key, number=decision.number, title=decision.title)
    key = "form.decision" if day else "form.decision-undated"
    return text(key, decision=named, date=day, issuer=decision.issuer, level=framework.name)


def _unit_line(form: FormSheet) -> str:
    unit = form.filling.unit
    key = "form.unit-of-group" if unit.group else "form.unit"
    return text(key, name=unit.name or unit.code, code=unit.code, group=unit.group)


def _progress(form: FormSheet) -> None:
    """Say in one line how far the form is: points so far, what is empty, what is wrong."""
    place = next(n for n, row in enumerate(form.rows) if row.kind is Kind.TOTAL)
    at, states = form.at(place), form.range("state")
    empty, wrong = f"COUNTIF({states},0)", f'COUNTIF({states},">{State.OWN_MAXIMUM:d}")'
    parts = (at["score"], at["limit"], empty, wrong)
    words = [text(f"form.progress.{n}") for n in ("points", "of", "empty", "wrong")]
    formula = "&".join(f'"{word}"&{part}' for word, part in zip(words, parts, strict=True))
    ranking = form.setup.framework.rankings[0]
    points, most, _ = form.figures.rankings.get(ranking.code, (0, 0, None))
    left = sum(
        row.kind is Kind.INDICATOR and not form.filling.answer(row.code).is_fact
        for row in form.rows
    )
    shown = (*(decimal_text(to_short_decimal(each)) for each in (points, most)), left, 0)
    cached = "".join(f"{word}{part}" for word, part in zip(words, shown, strict=True))
    form.sheet.write_formula(3, 1, f"={formula}", form.styles[("bold",)], cached)


def _signatures(form: FormSheet) -> None:
    """Leave a place for the two who sign: who filled it in, and who answers for it."""
    row = FIRST + len(form.rows) + 1
    by = "council" if form.setup.appraises else "unit"
    shown = [each.key for each in form.visible if not each.is_input]
    for key, who in ((shown[1], "maker"), (shown[-1], by)):
        place = form.places[key]
        form.sheet.write_string(row, place, text(f"form.signed.{who}"), form.styles[("bold",)])


def _page(form: FormSheet) -> None:
    sheet = form.sheet
    last = FIRST + len(form.rows) + 4
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(HEADING)
    visible = [n for n, each in enumerate(form.columns) if not each.hidden]
    sheet.print_area(0, visible[0], last, visible[-1])
    sheet.set_footer(f"&L{_footer(form)}&R&P/&N")
    sheet.ignore_errors({"number_stored_as_text": form.range("code")})


def _footer(form: FormSheet) -> str:
    """Name the unit; an ampersand would be taken for a command."""
    return form.filling.unit.code.replace("&", "&&")
