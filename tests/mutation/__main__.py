"""Mutants of the five plugins against the conformance suite: ``python tests/mutation``.

Exit code 1: a survivor without an explanation, an explanation without a survivor, or a score
under 95 %.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from multiprocessing import TimeoutError as WaitedTooLong
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult
from pathlib import Path

from code_mutants import OPERATOR
from gathering import EACH, PLUGINS, mutants_of, package_of, sample, tables_of
from mutants import LAW, Mutant, unchanged
from survivors import read_explanations
from telling import as_json, faults, tell
from trial import SECONDS, Trial, attempt


def main() -> int:
    """Try mutants, print what became of them."""
    asked = _asked()
    mutants = [each for plugin in asked.plugin for each in mutants_of(plugin)]
    known = [each for each in read_explanations() if each.plugin in {"*", *asked.plugin}]
    if asked.operator:
        mutants = [each for each in mutants if each.operator in asked.operator]
        known = [each for each in known if each.operator in asked.operator]
    chosen = mutants if asked.all else _chosen(mutants, asked.each)
    trials = list(_tried([*_originals(asked.plugin), *chosen], asked.workers, asked.record))
    broken = [each for each in trials if each.mutant.operator == "none" and each.caught_by]
    trials = [each for each in trials if each.mutant.operator != "none"]
    _say(*tell(trials, mutants, known), "")
    wrong = [f"the plugin itself fails {one.caught_by}: {one.fault}" for one in broken]
    wrong += faults(trials, mutants, known)
    _say(*wrong)
    return int(bool(wrong))


def _asked() -> Namespace:
    parser = ArgumentParser(prog="python tests/mutation", description=__doc__)
    parser.add_argument("--plugin", action="append", choices=PLUGINS, help="only this one")
    parser.add_argument("--operator", action="append", help="only this one")
    parser.add_argument("--all", action="store_true", help="every mutant, not a sample")
    parser.add_argument("--each", type=int, default=EACH, help="of an operator in a plugin")
    parser.add_argument("--workers", type=int, default=2, help="processes at the same time")
    parser.add_argument("--record", type=Path, help="gets a JSON line for each trial")
    asked = parser.parse_args()
    asked.plugin = asked.plugin or list(PLUGINS)
    return asked


def _chosen(mutants: Sequence[Mutant], each: int) -> list[Mutant]:
    """Take all of the Python, and a sample of the data."""
    code = [one for one in mutants if one.operator == OPERATOR]
    return code + sample((one for one in mutants if one.operator != OPERATOR), each)


def _originals(plugins: Sequence[str]) -> Iterator[Mutant]:
    """Yield each plugin with each of its data files read and written again: not to be caught."""
    for plugin in plugins:
        for file in (LAW, *tables_of(package_of(plugin))):
            yield unchanged(plugin, file)


def _tried(mutants: Sequence[Mutant], workers: int, record: Path | None) -> Iterator[Trial]:
    """Try every mutant in a process of its own, forked from one that has only imported core."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    context = get_context("forkserver")
    context.set_forkserver_preload(["trial"])
    with context.Pool(workers, maxtasksperchild=1) as pool:
        begun = [(each, pool.apply_async(attempt, (each,))) for each in mutants]
        for number, (each, result) in enumerate(begun, 1):
            trial = _answer(each, result)
            if record:
                with record.open("a", encoding="utf-8") as file:
                    file.write(f"{as_json(trial)}\n")
            if number % 50 == 0:
                _say(f"… {number} of {len(mutants)}")
            yield trial


def _answer(mutant: Mutant, result: AsyncResult[Trial]) -> Trial:
    """Wait for a trial; a mutant whose process died, or never ends, is wrong for all to see."""
    try:
        return result.get(2 * SECONDS)
    except WaitedTooLong:
        return Trial(mutant, "no answer", f"nothing after {2 * SECONDS} seconds")


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{each}\n" for each in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
