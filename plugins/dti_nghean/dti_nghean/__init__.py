"""Nghệ An: Quyết định 1082/QĐ-UBND of 19 April, the DTI for sở, huyện and xã.

The law, as a news item tells it, stands in ``data/``; the value is core's own formula.
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
    """Paragraphs 2 to 4 of the news item: one framework for each level."""
    return read_frameworks(DATA, choices)


@hookimpl
def dti_calendar(framework: Framework, year: int) -> Calendar | None:
    """Paragraph 10: the period; the other dates are left to those whom paragraphs 5 to 12 name."""
    return read_calendar(DATA, framework, year)
