"""What a conformance check is: a plain function that yields what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dti_core.conformance.subject import Subject

Finder = Callable[["Subject"], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a plugin.

    :param id: ``family.name``; never reused for another meaning.
    :param title: what holds, in one line.
    :param why: why it matters to whoever reads a ranking.
    :param guards: the concept that it guards, by its name in the design.
    :param find: yields a sentence for each fault, naming the place and what to do; yields nothing
        where all is well. Whatever it raises is told as a check that could not run.
    """

    id: str
    title: str
    why: str
    guards: str
    find: Finder

    @property
    def family(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


def check(id: str, *, title: str, why: str, guards: str) -> Callable[[Finder], Check]:  # noqa: A002
    """Make a check of the function below."""

    def make(find: Finder) -> Check:
        return Check(id, title, why, guards, find)

    return make
