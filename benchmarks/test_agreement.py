"""What is compared does the same: the programs agree on the figures of every commune."""

from decimal import Decimal

import pytest
from programs import SIZES

HALVES = Decimal("0.10")
"""Points: a double does not know that it stands at a half, and so rounds some the other way."""


@pytest.mark.parametrize("size", SIZES)
def test_dti_gives_what_exact_python_gives(inputs, size):
    assert inputs[size].results("dti") == inputs[size].results("fraction")


@pytest.mark.parametrize("program", ["polars", "table", "pandas"])
@pytest.mark.parametrize("size", SIZES)
def test_floating_point_gives_almost_the_same(inputs, size, program):
    exact, rounded = inputs[size].results("dti"), inputs[size].results(program)
    assert exact.keys() == rounded.keys()
    for unit, figures in exact.items():
        other = rounded[unit]
        assert figures["max_points"] == other["max_points"], unit
        assert abs(figures["points"] - other["points"]) <= HALVES, unit
        assert abs(figures["value"] - other["value"]) <= HALVES / 5, unit
