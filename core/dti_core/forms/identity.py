"""What a form is of: hidden in it when it is made, compared when it comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Final, Self

from dti_core.forms.answers import Unit
from dti_core.forms.setup import Setup
from dti_core.models import Framework

LAYOUT: Final = 1
"""The version of the form itself; a program reads the forms of its own version."""

Difference = tuple[str, object, object]

MARK: Final = "dti-form"
"""How the hidden text of a form begins."""


@dataclass(frozen=True)
class Identity:
    """Which form this is; ``version`` is of the answers that it was made from."""

    plugin: str
    decision: str
    level: str
    year: int
    stage: str
    unit: str
    unit_name: str
    group: str
    digest: str
    appraiser: str = ""
    version: int = 0
    layout: int = LAYOUT

    @classmethod
    def of(cls, setup: Setup, unit: Unit, appraiser: str = "", version: int = 0) -> Self:
        """Describe the form of a unit."""
        framework = setup.framework
        decision, level = framework.decision.number, framework.level.value
        who = (unit.code, unit.name or unit.code, unit.group)
        what = (setup.plugin, decision, level, setup.year, setup.stage)
        return cls(*what, *who, setup.digest, appraiser, version)

    def __str__(self) -> str:
        """Write it as the hidden cell holds it."""
        return f"{MARK} {json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read the hidden cell; None where something else stands in it."""
        mark, _, rest = text.partition(" ")
        if mark != MARK:
            return None
        try:
            given = json.loads(rest)
        except ValueError:
            return None
        if not isinstance(given, dict) or given.keys() != FIELDS.keys():
            return None
        fits = all(type(given[name]) is kind for name, kind in FIELDS.items())
        return cls(**given) if fits else None

    def differs(self, framework: Framework, **expected: object) -> Iterator[Difference]:
        """Yield where the form is not the one expected: field, what it says, what is wanted."""
        decision = framework.decision.number
        wanted = {"decision": decision, "level": framework.level.value, **expected}
        for name, right in wanted.items():
            if getattr(self, name) != right:
                yield name, getattr(self, name), right


FIELDS: Final = {
    each.name: int if each.name in {"year", "version", "layout"} else str
    for each in fields(Identity)
}
"""What the hidden text holds, and of which type."""
