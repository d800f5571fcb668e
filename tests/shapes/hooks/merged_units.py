"""A decision that values a merged unit by the mean of its predecessors, indicator by indicator.

``data/merged.csv`` says which unit each of them went into.
"""

import csv
from dataclasses import replace
from pathlib import Path

import narwhals as nw

from dti_core.facts import FACT_COLUMNS, UNIT_COLUMNS
from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_frameworks

DTI_API_VERSION = 1
DATA = Path(__file__).parent / "data" / "2024"


@hookimpl
def dti_register_frameworks(choices):
    return read_frameworks(DATA, choices)


@hookimpl(wrapper=True)
def dti_collect_metrics():
    """Let core read the predecessors' facts, then put the merged units in their place."""
    facts = yield
    with (DATA / "merged.csv").open(encoding="utf-8", newline="") as file:
        successor = {row["unit"]: row["merged_into"] for row in csv.DictReader(file)}
    rows = facts.rows.with_columns(unit=_merged(successor))
    units = facts.units.with_columns(unit=_merged(successor), unit_name=_merged(successor))
    merged = units.group_by("unit").agg(nw.col(*list(UNIT_COLUMNS)[1:]).min())
    return replace(facts, rows=_mean(rows), units=merged, checked=False)


def _merged(successor):
    unit = nw.col("unit")
    for old, new in successor.items():
        unit = nw.when(nw.col("unit") == old).then(nw.lit(new)).otherwise(unit)
    return unit


def _mean(rows):
    """Take the mean of the points, half up in ten-thousandths."""
    cell = ["unit", "indicator"]
    sums = rows.with_columns(count=nw.lit(1, dtype=nw.Int64())).group_by(cell)
    sums = sums.agg(nw.col("points", "count").sum())
    points, count = nw.col("points"), nw.col("count")
    means = sums.with_columns(points=(2 * points + count) // (2 * count))
    given = {"points", *cell}
    nothing = [nw.lit(None, dtype=k).alias(n) for n, k in FACT_COLUMNS.items() if n not in given]
    return means.with_columns(nothing).select(list(FACT_COLUMNS))
