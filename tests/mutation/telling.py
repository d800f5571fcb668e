"""What a run tells: scores, who caught what, and every survivor with its reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from mutants import Mutant
from scoring import LEAST, WORDING, Score, grouped, of_results, score
from survivors import Explanation, explained, stale, unexplained
from trial import Trial

HEADING: Final = ("", "tried", "caught", "at loading", "equivalent", "score")


def tell(
    trials: Sequence[Trial], mutants: Collection[Mutant], known: Sequence[Explanation]
) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{len(trials)} of {len(mutants)} mutants tried\n"
    results = of_results(trials)
    wording = [each for each in trials if each.mutant.operator in WORDING]
    for name, part in (("results", results), ("wording", wording), ("all", trials)):
        by_plugin = grouped(part, known, lambda each: each.mutant.plugin)
        yield from _table(name, by_plugin | {"together": score(part, known)})
    yield from _table("operator", grouped(trials, known, lambda each: each.mutant.operator))
    yield "caught by"
    found = Counter(each.caught_by for each in trials if each.caught_by)
    yield from (f"  {times:5} {check}" for check, times in found.most_common())
    yield from _survivors(trials, known)


def _table(name: str, scores: dict[str, Score]) -> Iterator[str]:
    yield _line(name, *HEADING[1:])
    for each, one in scores.items():
        figures = (one.tried, one.caught, one.at_loading, one.equivalent)
        yield _line(each, *map(str, figures), f"{one.percent:.1f} %")
    yield ""


def _line(name: str, *cells: str) -> str:
    return f"{name:17}" + "".join(f"{each:>12}" for each in cells)


def _survivors(trials: Sequence[Trial], known: Sequence[Explanation]) -> Iterator[str]:
    alive = [each.mutant for each in trials if not each.caught_by]
    for reason in known:
        mine = [each for each in alive if explained(each, known) is reason]
        if mine:
            yield f"\n{len(mine)} {reason.verdict}: {reason.why}"
            yield from (f"  {each}" for each in mine)


def faults(
    trials: Sequence[Trial], mutants: Collection[Mutant], known: Sequence[Explanation]
) -> Iterator[str]:
    """Yield what makes a run fail."""
    for each in unexplained(trials, known):
        yield f"survives, and nobody says why: {each.mutant}"
    for reason in stale(trials, mutants, known):
        yield f"explains nothing: {reason}"
    results = score(of_results(trials), known)
    if not results.is_enough:
        yield f"{results.caught} of {results.counted} caught, under {LEAST} %"


def as_json(trial: Trial) -> str:
    """Write a trial for machines, in one line."""
    names = ("plugin", "file", "operator", "where", "before", "after")
    told = {name: getattr(trial.mutant, name) for name in names}
    told |= {"action": trial.mutant.change.action, "by": trial.caught_by, "fault": trial.fault}
    return json.dumps(told, ensure_ascii=False)
