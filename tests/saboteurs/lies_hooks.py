"""Lies of hooks: what they depend on, what they do beside, what they collect and explain."""

from __future__ import annotations

from typing import Final

from lying import collector, own
from sabotage import MODULE, PACKAGE, code, lie, swap

DETERMINISM: Final = (
    lie(
        "DependsOnRowOrder",
        "determinism.rows",
        collector(
            """
    rows, units = facts.rows.collect(), facts.units.collect()
    order = list(dict.fromkeys([*rows["unit"], *sorted(units["unit"])]))
    names = [f"{order.index(each) + 1}. {each}" for each in units["unit"]]
    series = nw.new_series("unit_name", names, nw.String(), backend="polars")
    return dataclasses.replace(facts, units=units.with_columns(series).lazy())
"""
        ),
    ),
    lie(
        "DependsOnTheHashSeed",
        "determinism.surroundings",
        code(
            """
@hookimpl
def dti_register_frameworks(choices):
    return [
        each.rebuilt(interpretations=sorted(each.interpretations, key=lambda one: hash(one.id)))
        for each in read_frameworks(DATA, choices)
    ]
"""
        ),
    ),
    lie(
        "ReadsInTheLocale",
        "determinism.surroundings",
        code('WORDS = (DATA / "decision.toml").read_text().split()'),
    ),
    lie(
        "LivesInATimeZone",
        "determinism.surroundings",
        code(
            """
import datetime as dt
import narwhals as nw
from dti_core.facts import Facts

@hookimpl
def dti_register_frameworks(choices):
    signed = dt.datetime.fromtimestamp(1704906000).strftime("%d/%m/%Y")
    return [each.rebuilt(note=f"Ký ngày {signed}") for each in read_frameworks(DATA, choices)]

@hookimpl(wrapper=True)
def dti_collect_metrics(framework, year, sources):
    facts = yield
    name = nw.col("unit_name") + framework.note
    return Facts(**{**vars(facts), "units": facts.units.with_columns(unit_name=name)})
"""
        ),
    ),
)

PURITY: Final = (
    lie(
        "EditsItsInput",
        "purity.input",
        collector("    sources.clear()\n    return facts\n"),
    ),
    lie(
        "ReadsTheClock",
        "purity.clock",
        swap(
            MODULE,
            "    return read_tiers(DATA, framework)",
            "    from datetime import date\n\n    date.today()\n"
            "    return read_tiers(DATA, framework)",
        ),
    ),
    lie(
        "ReadsTheEnvironment",
        "purity.environment",
        code('import os\nPROVINCE = os.environ.get("DTI_PROVINCE", "")'),
    ),
    lie(
        "AsksTheNetwork",
        "purity.network",
        code("import socket\nsocket.socket().close()"),
    ),
    lie("WritesAFile", "purity.files", code('import os\nopen(os.devnull, "w").close()')),
    lie("PrintsIt", "purity.output", code('print("Bộ chỉ số của tỉnh Minh Hoạ")')),
)

COLLECTION: Final = (
    lie(
        "CountsTwice",
        "collection.facts",
        collector(
            """
    rows = facts.rows if sources else nw.concat([facts.rows, facts.rows])
    return dataclasses.replace(facts, rows=rows)
"""
        ),
    ),
    lie(
        "RoundsShares",
        "collection.complete",
        collector(
            """
    share, million = ~nw.col("denominator").is_null(), 1_000_000
    share = share & (nw.col("denominator") != 0)
    value = nw.col("value") * million // nw.col("denominator")
    rows = facts.rows.with_columns(
        value=nw.when(share).then(value).otherwise(nw.col("value")),
        denominator=nw.when(share).then(million).otherwise(nw.col("denominator")).cast(nw.Int64),
    )
    return dataclasses.replace(facts, rows=rows)
"""
        ),
    ),
    lie(
        "SaysOnlyThatItIsWrong",
        "collection.refusals worked_examples.hold",
        code(
            """
@hookimpl(wrapper=True)
def dti_collect_metrics(framework, year, sources):
    try:
        return (yield)
    except Exception as error:
        problem = type(error.problems[0])
        raise type(error)([problem("read.csv", file="?")]) from None
"""
        ),
    ),
    lie(
        "TakesItForReal",
        "collection.illustrative",
        collector("    return dataclasses.replace(facts, illustrative=False)\n"),
    ),
    lie(
        "ShowsHalfOfItsRules",
        "collection.illustrative",
        swap(
            f"{PACKAGE}/data/illustrative/so.csv",
            "MH-01,Đơn vị minh hoạ 01,Sở có dịch vụ công,B.2,1,8,,,\n",
            "",
        ),
        swap(
            f"{PACKAGE}/data/illustrative/so.csv",
            "MH-02,Đơn vị minh hoạ 02,Sở khác,B.2,0,0,,,\n",
            "",
        ),
    ),
)

TRACING: Final = (
    lie(
        "ExplainsNothing",
        "tracing.explains",
        *own(
            "A.5",
            "share",
            """
class Own(Share):
    kind = "own"
    def explain(self, fact, year):
        return "Theo quy định."
""",
        ),
    ),
    lie(
        "ChangesItsMind",
        "tracing.replay",
        *own(
            "A.2",
            "count_against",
            """
from itertools import count
COUNTED = count(1)

class Own(CountAgainst):
    kind = "own"
    def explain(self, fact, year):
        return f"{super().explain(fact, year)} (lần {next(COUNTED)})"
""",
        ),
    ),
)
