"""``dti_collect_metrics``: facts in typed columns, or exit code 3; wrong facts, exit code 1."""

import pytest

HOOK = "plugin “minhhoa” 1.0: hook dti_collect_metrics"

COLLECT = """
import polars as pl
from dti_core.errors import InvalidFacts, Problem
from dti_core.facts import FACT_COLUMNS, UNIT_COLUMNS, Facts

def _table(columns, **cells):
    schema = {{name: getattr(pl, str(kind)) for name, kind in columns.items()}}
    return nw.from_native(pl.LazyFrame({{name: [cells.get(name)] for name in schema}}, schema))

@hookimpl
def dti_collect_metrics(framework, year, sources):
    rows = _table(FACT_COLUMNS, unit="MH-09", indicator="A.1", value=10_000)
    units = _table(UNIT_COLUMNS, unit="MH-09", unit_name="Đơn vị minh hoạ 09", group="", status="")
    {}
"""


def test_facts_of_the_plugins_own_are_evaluated(environment):
    environment.install("minhhoa", COLLECT.format("return Facts(rows, units)"))
    run = environment.evaluate("minhhoa")
    assert (run.exit_code, run.err) == (
        0,
        "1 facts of 1 units are missing (listed in the table and json results).\n",
    )
    assert run.out.splitlines()[1:] == [
        '1,MH-09,Đơn vị minh hoạ 09,"",10.00,20.00,50.00,,10.00,20.00'
    ]


def test_nothing_leaves_the_sources_to_core(environment):
    environment.install("minhhoa", COLLECT.format("return None"))
    run = environment.evaluate("minhhoa")
    assert run.exit_code == 0
    assert "MH-01" in run.out


WRONG = {
    "a-dict": ("return {'rows': rows}", "must return Facts, not dict."),
    "value-as-float": (
        "return Facts(rows.with_columns(nw.col('value').cast(nw.Float64)), units)",
        "returns field rows.value as Float64; it must be Int64.",
    ),
    "unit-as-number": (
        "return Facts(rows, units.with_columns(unit=nw.lit(9, nw.Int64())))",
        "returns field units.unit as Int64; it must be String.",
    ),
    "no-reason": (
        "return Facts(rows.drop('reason'), units)",
        "returns field rows.reason as None; it must be String.",
    ),
    "raises": ("raise LookupError('mất tệp')", "failed: LookupError: mất tệp"),
}


@pytest.mark.parametrize(("body", "fault"), WRONG.values(), ids=WRONG)
def test_anything_but_facts_in_their_columns_is_the_plugins_fault(environment, body, fault):
    environment.install("minhhoa", COLLECT.format(body))
    environment.evaluate("minhhoa").fails(3, f"{HOOK} {fault}")


NO_FRAMES = {
    "no-rows": ("None, units", "rows"),
    "rows-collected": ("rows.collect(), units", "rows"),
    "units-collected": ("rows, units.collect()", "units"),
    "no-inputs": ("rows, units, None", "inputs"),
}


@pytest.mark.parametrize(("fields", "field"), NO_FRAMES.values(), ids=NO_FRAMES)
def test_a_field_of_the_facts_that_is_no_lazy_frame_is_named(environment, fields, field):
    environment.install("minhhoa", COLLECT.format(f"return Facts({fields})"))
    environment.evaluate("minhhoa").fails_telling(3, HOOK, f"field {field}")


LAZY = {
    "raises": ("int('chín')", "ValueError: "),
    "exits": ("exit(0)", "SystemExit: 0"),
}


@pytest.mark.parametrize(("expression", "reason"), LAZY.values(), ids=LAZY)
def test_facts_that_fail_only_when_they_are_read(environment, expression, reason):
    """A lazy frame can do its work after the hook has returned; it is still the plugin's."""
    lazily = f"pl.col('value').map_batches(lambda _: {expression}, return_dtype=pl.Int64)"
    body = f"return Facts(nw.from_native(rows.to_native().with_columns({lazily})), units)"
    environment.install("minhhoa", COLLECT.format(body))
    environment.evaluate("minhhoa").fails_telling(3, "plugin “minhhoa” 1.0", reason)


def test_a_lazy_source_that_is_not_there(environment):
    body = "return Facts(nw.from_native(pl.scan_csv('khong-co.csv')), units)"
    environment.install("minhhoa", COLLECT.format(body))
    environment.evaluate("minhhoa").fails_telling(3, HOOK, "khong-co.csv")


def test_wrong_facts_are_the_users_to_mend(environment):
    body = """raise InvalidFacts([
        Problem("fact.no-unit", file="may-chu", row=3, column="unit"),
        Problem("fact.negative", row=4),
    ])
    """
    environment.install("minhhoa", COLLECT.format(body))
    environment.evaluate("minhhoa").fails(
        1,
        "may-chu, row 3, column “unit”: the unit is missing.\n"
        "row 4: a negative number is not valid.\n"
        "2 errors in all, 2 shown. Nothing was written.",
    )


def test_a_problem_without_the_words_of_its_message_is_still_no_traceback(environment):
    body = "raise InvalidFacts([Problem('fact.above-maximum', row=4)])"
    environment.install("minhhoa", COLLECT.format(body))
    environment.evaluate("minhhoa").fails_telling(1, "row 4")
