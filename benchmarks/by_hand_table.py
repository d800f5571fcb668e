"""(a′) As (a), and writes the points and the maximum of every main indicator, as `dti` does.

Usage: python by_hand_table.py FACTS.parquet RULES.csv > RESULT.csv
"""

import sys

import polars as pl
from by_hand_polars import col, ranked, scored

facts, rules = sys.argv[1:]
codes = pl.read_csv(rules)["dimension"].unique(maintain_order=True)
sums = ("points", "max_points")
of_dimension = (
    pl.when(col("dimension") == code).then(col(name)).otherwise(0).alias(f"{name}:{code}")
    for code in codes
    for name in sums
)
units = (
    scored(facts, rules)
    .group_by("unit", "dimension")
    .agg(col(sums).sum())
    .with_columns(of_dimension)
    .group_by("unit")
    .agg(pl.exclude("dimension").sum())
    .with_columns(col("^points:.*$").round(2))
)
ranked(units).collect().write_csv(sys.stdout.buffer)
