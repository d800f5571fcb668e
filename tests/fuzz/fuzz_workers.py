"""The processes of a run: what each tries, and what is known when one is gone."""

from __future__ import annotations

import os
import queue
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

MEMORY = 4 * 2**30
"""How much a process may take; the libraries alone map half of a gibibyte."""

PATIENCE = 12
"""How many times as long on the clock as of a processor; the machine may be busy."""

EXPECTED = ("accepted", "refused")


@dataclass(frozen=True)
class Part:
    """The inputs of one process: every ``step``-th from ``begin`` on, below ``end``."""

    begin: int
    end: int
    step: int

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*map(int, text.split(":")))

    def __str__(self) -> str:
        return f"{self.begin}:{self.end}:{self.step}"


@dataclass(frozen=True)
class Done:
    """What became of an input."""

    number: int
    target: str
    outcome: str
    seconds: float = 0.0

    @property
    def is_fault(self) -> bool:
        return self.outcome not in EXPECTED


def part(mine: Part, seed: int, seconds: int) -> None:
    """Try inputs one after the other; each is named before it is tried, and told of after.

    The signals that say that it takes too long are not caught: also a library that is no Python
    ends then.
    """
    from fuzz_files import bases
    from fuzz_ground import prepared
    from fuzz_inputs import chosen
    from fuzz_targets import attempt

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder)) as ground:
        every = bases(ground)
        for number in range(mine.begin, mine.end, mine.step):
            base, content = chosen(seed, number, every)
            tell(f"{number}\t{base.target} {base.suffix}")
            signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE)
            started = time.process_time()
            try:
                outcome = attempt(ground, base, content)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - a library may panic: no Exception
                outcome = " ".join(f"{type(error).__name__}: {error}"[:200].split())
            taken = time.process_time() - started
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            tell(f"{outcome}\t{taken:.4f}")


def tell(line: str) -> None:
    """Write a line at once, for people or for the process that started this one."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def at_once(inputs: int, workers: int, seed: int) -> Iterator[Done]:
    """Try all inputs in several processes; yield what became of each, in no order."""
    found: queue.Queue[Done | None] = queue.Queue()
    parts = [Part(begin, inputs, workers) for begin in range(workers)]
    threads = [threading.Thread(target=_through, args=(each, seed, found)) for each in parts]
    for each in threads:
        each.start()
    going = len(threads)
    while going:
        done = found.get()
        if done is None:
            going -= 1
        else:
            yield done


def _through(mine: Part, seed: int, found: queue.Queue[Done | None]) -> None:
    """See that a part is tried to its end, in a new process whenever one is gone."""
    while mine.begin < mine.end:
        last = _process(mine, seed, found)
        if last is None:
            break
        mine = Part(last + mine.step, mine.end, mine.step)
    found.put(None)


def _process(mine: Part, seed: int, found: queue.Queue[Done | None]) -> int | None:
    """Run a part in a process; return the input that ended it, None where it came to its end."""
    command = [sys.executable, str(Path(__file__).parent), "--seed", str(seed), "--part", str(mine)]
    environment = os.environ | {"POLARS_MAX_THREADS": "1", "RUST_BACKTRACE": "0"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        number, target = mine.begin, "start"
        begun = False
        for line in process.stdout:
            first, _, second = line.rstrip("\n").partition("\t")
            if begun:
                found.put(Done(number, target, first, float(second)))
            else:
                number, target = int(first), second
            begun = not begun
    if process.returncode == 0:
        return None
    found.put(Done(number, target, _ended(process.returncode)))
    return number


def _ended(code: int) -> str:
    """Say how a process ended that was to go on."""
    if code == -signal.SIGPROF:
        return "takes too long"
    if code == -signal.SIGALRM:
        return "hangs"
    return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"


def repeat(seed: int, number: int, keep: Path, *, run: bool = True) -> None:
    """Keep an input as a file and, unless it might end this process, try it with its traceback."""
    from fuzz_files import bases
    from fuzz_ground import prepared
    from fuzz_inputs import chosen
    from fuzz_targets import attempt

    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder)) as ground:
        base, content = chosen(seed, number, bases(ground))
        keep.mkdir(parents=True, exist_ok=True)
        file = keep / f"{seed}-{number}-{base.target.replace(' ', '-')}.{base.suffix}"
        file.write_bytes(content)
        tell(f"{base.target}: {file}")
        if run:
            tell(attempt(ground, base, content))
