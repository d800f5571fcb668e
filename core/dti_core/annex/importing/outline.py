"""The rows of a table → a tree: main indicators, indicators, sub-indicators, by their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from dti_core.annex.importing.labels import Label, read_label, split_label
from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.lines import Line
from dti_core.annex.importing.nodes import LONG, Node, Total, fill, read_amounts, scaled
from dti_core.annex.importing.numbering import Numbering
from dti_core.annex.importing.wordings import begins, is_total


@dataclass
class Outline:
    """The tree while it grows; ``stack`` is its last row with those above it."""

    ledger: Ledger
    is_numbered: bool
    roots: list[Node] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    main: str = ""

    def add(self, line: Line) -> None:
        """Give a row its place."""
        numbering = Numbering(self.roots, self.stack, self.ledger)
        label, name = numbering.read(line)
        if label is None and is_total(name or line.first):
            self._add_total(line)
            return
        if line["main"] and line["main"] != self.main:
            self._open_main(line, label)
            if not line["name"]:
                return
        if label is not None:
            self._open(Node(name, label, line=line))
        elif line.is_wide and not (begins(line.first, "notes") or read_label(line.first)):
            self._open_section(line)
        elif name and line.has_amount and not self.is_numbered:
            numbering.pass_over(line)
            self._open(Node(name, line=line))
        else:
            self._join(line)

    def _open_main(self, line: Line, label: Label | None) -> None:
        """Open the main indicator that a column of its own names."""
        self.main = line["main"]
        own, name = split_label(" ".join(self.main.split()))
        if own is None and not line["name"]:
            own = label
        if own is None and label is not None and len(label.parts) > 1:
            own = read_label(label.parts[0])
        self.stack = []
        node = Node(name, own, line=None if line["name"] else line, is_main=True)
        node.places += line.places["main"]
        self._open(node)

    def _open_section(self, line: Line) -> None:
        """Open a main indicator without a number; within numbered ones the ledger tells of it."""
        if self.stack and self.stack[0].label is not None:
            return
        self.stack = []
        node = Node(line.first, line=line, is_main=True)
        node.places.append((line.row, next(iter(line.everything))))
        self._open(node)

    def _open(self, node: Node) -> None:
        """Hang a row into the tree, below the row that its number says."""
        node.name = " ".join(node.name.split())
        fill(node, self.ledger)
        if node.line and node.line.is_alone:
            node.places.append((node.row, next(iter(node.line.everything))))
        parent = self._parent(node)
        if parent is None:
            self.roots.append(node)
        else:
            parent.adopt(node)
        node.code = self._code(node)
        depth = self.stack.index(parent) + 1 if parent else 0
        self.stack = [*self.stack[:depth], node]

    def _parent(self, node: Node) -> Node | None:
        label = node.label
        if label is None or node.is_main:
            return self.stack[0] if self.stack else None
        for each in reversed(self.stack if len(label.parts) > 1 else ()):
            above = each.label.parts if each.label else ()
            if label.parts[:-1] in (above, tuple(each.code.split("."))):
                node.is_part = True
                return each
        for each in reversed(self.stack):
            same = each.label is not None and each.label.shape == label.shape
            if same and not (each.is_part or each.is_main):
                return each.parent
        if label.is_number and len(label.parts) > 1:
            above_it = (e for e in reversed(self.stack) if not (e.label and e.label.is_number))
            return next(above_it, None)
        fits = (each for each in reversed(self.stack) if _may_stand_above(each, label))
        return next(fits, None)

    def _code(self, node: Node) -> str:
        """Write the number as a code of its own: "1" below "I" is I.1; without one, count."""
        parent, label = node.parent, node.label
        if label is None:
            number = str(len(parent.children if parent else self.roots))
            return f"{parent.code}.{number}" if parent else number
        if parent is None or label.is_own or (len(label.parts) > 1 and not node.is_part):
            return label.text
        return f"{parent.code}.{label.parts[-1]}"

    def _add_total(self, line: Line) -> None:
        found = scaled(read_amounts(line, self.ledger))
        self.totals.append(Total(line, self.stack[0] if self.stack else None, found))
        read = (line.places.get(level or "max_points", []) for level in found)
        self.ledger.take(place for places in read for place in places)
        self.ledger.take((line.row, at) for at, text in line.everything.items() if is_total(text))

    def _join(self, line: Line) -> None:
        """Join a row without a number to the indicator above, and tell of it."""
        node = self.stack[-1] if self.stack else None
        if node is None or node.parent is None or begins(line.first, "notes"):
            return
        amount, name = line.own.get("max_points", ""), line.own.get("name", "")
        if amount and line.amount("max_points") is None:
            return
        if set(line.own) == {"name"} and (name[0].islower() or name[0] == "("):
            node.name = f"{node.name} {' '.join(name.split())}"
        else:
            words = " ".join(filter(None, (line.own.get("code"), name, line.own.get("condition"))))
            points = f"{amount} điểm" if amount.isdecimal() else amount
            node.join("condition", ": ".join(filter(None, (words, points))))
            for column in set(LONG) - {"condition"}:
                node.join(column, line.own.get(column, ""))
        taken = (
            line.places[each] for each in line.own if each in {*LONG, "code", "name", "max_points"}
        )
        self.ledger.take(place for places in taken for place in places)
        self.ledger.tell("annex.import-joined", line.row, code=node.code)


def _may_stand_above(node: Node, label: Label) -> bool:
    """Tell whether a row may have one with this number below it: nothing but I and A above II."""
    return not label.is_major or node.is_main or node.label is None or node.label.is_major
