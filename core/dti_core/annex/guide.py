"""What a form says of itself: how to fill it in, its columns, the rules, the rankings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dti_core.annex.table import BLOCKS, DIFFERENCE
from dti_core.annex.template import form_columns
from dti_core.messages import known, text
from dti_core.models import Framework
from dti_core.rules import Rule

EXAMPLES: Final = {
    "share": "floor=50%; full_from=90%; zero_denominator=not_applicable",
    "reverse_share": "partial=nothing",
    "count_against": "minimum=12",
    "steps": "steps=2:1, 1:1/2",
    "due_date": "due=31/01; late=1/2",
}
"""Parameters of core's rule kinds, as they are written."""

Lines = list[tuple[str, ...]]


@dataclass(frozen=True)
class Guide:
    """The words of a guide, in the language in use."""

    framework: Framework

    @property
    def title(self) -> str:
        """Name the decision and the level."""
        decision = self.framework.decision
        named = decision.number or decision.title
        return text(
            "annex.guide.title", decision=named, issuer=decision.issuer, level=self.framework.name
        )

    @property
    def lines(self) -> Iterator[str]:
        """Say how the form is filled in."""
        yield text("annex.guide.fill", sheet=text("annex.sheet"))
        if not self.framework.dimensions_in_scale:
            yield text("annex.guide.dimensions")
        yield text("annex.guide.items")
        if self.framework.dimensions:
            yield text("annex.guide.compare", sheet=text("annex.compare-sheet"))
        yield text("annex.guide.difference")
        yield text("annex.guide.check")

    @property
    def tables(self) -> Iterator[tuple[str, tuple[str, str], Lines]]:
        """Yield the column that a table is about, its two headings and its lines."""
        columns = form_columns(self.framework)
        lines: Lines = [(name, text(f"annex.column.{name}")) for name in columns]
        yield "columns", (text("annex.guide.columns"), ""), lines
        headings = (text("annex.guide.rules"), text("annex.guide.example"))
        yield "rule", headings, list(self._rules())
        lines = [(each.code, each.name) for each in self.framework.rankings if each.from_annex]
        if lines:
            yield "rankings", (text("annex.guide.rankings"), ""), lines

    def _rules(self) -> Iterator[tuple[str, ...]]:
        for each in self.framework.kinds:
            about = known(f"annex.rule.{each.kind}", _parameters(each))
            yield each.kind, about, EXAMPLES.get(each.kind, "")
        blocks = BLOCKS if self.framework.bonus_block == "annex" else ()
        for word in (*blocks, DIFFERENCE):
            yield word, text(f"annex.rule.{word}"), ""


def _parameters(kind: type[Rule]) -> str:
    """Name the parameters of a kind that core has no words for."""
    return ", ".join(kind.model_fields)
