"""Counts and sums of what was found, beside what the file says itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dti_core.annex.importing.entries import Table
from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.nodes import Node, Total
from dti_core.annex.importing.wordings import LEVELS, folded
from dti_core.rules.base import shown


@dataclass
class Figures:
    """Of a main indicator, or of the whole (without code): all levels under "", each by its code.

    :param found: how many indicators, and the sum of their maxima.
    :param written: the sums that stand in the file.
    """

    code: str
    name: str
    found: dict[str, tuple[int, int]]
    written: dict[str, int] = field(default_factory=dict)


def compare(table: Table, totals: Sequence[Total], ledger: Ledger) -> tuple[list[Figures], Figures]:
    """Set the figures of each main indicator and of the whole beside those of the file.

    Whatever differs is told; nothing is changed.
    """
    figures = [Figures(e.code, e.name, _found(table, [e]), dict(e.amounts)) for e in table.mains]
    whole = Figures("", "", _found(table, table.mains))
    for main, mine in zip(table.mains, figures, strict=True):
        _tell(mine, mine.written, main.row, ledger)
        for node in main.walk():
            if node is not main:
                _tell_of_parts(table, node, ledger)
    for total, of in _meant(totals, table.mains):
        mine = whole if of is None else figures[table.mains.index(of)]
        _tell(mine, total.amounts, total.line.row, ledger)
        mine.written = {**total.amounts, **mine.written}
    return figures, whole


def _found(table: Table, mains: Sequence[Node]) -> dict[str, tuple[int, int]]:
    """Count and add up indicators; a maximum that is wanting counts nothing."""
    indicators = [each for main in mains for each in main.children]
    found = {}
    for level in ("", *LEVELS):
        mine = [each for each in indicators if not level or level in table.levels[each]]
        points = sum(table.amount(each, level) or 0 for each in mine)
        if (mine or not level) and not (table.by_level and not level):
            found[level] = (len(mine), points)
    return found


def _tell(figures: Figures, written: dict[str, int], row: int, ledger: Ledger) -> None:
    for level, points in written.items():
        found = figures.found.get(level, (0, 0))[1]
        if found != points:
            key = "annex.import-sum" if figures.code else "annex.import-sum-whole"
            values = {"code": figures.code, "written": shown(points), "found": shown(found)}
            ledger.tell(key, row, **values)


def _tell_of_parts(table: Table, node: Node, ledger: Ledger) -> None:
    """Tell where sub-indicators do not add up to their indicator."""
    for level in table.levels[node] if node.children else ():
        own = table.amount(node, level)
        parts = [each for each in node.children if level in table.levels[each]]
        found = sum(table.amount(each, level) or 0 for each in parts)
        if own is not None and own != found:
            values = {"code": node.code, "written": shown(own), "found": shown(found)}
            ledger.tell("annex.import-sum-parts", node.row, **values)
            return


def _meant(totals: Sequence[Total], mains: Sequence[Node]) -> Iterator[tuple[Total, Node | None]]:
    """Yield each row that adds up with the main indicator that it is of; None: of the whole.

    The last one is of the whole, unless rows with the same words were of main indicators before.
    """
    words: set[str] = set()
    for place, total in enumerate(totals):
        named = next((m for m in mains if total.line.first.split()[-1].strip(".:") == m.code), None)
        said = folded(total.line.first.lower())
        is_last = place == len(totals) - 1 and said not in words
        above = total.above if total.above in mains else None
        main = named or (None if is_last else above)
        if main is not None:
            words.add(said)
        yield total, main
