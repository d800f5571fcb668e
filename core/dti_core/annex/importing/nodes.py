"""What a row of a table becomes: a main indicator, an indicator or a sub-indicator in a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from dti_core.annex.importing.grid import Place
from dti_core.annex.importing.labels import Label
from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.lines import Line
from dti_core.annex.importing.points import Amount, split_amount
from dti_core.annex.importing.wordings import LEVELS
from dti_core.numbers import ONE

LONG: Final = ("action", "condition", "evidence", "appraiser", "note")
"""Columns of the table that may have several lines."""

COPIED: Final = (*LONG, "groups", "clause", "rule", "parameters")
"""Columns of the table that are taken over as they stand."""


@dataclass(eq=False)
class Node:
    """A main indicator, an indicator or a sub-indicator.

    :param amounts: the maxima that stand in its row: of all levels under "", of one by its code.
    :param texts: what its row says, by column, and what rows below add to it.
    :param places: cells that it is made of, beside those of its row.
    :param is_part: whether its number begins with that of its parent.
    :param is_main: whether it is a main indicator whatever its number.
    """

    name: str
    label: Label | None = None
    code: str = ""
    line: Line | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    amounts: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    is_part: bool = False
    is_main: bool = False

    @property
    def row(self) -> int:
        """Where it stands; for one without a row, where the first one below it does."""
        return self.line.row if self.line else min((each.row for each in self.children), default=1)

    def walk(self) -> Iterator[Node]:
        """Yield it and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def adopt(self, child: Node) -> None:
        """Hang a row below this one."""
        child.parent = self
        self.children.append(child)

    def rename(self, code: str) -> None:
        """Change its code, and those below that begin with it."""
        old, self.code = self.code, code
        for each in self.children:
            if each.code.startswith(f"{old}."):
                each.rename(f"{code}{each.code[len(old) :]}")

    def join(self, column: str, text: str) -> None:
        """Add a text below what stands in a column."""
        self.texts[column] = "\n".join(filter(None, (self.texts.get(column), text)))

    def cells(self, *columns: str) -> list[Place]:
        """Return where columns of its row stand."""
        places = self.line.places if self.line else {}
        return [place for name in columns for place in places.get(name, ())]


@dataclass(frozen=True)
class Total:
    """A row that adds up, with the main indicator above it, if any."""

    line: Line
    above: Node | None
    amounts: dict[str, int]


def fill(node: Node, ledger: Ledger) -> None:
    """Read maxima and texts of the row of a node; a maximum may stand behind its name."""
    line = node.line
    if line is None:
        return
    amounts = read_amounts(line, ledger)
    if not any(amounts.values()):
        node.name, amounts[""] = split_amount(node.name)
    node.amounts = scaled(amounts)
    node.texts = {name: line[name] for name in COPIED if line[name]}


def read_amounts(line: Line, ledger: Ledger) -> dict[str, Amount | None]:
    """Read the maxima of a row, and tell where a sign was taken to separate thousands."""
    columns = {"": "max_points"} | {each: each for each in LEVELS}
    amounts = {level: line.amount(column) for level, column in columns.items()}
    for level, each in amounts.items():
        if each and each.grouped:
            column = columns[level]
            values = {"given": line[column], "used": each.points // ONE}
            ledger.tell("annex.import-thousands", line.places[column][0], **values)
    return amounts


def scaled(amounts: Mapping[str, Amount | None]) -> dict[str, int]:
    """Return the maxima that there are, in ten-thousandths."""
    return {level: each.points for level, each in amounts.items() if each}
