"""Which rows of a tree are main indicators, and which are no rows of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.nodes import Node
from dti_core.annex.importing.wordings import begins
from dti_core.errors import InvalidAnnex
from dti_core.numbers import to_short_decimal

JOINED: Final = ("code", "name", "action", "condition", "evidence")
"""Columns of a row that become part of the row above."""


def main_indicators(roots: Sequence[Node], known: Mapping[str, str], ledger: Ledger) -> list[Node]:
    """Return the main indicators, each with the indicators below it.

    :param known: codes and names of the main indicators that the decision names.
    :raises InvalidAnnex: nothing tells which main indicator the indicators belong to.
    """
    mains = [each for root in roots for each in _without_group(root, ledger)]
    if mains and not any(each.children for each in mains):
        mains = _above_all(mains, known, ledger)
    mains = _above_parts(mains, known, ledger)
    for each in mains:
        if each.label is None and each.line is not None:
            ledger.tell("annex.import-dimension-code", each.row, code=each.code, given=each.name)
        if any(one.children and one.label and one.label.is_major for one in each.children):
            ledger.tell("annex.import-three-steps", each.row, code=each.code)
        for indicator in each.children:
            _gather(indicator, ledger)
    counted = [each for main in mains for each in main.children if each.label is None]
    if counted:
        values = {"first": counted[0].code, "last": counted[-1].code}
        ledger.tell("annex.import-codes-counted", counted[0].row, **values)
    return mains


def _without_group(root: Node, ledger: Ledger) -> list[Node]:
    """Take off a row that stands over several main indicators, which the table does not hold."""
    divided = root.children and all(each.children for each in root.children)
    line = root.line
    if line is None or not divided or not any(begins(line[e], "groups") for e in ("code", "name")):
        return [root]
    for each in root.children:
        each.parent = None
        if each.label and not each.label.is_own and not each.is_part:
            each.rename(each.label.text)
    said = " ".join(filter(None, (line["code"], root.name)))
    ledger.tell("annex.import-group", root.row, given=said)
    ledger.take([*root.places, *root.cells("code", "name")])
    return root.children


def _above_all(nodes: list[Node], known: Mapping[str, str], ledger: Ledger) -> list[Node]:
    """Hang indicators without any main indicator below the one that there can be."""
    if all(each.label and len(each.label.parts) > 1 for each in nodes):
        return nodes
    if not any(each.amounts for each in nodes):
        raise InvalidAnnex([ledger.grid.problem("annex.import-nothing", nodes[0].row)])
    if len(known) != 1:
        raise InvalidAnnex([ledger.grid.problem("annex.import-no-dimensions", nodes[0].row)])
    [(code, name)] = known.items()
    above = Node(name, code=code)
    for each in nodes:
        above.adopt(each)
        each.rename(f"{code}.{each.code}")
    ledger.tell("annex.import-one-dimension", nodes[0].row, code=code)
    return [above]


def _above_parts(roots: Iterable[Node], known: Mapping[str, str], ledger: Ledger) -> list[Node]:
    """Hang an indicator 2.1 without a row of 2 above it below a main indicator 2."""
    mains: list[Node] = []
    for node in roots:
        code = ".".join(node.label.parts[:-1]) if node.label else ""
        above = next((each for each in mains if each.code == code), None)
        if not code:
            mains.append(node)
            continue
        if above is None:
            above = Node(known.get(code, ""), code=code)
            mains.append(above)
            if not above.name:
                ledger.tell("annex.import-dimension-unnamed", node.row, code=code)
        above.adopt(node)
    return mains


def _gather(node: Node, ledger: Ledger) -> None:
    """Make lines of a condition out of rows that are no sub-indicators, and tell.

    Those are rows without any maximum, and lettered rows with the points of each answer: their
    maxima do not add up, or one is zero.
    """
    for each in node.children:
        _gather(each, ledger)
    below, own = node.children, node.amounts.get("")
    lettered = all(each.label and each.label.is_letter for each in below)
    whole = sum(each.amounts.get("", 0) for each in below)
    idle = own is not None and not any(each.amounts for each in below)
    answers = whole != own or any(each.amounts.get("") == 0 for each in below)
    if (
        not below
        or any(each.children for each in below)
        or not (idle or (lettered and own is not None and answers))
    ):
        return
    for each in below:
        number = f"{each.label.text}) " if each.label else ""
        points = f": {_vietnamese(each.amounts[''])} điểm" if "" in each.amounts else ""
        node.join("condition", f"{number}{each.name}{points}")
        for column in ("action", "condition", "evidence"):
            node.join(column, each.texts.get(column, ""))
        read = ["max_points"] if "" in each.amounts else []
        node.places += [*each.places, *each.cells(*JOINED, *read)]
        ledger.tell("annex.import-joined", each.row, code=node.code)
    node.children = []


def _vietnamese(points: int) -> str:
    """Write points as the decision does, whatever language messages are in."""
    return to_short_decimal(points).replace(".", ",")
