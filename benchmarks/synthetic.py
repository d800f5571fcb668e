"""Made-up facts for the commune level of Huế, as a data engineer would hand them over.

Usage: python synthetic.py UNITS FACTS.parquet RULES.csv

One row for each unit and indicator, none missing; about one in a hundred is not applicable. The
columns are typed: `value` and `points` are doubles, `denominator` is an integer. The one indicator
that is a date gives its points, because a typed `value` column cannot hold dates and counts at
once. RULES.csv is what a person who writes the script by hand would copy from the annex.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from dti_core.loader import load_plugin
from dti_core.models import Dimension, Indicator
from dti_core.rules import CountAgainst, FactType, ZeroDenominator

PLUGIN, LEVEL, YEAR = "hue", "xa", 2024
SEED = 931
NOT_APPLICABLE = 0.01
NOTHING_TO_COUNT = 0.01
REASON = "Văn bản minh hoạ số 01 cho phép không thực hiện"
NUMBERS = ("value", "denominator", "points")

Columns = dict[str, np.ndarray]


def facts(leaves: list[Indicator], units: int) -> pl.DataFrame:
    """Make the tidy facts, ordered by unit and then as the annex orders the indicators."""
    random = np.random.default_rng(SEED)
    table = pl.concat(
        _of_indicator(random, place, leaf, units) for place, leaf in enumerate(leaves)
    )
    left_out = pl.Series(random.random(len(table)) < NOT_APPLICABLE)
    given = [pl.when(~left_out).then(pl.col(name).fill_nan(None)).alias(name) for name in NUMBERS]
    return (
        table.with_columns(
            *given,
            status=pl.when(left_out).then(pl.lit("na")),
            reason=pl.when(left_out).then(pl.lit(REASON)),
        )
        .with_columns(pl.col("denominator").cast(pl.Int64))
        .sort("unit", "place")
        .drop("place")
    )


def _of_indicator(
    random: np.random.Generator, place: int, leaf: Indicator, units: int
) -> pl.DataFrame:
    nothing = np.full(units, np.nan)
    columns = dict.fromkeys(NUMBERS, nothing) | _measured(random, place, leaf, units)
    unit = [f"XA-{number:05d}" for number in range(1, units + 1)]
    return pl.DataFrame(
        {"unit": unit, "indicator": [leaf.code] * units, "place": [place] * units, **columns}
    )


def _measured(random: np.random.Generator, place: int, leaf: Indicator, units: int) -> Columns:
    """Draw what the rule of an indicator measures; shares by turns as counts and percentages."""
    whole_points = leaf.max_points // 10_000
    if leaf.rule.accepts == FactType.YES_NO:
        return {"value": 1.0 * (random.random(units) < 0.85)}
    if leaf.rule.accepts == FactType.NUMBER:
        enough = leaf.rule.minimum // 10_000 if isinstance(leaf.rule, CountAgainst) else 2
        return {"value": random.integers(0, 2 * enough, units, endpoint=True).astype(float)}
    if leaf.rule.accepts == FactType.DATE:
        return {"points": random.choice([0, whole_points / 2, whole_points], units)}
    if leaf.rule.accepts == FactType.POINTS:
        return {"points": np.round(random.random(units) * whole_points, 2)}
    share = random.beta(1, 8, units) if leaf.rule.fall else random.beta(6, 2, units)
    return _percentage(share) if place % 3 == 0 else _part_of_whole(random, share, leaf)


def _percentage(share: np.ndarray) -> Columns:
    return {"value": np.round(100 * share, 2)}


def _part_of_whole(random: np.random.Generator, share: np.ndarray, leaf: Indicator) -> Columns:
    whole = random.integers(5, 15_000, len(share))
    if leaf.rule.zero_denominator == ZeroDenominator.NOT_APPLICABLE:
        whole[random.random(len(share)) < NOTHING_TO_COUNT] = 0
    return {"value": np.floor(share * whole), "denominator": whole.astype(float)}


def rules(leaves: Sequence[tuple[Dimension, Indicator]]) -> Iterator[dict[str, object]]:
    """Yield the annex as a spreadsheet would hold it: main indicator, kind, maximum, minimum."""
    for dimension, leaf in leaves:
        minimum = leaf.rule.minimum if isinstance(leaf.rule, CountAgainst) else 0
        yield {
            "indicator": leaf.code,
            "dimension": dimension.code,
            "kind": leaf.rule.kind,
            "max_points": leaf.max_points // 10_000,
            "minimum": minimum // 10_000,
        }


def main(units: str, facts_file: str, rules_file: str) -> None:
    """Write both files."""
    framework = load_plugin(PLUGIN).framework(LEVEL, YEAR)
    leaves = [leaf for _, leaf in framework.leaves]
    facts(leaves, int(units)).write_parquet(Path(facts_file))
    pl.DataFrame(list(rules(framework.leaves))).write_csv(Path(rules_file))


if __name__ == "__main__":
    main(*sys.argv[1:])
