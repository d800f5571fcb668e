"""The inputs of a run: the same seed and number always give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from fuzz_mutations import mutated

if TYPE_CHECKING:
    from fuzz_files import Base

WEIGHTS = {"form": 5, "facts": 2, "units": 2, "foreign": 4, "annex": 2}
"""How often each way in is taken; within one, every file as often as another."""


def chosen(seed: int, number: int, bases: Sequence[Base]) -> tuple[Base, bytes]:
    """Return a file and what has become of it."""
    random = Random(f"{seed} {number}")  # noqa: S311 - nothing is kept secret with it
    target = random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    base = random.choice([each for each in bases if each.target.split()[0] == target])
    return base, mutated(random, base)
