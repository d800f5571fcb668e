"""All checks of the suite, in the order of the report."""

from __future__ import annotations

from typing import Final

from dti_core.conformance.check import Check
from dti_core.conformance.families import worked_examples

CHECKS: Final[tuple[Check, ...]] = (*worked_examples.CHECKS,)
