"""The same steps on other engines give the same integers, bit for bit."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
from cases import Case, by_oracle, cases
from frameworks import YEAR
from hypothesis import given, settings
from running import rows_frame, units_frame

from dti_core.ranking import rank
from dti_core.scoring import score
from dti_core.tallying import tally
from dti_core.tiering import tier
from dti_core.valuing import points_over_maximum, value

FEWER = settings(max_examples=settings().max_examples // 2)
"""Half of what the profile in use asks for."""


def _steps(case: Case, rows: object, units: object) -> nw.LazyFrame:
    """Go the whole way by the public step functions, in the engine that holds the frames."""
    rows, units = nw.from_native(rows).lazy(), nw.from_native(units).lazy()
    formulas = {each.code: points_over_maximum() for each in case.framework.rankings}
    tallied = tally(score(rows, case.framework, YEAR), units, case.framework)
    valued = value(tallied, case.framework, formulas)
    return rank(tier(valued, case.framework, case.tiers), case.framework)


def _figures(result: pl.DataFrame) -> dict[str, dict]:
    figures = result.drop("unit_name", "group", "status", "reported")
    return {row.pop("unit"): row for row in figures.to_dicts()}


def _integers(result: pl.DataFrame) -> dict[str, dict]:
    """Return the figures of each unit, having seen that every column of them is int64."""
    texts = ("unit", "unit_name", "group", "status", "tier")
    kinds = {kind for name, kind in result.schema.items() if name not in texts}
    assert kinds == {pl.Int64}
    return _figures(result)


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@FEWER
@given(case=cases())
def test_polars(engine, case):
    lazy = _steps(
        case, rows_frame(case.facts).lazy(), units_frame(case.groups, case.statuses).lazy()
    )
    assert _integers(lazy.to_native().collect(engine=engine)) == by_oracle(case)


@FEWER
@given(case=cases())
def test_duckdb(case):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    frames = (rows_frame(case.facts), units_frame(case.groups, case.statuses))
    native = (duckdb.from_arrow(each.to_arrow()) for each in frames)
    result = _steps(case, *native).collect("polars")
    assert _integers(result.to_native()) == by_oracle(case)
