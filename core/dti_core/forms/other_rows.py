"""The rows that are no indicators: general information, and the status of the unit."""

from __future__ import annotations

import re
from typing import Final

from dti_core.forms.answering import LONGEST_WORDS, told
from dti_core.forms.answers import OF_UNIT
from dti_core.forms.rows import FormRow, Kind
from dti_core.forms.sheet import FIRST, FormSheet
from dti_core.forms.styles import height
from dti_core.messages import text
from dti_core.numbers import from_decimal

PLAIN_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,10})(\.[0-9]{0,3}[1-9])?")
"""Text that a spreadsheet gives back as it was when it holds it as a number."""


def write(form: FormSheet, row: FormRow, place: int) -> None:
    """Write a row that is no indicator."""
    number = FIRST + place
    looks: tuple[str, ...] = ("cell", "whole") if row.kind is Kind.TITLE else ("cell",)
    for column in form.visible:
        form.text(number, column.key, None, *looks, *(() if row.kind is Kind.TITLE else ("grey",)))
    form.text(number, "id", row.id)
    form.text(number, "code", row.code, *looks, "text")
    form.text(number, "name", row.name, *looks, f"depth{row.depth}")
    if row.kind is Kind.INFORMATION:
        _information(form, row, number)
    elif row.kind is Kind.UNIT:
        _unit(form, row, number)
    widths = {each.key: each.width for each in form.columns}
    form.sheet.set_row(number, height([(row.name, widths["name"])]))


def _information(form: FormSheet, row: FormRow, number: int) -> None:
    """Write what general information says, as a number where it is one."""
    given = form.filling.answer(row.code).text
    looks = ("cell", "input" if form.may_fill(row) else "grey")
    if given is not None and PLAIN_NUMBER.fullmatch(given):
        form.number(number, "value", from_decimal(given), *looks, "number")
    else:
        form.text(number, "value", given, *looks)
    form.text(number, "enter", text("form.enter.information"), "cell", "small")
    appraiser = row.information.appraiser if row.information else ""
    if "appraiser" in form.places:
        form.text(number, "appraiser", appraiser, "cell", "small")


def _unit(form: FormSheet, row: FormRow, number: int) -> None:
    """Write the status of the unit: one of those that the decision names."""
    answer = form.filling.answer(OF_UNIT)
    names = {each.code: each.name for each in form.setup.framework.statuses}
    looks = ("cell", "input" if form.may_fill(row) else "grey")
    form.text(number, "status", names.get(answer.text or ""), *looks)
    form.text(number, "reason", answer.reason, *looks)
    listed = list(names.values())
    if len(",".join(listed)) <= LONGEST_WORDS:
        choices = {"validate": "list", "source": listed} | told(text("form.pick.status"))
        form.allow(form.at(number - FIRST)["status"], ("unit status",), lambda: choices)
