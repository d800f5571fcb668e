"""Minh Hoạ: a province that does not exist, whose plugin holds to every promise.

Three levels, one of each detail; every rule kind of core, groups, statuses, tiers with both kinds
of bound, a block outside the scale in the annex. Each saboteur is this plugin with one lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_calendar, read_frameworks, read_tiers

if TYPE_CHECKING:
    from dti_core.models import Calendar, Framework, Tiers
    from dti_core.valuing import Value

DTI_API_VERSION: Final = 1
DATA: Final = Path(__file__).parent / "data"


@hookimpl
def dti_register_frameworks(choices: Mapping[str, str]) -> list[Framework]:
    """Điều 2: one framework for each of the three levels."""
    return read_frameworks(DATA, choices)


@hookimpl
def dti_score(framework: Framework) -> Value | None:
    """Điều 5: points over what is applicable; by the other reading, over the whole scale."""
    if framework.option("basis") == "ratio":
        return None
    import narwhals as nw

    from dti_core.valuing import Value

    something = nw.when(nw.col("max_points") > 0)
    return Value(nw.col("points"), something.then(nw.lit(framework.max_points)))


@hookimpl
def dti_tier(framework: Framework) -> Tiers | None:
    """Điều 6: four tiers; whoever did not report in time is in the lowest."""
    return read_tiers(DATA, framework)


@hookimpl
def dti_calendar(framework: Framework, year: int) -> Calendar:
    """Điều 7: window 01/01-15/11, entry before 30/11, approval in December."""
    return read_calendar(DATA, framework, year)
