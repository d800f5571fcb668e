"""Core's collector: tidy CSV, XLSX, Parquet or JSON lines, or the illustrative data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from dti_core.collecting import checking
from dti_core.collecting.exclusions import status_of_unit
from dti_core.collecting.parsing import parse
from dti_core.collecting.reading import read
from dti_core.errors import InvalidFacts, Problem, usage_error
from dti_core.facts import FACT_COLUMNS, UNIT_COLUMNS, Facts, Input
from dti_core.models import Framework
from dti_core.sources import Source


def collect(framework: Framework, year: int, sources: Sequence[Source]) -> Facts:
    """Read the facts of every source together.

    :raises InvalidFacts: with every fault (the first hundred, and their number).
    :raises UsageError: no source, and the plugin has no illustrative data for the level.
    """
    illustrative = not sources
    sources = sources or [_illustrative(framework)]
    table = _together(_parsed(sources, framework))
    # Illustrative dates show what a rule does, in whatever year is asked for.
    checking.check(table, framework, None if illustrative else year)
    facts = table.filter(pl.col("accepts").is_not_null()) if _has_others(framework) else table
    return Facts(
        rows=nw.from_native(facts.select(list(FACT_COLUMNS)).lazy()),
        units=nw.from_native(_units(table, framework).lazy()),
        information=_information(table) if framework.information else None,
        without_evidence=_without_evidence(facts) if framework.evidence else None,
        inputs=tuple(Input(source.text_name, source.sha256) for source in sources),
        illustrative=illustrative,
        checked=True,
    )


def _illustrative(framework: Framework) -> Source:
    if framework.illustrative is None:
        raise usage_error("usage.no-input", level=framework.level)
    return Source(framework.illustrative.name, framework.illustrative)


def _parsed(sources: Sequence[Source], framework: Framework) -> list[pl.DataFrame]:
    """Read and parse each source by the types of its own columns."""
    tables, problems = [], list[Problem]()
    for place, source in enumerate(sources):
        try:
            table = read(source).with_columns(file=pl.lit(source.text_name), source=pl.lit(place))
            tables.append(parse(table, framework))
        except InvalidFacts as error:
            problems.extend(error.problems)
    if not problems and not any(map(len, tables)):
        problems = [Problem("fact.none", file=source.name) for source in sources]
    if problems:
        raise InvalidFacts(problems[: checking.FIRST], len(problems))
    return tables


def _together(tables: list[pl.DataFrame]) -> pl.DataFrame:
    """Put the tables one below the other; what stood in them may be of different types."""
    if len(tables) == 1:
        return tables[0]
    as_text = pl.col("^raw_.*$").cast(pl.String)
    return pl.concat((table.with_columns(as_text) for table in tables), how="diagonal")


def _has_others(framework: Framework) -> bool:
    """Tell whether input may hold rows that are no facts of an indicator."""
    return bool(framework.statuses or framework.information)


def _information(table: pl.DataFrame) -> nw.LazyFrame[Any]:
    collected = table.filter(pl.col("accepts").is_null() & pl.col("indicator").is_not_null())
    value = pl.col("raw_value").cast(pl.String).alias("value")
    return nw.from_native(collected.select("unit", "indicator", value).lazy())


def _without_evidence(facts: pl.DataFrame) -> nw.LazyFrame[Any]:
    """List what was reported with nothing to show for it; what is left out has its document."""
    reported = pl.col("raw_value").is_not_null() | pl.col("raw_points").is_not_null()
    bare = pl.col("evidence").is_null() & pl.col("explanation").is_null()
    return nw.from_native(facts.filter(reported & bare).select("unit", "indicator").lazy())


def _units(table: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """One row for each unit; what any of its rows gives of the unit holds for it."""
    table = table.with_columns(status=status_of_unit(framework))
    names = [name for name in UNIT_COLUMNS if table[name].null_count() < len(table)]
    given = pl.col(names[1:]).drop_nulls().first()
    units = table.group_by("unit").agg(given) if names[1:] else table["unit"].unique().to_frame()
    absent = [pl.lit(None, pl.String).alias(name) for name in UNIT_COLUMNS if name not in names]
    return units.with_columns(absent).select(
        "unit",
        pl.coalesce("unit_name", "unit").alias("unit_name"),
        pl.col("group", "status").fill_null(""),
    )
