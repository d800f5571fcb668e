"""Lies about facts: what is scored, valued, ranked, collected and explained."""

from __future__ import annotations

from typing import Final

import lies_hooks
import lies_scoring

LIES: Final = (
    *lies_scoring.ARITHMETIC,
    *lies_scoring.MONOTONY,
    *lies_scoring.EXCLUSION,
    *lies_scoring.MISSING,
    *lies_scoring.RANKING,
    *lies_hooks.DETERMINISM,
    *lies_hooks.PURITY,
    *lies_hooks.COLLECTION,
    *lies_hooks.TRACING,
)
