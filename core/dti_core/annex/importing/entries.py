"""A tree of indicators → the rows of ``indicators.csv``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dti_core.annex.importing.clauses import clause_of
from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.nodes import COPIED, LONG, Node
from dti_core.annex.importing.suggesting import in_vietnamese, to_fill_in
from dti_core.annex.importing.target import Target
from dti_core.annex.importing.wordings import LEVELS
from dti_core.lawfiles import to_parameters
from dti_core.lawfiles.readings import resolve
from dti_core.numbers import to_short_decimal
from dti_core.rules import KINDS, Awarded, SumOf, parse_rule

PLACED: Final = ("code", "name", "main", "dimension", "parent")
"""Columns that say what a row is and where it belongs."""

Entry = dict[str, str]
"""A row of the table by column."""


@dataclass(frozen=True)
class Table:
    """The tree of one file with what is known of each row.

    :param levels: of each row, the levels that it is for.
    :param by_level: whether each level has a maximum of its own.
    """

    mains: Sequence[Node]
    levels: dict[Node, set[str]]
    by_level: bool

    def amount(self, node: Node, level: str) -> int | None:
        """Return the maximum of a row at a level: its own, or the sum of those below it."""
        own = node.amounts.get(level if self.by_level else "")
        below = [each for each in node.children if level in self.levels[each] or not level]
        if own is not None or not below:
            return own
        amounts = [self.amount(each, level) for each in below]
        return None if None in amounts else sum(each or 0 for each in amounts)

    def of_levels(self, node: Node) -> dict[int | None, list[str]]:
        """Return the levels of a row by its maximum there."""
        found: dict[int | None, list[str]] = {}
        mine: list[str] = [each for each in LEVELS if each in self.levels[node]]
        for level in mine or [""]:
            found.setdefault(self.amount(node, level), []).append(level)
        return found


@dataclass(frozen=True)
class Writer:
    """Writes the rows of a tree, and tells what is wanting in them."""

    table: Table
    target: Target
    base: str
    ledger: Ledger

    def entries(self) -> Iterator[Entry]:
        """Yield the rows of every main indicator in order."""
        for main in self.table.mains:
            self._take_main(main)
            for indicator in main.children:
                for node in indicator.walk():
                    yield from self._of_node(node, main)

    def _take_main(self, main: Node) -> None:
        read = ["max_points"] if "" in main.amounts else []
        levels = [each for each in LEVELS if each in main.amounts]
        self.ledger.take([*main.places, *main.cells("code", "name", "main", *read, *levels)])

    def _of_node(self, node: Node, main: Node) -> Iterator[Entry]:
        self.ledger.take([*node.places, *node.cells(*PLACED, *COPIED)])
        amounts = self.table.of_levels(node)
        for points, levels in amounts.items():
            wanting = [*self._maximum(node, points), *self._levels(node, levels)]
            yield self._row(node, main) | {
                "max_points": to_short_decimal(points or 0),
                **{each: "x" if each in levels else "" for each in self.target.levels},
                **self._rule(node, wanting),
            }

    def _row(self, node: Node, main: Node) -> Entry:
        inside = node.parent is not None and node.parent is not main
        return {
            "code": node.code,
            "parent": node.parent.code if inside and node.parent else "",
            "dimension": main.code,
            "name": node.name,
            **{each: node.texts.get(each, "") for each in (*LONG, "groups")},
            "clause": node.texts.get("clause") or clause_of(self.base, node.code),
        }

    def _maximum(self, node: Node, points: int | None) -> Iterator[str]:
        """Say that a maximum is wanting; what cannot be read is told with its cell."""
        given = node.line["max_points"] if node.line else ""
        places = node.cells("max_points")
        if points is None:
            key = "annex.import-maximum" if given else "annex.import-no-maximum"
            place = places[0] if given else node.row
            self.ledger.tell(key, place, code=node.code, given=given)
            yield in_vietnamese("annex.import-note-maximum", given=given or "—")
        elif "" in node.amounts:
            self.ledger.take(places)

    def _levels(self, node: Node, levels: Sequence[str]) -> Iterator[str]:
        if not any(levels):
            self.ledger.tell("annex.import-no-level", node.row, code=node.code)
            yield in_vietnamese("annex.import-note-level")

    def _rule(self, node: Node, wanting: list[str]) -> Entry:
        """Return the rule: a sum of what is below, the one that is given, else a placeholder."""
        given, parameters = node.texts.get("rule", ""), node.texts.get("parameters", "")
        given = given if given.startswith("@") else given.lower()
        is_known = self._is_rule(node, given, parameters)
        if (given or parameters) and not is_known:
            told = " ".join(filter(None, (given, parameters)))
            place = node.cells("rule", "parameters")[0]
            self.ledger.tell("annex.import-rule", place, given=told)
        words: str | None = None
        if node.children and not is_known:
            given, parameters = SumOf.kind, ""
        elif not is_known:
            words = "\n".join([node.name, *(node.texts.get(each, "") for each in LONG[:3])])
            given, parameters = Awarded.kind, ""
        note = [node.texts.get("note", ""), to_fill_in(wanting, words)]
        return {"rule": given, "parameters": parameters, "note": " ".join(filter(None, note))}

    def _is_rule(self, node: Node, given: str, parameters: str) -> bool:
        """Tell whether core takes a rule, and whether it goes with what stands below."""
        try:
            read = resolve({"rule": given, **to_parameters(parameters)}, self.target.readings)
            parse_rule(read.pop("rule"), read, KINDS)
        except ValueError:
            return False
        return (given == SumOf.kind) is bool(node.children)
