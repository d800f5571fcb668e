"""States and stages as words, for messages: read in the language in use when they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dti_core.messages import text


@dataclass(frozen=True)
class Word:
    """A word of the catalogue."""

    key: str

    def __str__(self) -> str:
        """Return it in the language in use."""
        return text(self.key)


def stage_name(stage: str) -> Word:
    """Name a stage of facts."""
    return Word(f"form.stage.{stage}")


def state_name(state: str) -> Word:
    """Name the state of a cycle or of a unit in it."""
    return Word(f"cycle.state.{state}")


def day_text(day: date | None) -> str:
    """Write a day as officials do; a dash where none is set."""
    return "–" if day is None else f"{day:%d/%m/%Y}"
