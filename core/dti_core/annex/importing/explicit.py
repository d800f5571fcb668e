"""The rows of a table with the columns of ``indicators.csv`` → a tree: they name their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.lines import Line
from dti_core.annex.importing.nodes import Node, fill
from dti_core.annex.table import BLOCKS, DIFFERENCE


def grow(lines: Iterable[Line], known: Mapping[str, str], ledger: Ledger) -> list[Node]:
    """Build the main indicators from rows that name main indicator and parent by code.

    :param known: codes and names of the main indicators that the decision names.
    """
    roots: dict[str, Node] = {}
    nodes: dict[tuple[str, str], Node] = {}
    for line in lines:
        if line["rule"].lower() in {*BLOCKS, DIFFERENCE} or not line["code"]:
            if line["code"]:
                ledger.tell("annex.import-block", line.row, given=line["rule"], code=line["code"])
                ledger.take(place for places in line.places.values() for place in places)
            continue
        node = Node(" ".join(line["name"].split()), code=line["code"], line=line)
        fill(node, ledger)
        if not (line["dimension"] or line["parent"]):
            roots[node.code] = node
            continue
        above = nodes.get((line["dimension"], line["parent"]))
        if line["parent"] and above is None:
            ledger.tell("annex.import-parent", line.places["parent"][0], given=line["parent"])
        elif line["dimension"] not in roots:
            code = line["dimension"]
            roots[code] = Node(known.get(code, ""), code=code)
        if parent := above or roots.get(line["dimension"]):
            parent.adopt(node)
            nodes[line["dimension"], node.code] = node
    return list(roots.values())
