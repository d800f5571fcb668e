"""Lies about what is scored, added up, valued and ranked."""

from __future__ import annotations

from typing import Final

from lying import collector, formula, own
from sabotage import DECISION, MODULE, code, lie, swap

ARITHMETIC: Final = (
    lie(
        "StopsOnLargeSums",
        "arithmetic.evaluates",
        formula("points * 1000", "whole * 1000"),
        stops=True,
    ),
    lie(
        "ReturnsFloat",
        "arithmetic.integers",
        *own(
            "A.5",
            "share",
            """
class Own(Share):
    kind = "own"
    def earned(self, year):
        return Earned(1.0 * nw.col("value"), 1.0 * nw.col("denominator"))
""",
        ),
        stops=True,
    ),
    lie(
        "EarnsMoreThanAll",
        "arithmetic.range worked_examples.hold",
        *own(
            "A.2",
            "count_against",
            """
class Own(CountAgainst):
    kind = "own"
    def earned(self, year):
        most = 2 * self.minimum
        value = nw.when(nw.col("value") > most).then(most).otherwise(nw.col("value"))
        return Earned(value, nw.lit(self.minimum))
""",
        ),
    ),
    lie(
        "ComparesWithTheBest",
        "arithmetic.points worked_examples.hold",
        *own(
            "A.2",
            "count_against",
            """
class Own(CountAgainst):
    kind = "own"
    def earned(self, year):
        return Earned(nw.col("value"), nw.col("value").max() + 1)
""",
        ),
    ),
    lie(
        "LeavesADimensionOut",
        "arithmetic.sums ranking.exact worked_examples.hold",
        code(
            """
from dti_core.models import Framework as Whole

class Part(Whole):
    def in_ranking(self, ranking):
        return super().in_ranking(ranking)[:1]

@hookimpl
def dti_register_frameworks(choices):
    names = Whole.model_fields
    return [
        Part(**{name: getattr(each, name) for name in names})
        for each in read_frameworks(DATA, choices)
    ]
"""
        ),
    ),
    lie(
        "GradesOnACurve",
        "arithmetic.value exclusion.nothing exclusion.value ranking.order structure.options"
        " worked_examples.hold",
        formula("points", "points.max()"),
    ),
)

MONOTONY: Final = (
    lie(
        "FallsInSilence",
        "monotony.points worked_examples.hold",
        *own(
            "A.5",
            "share",
            """
class Own(Share):
    kind = "own"
    def earned(self, year):
        return Earned(nw.col("denominator") - nw.col("value"), nw.col("denominator"))
""",
        ),
    ),
    lie(
        "SaysThatItFalls",
        "monotony.points",
        *own("A.5", "share", '\nclass Own(Share):\n    kind = "own"\n    fall = True\n'),
    ),
    lie(
        "PunishesProgress",
        "boundaries.sides monotony.value ranking.exact worked_examples.hold",
        formula("points - (points * 2 > whole) * (2 * points - whole)"),
    ),
)

EXCLUSION: Final = (
    lie(
        "TouchesItsNeighbours",
        "arithmetic.integers arithmetic.points exclusion.others",
        *own(
            "A.5",
            "share",
            """
class Own(Share):
    kind = "own"
    def earned(self, year):
        all_assessed = nw.col("reason").is_null().all().over("unit")
        part = nw.when(all_assessed).then(nw.col("value")).otherwise(0)
        return Earned(part, nw.col("denominator"))
""",
        ),
    ),
    lie(
        "CountsExcludedPoints",
        "exclusion.value worked_examples.hold",
        swap(MODULE, 'option("basis") == "ratio"', 'option("basis") == "points"'),
    ),
    lie(
        "ValuesNothing",
        "exclusion.nothing",
        formula("points", "nw.when(whole > 0).then(whole).otherwise(1)"),
    ),
    lie(
        "TakesEveryExclusion",
        "exclusion.policy",
        code(
            """
import csv
import io
import narwhals as nw
from dti_core.facts import FACT_COLUMNS, UNIT_COLUMNS, Facts

@hookimpl(wrapper=True)
def dti_collect_metrics(framework, year, sources):
    try:
        return (yield)
    except Exception as error:
        if [each.key for each in error.problems] != ["fact.exclusion-refused"]:
            raise
    given = list(csv.DictReader(io.StringIO(sources[0].content.decode())))
    rows, units = (
        nw.from_dict(
            {
                name: [
                    cell if kind == nw.String() or not cell else round(float(cell) * 10_000)
                    for cell in (row.get(name) or None for row in given)
                ]
                for name, kind in columns.items()
            },
            columns,
            backend="polars",
        )
        for columns in (FACT_COLUMNS, UNIT_COLUMNS)
    )
    return Facts(rows.lazy(), units.with_columns(nw.all().fill_null("")).lazy())
"""
        ),
    ),
)

FILL: Final = """
    known = facts.rows.collect()
    cells = set(known.select("unit", "indicator").rows())
    units = facts.units.collect()["unit"].to_list()
    codes = [leaf.code for each, leaf in framework.leaves if each.in_scale and not leaf.groups]
    gaps = [(unit, leaf) for unit in units for leaf in codes if (unit, leaf) not in cells]
    if not gaps:
        return facts
    columns = {name: [None] * len(gaps) for name in known.columns}
    columns |= {"unit": [unit for unit, _ in gaps], "indicator": [leaf for _, leaf in gaps]}
    columns["points"] = [0] * len(gaps)
    filled = nw.from_dict(columns, known.schema, backend="polars")
    return dataclasses.replace(facts, rows=nw.concat([known, filled]).lazy())
"""

MISSING: Final = (
    lie(
        "RewardsSilence",
        "arithmetic.value exclusion.value missing.value worked_examples.hold",
        formula("points + 20 - nw.col('reported')"),
    ),
    lie("FillsTheGaps", "missing.listed collection.complete", collector(FILL)),
    lie(
        "FillsWhatMustNotBeMissing",
        "missing.refused",
        swap(DECISION, 'in_force = "zero"', 'in_force = "refuse"'),
        collector(FILL),
    ),
)

RANKING: Final = (
    lie(
        "HandicapsTheLeader",
        "arithmetic.value boundaries.sides exclusion.value monotony.value ranking.exact "
        "ranking.order worked_examples.hold",
        formula("points - (points == points.max()) * points // 2"),
    ),
    lie(
        "RanksAfterRounding",
        "boundaries.sides ranking.exact worked_examples.hold",
        formula("(2000 * points + whole) // (2 * whole)", "0 * whole + 1000"),
    ),
    lie(
        "DropsATie",
        "arithmetic.value ranking.permutation ranking.ties",
        formula("2 * points + nw.col('unit').str.contains('01')", "2 * whole"),
    ),
    lie(
        "ForgetsWhoIsLate",
        "arithmetic.value ranking.statuses worked_examples.hold",
        formula("points", "nw.when(nw.col('status') == '').then(whole)"),
    ),
)
