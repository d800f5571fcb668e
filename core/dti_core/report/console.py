"""What people read, rendered for where it goes: a terminal, a pipe or a file."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Console, RenderableType
from rich.text import Text

from dti_core.messages import text, visible

if TYPE_CHECKING:
    from dti_core.models import Decision

WIDEST: Final = 110
"""Columns, where standard output is no terminal."""


def cell(line: str) -> Text:
    """Make text that is neither markup nor control characters."""
    return Text("\n".join(map(visible, line.split("\n"))))


def number_of(decision: Decision) -> str:
    """Return the number of a decision, or that the source leaves it blank."""
    return decision.number or text("report.unnumbered")


def rendered(parts: Sequence[RenderableType], *, plain: bool = False) -> bytes:
    """Render for standard output, in colour where that is a terminal; ``plain`` for a file."""
    buffer = io.StringIO()
    is_terminal = sys.stdout.isatty() and not plain
    width = shutil.get_terminal_size((WIDEST, 50)).columns if is_terminal else WIDEST
    console = Console(file=buffer, width=width, force_terminal=is_terminal, highlight=False)
    for part in parts:
        console.print(part)
    return buffer.getvalue().encode()
