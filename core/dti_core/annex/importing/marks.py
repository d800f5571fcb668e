"""For which levels a row is, by the marks or maxima in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.nodes import Node
from dti_core.annex.importing.wordings import LEVELS, column_of, plain, wordings


def marked(node: Node, ledger: Ledger, *, maxima: bool) -> set[str]:
    """Return the levels that the row of an indicator names.

    :param maxima: the columns of the levels hold the maxima.
    """
    return {*_by_column(node, ledger, maxima=maxima), *_by_text(node, ledger)}


def _by_column(node: Node, ledger: Ledger, *, maxima: bool) -> Iterator[str]:
    line, words = node.line, wordings()["marks"]
    if line is None:
        return
    for level in LEVELS:
        text, points = line[level], node.amounts.get(level)
        if not text or (node.parent is None and points is not None):
            continue  # of a main indicator it is a sum
        place = line.places[level][0]
        same = points is not None and (maxima or points == node.amounts.get(""))
        if same or text.lower() in words["yes"]:
            ledger.take([place])
            yield level
        elif text in words["no"]:
            ledger.take([place])
        elif place not in ledger.settled:
            ledger.tell("annex.import-mark", place, given=text)


def _by_text(node: Node, ledger: Ledger) -> Sequence[str]:
    """Read a cell that names the levels: "Sở; huyện"."""
    text = node.line["levels"] if node.line else ""
    if not text or node.line is None:
        return ()
    place = node.line.places["levels"][0]
    for apart in (r"(?!)", r"\s*[;\n]\s*", r"\s*(?:[,;/&+\n]|\bvà\b)\s*"):
        found = [column_of(each) for each in re.split(apart, plain(text)) if each]
        if found and all(each in LEVELS for each in found):
            ledger.take([place])
            return [each for each in found if each]
    if place not in ledger.settled:
        ledger.tell("annex.import-mark", place, given=text)
    return ()


def spread(node: Node, own: dict[Node, set[str]], above: set[str]) -> dict[Node, set[str]]:
    """Give each row the levels that it names, else those below it, else those above it.

    :param own: what the row of each node names.
    """
    mine = own.get(node, set())
    found: dict[Node, set[str]] = {}
    for each in node.children:
        found |= spread(each, own, mine or above)
    below = {level for each in node.children for level in found[each]}
    found[node] = mine or below or above
    return found
