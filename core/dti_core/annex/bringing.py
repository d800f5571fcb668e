"""Annex + framework → framework, once every fault has been told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dti_core.annex import building
from dti_core.annex.decision import wrong_clauses, wrong_dimensions, wrong_listed
from dti_core.annex.figures import Figures
from dti_core.annex.maxima import wrong_maximum
from dti_core.annex.rankings import filled_in, wrong_rankings
from dti_core.annex.reading import read
from dti_core.annex.rules import wrong_rule
from dti_core.annex.structure import incomplete, wrong_codes, wrong_parents
from dti_core.annex.table import Table
from dti_core.errors import InvalidAnnex, InvalidFacts, Problem
from dti_core.models import AnnexSource, Detail, Framework
from dti_core.sources import Source

FIRST: Final = 100
"""How many faults are told; the others are counted."""


def bring(framework: Framework, source: Source, *, illustrative: bool = False) -> Framework:
    """Read an annex, check it against the decision and put it into the framework.

    :param framework: what the decision fixes itself.
    :param source: a CSV file or a workbook; it is only read.
    :param illustrative: the annex is made up to show what the program does.
    :return: the framework with every indicator, checked as a whole.
    :raises InvalidAnnex: with the first hundred faults in the order of the rows, and their number.
    """
    try:
        table = read(source)
    except InvalidFacts as error:
        raise InvalidAnnex(error.problems, error.total) from error
    problems = _faults(table, framework)
    if problems:
        raise InvalidAnnex(problems[:FIRST], len(problems))
    return framework.rebuilt(
        detail=Detail.INDICATORS,
        dimensions=building.dimensions(table, framework),
        rankings=filled_in(table, framework),
        discrepancies=(*framework.discrepancies, *Figures(table, framework).discrepancies()),
        annex=AnnexSource(name=source.text_name, sha256=source.sha256, illustrative=illustrative),
    )


def _faults(table: Table, framework: Framework) -> list[Problem]:
    """Return whatever is wrong, also where one fault brings about another; the figures last."""
    if not table.indicators:
        return [table.sheet.problem("annex.empty", None, None)]
    of_rows = sorted(_of_rows(table, framework), key=lambda each: _place(each, table))
    return [*of_rows, *Figures(table, framework).faults()]


def _of_rows(table: Table, framework: Framework) -> Iterator[Problem]:
    yield from incomplete(table, framework)
    yield from wrong_codes(table, framework)
    for row in table.rows:
        if not row.is_difference:
            yield from wrong_maximum(row, framework)
        if row.is_indicator and (row["name"] or row["max_points"] or row["rule"]):
            yield from wrong_rule(row, framework)
    yield from wrong_parents(table)
    yield from wrong_dimensions(table, framework)
    yield from wrong_listed(table, framework)
    yield from wrong_clauses(table, framework)
    yield from wrong_rankings(table, framework)


def _place(problem: Problem, table: Table) -> tuple[int, int]:
    """Order faults by row and column; those of the table as a whole come last."""
    heading = table.sheet.heading
    row = problem.row if problem.row is not None else heading
    column = table.sheet.columns.get(problem.column or "", -1)
    return (row if row > heading else 2**31, column)
