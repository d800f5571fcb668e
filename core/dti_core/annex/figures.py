"""Counts and sums of an annex against those of the decision, and differences that it declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dti_core.annex.building import draft
from dti_core.annex.maxima import maximum
from dti_core.annex.table import Row, Table
from dti_core.errors import Problem
from dti_core.messages import decimal_text, text
from dti_core.models import Citation, Dimension, Discrepancy, Framework
from dti_core.numbers import EXACT_FLOAT
from dti_core.rules.base import shown

Difference = tuple[str, str, str]
"""What differs, what the decision declares, and what the annex holds."""

OF_DIMENSIONS = ("indicators", "max_points")


@dataclass(frozen=True)
class Figures:
    """The figures of an annex beside those of the decision."""

    table: Table
    framework: Framework

    @cached_property
    def draft(self) -> Framework:
        """The framework with what the annex holds, only to count."""
        return draft(self.table, self.framework)

    @cached_property
    def differences(self) -> list[Difference]:
        """Every difference, as far as rows and maxima can be read."""
        return [each for each in self.draft.differences() if self._can_tell(each[0])]

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The rows that declare a difference, by what differs."""
        return {_about(row): row for row in reversed(self.table.differences)}

    def faults(self) -> Iterator[Problem]:
        """Yield differences that nobody tells, and told ones that are none."""
        told = {
            (each.about, str(each.declared_value), str(each.found_value))
            for each in self.framework.discrepancies
        }
        for each in self.differences:
            if each not in told and each[0] not in self.rows:
                yield self._untold(*each)
        yield from self._wrong_rows([about for about, _, _ in self.differences])
        if self.draft.max_points**2 >= EXACT_FLOAT:
            whole = shown(self.draft.max_points)
            yield self.table.sheet.problem("annex.scale-too-large", None, "max_points", sum=whole)

    def discrepancies(self) -> list[Discrepancy]:
        """Return what the authority declares to differ."""
        return [self._told(*each) for each in self.differences if each[0] in self.rows]

    def _told(self, about: str, declared: str, found: str) -> Discrepancy:
        what, _, code = about.partition(":")
        values = {"declared": decimal_text(declared), "found": decimal_text(found)}
        values["part"] = text("annex.part", code=code) if code else text("annex.whole-set")
        return Discrepancy(
            id=f"annex-{about}",
            about=about,
            declared=text(f"annex.declared.{what}", **values),
            found=text(f"annex.found.{what}", **values),
            used=text(f"annex.used.{what}", **values),
            why=self.rows[about]["name"],
            declared_value=declared,
            found_value=found,
            citation=self._citation(code),
        )

    def _untold(self, about: str, declared: str, found: str) -> Problem:
        what, _, code = about.partition(":")
        values = {"declared": decimal_text(declared), "found": decimal_text(found)}
        values |= {"about": about, "clause": self._citation(code).clause, "code": code}
        if not code:
            column = "max_points" if what == "max_points" else "code"
            key = f"annex.differs.{what}"
            return self.table.sheet.problem(key, None, column, **values)
        key, name = f"annex.differs-in.{what}", self._dimension(code).name
        own = [row for row in self.table.dimensions if row["code"] == code]
        rows = [*own, *self.table.of_dimension(code)]
        if not rows:
            return self.table.sheet.problem(key, None, "dimension", **values, name=name)
        column = "max_points" if what == "max_points" else "code" if own else "dimension"
        return rows[0].problem(key, column, **values, name=name)

    def _dimension(self, code: str) -> Dimension:
        return next(each for each in self.draft.dimensions if each.code == code)

    def _citation(self, code: str) -> Citation:
        declared = self._dimension(code).declared if code else None
        return (declared or self.framework.declared).citation

    def _wrong_rows(self, found: list[str]) -> Iterator[Problem]:
        known = ["indicators", "max_points", "dimensions"]
        known += [f"{w}:{d.code}" for d in self.draft.dimensions_in_scale for w in OF_DIMENSIONS]
        for about, row in self.rows.items():
            if about not in known and row["code"]:
                values = {"given": row["code"], "known": ", ".join(known)}
                yield row.problem("annex.difference-unknown", "code", **values)
            elif about in known and about not in found and self._can_tell(about):
                yield row.problem("annex.difference-stale", "code", about=about)

    def _can_tell(self, about: str) -> bool:
        """Tell whether a figure is known: its main indicators, and every maximum of a sum."""
        what, _, code = about.partition(":")
        if what == "dimensions":
            return all(each.code for each in self.draft.dimensions)
        rows = [
            row
            for row in self.table.indicators
            if not row["parent"] and (not code or row["dimension"] == code)
        ]
        return what != "max_points" or None not in map(maximum, rows)


def _about(row: Row) -> str:
    """Return what a row says to differ, written as a framework tells it."""
    what, colon, code = row["code"].partition(":")
    return f"{what.strip().lower()}{':' if colon else ''}{code.strip()}"
