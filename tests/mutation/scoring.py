"""The score of a run: how many of the mutants that mean something else were caught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from survivors import Explanation, Verdict, explained
from trial import Trial

LEAST: Final = 95
"""Percent, of the mutants that change more than the wording."""

WORDING: Final = frozenset({"name", "clause", "citation"})
"""Operators after which the same results are told in other words, or with another article.

No check can know the words of a decision that it has never read: these mutants are tried, counted
and explained like all others, and a score of their own keeps them out of that of the results.
"""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of mutants; ``equivalent`` ones survive, are explained so, and are not counted."""

    tried: int
    caught: int
    at_loading: int
    equivalent: int

    @property
    def counted(self) -> int:
        """How many could have been caught."""
        return self.tried - self.equivalent

    @property
    def percent(self) -> float:
        """The score, for people."""
        return 100 * self.caught / self.counted if self.counted else 100.0

    @property
    def is_enough(self) -> bool:
        """Whether enough are caught, exactly."""
        return 100 * self.caught >= LEAST * self.counted


def of_results(trials: Iterable[Trial]) -> list[Trial]:
    """Leave out the mutants that change only the wording."""
    return [each for each in trials if each.mutant.operator not in WORDING]


def score(trials: Sequence[Trial], known: Sequence[Explanation]) -> Score:
    """Count the mutants of a run."""
    survivors = (each for each in trials if not each.caught_by)
    reasons = [explained(each.mutant, known) for each in survivors]
    return Score(
        tried=len(trials),
        caught=len(trials) - len(reasons),
        at_loading=sum(each.at_loading for each in trials),
        equivalent=sum(e is not None and e.verdict is Verdict.EQUIVALENT for e in reasons),
    )


def grouped(
    trials: Iterable[Trial], known: Sequence[Explanation], key: Callable[[Trial], str]
) -> dict[str, Score]:
    """Count the mutants of a run in groups, by name."""
    groups: dict[str, list[Trial]] = {}
    for each in trials:
        groups.setdefault(key(each), []).append(each)
    return {name: score(groups[name], known) for name in sorted(groups)}
