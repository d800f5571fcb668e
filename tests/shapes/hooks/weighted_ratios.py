"""A decision whose value is Σ weight × ratio, the ratios rounded half up to four decimals."""

from pathlib import Path

import narwhals as nw

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_frameworks
from dti_core.valuing import Value

DTI_API_VERSION = 1
DATA = Path(__file__).parent / "data" / "2024"
WEIGHTS = {"A": 100, "B": 300}
DECIMALS = 10_000


@hookimpl
def dti_register_frameworks(choices):
    return read_frameworks(DATA, choices)


@hookimpl
def dti_score(framework, ranking):
    """Điều 2: the main indicators of which nothing applies leave the weights too."""
    weights = {each.code: WEIGHTS[each.code] for each in framework.in_ranking(ranking)}
    points = sum(weight * _ratio(code) for code, weight in weights.items())
    whole = sum(weight * _applies(code) for code, weight in weights.items())
    return Value(points, DECIMALS * whole)


def _ratio(code):
    points, maximum = nw.col(f"points:{code}"), nw.col(f"max_points:{code}")
    rounded = (2 * DECIMALS * points + maximum) // (2 * _one_for_none(maximum))
    return nw.when(maximum > 0).then(rounded).otherwise(0)


def _applies(code):
    return nw.when(nw.col(f"max_points:{code}") > 0).then(1).otherwise(0)


def _one_for_none(maximum):
    return nw.when(maximum > 0).then(maximum).otherwise(1)
