"""(c) The same in plain Python, exactly, with `Fraction`; polars only reads the rows.

Usage: python by_hand_fraction.py FACTS.parquet RULES.csv > RESULT.csv
"""

import csv
import sys
from collections import Counter
from fractions import Fraction
from math import floor
from pathlib import Path

import polars as pl

HALF, HUNDRED = Fraction(1, 2), 100


def half_up(exact):
    """Round a ratio to hundredths; a double stands for the shortest decimal that names it."""
    return Fraction(floor(exact * HUNDRED + HALF), HUNDRED)


def earned(kind, value, denominator, minimum):
    """Give the share of the maximum that a measured value earns."""
    measured = Fraction(str(value))
    if kind in {"share", "reverse_share"}:
        share = measured / (100 if denominator is None else denominator)
        return share if kind == "share" else 1 - share
    if kind == "count_against":
        return min(measured / minimum, 1)
    if kind == "steps":
        return 1 if measured >= 2 else HALF if measured >= 1 else 0
    return measured


def tally(facts, rules):
    """Add up points and applicable maxima by unit."""
    points, maxima = Counter(), Counter()
    for unit, indicator, value, denominator, awarded, status in facts:
        if status == "na" or denominator == 0:
            continue
        kind, max_points, minimum = rules[indicator]
        if awarded is None:
            exact = max_points * earned(kind, value, denominator, minimum)
        else:
            exact = Fraction(str(awarded))
        points[unit] += half_up(exact)
        maxima[unit] += max_points
    return points, maxima


def ranked(values):
    """Yield competition ranks, the highest value first."""
    place, before = 0, None
    for count, (unit, value) in enumerate(sorted(values, key=lambda each: (-each[1], each[0])), 1):
        place = place if value == before else count
        before = value
        yield place, unit, value


def main(facts_file, rules_file):
    """Read, add up, divide, rank, write."""
    columns = ["unit", "indicator", "value", "denominator", "points", "status"]
    facts = pl.read_parquet(facts_file, columns=columns).iter_rows()
    with Path(rules_file).open(encoding="utf-8", newline="") as table:
        rules = {
            row["indicator"]: (row["kind"], int(row["max_points"]), int(row["minimum"]))
            for row in csv.DictReader(table)
        }
    points, maxima = tally(facts, rules)
    values = [(unit, points[unit] / maxima[unit]) for unit in points]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["rank", "unit", "points", "max_points", "value"])
    for rank, unit, value in ranked(values):
        shown = float(half_up(value * HUNDRED))
        writer.writerow([rank, unit, float(points[unit]), maxima[unit], shown])


if __name__ == "__main__":
    main(*sys.argv[1:])
