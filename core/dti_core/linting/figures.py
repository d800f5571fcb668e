"""Declared against counted: main indicators, component indicators and points (DTI1xx)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dti_core.linting.findings import Case, Finding
from dti_core.messages import decimal_text, text
from dti_core.models import Detail, Discrepancy, Framework
from dti_core.numbers import to_short_decimal

CODE_OF: Final = {"dimensions": "DTI101", "indicators": "DTI102", "max_points": "DTI103"}
Figures = tuple[str, str, str]
"""About, declared, found; as :meth:`dti_core.models.Framework.differences` yields them."""


def find(case: Case) -> Iterator[Finding]:
    """Compare every declared figure with what is there, and with the declared figures below it."""
    framework = case.framework
    differences = list(framework.differences())
    sums = [each for each in _sums(framework) if each not in differences]
    clauses = _clauses(framework)
    for about, declared, found in differences:
        clause = clauses[about.partition(":")[2]]
        yield differs(CODE_OF[about.partition(":")[0]], about, declared, found, clause)
    for about, declared, found in sums:
        yield differs("DTI104", about, declared, found, clauses[""])
    yield from _not_found(framework, [*differences, *sums])


def differs(code: str, about: str, declared: str, found: str, clause: str) -> Finding:
    """Make the finding of two figures that should be one."""
    what, _, part = about.partition(":")
    values = {
        "what": text(f"lint.figure.{what}"),
        "part": text("lint.part.dimension", code=part) if part else text("lint.part.whole"),
        "declared": decimal_text(declared),
        "found": decimal_text(found),
    }
    return Finding(code, about, clause, values | {"figures": (about, declared, found)})


def _clauses(framework: Framework) -> dict[str, str]:
    """Return the clause that declares the figures of each part."""
    clauses = {
        each.code: (each.declared or each).citation.clause for each in framework.dimensions_in_scale
    }
    return clauses | {"": framework.declared.citation.clause}


def _sums(framework: Framework) -> Iterator[Figures]:
    """Yield where the figures declared for the main indicators do not add up to the whole."""
    parts = [each.declared for each in framework.dimensions_in_scale]
    whole = framework.declared
    counts = [each.indicators if each else None for each in parts]
    maxima = [each.max_points if each else None for each in parts]
    for about, declared, below in (
        ("indicators", whole.indicators, counts),
        ("max_points", whole.max_points, maxima),
    ):
        told = [each for each in below if each is not None]
        if declared is None or not told or len(told) < len(below) or sum(told) == declared:
            continue
        write = str if about == "indicators" else to_short_decimal
        yield about, write(declared), write(sum(told))


def _not_found(framework: Framework, found: list[Figures]) -> Iterator[Finding]:
    """Yield discrepancies that tell of figures which do not differ so (any more)."""
    for each in framework.discrepancies:
        if each.declared_value is None or each.found_value is None or not _seen(framework, each):
            continue
        if figures_of(each) not in found:
            values = {"declared": each.declared_value, "found": each.found_value}
            yield Finding("DTI106", each.id, each.citation.clause, values | {"about": each.about})


def figures_of(discrepancy: Discrepancy) -> Figures:
    """Return what a discrepancy tells, to be compared with what was found."""
    return discrepancy.about, str(discrepancy.declared_value), str(discrepancy.found_value)


def _seen(framework: Framework, discrepancy: Discrepancy) -> bool:
    """Tell whether the figures that a discrepancy is about can be counted at this level."""
    counted = {
        Detail.OUTLINE: ("dimensions",),
        Detail.DIMENSIONS: ("dimensions", "max_points"),
        Detail.INDICATORS: tuple(CODE_OF),
    }
    return discrepancy.about.partition(":")[0] in counted[framework.detail]
