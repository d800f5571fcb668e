"""The sheet that is filled in, cell by cell: places, styles, drop-downs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from dti_core.errors import InvalidFacts, Problem
from dti_core.forms.answers import NOTHING, Answer, Answers, Unit
from dti_core.forms.columns import Column, columns
from dti_core.forms.figures import Figures
from dti_core.forms.rows import FormRow, Kind, rows_of
from dti_core.forms.setup import Setup
from dti_core.forms.styles import Styles
from dti_core.numbers import ONE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

KEYS: Final = 4
"""The row, counted from 0, whose hidden cells hold the keys of the columns."""

HEADING: Final = KEYS + 1
FIRST: Final = HEADING + 1
LONGEST: Final = 32_767
"""The longest text, in characters, that a cell of a spreadsheet holds."""


Options = dict[str, Any]


@dataclass(frozen=True)
class Filling:
    """What the form of a unit is filled in with.

    :param answers: what is known already, by the code of the indicator.
    :param others: the answers of earlier stages, in order, shown beside.
    :param figures: what :func:`dti_core.forms.figures` made of the answers, by stage; what is not
        there is evaluated when the form is written, which takes longer than once for many units.
    :param only: the codes of what may be filled in, where others appraise the rest; None: all.
    :param appraiser: whose form it is, where several appraise; ``version`` is of the answers that
        it starts from.
    """

    unit: Unit
    answers: Answers = field(default_factory=dict)
    others: Mapping[str, Answers] = field(default_factory=dict)
    figures: Mapping[str, Figures] = field(default_factory=dict)
    only: frozenset[str] | None = None
    appraiser: str = ""
    version: int = 0

    def answer(self, code: str) -> Answer:
        """Return the answer of an indicator, which may be empty."""
        return self.answers.get(code, NOTHING)


class FormSheet:
    """The sheet while it is written."""

    def __init__(self, book: Workbook, name: str, setup: Setup, filling: Filling) -> None:
        """Lay out the rows and columns of a form."""
        from xlsxwriter.utility import xl_col_to_name

        self.sheet: Worksheet = book.add_worksheet(name, worksheet_class=_plain_worksheet())
        self.name, self.setup, self.filling = name, setup, filling
        self.rows = rows_of(setup, filling.unit.group)
        self.columns = columns(setup, filling.others)
        self.places = {each.key: place for place, each in enumerate(self.columns)}
        self.letters = {key: xl_col_to_name(place) for key, place in self.places.items()}
        self.styles = Styles(book, setup.framework)
        self._choices: dict[tuple[str, ...], tuple[Options, list[str]]] = {}

    @cached_property
    def figures(self) -> Figures:
        """What the engine makes of the answers of this form."""
        return self.filling.figures.get(self.setup.stage, Figures())

    @property
    def visible(self) -> Iterable[Column]:
        """The columns that are seen."""
        return (each for each in self.columns if not each.hidden)

    def at(self, place: int) -> dict[str, str]:
        """Return the cells of a row by the keys of their columns."""
        number = FIRST + place + 1
        return {key: f"{letters}{number}" for key, letters in self.letters.items()}

    def range(self, key: str) -> str:
        """Return the cells of a column in every row."""
        letters = self.letters[key]
        return f"{letters}{FIRST + 1}:{letters}{FIRST + len(self.rows)}"

    def text(self, row: int, key: str, given: str | None, *looks: str) -> None:
        """Write text, which is never taken for a formula."""
        style, place = self.styles[looks], self.places[key]
        if not given:
            self.sheet.write_blank(row, place, None, style)
        elif len(given) > LONGEST:
            values = {"length": len(given), "most": LONGEST, "column": key}
            raise InvalidFacts([Problem("form.text-too-long", values, self.filling.unit.code)])
        else:
            self.sheet.write_string(row, place, given, style)

    def number(self, row: int, key: str, scaled: int | None, *looks: str) -> None:
        """Write a number of ten-thousandths: the double nearest to it."""
        if scaled is None:
            self.sheet.write_blank(row, self.places[key], None, self.styles[looks])
        else:
            self.sheet.write_number(row, self.places[key], scaled / ONE, self.styles[looks])

    def formula(self, row: int, key: str, formula: str, cached: float | str, *looks: str) -> None:
        """Write a formula with what it gives."""
        self.sheet.write_formula(row, self.places[key], formula, self.styles[looks], cached)

    def allow(self, cell: str, kind: tuple[str, ...], options: Callable[[], Options]) -> None:
        """Let a cell hold only what a kind of validation says; its options are made once."""
        if kind not in self._choices:
            self._choices[kind] = (options(), [])
        self._choices[kind][1].append(cell)

    def write_choices(self) -> None:
        """Write the validations, each once for all of its cells."""
        for options, cells in self._choices.values():
            several = {"multi_range": " ".join(cells)} if len(cells) > 1 else {}
            self.sheet.data_validation(cells[0], options | several)

    def may_fill(self, row: FormRow) -> bool:
        """Whether a row is filled in by whoever the form is for."""
        only = self.filling.only
        return row.kind in {Kind.INDICATOR, Kind.INFORMATION, Kind.UNIT} and (
            only is None or row.code in only
        )


@cache
def _plain_worksheet() -> type[Worksheet]:
    """Return a sheet that takes formulas as they are.

    xlsxwriter looks in each formula for thirty functions of newer spreadsheets, which takes longer
    than everything else; a form has none of them.
    """
    from xlsxwriter.worksheet import Worksheet

    class PlainWorksheet(Worksheet):  # type: ignore[misc] # has no types
        def _prepare_formula(self, formula: str, *_: object) -> str:
            return formula.removeprefix("=")

    return PlainWorksheet


def added_up(cells: Iterable[tuple[str, int]]) -> str:
    """Write a sum of cells of one column, those below one another as a range."""
    runs: list[tuple[str, int, int]] = []
    for letters, row in cells:
        if runs and runs[-1][0] == letters and runs[-1][2] == row - 1:
            runs[-1] = (letters, runs[-1][1], row)
        else:
            runs.append((letters, row, row))
    ranges = (f"{c}{a}" if a == b else f"{c}{a}:{c}{b}" for c, a, b in runs)
    return f"SUM({','.join(ranges)})"
