"""Whatever is done to the trail or to a row beside it shows; the first broken line is named."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass

import pytest
from samples import LATER, NOW, TODAY, entry, fill, unit

from dti_core.store.blobs import keep
from dti_core.store.cells import record
from dti_core.store.tables import AuditLine, Result, Unit, table_of
from dti_core.store.trail import verify


@pytest.fixture
def filled(store):
    """Nine lines: three units, a cycle, two versions of a cell, a change, a blob and a result."""
    fill(store)
    with store.write("an", NOW) as write:
        record(write, [entry()], "test")
        record(write, [entry(5, version=2)], "test")
        write.change(write.session.get(Unit, 2), "unit.import", "vì sao", name="tên khác")
        content = keep(write, b"{}", "test")
        result = Result(cycle=1, recipe={"a": [1, "ă"]}, content=content, published_on=TODAY)
        write.add([result], "test")
    return store


def faults(store, noted=None) -> list[tuple[str, object]]:
    with store.read() as session:
        problems = verify(session, noted).problems
    return [(each.key, each.values.get("line", each.values.get("table"))) for each in problems]


def test_an_untouched_trail_is_whole(filled):
    with filled.read() as session:
        found = verify(session)
    assert (found.count, found.problems) == (9, [])


def test_anyone_can_check_the_chain_from_what_is_shown(filled, dti, url):
    """The hash is the SHA-256 of the hash before and of the line's canonical JSON, and no more."""
    lines = json.loads(dti("audit", "show", "--format", "json", url=url).out)
    previous = "0" * 64
    for line in lines:
        given = line.pop("hash")
        assert line.pop("previous_hash") == previous
        text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256((previous + text).encode()).hexdigest()
        assert previous == given
    assert len(lines) == 9


CHANGES = {
    "at": "'2020-01-01 00:00:00'", "who": "'ai đó'", "what": "'x'", "table": "'fact'",
    "key": "'77'", "cycle": "7", "unit": "7", "indicator": "'x'", "old": "'{\"a\":1}'",
    "new": "'{\"name\":\"x\"}'", "why": "'x'", "hash": f"'{'1' * 64}'",
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_an_altered_line_shows(column, filled, sql):
    sql(f'UPDATE audit SET "{column}" = {CHANGES[column]} WHERE id = 4')  # noqa: S608
    assert faults(filled) == [("audit.altered", 4)]


def test_every_column_of_a_line_is_under_its_hash():
    """Beside the two that are tried below: the number of the line and the hash before."""
    assert {*CHANGES, "id", "previous_hash"} == set(table_of(AuditLine).c.keys())


@dataclass(frozen=True)
class Deed:
    """What somebody does to the tables, and what is told of it."""

    statements: tuple[str, ...]
    told: str
    about: object


REHASHED = "UPDATE audit_head SET hash = (SELECT hash FROM audit ORDER BY id DESC LIMIT 1)"
COPY = """
INSERT INTO audit SELECT 10, at, who, what, "table", key, cycle, unit, indicator, "old", "new", why,
{} FROM audit WHERE id = 9"""
STRAY = """
INSERT INTO unit SELECT 50, 1, 'X', name, level, "group", null, null FROM unit WHERE id = 1"""
RENUMBER = tuple(f"UPDATE audit SET id = {n} WHERE id = {n + 1}" for n in range(5, 9))  # noqa: S608
DEEDS = {
    "first-removed": Deed(("DELETE FROM audit WHERE id = 1",), "audit.gap", 1),
    "one-removed": Deed(("DELETE FROM audit WHERE id = 5",), "audit.gap", 5),
    "removed-and-renumbered": Deed(
        ("DELETE FROM audit WHERE id = 5", *RENUMBER), "audit.moved", 5
    ),
    "two-exchanged": Deed(
        ("UPDATE audit SET id = 99 WHERE id = 2", "UPDATE audit SET id = 2 WHERE id = 3",
         "UPDATE audit SET id = 3 WHERE id = 99"), "audit.moved", 2,
    ),
    "last-cut-off": Deed(("DELETE FROM audit WHERE id = 9",), "audit.cut", 9),
    "end-cut-off": Deed(("DELETE FROM audit WHERE id > 5",), "audit.cut", 6),
    "all-cut-off": Deed(("DELETE FROM audit",), "audit.cut", 1),
    "line-put-in": Deed((COPY.format("previous_hash, hash"),), "audit.moved", 10),
    "line-put-in-after-the-last": Deed(
        (COPY.format("hash, hash"), "UPDATE audit_head SET count = 10"), "audit.altered", 10
    ),
    "hash-before-altered": Deed(
        ("UPDATE audit SET previous_hash = hash WHERE id = 3",), "audit.moved", 3
    ),
    "head-counts-less": Deed(("UPDATE audit_head SET count = 8",), "audit.beyond", 9),
    "head-has-another-hash": Deed(("UPDATE audit_head SET hash = 'x'",), "audit.other-end", 9),
    "head-removed": Deed(("DELETE FROM audit_head",), "audit.no-head", None),
    "row-changed": Deed(("UPDATE unit SET name = 'x' WHERE id = 3",), "audit.differs", "unit"),
    "version-changed": Deed(("UPDATE unit SET version = 9",), "audit.differs", "unit"),
    "points-changed": Deed(("UPDATE fact SET value = 7 WHERE id = 1",), "audit.differs", "fact"),
    "cell-removed": Deed(("DELETE FROM fact WHERE id = 2",), "audit.gone", "fact"),
    "recipe-changed": Deed(("UPDATE result SET recipe = '{}'",), "audit.differs", "result"),
    "original-changed": Deed(
        ("UPDATE blob SET content = substr(content, 1, 1)",), "audit.differs", "blob"
    ),
    "unit-put-in": Deed((STRAY,), "audit.untold", "unit"),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_what_was_done_shows(deed, filled, sql):
    sql(*deed.statements)
    assert faults(filled)[0] == (deed.told, deed.about)


def test_a_trail_that_was_cut_and_closed_again_lacks_the_line_that_was_noted(filled, sql):
    """Who rewrites the head too leaves a shorter whole trail; a hash noted elsewhere shows it."""
    with filled.read() as session:
        noted = verify(session).hash
    assert faults(filled, noted) == []
    sql("DELETE FROM result", "DELETE FROM audit WHERE id = 9", REHASHED,
        "UPDATE audit_head SET count = 8")  # fmt: skip
    assert faults(filled) == []
    assert faults(filled, noted) == [("audit.not-noted", None)]


def test_the_command_names_the_first_broken_line_and_fails(filled, sql, process, url):
    whole = process("audit", "verify", url=url)
    assert (whole.code, whole.err) == (0, "")
    assert "Nhật ký nguyên vẹn: 9 dòng" in whole.out
    sql("UPDATE audit SET who = 'x' WHERE id IN (4, 6)")
    broken = process("audit", "verify", url=url)
    assert (broken.code, broken.out) == (1, "")
    assert "dòng 4 đã bị sửa" in broken.err
    assert "Traceback" not in broken.err


def test_the_trail_of_one_unit_and_one_indicator_is_shown(filled, dti, url):
    with filled.write("=cmd", LATER) as write:
        write.add([unit(9)], "unit.import", "@x")
    shown = dti("audit", "show", "--unit", "DV-01", "--indicator", "I.1", url=url).out
    assert "2 dòng" in shown
    everything = dti("audit", "show", "--format", "csv", url=url).out
    rows = list(csv.DictReader(io.StringIO(everything)))
    assert len(rows) == 10
    assert (rows[-1]["who"], rows[-1]["why"]) == ("'=cmd", "'@x"), "no formulas (CWE-1236)"
    last = json.loads(dti("audit", "show", "--format", "json", "--last", "1", url=url).out)
    assert [line["who"] for line in last] == ["=cmd"]


def test_a_large_trail_is_gone_through_in_pieces(store):
    fill(store)
    many = [entry(n, indicator=f"I.{n}") for n in range(12_000)]
    with store.write("an", NOW) as write:
        record(write, many, "test")
    with store.read() as session:
        found = verify(session)
    assert (found.count, found.problems) == (12_004, [])
