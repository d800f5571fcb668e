"""The plugin ``thunghiem``: one decision and its set of indicators.

The law stands in ``data/``; here is only what the decision says in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_calendar, read_frameworks, read_tiers

if TYPE_CHECKING:
    from dti_core.models import Calendar, Framework, Tiers

DTI_API_VERSION: Final = 1
DATA: Final = Path(__file__).parent / "data"


@hookimpl
def dti_register_frameworks(choices: Mapping[str, str]) -> list[Framework]:
    """Give one framework for each level of ``decision.toml``."""
    return read_frameworks(DATA, choices)


@hookimpl
def dti_tier(framework: Framework) -> Tiers | None:
    """Give the tiers of ``decision.toml``."""
    return read_tiers(DATA, framework)


@hookimpl
def dti_calendar(framework: Framework, year: int) -> Calendar:
    """Give the milestones of ``decision.toml`` in a year."""
    return read_calendar(DATA, framework, year)
