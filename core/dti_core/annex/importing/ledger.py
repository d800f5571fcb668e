"""What became of each cell: taken in, or told. Nothing that stands in a file is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dti_core.annex.importing.grid import Grid, Place, short
from dti_core.annex.importing.headings import Region
from dti_core.annex.importing.wordings import LEVELS, closest
from dti_core.errors import Problem


@dataclass
class Ledger:
    """The account of one sheet."""

    grid: Grid
    settled: set[Place] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def take(self, places: Iterable[Place]) -> None:
        """Note cells whose text is in the table."""
        self.settled.update(places)

    def tell(self, key: str, place: Place | int, **values: object) -> None:
        """Tell what was found; a cell that is told of is settled."""
        shown = {name: short(v) if isinstance(v, str) else v for name, v in values.items()}
        self.problems.append(self.grid.problem(key, place, **shown))
        if isinstance(place, tuple):
            self.settled.add(place)

    def close(self, region: Region, last: int) -> list[Problem]:
        """Tell of every cell that is left, and give whatever was told in the order of the rows.

        :param last: the last row of the table; what stands below is no part of it.
        """
        for place, text in self.grid.cells.items():
            if place not in self.settled:
                inside = region.heading[0] < place[0] <= last
                key = "annex.import-cell" if inside else "annex.import-outside"
                self.tell(key, place, given=text)
        return sorted(self.problems, key=lambda each: (each.row or 0, each.column or ""))


def account_for_headings(region: Region, ledger: Ledger, levels: Iterable[str]) -> None:
    """Settle the headings; columns that are not taken in are told of as wholes."""
    grid = region.grid
    ledger.take((row, at) for row in region.heading for at in grid.rows[row])
    for at, cells in _columns(region):
        column, place = region.columns.get(at), (region.heading[0], at)
        values: dict[str, Any] = {"given": region.headings.get(at, ""), "cells": len(cells)}
        if at in region.doubles:
            other = region.headings[region.doubles[at]]
            ledger.tell("annex.import-column-twice", place, **values, other=other)
        elif column in LEVELS and column not in levels:
            ledger.tell("annex.import-column-level", place, **values, level=column)
        elif column is None and at in region.headings:
            ledger.tell("annex.import-column", place, **values, close=closest(values["given"]))
        else:
            continue
        ledger.take(cells)


def _columns(region: Region) -> Iterator[tuple[int, list[Place]]]:
    """Yield each column with the cells that it has in the table."""
    cells: dict[int, list[Place]] = {at: [] for at in region.headings}
    for row in region.rows:
        for at in region.grid.rows[row]:
            cells.setdefault(at, []).append((row, at))
    yield from sorted(cells.items())
