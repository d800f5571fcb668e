"""Where a form and the engine differ, as another spreadsheet program computes the form.

Each form is exported twice: with what the engine gives as cached values, and with none at all, so
that what the other program shows can only have come from the formulas.
"""

from __future__ import annotations

from form_cases import written
from spreadsheet import Spreadsheet, cached

from dti_core.forms import Figures

GUESSED = ("guess", "rest")
"""What a spreadsheet may find otherwise, as long as the points are the same."""


def differing(setup, unit, given) -> list[tuple[object, ...]]:
    """Return every cell in which the formulas and the engine differ, and how many cells agree."""
    whole = cached(written(setup, unit, given))
    bare = written(setup, unit, given, figures={setup.stage: Figures()})
    opened = Spreadsheet(bare).calculate()
    guesses = {opened.columns[key] for key in GUESSED if key in opened.columns}
    formulas = opened.formulas()
    assert len(formulas) > len(setup.framework.leaves)
    return [
        (row, column, formula, ours, theirs)
        for (row, column), formula in formulas.items()
        if column not in guesses
        for ours, theirs in ((whole[row - 1][column - 1], opened.value(row, column)),)
        if _same(ours) != _same(theirs)
    ]


def _same(cell: object) -> object:
    """Nothing and zero are told apart; a decimal comma and a decimal point are not."""
    if isinstance(cell, str):
        return cell.replace(",", ".")
    return float(cell)


def shown(content: bytes) -> dict[str, object]:
    """The points that a form shows, by the codes of its rows."""
    cells = cached(content)
    keys = next(row for row in cells if "id" in row)
    place, score = keys.index("id"), keys.index("score")
    return {row[place].partition(" ")[2]: row[score] for row in cells if row[place]}
