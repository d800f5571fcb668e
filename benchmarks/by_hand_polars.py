"""(a) What a data engineer would write: polars, lazily, in floating point.

Usage: python by_hand_polars.py FACTS.parquet RULES.csv > RESULT.csv
"""

import sys

import polars as pl

col = pl.col
kind, whole = col("kind"), col("denominator").fill_null(100)
meetings = pl.when(col("value") >= 2).then(1.0).when(col("value") >= 1).then(0.5).otherwise(0.0)
earned = (
    pl.when(kind == "share").then(col("value") / whole)
    .when(kind == "reverse_share").then(1 - col("value") / whole)
    .when(kind == "count_against").then((col("value") / col("minimum")).clip(upper_bound=1.0))
    .when(kind == "steps").then(meetings)
    .otherwise(col("value"))
)  # fmt: skip


def scored(facts: str, rules: str) -> pl.LazyFrame:
    """Return the points and the maximum of every fact that counts."""
    return (
        pl.scan_parquet(facts)
        .select("unit", "indicator", "value", "denominator", "points", "status")
        .filter(col("status").ne_missing("na") & col("denominator").ne_missing(0))
        .join(pl.read_csv(rules).lazy(), on="indicator")
        .with_columns(points=pl.coalesce("points", (earned * col("max_points")).round(2)))
    )


def ranked(units: pl.LazyFrame) -> pl.LazyFrame:
    """Divide and rank, the highest first."""
    return (
        units.with_columns(value=col("points") / col("max_points") * 100)
        .with_columns(rank=col("value").rank("min", descending=True))
        .sort("rank", "unit")
        .with_columns(col("points", "value").round(2))
    )


if __name__ == "__main__":
    tallied = scored(*sys.argv[1:]).group_by("unit").agg(col("points", "max_points").sum())
    columns = ("rank", "unit", "points", "max_points", "value")
    ranked(tallied).select(columns).collect().write_csv(sys.stdout.buffer)
