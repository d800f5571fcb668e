"""Why a mutant may survive: written down, and held to account."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from mutants import Mutant
from trial import Trial

FILE: Final = Path(__file__).with_name("survivors.toml")


class Verdict(StrEnum):
    """What a survivor is.

    ``EQUIVALENT``: it means the same as the original, so there is nothing to catch.
    ``OUTSIDE``: it is wrong, and the suite cannot know; something else guards it.
    """

    EQUIVALENT = "equivalent"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why mutants survive; each of the patterns has to match (``*``, ``?``)."""

    verdict: Verdict
    why: str
    operator: str
    plugin: str = "*"
    file: str = "*"
    where: str = "*"
    after: str = "*"

    def is_about(self, mutant: Mutant) -> bool:
        """Tell whether a mutant is one of those that are explained."""
        fields = ("operator", "plugin", "file", "where", "after")
        pairs = ((getattr(mutant, each), getattr(self, each)) for each in fields)
        return all(fnmatchcase(_plain(value), _plain(pattern)) for value, pattern in pairs)

    def __str__(self) -> str:
        return f"{self.plugin} {self.operator} {self.file} {self.where} {self.after}"


def _plain(text: str) -> str:
    """Write rows in other brackets: those of a pattern have a meaning of their own."""
    return text.replace("[", "<").replace("]", ">")


def read_explanations(path: Path = FILE) -> list[Explanation]:
    """Read the explanations.

    :raises TypeError, ValueError: one is not complete, or has a verdict that there is not.
    """
    given = tomllib.loads(path.read_text(encoding="utf-8"))["survivors"]
    return [Explanation(**each | {"verdict": Verdict(each["verdict"])}) for each in given]


def explained(mutant: Mutant, known: Iterable[Explanation]) -> Explanation | None:
    """Return the first explanation that is about a mutant."""
    return next((each for each in known if each.is_about(mutant)), None)


def unexplained(trials: Iterable[Trial], known: Sequence[Explanation]) -> Iterator[Trial]:
    """Yield the survivors that nobody has explained."""
    survivors = (each for each in trials if not each.caught_by)
    return (each for each in survivors if explained(each.mutant, known) is None)


def stale(
    trials: Sequence[Trial], mutants: Collection[Mutant], known: Iterable[Explanation]
) -> Iterator[Explanation]:
    """Yield the explanations that explain nothing.

    Either there is no such mutant any more, or those that were tried are all caught. What only
    untried mutants need is left in peace.
    """
    for each in known:
        tried = [one for one in trials if each.is_about(one.mutant)]
        there = tried or any(each.is_about(one) for one in mutants)
        if not there or (tried and all(one.caught_by for one in tried)):
            yield each
