"""Huế: Quyết định 931/QĐ-UBND of 04/04/2024, the Hue DTI for sở, huyện and xã.

The law stands in ``data/``; here is only what the decision says in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_calendar, read_frameworks

if TYPE_CHECKING:
    from dti_core.models import Calendar, Framework
    from dti_core.valuing import Value

DTI_API_VERSION: Final = 1
DATA: Final = Path(__file__).parent / "data"
HUNDRED_POINTS: Final = 1_000_000
"""In ten-thousandths."""


@hookimpl
def dti_register_frameworks(choices: Mapping[str, str]) -> list[Framework]:
    """Quyết định 931/QĐ-UBND: one framework for each of its three level columns."""
    return read_frameworks(DATA, choices)


@hookimpl
def dti_score(framework: Framework) -> Value:
    """II.3.c: points × 100 ÷ the maximum of the indicators that are carried out.

    Under the reading ``ranking-basis=points`` only units with exclusions are put on that scale,
    and the others keep their points (II.3.a).
    """
    import narwhals as nw

    from dti_core.valuing import Value

    points, max_points = nw.col("points"), nw.col("max_points")
    if framework.option("ranking-basis") == "ratio":
        return Value(points, max_points)
    whole = max_points == framework.max_points
    return Value(points, nw.when(whole).then(nw.lit(HUNDRED_POINTS)).otherwise(max_points))


@hookimpl
def dti_calendar(framework: Framework, year: int) -> Calendar | None:
    """III.1 and III.2: window 01/01-15/11, entry before 30/11, approval in December."""
    return read_calendar(DATA, framework, year)
