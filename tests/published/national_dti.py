"""The national index of provinces at the level of its main indicators, as a plugin.

The table of 2021 gives values and ranks and no main indicators: its values are ranked as they
are. In 2022 the value is the weighted mean of eight ratios.
"""

from pathlib import Path

import narwhals as nw

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_frameworks
from dti_core.valuing import Value

DTI_API_VERSION = 1
DATA = Path(__file__).parent / "data"

FOUNDATION = dict.fromkeys(("1", "2", "3", "4", "5"), 100)
WEIGHTS = FOUNDATION | {"6": 200, "7": 150, "8": 150}
"""Of 1000 (922/QĐ-BTTTT): five main indicators of the foundation, then the three activities."""


@hookimpl
def dti_register_frameworks(choices):
    return [each for folder in sorted(DATA.iterdir()) for each in read_frameworks(folder, choices)]


@hookimpl
def dti_score(framework):
    """Σ weight × ratio; every ratio is of one, so that they share a denominator."""
    if framework.decision.first_year < 2022:
        return None
    points = sum(weight * nw.col(f"points:{code}") for code, weight in WEIGHTS.items())
    whole = sum(weight * nw.col(f"max_points:{code}") for code, weight in WEIGHTS.items())
    return Value(points, whole)
