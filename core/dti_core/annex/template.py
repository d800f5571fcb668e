"""A framework → the rows of a form: what the decision fixes is filled in, the rest is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dti_core.annex.parameters import parameters_text
from dti_core.annex.table import COLUMNS, OPTIONAL
from dti_core.models import Detail, Dimension, Framework, Indicator, Listed
from dti_core.numbers import to_short_decimal
from dti_core.rules import SumOf

FormRow = dict[str, str]
"""The cells of a row by column; a column that is not there is empty."""


def form_rows(framework: Framework) -> list[FormRow]:
    """Return the rows of a form, in the order of the main indicators.

    Where the decision gives its indicators they are all there; else each that it lists, and as
    many rows with a suggested code as it declares (one, where it declares no count).
    """
    if framework.detail is Detail.INDICATORS:
        return list(_filled(framework))
    return [row for each in framework.dimensions for row in _to_fill(each, framework)]


def form_columns(framework: Framework) -> tuple[str, ...]:
    """Return the columns of a form: further ones only where the decision fills them in."""
    rows = form_rows(framework)
    return (*COLUMNS, *(name for name in OPTIONAL if any(row.get(name) for row in rows)))


def _filled(framework: Framework) -> Iterator[FormRow]:
    for dimension in framework.dimensions:
        rankings = _rankings(dimension, framework)
        if not dimension.in_scale:
            yield _block(dimension)
        elif rankings and not dimension.indicators:
            yield {"code": dimension.code, "name": dimension.name, "rankings": rankings}
        for indicator in dimension.indicators:
            yield from _indicator(indicator, dimension, framework)


def _block(dimension: Dimension) -> FormRow:
    named = {"code": dimension.code, "name": dimension.name, "rule": dimension.block.value}
    cap = to_short_decimal(dimension.cap or 0)
    return named | {"max_points": cap, "clause": dimension.citation.clause}


def _indicator(
    indicator: Indicator, dimension: Dimension, framework: Framework, parent: str = ""
) -> Iterator[FormRow]:
    texts = ("code", "name", "evidence", "appraiser", *OPTIONAL)
    yield {name: getattr(indicator, name) for name in texts} | {
        "parent": parent,
        "dimension": dimension.code,
        "max_points": to_short_decimal(indicator.max_points),
        "rule": indicator.rule.kind,
        "parameters": parameters_text(indicator.rule),
        "rankings": _rankings(dimension, framework),
        "groups": "; ".join(indicator.groups),
        "clause": indicator.citation.clause,
    }
    for item in indicator.items:
        yield from _indicator(item, dimension, framework, indicator.code)


def _rankings(dimension: Dimension, framework: Framework) -> str:
    """Return the rankings that an annex has put the main indicator into."""
    from_annex = (each for each in framework.rankings if each.from_annex)
    return "; ".join(each.code for each in from_annex if dimension.code in each.dimensions)


def _to_fill(dimension: Dimension, framework: Framework) -> list[FormRow]:
    """Return the rows of a main indicator of which only the declared structure is known."""
    if not dimension.in_scale:
        return [_block(dimension)]
    named = [each for each in framework.listed if each.dimension == dimension.code]
    parents = {each.parent for each in named}
    listed = [_listed(each, parents) for each in named]
    taken = {row["code"] for row in listed}
    free = (code for code in _codes(dimension) if code not in taken)
    rows = [*listed, *({"code": next(free)} for _ in range(_how_many(dimension, listed)))]
    default = framework.appraiser.name if framework.appraiser else ""
    given = {"dimension": dimension.code, "appraiser": default}
    return [given | row for row in sorted(rows, key=lambda row: _in_order(row["code"]))]


def _how_many(dimension: Dimension, listed: list[FormRow]) -> int:
    """Return how many rows the declared count leaves to fill; without any, one to begin with."""
    declared = dimension.declared
    if declared is None or declared.indicators is None:
        unscored = declared is not None and declared.max_points == 0
        return int(not listed and not unscored)
    return max(declared.indicators - sum(not row["parent"] for row in listed), 0)


def _listed(listed: Listed, parents: set[str]) -> FormRow:
    """Return the row of an indicator that the decision names; its parts make it a sum."""
    fields = {name: getattr(listed, name) for name in ("code", "parent", "name")}
    fields |= {"appraiser": listed.appraiser} if listed.appraiser else {}
    fields |= {"rule": SumOf.kind} if listed.code in parents else {}
    return fields | {"clause": listed.citation.clause}


def _codes(dimension: Dimension) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{dimension.code}.{number}"


def _in_order(code: str) -> list[tuple[int, str]]:
    """Order codes as people do: 1.2 before 1.10."""
    parts = re.split(r"(\d+)", code)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts if part]
