"""A killed process loses nothing that it said was saved, and leaves nothing half done.

``DTI_KILLS`` sets how often writers are killed at random (on each kind of database).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from databases import DTI
from samples import NOW, fill
from sqlmodel import func, select
from victim import FACTS

from dti_core.store import Store, open_store
from dti_core.store.backup import back_up
from dti_core.store.tables import Fact, Unit
from dti_core.store.trail import verify

KILLS = int(os.environ.get("DTI_KILLS", "50"))
COMMANDS = max(3, KILLS // 20)
MOMENTS = random.Random(931)  # noqa: S311
LONGEST = 0.1
"""Seconds until a writer is killed: some ten transactions."""


class Writers:
    """Writers of a process that forks them, one after the other."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process, self.turn = process, 0
        self.saved = {0: [self._next("saved")]}

    def run(self, transactions: int, point: int) -> int:
        """Let one write until it kills itself; return how it ended, a signal as negative."""
        self._start(transactions, point)
        return self._end()

    def kill(self, delay: float, *, at_work: bool) -> int:
        """Let one write and kill it; ``at_work``: not before it has saved something."""
        pid = self._start(10_000)
        if at_work:
            self.saved[self.turn].append(self._next("saved"))
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        return self._end()

    def _start(self, transactions: int, point: int = 0) -> int:
        self.turn += 1
        self.saved[self.turn] = []
        self.process.stdin.write(f"{self.turn} {transactions} {point}\n")
        self.process.stdin.flush()
        return int(self._next("pid"))

    def _end(self) -> int:
        for line in self.process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "ended":
                return int(rest)
            self.saved[self.turn].append(rest)
        raise AssertionError("the process that forks the writers has ended")

    def _next(self, word: str) -> str:
        found, _, rest = self.process.stdout.readline().strip().partition(" ")
        assert found == word
        return rest


@contextmanager
def writers(url: str):
    command = [sys.executable, str(Path(__file__).with_name("victim.py")), url]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Writers(process)
        process.stdin.close()
        assert process.wait(30) == 0


def look(store: Store, saved: dict[int, list[str]]) -> None:
    """Find everything that was saved, every transaction whole, and the trail that tells of it."""
    with store.read() as session:
        assert verify(session).problems == []
        units = session.exec(select(Unit).where(Unit.id > 1).order_by(Unit.id)).all()
        facts = dict(session.exec(select(Fact.unit, func.count()).group_by(Fact.unit)).all())
        first = session.get(Unit, 1)
    assert facts == {each.id: FACTS for each in units}
    assert first.version == len(units) + 1
    assert not units or first.name == units[-1].code
    there = Counter(int(each.code.partition("-")[0][1:]) for each in units)
    assert {each for codes in saved.values() for each in codes} <= {each.code for each in units}
    for turn, codes in saved.items():
        # One more may be there than was told: the process died between the two.
        assert there[turn] - len(codes) in {0, 1}


def test_a_writer_killed_at_every_step_leaves_all_or_nothing(store, url):
    """Before and after each statement of two transactions, and around their commits."""
    fill(store, units=1)
    with writers(url) as started:
        point, end = 0, -signal.SIGKILL
        while end == -signal.SIGKILL:
            point += 1
            end = started.run(2, point)
            look(store, started.saved)
        assert end == 0, "past the last step it ends by itself"
        assert point > 40
        assert started.saved[point] == [f"R{point}-0", f"R{point}-1"]
    print(f"\nkilled at {point - 1} steps")  # noqa: T201


def test_a_writer_killed_at_any_time_loses_nothing_that_was_acknowledged(store, url):
    fill(store, units=1)
    with writers(url) as started:
        for turn in range(KILLS):
            end = started.kill(MOMENTS.uniform(0, LONGEST), at_work=turn % 3 > 0)
            assert end == -signal.SIGKILL
            look(store, started.saved)
        saved = sum(map(len, started.saved.values()))
    print(f"\nkilled {KILLS} times; all {saved} acknowledged transactions are there")  # noqa: T201  # noqa: T201
    assert saved > KILLS // 4


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "units.csv"
    rows = (f"DV-{number},Đơn vị minh hoạ {number},xa,A" for number in range(2_000))
    path.write_text("\n".join(["unit,unit_name,level,group", *rows]) + "\n", encoding="utf-8")
    return path


def kill_command(url: str, delay: float, *arguments: object) -> None:
    environment = os.environ | {"DTI_DATABASE_URL": url}
    with subprocess.Popen(
        [DTI, *map(str, arguments)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        time.sleep(delay)
        process.kill()


def time_of(url: str, *arguments: object) -> float:
    start = time.perf_counter()
    environment = os.environ | {"DTI_DATABASE_URL": url}
    subprocess.run([DTI, *map(str, arguments)], env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def test_a_killed_import_brings_every_unit_or_none(databases, kind, many):
    whole = time_of(databases.make(kind), "unit", "import", many)
    url = databases.make(kind)
    for _ in range(COMMANDS):
        kill_command(url, MOMENTS.uniform(0.3, 1.0) * whole, "unit", "import", many)
        with open_store(url) as store, store.read() as session:
            assert session.exec(select(func.count()).select_from(Unit)).one() in {0, 2_000}
            assert verify(session).problems == []


def test_a_killed_restore_leaves_the_old_or_the_new(databases, kind, tmp_path):
    old, new, file = databases.make(kind), databases.make(kind), tmp_path / "backup.db"
    with open_store(new) as store:
        fill(store, units=2_000)
        back_up(store, file)
    whole = time_of(databases.make(kind), "restore", file)
    with open_store(old) as store:
        fill(store, units=5)
    for _ in range(COMMANDS):
        kill_command(old, MOMENTS.uniform(0.4, 1.0) * whole, "restore", file, "--replace")
        with open_store(old) as store, store.read() as session:
            assert session.exec(select(func.count()).select_from(Unit)).one() in {5, 2_000}
            assert verify(session).problems == []
    with open_store(old) as store, store.write("an", NOW) as write:
        assert write.session.get(Unit, 1), "and can be written to"
