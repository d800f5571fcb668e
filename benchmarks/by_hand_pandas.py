"""(b) The same in pandas, in floating point.

Usage: python by_hand_pandas.py FACTS.parquet RULES.csv > RESULT.csv
"""

import sys

import numpy as np
import pandas as pd

facts, rules = sys.argv[1:]
names = ["unit", "indicator", "value", "denominator", "points", "status"]
table = pd.read_parquet(facts, columns=names)
table = table[(table["status"] != "na") & (table["denominator"] != 0)]
table = table.merge(pd.read_csv(rules), on="indicator")
value, kind = table["value"], table["kind"]
share = value / table["denominator"].fillna(100)
earned = np.select(
    [kind == "share", kind == "reverse_share", kind == "count_against", kind == "steps"],
    [
        share,
        1 - share,
        (value / table["minimum"]).clip(upper=1.0),
        np.select([value >= 2, value >= 1], [1.0, 0.5], 0.0),
    ],
    value,
)
table["points"] = table["points"].fillna((earned * table["max_points"]).round(2))
result = table.groupby("unit", as_index=False)[["points", "max_points"]].sum()
result["value"] = result["points"] / result["max_points"] * 100
result["rank"] = result["value"].rank(method="min", ascending=False).astype(int)
result = result.sort_values(["rank", "unit"]).round({"points": 2, "value": 2})
result[["rank", "unit", "points", "max_points", "value"]].to_csv(sys.stdout, index=False)
