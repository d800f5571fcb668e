"""Mộ Đức: the plan of 2024 of UBND huyện Mộ Đức, for the district and its communes.

The law stands in ``data/``; the value of II.4.b, points over the maximum of the set, is core's own.
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
    """II.2: one framework for the communes (Phụ lục II), one for the district (Phụ lục I)."""
    return read_frameworks(DATA, choices)


@hookimpl
def dti_calendar(framework: Framework, year: int) -> Calendar | None:
    """II.5, III.1.b and III.3.d: two rounds with an explanation between, and two deadlines."""
    return read_calendar(DATA, framework, year)
