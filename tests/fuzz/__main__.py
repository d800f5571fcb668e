"""Mutated workbooks and CSVs through every way in: ``python tests/fuzz``.

Exit code 1: an input left a traceback, took too long or ended its process. Each such input is
kept, and told in one line that repeats it. The same seed gives the same inputs.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fuzz_workers import Done, Part, at_once, part, repeat, tell

SECONDS = 5
"""How long one input may take of a processor."""


def main() -> int:
    """Try the inputs and tell what became of them."""
    asked = _asked()
    if asked.part:
        part(Part.parse(asked.part), asked.seed, asked.seconds)
        return 0
    if asked.only is not None:
        repeat(asked.seed, asked.only, asked.keep)
        return 0
    started = time.monotonic()
    done = list(_told(at_once(asked.inputs, asked.workers, asked.seed), asked))
    _figures(done, time.monotonic() - started)
    return int(any(each.is_fault for each in done) or len(done) != asked.inputs)


def _asked() -> Namespace:
    keep = Path(tempfile.gettempdir()) / "dti-fuzz"
    parser = ArgumentParser(prog="python tests/fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="what they are drawn by")
    parser.add_argument("--workers", type=int, default=2, help="processes at the same time")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of a processor, for each")
    parser.add_argument("--only", type=int, help="this one alone, with its traceback")
    parser.add_argument("--keep", type=Path, default=keep, help="where inputs that fail are kept")
    parser.add_argument("--part", help="what one process does")
    return parser.parse_args()


def _told(done: Iterator[Done], asked: Namespace) -> Iterator[Done]:
    """Keep and tell every input that failed, and how far the run has come."""
    for count, each in enumerate(done, 1):
        if each.is_fault:
            command = f"python tests/fuzz --seed {asked.seed} --only {each.number}"
            tell(f"{command}  # {each.target}: {each.outcome}")
            repeat(asked.seed, each.number, asked.keep, run=False)
        if count % 5_000 == 0:
            tell(f"… {count:,} of {asked.inputs:,}")
        yield each


def _figures(done: list[Done], seconds: float) -> None:
    outcomes = Counter(each.outcome for each in done if not each.is_fault)
    faults = sum(each.is_fault for each in done)
    tell(
        f"{len(done):,} inputs in {seconds / 60:.0f} min: "
        f"{outcomes['refused']:,} refused with a message, {outcomes['accepted']:,} accepted, "
        f"{faults:,} faults"
    )
    for target in sorted({each.target.split()[0] for each in done}):
        mine = [each for each in done if each.target.split()[0] == target]
        taken = sum(each.outcome == "accepted" for each in mine)
        tell(f"  {target}: {len(mine):,}, {taken:,} accepted")
    slowest = max(done, key=lambda each: each.seconds, default=None)
    if slowest is not None:
        told = f"{slowest.seconds:.2f} s of a processor ({slowest.target}, {slowest.number})"
        tell(f"slowest: {told}; all: {sum(each.seconds for each in done) / 60:.1f} min")


if __name__ == "__main__":
    sys.exit(main())
