"""Which main indicators each ranking adds up, where the decision leaves that to the annex."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from dti_core.annex.decision import known_dimensions
from dti_core.annex.table import Row, Table
from dti_core.errors import Problem
from dti_core.models import Framework, Ranking


def rankings_of(table: Table, code: str) -> set[str]:
    """Return the rankings that a main indicator is part of: its row names them, else its first."""
    for row in (*(each for each in table.dimensions if each["code"] == code), *_all(table, code)):
        if row.rankings:
            return set(row.rankings)
    return set()


def _all(table: Table, code: str) -> Iterator[Row]:
    return (row for row in table.indicators if row["dimension"] == code)


def filled_in(table: Table, framework: Framework) -> list[Ranking]:
    """Return the rankings, those that the annex fills in with their dimensions."""
    codes = known_dimensions(table, framework)
    return [
        each.model_copy(
            update={
                "dimensions": tuple(c for c in codes if each.code in rankings_of(table, c)),
            }
        )
        if each.from_annex
        else each
        for each in framework.rankings
    ]


def wrong_rankings(table: Table, framework: Framework) -> Iterator[Problem]:
    """Yield rankings that are not there, or not the same within a main indicator, or empty."""
    rankings = {each.code: each for each in framework.rankings}
    for row in table.rows:
        for code in row.rankings:
            if code not in rankings:
                names = ", ".join(get_close_matches(code, rankings, 1) or rankings)
                yield row.problem("annex.unknown-ranking", "rankings", given=code, known=names)
            else:
                yield from _fixed(row, rankings[code])
    for code in known_dimensions(table, framework):
        yield from _uneven(table, code)
    for each in filled_in(table, framework):
        if each.from_annex and not each.dimensions:
            values = {"code": each.code, "name": each.name, "clause": each.citation.clause}
            yield table.sheet.problem("annex.ranking-empty", None, "rankings", **values)


def _fixed(row: Row, ranking: Ranking) -> Iterator[Problem]:
    """Refuse a place in a ranking whose dimensions the decision names itself."""
    code = row["code"] if row.is_dimension else row["dimension"]
    if not ranking.from_annex and ranking.dimensions and code not in ranking.dimensions:
        values = {"given": ranking.code, "known": ", ".join(ranking.dimensions)}
        yield row.problem("annex.ranking-fixed", "rankings", **values)


def _uneven(table: Table, code: str) -> Iterator[Problem]:
    """Every indicator names what its main indicator does; where that names any, it need not."""
    wanted = rankings_of(table, code)
    told = any(row["code"] == code and row.rankings for row in table.dimensions)
    for row in _all(table, code):
        silent = not row.rankings and (told or row["parent"])
        if set(row.rankings) != wanted and not silent:
            values = {"code": code, "given": row["rankings"] or "—"}
            right = "; ".join(sorted(wanted))
            yield row.problem("annex.rankings-differ", "rankings", **values, right=right)
