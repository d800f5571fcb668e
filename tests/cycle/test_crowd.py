"""Everybody submits on the last evening: from several processes at once, and nothing is lost.

``DTI_CROWD`` sets how many units; 705 are the communes of three provinces together.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from crowd import CODES, points_of
from hall import Hall

from dti_core.store.cells import latest
from dti_core.store.trail import verify

UNITS = int(os.environ.get("DTI_CROWD", "141"))
PROCESSES = 4
MINUTE = 60


def start(url: str, first: int, count: int) -> subprocess.Popen:
    command = [sys.executable, Path(__file__).with_name("crowd.py"), url, str(first), str(count)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_crowd_submits_from_several_processes_without_loss(store, url, kind):
    hall = Hall(store, "hatinh", "xa").open(UNITS)
    share = -(-UNITS // PROCESSES)
    firsts = range(1, UNITS + 1, share)
    crowd = [start(url, each, min(share, UNITS + 1 - each)) for each in firsts]
    try:
        assert [each.stdout.readline().strip() for each in crowd] == ["ready"] * len(crowd)
        began = time.perf_counter()
        for each in crowd:
            each.stdin.write("\n")
            each.stdin.flush()
        told = {line.strip() for each in crowd for line in each.stdout}
        took = time.perf_counter() - began
        assert [each.wait(30) for each in crowd] == [0] * len(crowd)
    finally:
        for each in crowd:
            each.kill()
            each.wait()
            each.stdin.close()
            each.stdout.close()
    print(f"\n{kind}: {UNITS} units in {took:.1f} s, {UNITS / took:.0f} units per second")  # noqa: T201
    assert told == {f"DV-{number}" for number in range(1, UNITS + 1)}
    assert set(hall.states()) == {"submitted"}
    with hall.view() as view:
        ids = {each.id: each.code for each in view.running.units.values()}
        said = latest(view.session, 1, "self").values()
        assert verify(view.session).problems == []
    found = {(ids[each.unit], each.indicator): (each.points, each.entered_by) for each in said}
    assert found == {
        (f"DV-{number}", code): (points_of(number, code), f"An {number}")
        for number in range(1, UNITS + 1)
        for code in CODES
    }
    assert took < MINUTE
