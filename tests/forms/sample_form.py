"""A small form of every type of fact, as it is opened, typed into, saved and read back."""

from __future__ import annotations

import io

import xlsxwriter
from form_cases import written
from frameworks import YEAR, dimension, framework, indicator
from spreadsheet import Spreadsheet

from dti_core.errors import InvalidFacts
from dti_core.forms import Answer, Setup, Unit, check, read
from dti_core.numbers import ONE
from dti_core.rules import Awarded, CountAgainst, DueDate, Share, YesNo
from dti_core.sources import Source

UNIT = Unit("U-01", "Đơn vị minh hoạ 01")
RULES = (YesNo(), CountAgainst(minimum=12 * ONE), Share(), DueDate(due="31/01"), Awarded())
WHOLE = framework(
    dimension("I", *(indicator(f"I.{n}", "10", rule=r) for n, r in enumerate(RULES, 1)))
)
SETUP = Setup(WHOLE, YEAR, plugin="minh-hoa")
DAY = 19_760 * ONE
FILLED = {
    "I.1": Answer(value=ONE, evidence="Quyết định số 5"),
    "I.2": Answer(value=95_000, explanation="Tin bài\ntheo tháng"),
    "I.3": Answer(value=7 * ONE, denominator=9 * ONE),
    "I.4": Answer(value=DAY),
    "I.5": Answer(points=82_500),
}


def opened(given=None) -> Spreadsheet:
    return Spreadsheet(written(SETUP, UNIT, FILLED if given is None else given))


def read_back(content: bytes, setup=SETUP):
    source = Source("phieu.xlsx", data=content)
    form = read(source, setup.framework, plugin=setup.plugin, year=setup.year)
    (checked,) = check([form], setup.framework, setup.year)
    return checked


def answers_of(book: Spreadsheet) -> dict[str, Answer]:
    checked = read_back(book.saved())
    assert not checked.problems
    return dict(checked.answers)


def told(content: bytes) -> str:
    """What is said of a form that is refused, or of its cells."""
    try:
        return "\n".join(map(str, read_back(content).problems))
    except InvalidFacts as error:
        return str(error)


def as_xlsx(cells, *, inline: bool = False) -> bytes:
    """Write cells as another program would: values alone, nothing hidden."""
    buffer = io.BytesIO()
    how = {"in_memory": not inline, "constant_memory": inline}
    with xlsxwriter.Workbook(buffer, how) as book:
        page = book.add_worksheet("Sheet1")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(cells):
            for place, cell in enumerate(row):
                if hasattr(cell, "year"):
                    page.write_datetime(number, place, cell, day)
                elif cell != "":
                    page.write(number, place, cell)
    return buffer.getvalue()
