"""One protected workbook for each unit: answers filled in, live formulas, in Vietnamese."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from dti_core.forms import answering, asking, other_rows, reckoning
from dti_core.forms.figures import figures
from dti_core.forms.guide import write_guide
from dti_core.forms.heading import write_heading
from dti_core.forms.identity import Identity
from dti_core.forms.leaf import Leaf
from dti_core.forms.rows import Kind
from dti_core.forms.setup import Setup
from dti_core.forms.sheet import FIRST, Filling, FormSheet
from dti_core.forms.styles import height
from dti_core.forms.sum_rows import SumRow
from dti_core.forms.wording import in_vietnamese
from dti_core.messages import text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

FIXED_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The same answers give the same bytes."""

SUMS: Final = (Kind.DIMENSION, Kind.SUM, Kind.TOTAL, Kind.VALUE)
CELLS: Final[Mapping[str, Callable[[Leaf, str], str | None]]] = {
    "id": asking.row_id,
    "code": asking.code,
    "name": asking.name,
    "condition": asking.condition,
    "enter": asking.enter,
    "limit": asking.limit,
    "appraiser": asking.appraiser,
    "value": answering.value,
    "denominator": answering.denominator,
    "points": answering.points,
    "score": reckoning.score,
    "difference": reckoning.difference,
    "check": reckoning.check,
    "status": answering.status,
    "reason": answering.words,
    "max_points": answering.max_points,
    "replacement": answering.words,
    "evidence": answering.words,
    "explanation": answering.words,
}
"""What writes the cell of a column in the row of an indicator."""

SMALL: Final = ("condition", "enter", "appraiser")
SMALL_FITS: Final = 1.1
"""More letters of the smaller font fit on a line."""

PROTECTION: Final = {"format_columns": True, "format_rows": True, "format_cells": False}
"""Columns may be made wider; nobody's password stands in the way of anything."""


@in_vietnamese
def export(setup: Setup, filling: Filling) -> bytes:
    """Write the form of a unit; the same arguments give the same bytes.

    :raises InvalidFacts: a text is longer than a cell of a spreadsheet holds.
    """
    import xlsxwriter

    filling = _evaluated(setup, filling)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        title = text(f"form.title.{setup.stage}", year=setup.year)
        book.set_properties({"created": FIXED_TIME, "title": title})
        form = FormSheet(book, text("form.sheet"), setup, filling)
        identity = Identity.of(setup, filling.unit, filling.appraiser, filling.version)
        _write(form, book, identity)
        write_guide(book, form)
    return buffer.getvalue()


def _evaluated(setup: Setup, filling: Filling) -> Filling:
    """Evaluate the stages whose figures are not known."""
    stages = {**filling.others, setup.stage: filling.answers}
    unknown = {stage: each for stage, each in stages.items() if stage not in filling.figures}
    unit = filling.unit
    made = {stage: figures(setup, {unit: each})[unit.code] for stage, each in unknown.items()}
    return replace(filling, figures={**filling.figures, **made})


def _write(form: FormSheet, book: Workbook, identity: Identity) -> None:
    for place, row in enumerate(form.rows):
        if row.kind is Kind.INDICATOR and row.indicator is not None:
            _write_leaf(form, Leaf(form, row, row.indicator, place))
        elif row.kind in SUMS:
            SumRow(form, row, place).write()
        else:
            other_rows.write(form, row, place)
    write_heading(form, book, identity)
    form.write_choices()
    form.sheet.protect("", dict(PROTECTION))


def _write_leaf(form: FormSheet, leaf: Leaf) -> None:
    """Write the row of an indicator, high enough for its words."""
    words: list[tuple[str, float]] = []
    for column in form.columns:
        write = asking.earlier if column.stage else CELLS.get(column.key)
        if write is not None:
            width = column.width * (SMALL_FITS if column.key in SMALL else 1)
            words.append((write(leaf, column.key) or "", width))
    if form.setup.measures:
        reckoning.steps(leaf)
    form.sheet.set_row(FIRST + leaf.place, height(words))
