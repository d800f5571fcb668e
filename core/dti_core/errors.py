"""What can go wrong, as values: a :class:`Problem` says what, where, why and what to do.

Exceptions carry the exit code of the command that meets them: 1 bad input, 2 usage or a plugin
that cannot be loaded, 3 a plugin that misbehaved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from dti_core.messages import text, visible


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the key of its message, the values in it, and where it was found.

    ``file``, ``row`` (1-based, as a spreadsheet counts, the heading being row 1) and ``column``
    are ``None`` where they do not apply. ``cell`` (``Phụ lục!E7``) says row and column where the
    sheet has to be told too.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None

    def place(self) -> str:
        """Say where, for people: file, row and column or cell, as far as they are known."""
        parts = [self.file] if self.file else []
        if self.cell is not None:
            return ", ".join([*parts, self.cell])
        if self.row is not None:
            parts.append(text("place.row", row=self.row))
        if self.column is not None:
            parts.append(text("place.column", column=self.column))
        return ", ".join(parts)

    def __str__(self) -> str:
        """Say where and what, in the language in use."""
        place, message = self.place(), text(self.key, **self.values)
        return visible(f"{place}: {message}" if place else message)


class DtiError(Exception):
    """A fault to tell a person about, without a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        """Collect problems; ``total`` counts them all where only the first were kept."""
        super().__init__(problems, total)
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total

    def __str__(self) -> str:
        """Return one line for each problem."""
        return "\n".join(map(str, self.problems))


class InvalidFacts(DtiError):
    """The input is wrong: exit code 1."""


class InvalidAnnex(InvalidFacts):
    """The annex is wrong, so nothing can be scored by it: exit code 1."""


class UsageError(DtiError):
    """The command was called with something that does not exist: exit code 2."""

    exit_code = 2


class PluginUnavailable(DtiError):
    """The plugin is not installed or cannot be loaded: exit code 2."""

    exit_code = 2


class PluginMisbehaved(DtiError):
    """The plugin loaded but broke the contract of a hook: exit code 3."""

    exit_code = 3


def usage_error(key: str, **values: object) -> UsageError:
    """Make a usage error of one message."""
    return UsageError([Problem(key, values)])
