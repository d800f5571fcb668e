"""What the linter says: a finding with its code, where it stands and what would settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from dti_core.messages import text
from dti_core.models import Calendar, Framework, Tiers


class Severity(StrEnum):
    """How much a finding weighs: an error or a warning that nobody tells of fails the decision."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_NUMBERS: Final[Mapping[Severity, Sequence[str]]] = {
    Severity.ERROR: (
        *("001", "101", "102", "103", "104", "105", "107", "201", "303", "305"),
        *("401", "402", "403", "404", "501", "502", "503", "601", "604", "608", "702", "703"),
    ),
    Severity.WARNING: (
        *("106", "202", "203", "204", "301", "302", "304", "306", "405", "504"),
        *("602", "603", "605", "606", "701", "802", "803"),
    ),
    Severity.NOTE: ("002", "505", "607", "801"),
}

CODES: Final[Mapping[str, Severity]] = dict(
    sorted((f"DTI{number}", severity) for severity in _NUMBERS for number in _NUMBERS[severity])
)
"""Every code with its severity; ``lint.CODE`` is its message, ``lint.CODE.settle`` what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit, or that somebody still has to decide.

    ``subject`` is what it is about (a code, an id, ``max_points:3``), as an acknowledgement names
    it behind the code; ``acknowledged`` is the id of the entry that tells of it.
    """

    code: str
    subject: str
    clause: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    acknowledged: str = ""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return CODES[self.code]

    @property
    def fails(self) -> bool:
        """Whether it is neither a note nor told of by the decision's own entries."""
        return self.severity is not Severity.NOTE and not self.acknowledged

    @property
    def message(self) -> str:
        """What is found, in the language in use."""
        return text(f"lint.{self.code}", **{"subject": self.subject, **self.values})

    @property
    def settle(self) -> str:
        """What would settle it, in the language in use."""
        return text(f"lint.{self.code}.settle", **{"subject": self.subject, **self.values})


@dataclass(frozen=True, slots=True)
class Case:
    """One level of one decision, with everything that its plugin says of it.

    :param calendars: of consecutive years of the decision.
    :param levels: every framework of the decision, this one among them.
    """

    framework: Framework
    tiers: Tiers | None = None
    calendars: Sequence[Calendar] = ()
    levels: Sequence[Framework] = ()


@dataclass(frozen=True, slots=True)
class Linted:
    """The findings of one level; what was refused may have neither decision nor level."""

    findings: Sequence[Finding]
    framework: Framework | None = None
    level: str = ""
