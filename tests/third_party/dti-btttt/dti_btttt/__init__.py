"""The national index of provinces: Quyết định 922/QĐ-BTTTT of 20/05/2022, by main indicators.

Each main indicator is a ratio of four decimals times its weight; the value is the sum over 1000,
which is core's own formula. So there is nothing to say in Python but where the data are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_frameworks

if TYPE_CHECKING:
    from dti_core.models import Framework

DTI_API_VERSION: Final = 1
DATA: Final = Path(__file__).parent / "data"


@hookimpl
def dti_register_frameworks(choices: Mapping[str, str]) -> list[Framework]:
    """Give the framework of provinces."""
    return read_frameworks(DATA, choices)
