"""The cells of a row that are filled in, each with what it may hold."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dti_core.forms.columns import statuses
from dti_core.forms.entering import day
from dti_core.forms.leaf import Leaf
from dti_core.forms.sheet import Options
from dti_core.messages import text
from dti_core.numbers import to_short_decimal
from dti_core.rules import FactType
from dti_core.rules.base import shown

LONGEST_TITLE: Final = 32
LONGEST_WORDS: Final = 255
"""How much text a spreadsheet shows about a cell."""

MOST: Final = "100000000000"
"""More than core takes of any value; how much it takes of each the checks say."""

MOST_POINTS: Final = "10000"


def _looks(leaf: Leaf, *looks: str) -> tuple[str, ...]:
    """Return the style of a cell that is filled in, where it may be."""
    return ("cell", "input" if leaf.form.may_fill(leaf.row) else "grey", *looks)


def told(words: str) -> Options:
    """Return what a spreadsheet says about a cell that holds something else."""
    title = text("form.pick.title")[:LONGEST_TITLE]
    return {"error_title": title, "error_message": words[:LONGEST_WORDS]}


def _number(most: str, words: str) -> Options:
    between = {"criteria": "between", "minimum": 0, "maximum": float(most)}
    return {"validate": "decimal", **between, **told(words)}


def _allow_number(leaf: Leaf, key: str) -> None:
    options = lambda: _number(MOST, text("form.pick.number"))  # noqa: E731
    leaf.form.allow(leaf.at[key], ("number",), options)


def value(leaf: Leaf, key: str) -> None:
    """Write what was measured, by what the rule accepts."""
    given = leaf.answer.value
    match leaf.indicator.rule.accepts:
        case FactType.POINTS:
            leaf.text(key, None, "grey")
        case FactType.YES_NO:
            _yes_no(leaf, key, given)
        case FactType.DATE:
            _day(leaf, key, given)
        case _:
            leaf.form.number(leaf.number, key, given, *_looks(leaf, "number"))
            _allow_number(leaf, key)


def _yes_no(leaf: Leaf, key: str, given: int | None) -> None:
    words = [text("form.yes"), text("form.no")]
    chosen = None if given is None else words[not given]
    leaf.form.text(leaf.number, key, chosen, *_looks(leaf, "centre"))
    listed = {"validate": "list", "source": words}
    leaf.form.allow(leaf.at[key], ("yes_no",), lambda: listed | told(text("form.pick.yes_no")))


def _day(leaf: Leaf, key: str, given: int | None) -> None:
    looks, year = _looks(leaf, "date"), leaf.form.setup.year
    if given is None:
        leaf.form.text(leaf.number, key, None, *looks)
    else:
        cell = (leaf.number, leaf.form.places[key])
        leaf.form.sheet.write_datetime(*cell, day(given), leaf.form.styles[looks])
    leaf.form.allow(leaf.at[key], ("date",), lambda: _near(year))


def _near(year: int) -> Options:
    """Let a cell hold a day of the year, or of the one before or after."""
    first, last = dt.date(year - 1, 1, 1), dt.date(year + 1, 12, 31)
    between = {"criteria": "between", "minimum": first, "maximum": last}
    words = text("form.pick.date", first=year - 1, last=year + 1)
    return {"validate": "date", **between, **told(words)}


def denominator(leaf: Leaf, key: str) -> None:
    """Write the whole of a share."""
    if leaf.indicator.rule.accepts != FactType.SHARE:
        leaf.text(key, None, "grey")
        return
    leaf.form.number(leaf.number, key, leaf.answer.denominator, *_looks(leaf, "number"))
    _allow_number(leaf, key)


def points(leaf: Leaf, key: str) -> None:
    """Write awarded points; the cell is open where people give them, or have given them."""
    has_own = "max_points" in leaf.form.places
    by_people = leaf.indicator.rule.accepts == FactType.POINTS or leaf.form.setup.appraises
    if not (by_people or has_own or leaf.answer.points is not None):
        leaf.text(key, None, "grey")
        return
    leaf.form.number(leaf.number, key, leaf.answer.points, *_looks(leaf, "number"))
    most = MOST_POINTS if has_own else to_short_decimal(leaf.indicator.max_points)
    limit = shown(leaf.indicator.max_points)
    words = text("form.pick.points", max_points=limit)
    leaf.form.allow(leaf.at[key], ("points", most, limit), lambda: _number(most, words))


def status(leaf: Leaf, key: str) -> str | None:
    """Write whether the indicator is left out, replaced or reduced, as the decision allows."""
    known = statuses(leaf.form.setup.framework)
    if not known:
        return leaf.text(key, None, "grey")
    given = text(f"form.status.{leaf.answer.status}") if leaf.answer.status else None
    leaf.form.text(leaf.number, key, given, *_looks(leaf))
    listed = {"validate": "list", "source": [text(f"form.status.{each}") for each in known]}
    leaf.form.allow(leaf.at[key], ("status",), lambda: listed | told(text("form.pick.status")))
    return given


def max_points(leaf: Leaf, key: str) -> None:
    """Write the maximum that holds for this unit alone."""
    leaf.form.number(leaf.number, key, leaf.answer.max_points, *_looks(leaf, "number"))
    _allow_number(leaf, key)


def words(leaf: Leaf, key: str) -> str | None:
    """Write a reason, evidence, an explanation or the name of a replacement."""
    given: str | None = getattr(leaf.answer, key)
    if key in {"reason", "replacement"} and not statuses(leaf.form.setup.framework):
        return leaf.text(key, None, "grey")
    leaf.form.text(leaf.number, key, given, *_looks(leaf, "text"))
    return given
