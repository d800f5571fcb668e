"""Several processes write at once: one wins, the others are told, nothing is overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from samples import NOW, entry, fill, unit
from sqlmodel import select

from dti_core.store import StoreBusy, engine, open_store
from dti_core.store.cells import history
from dti_core.store.tables import Unit
from dti_core.store.trail import verify

TIMES = 15
RIVALS = ("an", "binh", "chi")


def compete(url: str, what: str, times: int = TIMES) -> dict[str, dict]:
    """Let the rivals work at the same time; return what became of each."""
    script = str(Path(__file__).with_name("rival.py"))
    started = {
        name: subprocess.Popen(
            [sys.executable, script, url, name, what, str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in RIVALS
    }
    for each in started.values():
        assert each.stdout.readline() == "ready\n"
    start = time.perf_counter()
    ended = {}
    for each in started.values():
        each.stdin.write("\n")
        each.stdin.flush()
    for name, each in started.items():
        out, _ = each.communicate(timeout=120)
        assert each.returncode == 0
        ended[name] = json.loads(out)
    seconds = time.perf_counter() - start
    lost = sum(sum(each.get("told", {}).values()) for each in ended.values())
    figures = f"{len(RIVALS)} processes saved {times} each in {seconds:.1f} s"
    print(f"\n{what}: {figures}; {lost} times one was told")  # noqa: T201
    return ended


def was_told(ended: dict[str, dict]) -> None:
    """Each was told of others, never of his own changes; somebody was too late at least once."""
    assert all(each["saved"] == TIMES for each in ended.values())
    assert all(set(each["told"]) <= set(RIVALS) - {name} for name, each in ended.items())
    assert any(each["told"] for each in ended.values())


def test_writers_of_one_row_overwrite_nothing(store, url):
    fill(store)
    was_told(compete(url, "rename"))
    with store.read() as session:
        assert session.get(Unit, 1).version == 1 + TIMES * len(RIVALS)
        assert verify(session).problems == []


def test_writers_of_one_cell_overwrite_nothing(store, url):
    """Each adds one to what he has read: the last number is how often somebody saved."""
    fill(store)
    was_told(compete(url, "enter"))
    with store.read() as session:
        versions = history(session, entry().cell)
        assert verify(session).problems == []
    whole = TIMES * len(RIVALS)
    assert [each.value for each in versions] == list(range(1, whole + 1))
    assert [each.version for each in versions] == list(range(1, whole + 1))


def test_writers_of_different_rows_all_save_everything(store, url):
    compete(url, "add")
    with store.read() as session:
        codes = set(session.exec(select(Unit.code)))
        found = verify(session)
    assert codes == {f"{name}-{number}" for name in RIVALS for number in range(TIMES)}
    assert (found.count, found.problems) == (TIMES * len(RIVALS), [])


def test_a_writer_who_waits_too_long_is_told_and_saves_nothing(url, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 1)
    with open_store(url) as store, open_store(url) as other, store.write("an", NOW) as write:
        write.add([unit(1)], "unit.import")
        with pytest.raises(StoreBusy, match="người khác đang ghi"), other.write("binh", NOW):
            pytest.fail("two writers at once")
        with other.read() as session:
            assert session.exec(select(Unit)).all() == [], "a reader need not wait"
    with open_store(url) as store, store.read() as session:
        assert len(session.exec(select(Unit)).all()) == 1
