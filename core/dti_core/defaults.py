"""Core's own implementation of every hook that a plugin may leave out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dti_core.hookspecs import hookimpl

if TYPE_CHECKING:
    from dti_core.facts import Facts
    from dti_core.models import Framework
    from dti_core.sources import Source
    from dti_core.valuing import Value


@hookimpl
def dti_collect_metrics(framework: Framework, year: int, sources: Sequence[Source]) -> Facts:
    """Read tidy files; without any, the illustrative data of the plugin."""
    from dti_core.collecting import collect

    return collect(framework, year, sources)


@hookimpl
def dti_score() -> Value:
    """Points ÷ applicable maximum."""
    from dti_core.valuing import points_over_maximum

    return points_over_maximum()
