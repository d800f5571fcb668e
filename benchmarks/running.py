"""Run a command in a process of its own and say what it took.

For every command this file is started anew as a bare interpreter, which then starts the command: a
child's peak of memory is never told lower than its parent's, and the tests are no small parent.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

NOT_OF_A_USER = ("PYTHONDONTWRITEBYTECODE", "PYTHONWARNINGS")


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds on the clock, seconds of processors, peak of memory."""

    seconds: float
    processor: float
    memory: float


def measure(command: list[str], output: Path, caches: Path) -> Cost:
    """Run a command with its standard output in a file.

    :param caches: keeps the byte code, so that only the first run of a program compiles it.
    """
    environment = {name: os.environ[name] for name in os.environ if name not in NOT_OF_A_USER}
    environment["PYTHONPYCACHEPREFIX"] = str(caches)
    runner = [sys.executable, "-I", "-S", __file__, str(output), *command]
    told = subprocess.run(runner, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
    cost = json.loads(told.stdout)
    complaint = output.with_suffix(".stderr").read_text(encoding="utf-8")
    assert cost.pop("status") == 0, complaint
    return Cost(**cost)


def _run(output: str, command: list[str]) -> dict[str, float]:
    files = [
        (os.POSIX_SPAWN_OPEN, number, path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        for number, path in ((1, output), (2, str(Path(output).with_suffix(".stderr"))))
    ]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    _, status, used = os.wait4(child, 0)
    return {
        "status": status,
        "seconds": time.perf_counter() - start,
        "processor": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss,
    }


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], sys.argv[2:])))
