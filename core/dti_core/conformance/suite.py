"""All checks of the suite, in the order of the report."""

from __future__ import annotations

from typing import Final

from dti_core.conformance.check import Check
from dti_core.conformance.families import (
    boundaries,
    calendar,
    citations,
    identity,
    in_force,
    language,
    packaging,
    structure,
    template,
    worked_examples,
)

CHECKS: Final[tuple[Check, ...]] = (
    *identity.CHECKS,
    *structure.CHECKS,
    *citations.CHECKS,
    *in_force.CHECKS,
    *boundaries.CHECKS,
    *calendar.CHECKS,
    *worked_examples.CHECKS,
    *language.CHECKS,
    *packaging.CHECKS,
    *template.CHECKS,
)
