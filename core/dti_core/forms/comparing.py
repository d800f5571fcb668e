"""What a form changes, cell by cell, for whoever decides whether it is taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dti_core.forms.answers import NOTHING, OF_UNIT, Answer, Answers
from dti_core.forms.checking import Checked
from dti_core.forms.columns import INPUTS
from dti_core.forms.content import ContentRow
from dti_core.forms.entering import shown_value
from dti_core.messages import text
from dti_core.models import Framework, Indicator
from dti_core.rules import FactType
from dti_core.rules.base import shown


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that says something else than what is known; "" is an empty cell.

    :param indicator: its code; "" for the unit as a whole.
    :param column: named as in tidy input.
    """

    cell: str
    indicator: str
    column: str
    old: str
    new: str

    def __str__(self) -> str:
        """Say what changes, in the language in use."""
        values = {"indicator": self.indicator, "old": self.old or "—", "new": self.new or "—"}
        heading = text(f"form.column.{self.column}")
        return text("form.change", cell=self.cell, heading=heading, **values)


def differences(old: Answers, new: Checked, framework: Framework) -> tuple[Change, ...]:
    """Return every cell that a checked form changes, in the order of its rows."""
    leaves = {leaf.code: leaf for _, leaf in framework.leaves}
    return tuple(
        Change(new.content.cell(row.number, column), row.code, column, before, after)
        for row in new.content.rows
        for column, before, after in _changed(row, old, new.answers, leaves.get(row.code))
        if column in new.content.columns
    )


def _changed(
    row: ContentRow, old: Answers, new: Answers, leaf: Indicator | None
) -> Iterator[tuple[str, str, str]]:
    """Yield the cells of a row that differ."""
    before, after = (each.get(row.code, NOTHING) for each in (old, new))
    return differing(row.code, before, after, leaf)


def differing(
    code: str, before: Answer, after: Answer, leaf: Indicator | None
) -> Iterator[tuple[str, str, str]]:
    """Yield the cells in which answers differ: column, what is known, what is said now.

    :param code: what the answers are of; ``leaf`` is None where that is no indicator.
    """
    if before == after:
        return
    for column in INPUTS:
        if leaf and column != "status" and getattr(before, column) == getattr(after, column):
            continue
        was, now = (_text(each, column, code, leaf) for each in (before, after))
        if was != now:
            yield column, was, now


def _text(answer: Answer, column: str, code: str, leaf: Indicator | None) -> str:
    """Write one cell of an answer as it stands in a form."""
    if leaf is None:
        own = {"reason": answer.reason, "status" if code == OF_UNIT else "value": answer.text}
        return own.get(column) or ""
    if column == "status":
        return text(f"form.status.{answer.status}") if answer.status else ""
    given = getattr(answer, column)
    if given is None:
        return ""
    if column == "value":
        accepts = FactType.NUMBER if leaf.rule.accepts == FactType.SHARE else leaf.rule.accepts
        return shown_value(given, None, accepts)
    return shown(given) if isinstance(given, int) else str(given)
