"""Hải Dương: the council's plan of 30/01/2024 for the index of 2023, for sở and huyện.

The law stands in ``data/``; the plan states no formula and no tiers, so here is only where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_calendar, read_frameworks

if TYPE_CHECKING:
    from dti_core.models import Calendar, Framework

DTI_API_VERSION: Final = 1
DATA: Final = Path(__file__).parent / "data"


@hookimpl
def dti_register_frameworks(choices: Mapping[str, str]) -> list[Framework]:
    """Give the plan's two levels: sở by main indicators, huyện as an outline for the annex."""
    return read_frameworks(DATA, choices)


@hookimpl
def dti_calendar(framework: Framework, year: int) -> Calendar | None:
    """II.1 and II.2: from January to March of the year after the one under evaluation."""
    return read_calendar(DATA, framework, year)
