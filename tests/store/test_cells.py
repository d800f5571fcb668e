"""Facts: a change is a new version of its cell, stages are kept apart, nothing is overwritten."""

from __future__ import annotations

import pytest
from samples import LATER, NOW, ONE, entry, fill
from sqlalchemy.exc import DBAPIError

from dti_core.facts import FACT_COLUMNS
from dti_core.store import Stale
from dti_core.store.cells import COLUMNS, history, latest, record
from dti_core.store.stale import CONTENT
from dti_core.store.tables import STAGES, Fact, table_of
from dti_core.store.trail import verify


def put(store, *entries, who="an", now=NOW):
    with store.write(who, now) as write:
        return record(write, entries, "test")


def all_latest(store, **which):
    with store.read() as session:
        return latest(session, 1, **which)


def test_an_entry_has_the_columns_of_the_table():
    assert {"id", *COLUMNS} == set(table_of(Fact).c.keys())
    assert set(FACT_COLUMNS) - {"unit", "indicator"} <= set(CONTENT)


def test_a_change_is_a_new_version_and_the_old_one_stays(store):
    fill(store)
    put(store, entry(ONE))
    put(store, entry(2 * ONE, version=2), who="binh", now=LATER)
    with store.read() as session:
        versions = history(session, entry().cell)
    assert [(each.version, each.value, each.entered_by, each.entered_at) for each in versions] == [
        (1, ONE, "an", NOW), (2, 2 * ONE, "binh", LATER)]  # fmt: skip
    assert list(all_latest(store).values()) == versions[1:]


def test_stages_appraisers_units_and_indicators_are_cells_of_their_own(store):
    fill(store)
    apart = [entry(stage=stage) for stage in STAGES]
    apart += [entry(stage="round1", appraiser=name) for name in ("Phòng A", "Phòng B")]
    apart += [entry(unit=2), entry(indicator="I.2")]
    put(store, *apart)
    assert set(all_latest(store)) == {each.cell for each in apart}
    assert {each.cell for each in apart if each.stage == "self"} == set(
        all_latest(store, stage="self")
    )
    assert set(all_latest(store, units=[2])) == {entry(unit=2).cell}


def test_what_says_nothing_new_makes_no_version(store):
    fill(store)
    assert put(store, entry(None)) == [], "an empty cell stays empty"
    put(store, entry())
    assert put(store, entry(version=2)) == []
    assert put(store, entry(version=1), who="binh") == [], "two who say the same do not collide"
    assert [each.version for each in all_latest(store).values()] == [1]


def test_a_cell_can_be_emptied_and_filled_again(store):
    fill(store)
    put(store, entry(ONE))
    put(store, entry(None, version=2))
    assert all_latest(store)[entry().cell].is_empty
    put(store, entry(3 * ONE, version=3))
    assert all_latest(store)[entry().cell].value == 3 * ONE


def test_a_stale_writer_is_told_of_every_cell_and_nothing_is_added(store):
    fill(store)
    put(store, entry(ONE), entry(ONE, indicator="I.2"))
    put(store, entry(15_000, version=2), who="binh", now=LATER)
    put(store, entry(15_000, version=3, explanation="vì sao"), who="chi", now=LATER)
    put(store, entry(ONE, indicator="I.3", version=1), who="chi", now=LATER)
    late = [entry(9 * ONE, version=2), entry(9 * ONE, indicator="I.3"), entry(indicator="I.4")]
    with pytest.raises(Stale) as told:
        put(store, *late)
    changes = [(e.row, e.column, e.old, e.new, e.who) for e in told.value.changes]
    assert changes == [
        ("DV-01 I.1 (self)", "value", ONE, 15_000, "binh"),
        ("DV-01 I.1 (self)", "explanation", None, "vì sao", "chi"),
        ("DV-01 I.3 (self)", "value", None, ONE, "chi"),
    ]
    assert "binh đã sửa “1” thành “1.5” lúc 15/01/2025 16:30:00" in str(told.value)
    assert entry(indicator="I.4").cell not in all_latest(store)
    assert all_latest(store)[entry().cell].value == 15_000


def test_points_are_exact_to_the_edge_of_an_int64(store):
    fill(store)
    put(store, entry(2**63 - 1, denominator=2**63 - 1), entry(points=-(2**63), indicator="I.2"))
    found = all_latest(store)
    assert found[entry().cell].value == found[entry().cell].denominator == 2**63 - 1
    assert found[entry(indicator="I.2").cell].points == -(2**63)
    with store.read() as session:
        assert verify(session).problems == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "round3"},
        {"version": 0},
        {"value": None, "denominator": ONE},
        {"max_points": ONE},
        {"unit": 99},
        {"cycle": 99},
    ],
    ids="-".join,
)
def test_the_table_refuses_what_no_cell_can_be(wrong, store):
    fill(store)
    with pytest.raises(DBAPIError):
        put(store, entry(**wrong))
    assert all_latest(store) == {}


@pytest.mark.parametrize("statement", ["UPDATE fact SET value = 0", "DELETE FROM fact"])
def test_a_version_is_neither_changed_nor_removed(statement, store):
    fill(store)
    put(store, entry())
    with pytest.raises(DBAPIError, match="never changed"), store.write("an", NOW) as write:
        write.session.connection().exec_driver_sql(statement)
    assert all_latest(store)[entry().cell].value == ONE
