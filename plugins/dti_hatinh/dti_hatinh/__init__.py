"""Hà Tĩnh: Quyết định 2878/QĐ-UBND of 07/11/2023, the DTI of sở, huyện and xã.

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
    from dti_core.valuing import Value

DTI_API_VERSION: Final = 1
DATA: Final = Path(__file__).parent / "data"


@hookimpl
def dti_register_frameworks(choices: Mapping[str, str]) -> list[Framework]:
    """Điều 4, 5 and 6: one framework for each level, by its main indicators."""
    return read_frameworks(DATA, choices)


@hookimpl
def dti_score(framework: Framework) -> Value | None:
    """Điều 9.2: *tỉ lệ đạt* of what is applicable, which is core's own formula.

    Under the reading ``ranking-basis=points`` the total of Điều 9.1 stands on the whole scale,
    whatever is left out.
    """
    if framework.option("ranking-basis") == "ratio":
        return None
    import narwhals as nw

    from dti_core.valuing import Value

    something = nw.when(nw.col("max_points") > 0)
    return Value(nw.col("points"), something.then(nw.lit(framework.max_points)))


@hookimpl
def dti_tier(framework: Framework) -> Tiers | None:
    """Điều 9.2: tốt, khá, trung bình, yếu; a unit that did not report in time is yếu."""
    return read_tiers(DATA, framework)


@hookimpl
def dti_calendar(framework: Framework, year: int) -> Calendar | None:
    """Điều 7: window 01/11-01/11, entry by 25/11, publication before 31/12, three reports."""
    return read_calendar(DATA, framework, year)
