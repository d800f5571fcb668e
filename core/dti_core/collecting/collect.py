"""Core's collector: tidy CSV, XLSX, Parquet or JSON lines, or the illustrative data."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from dti_core.collecting import checking
from dti_core.collecting.parsing import parse
from dti_core.collecting.reading import read
from dti_core.errors import InvalidFacts, Problem, usage_error
from dti_core.facts import FACT_COLUMNS, UNIT_COLUMNS, Facts, Input
from dti_core.models import Framework
from dti_core.sources import Source


def collect(framework: Framework, sources: Sequence[Source]) -> Facts:
    """Read the facts of every source together.

    :raises InvalidFacts: with every fault (the first hundred, and their number).
    :raises UsageError: no source, and the plugin has no illustrative data for the level.
    """
    illustrative = not sources
    sources = sources or [_illustrative(framework)]
    table = parse(_read_all(sources), framework)
    checking.check(table, framework)
    return Facts(
        rows=nw.from_native(table.lazy().select(list(FACT_COLUMNS))),
        units=nw.from_native(_units(table).lazy()),
        inputs=tuple(Input(source.name, source.sha256) for source in sources),
        illustrative=illustrative,
    )


def _illustrative(framework: Framework) -> Source:
    if framework.illustrative is None:
        raise usage_error("usage.no-input", level=framework.level)
    return Source(framework.illustrative.name, framework.illustrative)


def _read_all(sources: Sequence[Source]) -> pl.DataFrame:
    tables, problems = [], list[Problem]()
    for source in sources:
        try:
            tables.append(read(source))
        except InvalidFacts as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidFacts(problems)
    return pl.concat(tables, how="vertical" if len(tables) == 1 else "diagonal_relaxed")


def _units(table: pl.DataFrame) -> pl.DataFrame:
    """One row for each unit; a name or group given on any of its rows holds for the unit."""
    known = [name for name in UNIT_COLUMNS if name in table.columns]
    if known == ["unit"]:
        units = table.select("unit").unique()
    else:
        units = table.group_by("unit").agg(pl.col(known[1:]).drop_nulls().first())
    absent = [pl.lit(None, pl.String).alias(name) for name in UNIT_COLUMNS if name not in known]
    return units.with_columns(absent).select(
        "unit",
        pl.coalesce("unit_name", "unit").alias("unit_name"),
        pl.col("group").fill_null(""),
    )
