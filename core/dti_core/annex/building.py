"""Rows → main indicators: a draft that only counts, and the whole once nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dti_core.annex.decision import known_dimensions, named_dimensions
from dti_core.annex.maxima import maximum
from dti_core.annex.table import Row, Table
from dti_core.lawfiles import read_indicator
from dti_core.models import Block, Citation, Declared, Detail, Dimension, Framework, Indicator

Data = dict[str, Any]


def draft(table: Table, framework: Framework) -> Framework:
    """Return an unchecked framework with the counts and maxima of the annex, to compare figures.

    A maximum that cannot be read counts nothing; indicators of an unknown main indicator count in
    the whole, as a main indicator without code.
    """
    dimensions = [
        Dimension.model_construct(**fields, indicators=tuple(_counted(table, fields["code"])))
        for fields in _dimensions(table, framework)
    ]
    known = {each.code for each in dimensions}
    unknown = {row["dimension"]: None for row in table.indicators if row["dimension"] not in known}
    if unknown:
        strays = tuple(each for code in unknown for each in _counted(table, code))
        empty: Data = {"code": "", "name": "", "indicators": strays}
        dimensions.append(Dimension.model_construct(**empty))
    fields = {name: getattr(framework, name) for name in Framework.model_fields}
    changes = {"detail": Detail.INDICATORS, "dimensions": tuple(dimensions)}
    return Framework.model_construct(**fields | changes)


def _counted(table: Table, code: str) -> Iterator[Indicator]:
    for row in table.of_dimension(code):
        fields: Data = {"code": row["code"], "max_points": maximum(row) or 0}
        yield Indicator.model_construct(**fields)


def dimensions(table: Table, framework: Framework) -> list[Dimension]:
    """Build the main indicators of an annex in which nothing is wrong, with their indicators."""
    return [
        Dimension.model_validate(fields | {"indicators": _indicators(table, framework, fields)})
        for fields in _dimensions(table, framework)
    ]


def _indicators(table: Table, framework: Framework, dimension: Data) -> list[Indicator]:
    appraisers = {each.code: each.appraiser for each in framework.listed}
    mine = [
        {**row.cells, "rule": row.kind, "parameters": row.parameters}
        | {"max_points": maximum(row), "groups": _groups(table, row)}
        | {"clause": row["clause"] or dimension["citation"].clause}
        | {"appraiser": row["appraiser"] or appraisers.get(row["code"], "")}
        for row in table.indicators
        if row["dimension"] == dimension["code"]
    ]
    whole = (row for row in mine if not row.get("parent"))
    return [read_indicator(row, mine, framework.kinds) for row in whole]


def _groups(table: Table, row: Row) -> str:
    """Return the groups of an indicator; a sub-indicator has those of its indicator."""
    above = [each for each in table.indicators if row["parent"] and each["code"] == row["parent"]]
    return _groups(table, above[0]) if above else row["groups"]


def _dimensions(table: Table, framework: Framework) -> Iterator[Data]:
    """Yield the fields of each main indicator and block, without indicators."""
    named = named_dimensions(framework)
    rows = {row["code"]: row for row in reversed(table.dimensions)}
    for code in known_dimensions(table, framework):
        row = rows.get(code)
        yield _as_named(named[code], row) if code in named else _brought(rows[code], framework)


def _as_named(dimension: Dimension, row: Row | None) -> Data:
    """Return what the decision names, with the maximum of the annex where it declares none."""
    fields = {name: getattr(dimension, name) for name in Dimension.model_fields}
    del fields["indicators"]
    declared = dimension.declared or Declared(citation=dimension.citation)
    if row is not None and dimension.in_scale and declared.max_points is None:
        fields["declared"] = declared.model_copy(update={"max_points": maximum(row)})
    return fields


def _brought(row: Row, framework: Framework) -> Data:
    """Return a main indicator or a block that only the annex names."""
    clause = row["clause"] or framework.declared.citation.clause
    citation = Citation.model_construct(clause=clause, quote=row["name"])
    fields: Data = {"code": row["code"], "name": row["name"], "citation": citation}
    if row.is_block:
        return fields | {"block": Block(row.kind), "cap": maximum(row)}
    declared = Declared.model_construct(max_points=maximum(row), citation=citation)
    return fields | {"declared": declared}
