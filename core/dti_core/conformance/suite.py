"""All checks of the suite, in the order of the report."""

from __future__ import annotations

from typing import Final

from dti_core.conformance.check import Check
from dti_core.conformance.families import (
    arithmetic,
    boundaries,
    calendar,
    citations,
    collection,
    determinism,
    exclusion,
    identity,
    in_force,
    language,
    missing,
    monotony,
    packaging,
    purity,
    ranking,
    structure,
    template,
    tracing,
    worked_examples,
)

CHECKS: Final[tuple[Check, ...]] = (
    *identity.CHECKS,
    *structure.CHECKS,
    *citations.CHECKS,
    *in_force.CHECKS,
    *collection.CHECKS,
    *arithmetic.CHECKS,
    *boundaries.CHECKS,
    *monotony.CHECKS,
    *exclusion.CHECKS,
    *missing.CHECKS,
    *ranking.CHECKS,
    *calendar.CHECKS,
    *determinism.CHECKS,
    *purity.CHECKS,
    *tracing.CHECKS,
    *worked_examples.CHECKS,
    *language.CHECKS,
    *packaging.CHECKS,
    *template.CHECKS,
)
