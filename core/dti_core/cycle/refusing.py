"""What a cycle refuses: every reason at once, and nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dti_core.errors import DtiError, Problem

FIRST: Final = 100
"""How many reasons are told; the others are counted."""


class CycleRefused(DtiError):
    """The cycle does not allow it now, or not like this: exit code 1."""


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse where there is any reason to.

    :raises CycleRefused: with the first hundred reasons, and their number.
    """
    found = list(problems)
    if found:
        raise CycleRefused(found[:FIRST], len(found))


def refused(key: str, **values: object) -> CycleRefused:
    """Make the refusal for one reason."""
    return CycleRefused([Problem(key, values)])
