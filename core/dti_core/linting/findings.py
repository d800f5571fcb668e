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


def _codes(severity: Severity, *codes: str) -> dict[str, Severity]:
    return dict.fromkeys((f"DTI{code}" for code in codes), severity)


CODES: Final[Mapping[str, Severity]] = dict(
    sorted(
        {
            **_codes(Severity.ERROR, "001"),
            **_codes(Severity.NOTE, "002"),
            **_codes(Severity.ERROR, "101", "102", "103", "104", "105", "107"),
            **_codes(Severity.WARNING, "106"),
            **_codes(Severity.ERROR, "201"),
            **_codes(Severity.WARNING, "202", "203", "204"),
            **_codes(Severity.WARNING, "301", "302", "304", "306"),
            **_codes(Severity.ERROR, "303", "305"),
            **_codes(Severity.ERROR, "401", "402", "403", "404"),
            **_codes(Severity.WARNING, "405"),
            **_codes(Severity.ERROR, "501", "502", "503"),
            **_codes(Severity.WARNING, "504"),
            **_codes(Severity.NOTE, "505"),
            **_codes(Severity.ERROR, "601", "604", "608"),
            **_codes(Severity.WARNING, "602", "603", "605", "606"),
            **_codes(Severity.NOTE, "607"),
            **_codes(Severity.WARNING, "701"),
            **_codes(Severity.ERROR, "702", "703"),
            **_codes(Severity.NOTE, "801"),
            **_codes(Severity.WARNING, "802", "803"),
        }.items()
    )
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
