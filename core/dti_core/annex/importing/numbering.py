"""Which numbers can stand next in an outline, and what a spreadsheet made of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dti_core.annex.importing.labels import Label, as_dates, is_date, read_label, split_label
from dti_core.annex.importing.ledger import Ledger
from dti_core.annex.importing.lines import Line
from dti_core.annex.importing.nodes import Node


@dataclass(frozen=True)
class Numbering:
    """The numbers that are open: those of the last row and of the rows above it."""

    roots: Sequence[Node]
    stack: Sequence[Node]
    ledger: Ledger

    def read(self, line: Line) -> tuple[Label | None, str]:
        """Find the number and the name of a row."""
        code, name = line["code"], line["name"]
        label = self._undated(code, line) if is_date(code) else read_label(code)
        if label is not None and (name or line["main"]):
            return self._repaired(label, line), name
        alone = line.first if line.is_alone else ""
        label, rest = split_label(name or alone, section=line.is_alone)
        if label is None:
            return None, rest
        self.pass_over(line)
        return self._repaired(label, line), rest

    def pass_over(self, line: Line) -> None:
        """Tell of a text that stands where the number belongs and is none."""
        place = line.places["code"][0] if line["code"] and not line.is_alone else None
        if place is not None and place not in self.ledger.settled:
            self.ledger.tell("annex.import-cell", place, given=line["code"])

    def _undated(self, code: str, line: Line) -> Label | None:
        """Undo a spreadsheet that took a number for a date, where only one number can follow."""
        labels = [read_label(each) for each in dict.fromkeys(as_dates(code))]
        fits = [each for each in labels if each and each.parts in self._expected()]
        place = line.places["code"][0]
        if len(fits) != 1:
            self.ledger.tell("annex.import-date-unknown", place, given=code)
            return None
        self.ledger.tell("annex.import-date", place, given=code, used=fits[0].text)
        return fits[0]

    def _repaired(self, label: Label, line: Line) -> Label:
        """Give 1.10 back the zero that a spreadsheet took; read "I" after "H" as a letter."""
        longer = Label((*label.parts[:-1], f"{label.parts[-1]}0"), label.shape)
        seen = any(label.parts == each.label.parts for each in self._siblings() if each.label)
        if len(label.parts) > 1 and seen and longer.parts in self._expected():
            place = line.places["code"][0] if line["code"] else line.row
            values = {"given": label.text, "used": longer.text}
            self.ledger.tell("annex.import-zero", place, **values)
            return longer
        letters = [each.label for each in self.stack if each.label and each.label.shape == "A"]
        if label.shape == "R" and len(label.text) == 1 and letters:
            follows = ord(letters[0].text) + 1 == ord(label.text)
            return replace(label, shape="A") if follows else label
        return label

    def _siblings(self) -> Iterator[Node]:
        """Yield the rows that stand beside an open one."""
        for node in self.stack:
            yield from node.parent.children if node.parent else self.roots

    def _expected(self) -> set[tuple[str, ...]]:
        """Return the numbers that can stand next: a child or the next sibling of an open row."""
        found: set[tuple[str, ...]] = {("1",), (str(max(len(self.roots), 1)), "1")}
        for label in (each.label for each in self.stack):
            if label is not None and label.parts[-1].isdecimal():
                found.add((*label.parts, "1"))
                found.add((*label.parts[:-1], str(int(label.parts[-1]) + 1)))
        return found
