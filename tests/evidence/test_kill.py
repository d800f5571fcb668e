"""A killed process leaves no half file under a hash, and everything it said it had kept."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from keeper import SIZE

from dti_core.evidence import Vault
from dti_core.evidence.vault import INCOMING

KILLS = int(os.environ.get("DTI_KILLS", "50"))
LONGEST = 0.08
"""Seconds until a process is killed: some files."""


def test_a_killed_process_leaves_no_half_file_under_a_hash(folder):
    vault, chosen = Vault(str(folder)), random.Random(931)  # noqa: S311
    command = [sys.executable, str(Path(__file__).with_name("keeper.py")), str(folder)]
    unfinished = halves = whole = 0
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for turn in range(KILLS):
            kept = killed(process, chosen.uniform(0, LONGEST), at_work=turn % 3 > 0)
            found = vault.names()
            left = [each for each in found if each.startswith(f"{INCOMING}/")]
            unfinished += len(left)
            halves += any((folder / each).stat().st_size < SIZE for each in left)
            hashes = {each.rpartition("/")[2] for each in found} - {
                Path(each).name for each in left
            }
            assert kept <= hashes, "what was told is there"
            for each in hashes:
                assert vault.hash(each) == each, "what has a hash for its name is whole"
            whole += len(hashes)
            for each in found:  # the next round looks at its own only
                (folder / each).unlink()
        process.stdin.close()
        assert process.wait(30) == 0
    print(f"\nkilled {KILLS} times: {whole} whole files, {unfinished} unfinished, {halves} half")  # noqa: T201
    assert unfinished, "some were killed while they wrote"
    assert whole > KILLS // 4


def killed(process: subprocess.Popen, delay: float, *, at_work: bool) -> set[str]:
    """Let a process keep files and kill it; return what it told.

    :param at_work: not before it has kept one.
    """
    process.stdin.write("\n")
    process.stdin.flush()
    pid = int(process.stdout.readline().split()[1])
    told = {process.stdout.readline().strip()} if at_work else set()
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    return told.union(iter(lambda: process.stdout.readline().strip(), "ended"))
