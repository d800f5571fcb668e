"""Citations: behind every number there is a clause, and its words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from dti_core.conformance.check import check
from dti_core.conformance.law import cited
from dti_core.conformance.quoting import numbers
from dti_core.conformance.subject import Subject, each_level
from dti_core.models import Discrepancy, Framework, Interpretation
from dti_core.numbers import ONE


@check(
    "citations.clauses",
    title="every clause that is cited is in the decision's list of clauses",
    why="a citation that leads nowhere cannot be checked against the decision",
    guards="Citation",
)
def clauses(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        listed = [each.id for each in framework.decision.clauses]
        for each in cited(subject, framework):
            clause = each.citation.clause
            if not any(clause == one or clause.startswith(f"{one}.") for one in listed):
                yield f"{each.what} cites {clause}: list the clause, or correct the citation"

    yield from each_level(subject.scorable, find)


@check(
    "citations.quotes",
    title="every citation quotes the words of its clause",
    why="who checks a number compares words, not numbers of articles",
    guards="Citation",
)
def quotes(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for each in cited(subject, framework):
            quote = each.citation.quote
            if quote == each.citation.clause or not any(map(str.isalpha, quote)):
                yield f"{each.what} ({each.citation.clause}): quote the words of the clause"

    yield from each_level(subject.frameworks, find)


@check(
    "citations.figures",
    title="the figures that a level declares stand in the words quoted for it",
    why="a maximum that nobody finds in the decision is nobody's law",
    guards="Citation",
)
def figures(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        declared = framework.declared
        found = {each.number for each in numbers(declared.citation.quote)}
        maximum = None if declared.max_points is None else Fraction(declared.max_points, ONE)
        wanted = {"indicators": declared.indicators, "max_points": maximum}
        for name, figure in ({"dimensions": declared.dimensions} | wanted).items():
            if figure is not None and figure not in found:
                yield f"{name} = {figure} is not in the words quoted: quote it, or correct it"

    yield from each_level(subject.frameworks, find)


@check(
    "citations.reasons",
    title="every discrepancy says why the program uses what it uses",
    why="whoever corrects the decision must be able to weigh the reason",
    guards="Discrepancy",
)
def reasons(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        entries: list[Discrepancy | Interpretation] = [*framework.discrepancies]
        for each in (*entries, *framework.interpretations):
            if not each.why.strip():
                yield f"{each.id} gives no reason: write why"

    yield from each_level(subject.frameworks, find)


CHECKS: Final = (clauses, quotes, figures, reasons)
