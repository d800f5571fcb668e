"""An annex against what the decision itself names: main indicators, listed ones, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from dti_core.annex.maxima import maximum
from dti_core.annex.table import Row, Table, clean
from dti_core.errors import Problem
from dti_core.models import Block, Dimension, Framework, Listed
from dti_core.rules.base import shown


def named_dimensions(framework: Framework) -> dict[str, Dimension]:
    """Return the main indicators and blocks that the decision names."""
    return {each.code: each for each in framework.dimensions}


def known_dimensions(table: Table, framework: Framework) -> list[str]:
    """Return the codes that the column ``dimension`` may hold."""
    named = named_dimensions(framework)
    brought = [row["code"] for row in table.dimensions if row.is_block or not names_any(framework)]
    return list(dict.fromkeys([*named, *(code for code in brought if code)]))


def names_any(framework: Framework) -> bool:
    """Tell whether the decision names its main indicators."""
    return bool(framework.dimensions_in_scale)


def wrong_dimensions(table: Table, framework: Framework) -> Iterator[Problem]:
    """Yield faults of main indicators and blocks, and rows that name none of them."""
    named, known = named_dimensions(framework), known_dimensions(table, framework)
    for row in table.dimensions:
        mine = named.get(row["code"])
        if mine is not None:
            yield from _as_named(row, mine)
        elif row.is_block:
            yield from _block_refused(row, framework)
        elif row["code"] and names_any(framework):
            codes = ", ".join(named)
            yield row.problem("annex.dimension-not-named", "code", code=row["code"], known=codes)
    for row in table.indicators:
        code = row["dimension"]
        if code and code not in known:
            names = ", ".join(get_close_matches(code, known, 1) or known) or "—"
            yield row.problem("annex.unknown-dimension", "dimension", given=code, known=names)
    yield from _empty(table, framework, known)


def _as_named(row: Row, mine: Dimension) -> Iterator[Problem]:
    """Compare a row with the main indicator that the decision names."""
    clause = (mine.declared or mine).citation.clause
    if row["name"] and row["name"] != clean("name", mine.name):
        yield row.problem("annex.dimension-name", "name", given=row["name"], name=mine.name)
    block = row.kind or Block.SCALE
    if block != mine.block:
        yield row.problem("annex.dimension-block", "rule", block=mine.block, clause=clause)
    wanted = mine.cap
    if mine.in_scale:
        wanted = mine.declared.max_points if mine.declared else None
    given = maximum(row)
    if wanted is not None and given is not None and given != wanted:
        values = {"declared": shown(wanted), "given": row["max_points"], "clause": clause}
        yield row.problem("annex.dimension-maximum", "max_points", **values)


def _block_refused(row: Row, framework: Framework) -> Iterator[Problem]:
    """Refuse a block that the reading in force does not allow; say which one would."""
    if framework.bonus_block != "refused":
        return
    for each in framework.interpretations:
        for option in each.options:
            if each.chosen.meaning == "refused" and option.meaning == "annex":
                choice = {"choice": f"{each.id}={option.id}", "clause": each.citation.clause}
                yield row.problem("annex.block-off", "rule", rule=row.kind, **choice)
                return
    yield row.problem("annex.block-refused", "rule", rule=row.kind)


def _empty(table: Table, framework: Framework, known: list[str]) -> Iterator[Problem]:
    """Yield main indicators without any indicator, unless they count for nothing."""
    rows = {row["code"]: row for row in reversed(table.dimensions)}
    named = named_dimensions(framework)
    for code in known:
        declared = named[code].declared if code in named else None
        if any(table.of_dimension(code)) or (declared and declared.max_points == 0):
            continue
        if code in rows:
            yield rows[code].problem("annex.dimension-empty", "code", code=code)
        else:
            yield table.sheet.problem("annex.dimension-absent", None, "dimension", code=code)


def wrong_listed(table: Table, framework: Framework) -> Iterator[Problem]:
    """Yield what differs from the indicators that the decision lists."""
    rows = {row["code"]: row for row in reversed(table.indicators)}
    for listed in framework.listed:
        where = {"code": listed.code, "clause": listed.citation.clause}
        if listed.code not in rows:
            yield table.sheet.problem(
                "annex.listed-absent", None, "code", name=listed.name, **where
            )
            continue
        row, wanted = rows[listed.code], _wanted(listed, framework)
        for column, right in wanted.items():
            given = row[column]
            filled_in = column == "appraiser" and not given
            if given != clean(column, right) and not filled_in and (given or column != "name"):
                values = {"given": given or "—", "right": right or "—", "field": column}
                yield row.problem("annex.listed-differs", column, **where, **values)


def _wanted(listed: Listed, framework: Framework) -> dict[str, str]:
    default = framework.appraiser.name if framework.appraiser else ""
    wanted = {"name": listed.name, "parent": listed.parent, "dimension": listed.dimension}
    appraiser = listed.appraiser or default
    return wanted | ({"appraiser": appraiser} if appraiser else {})


def wrong_clauses(table: Table, framework: Framework) -> Iterator[Problem]:
    """Yield clauses that the decision does not have."""
    decision = framework.decision
    ids = [each.id for each in decision.clauses]
    for row in table.rows:
        clause = row["clause"]
        if clause and not decision.has_clause(clause):
            close = ", ".join(get_close_matches(clause, ids, 5, 0.5) or ids)
            yield row.problem("annex.unknown-clause", "clause", given=clause, known=close)
