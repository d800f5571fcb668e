"""What the forms of one batch share: the decision, the year, the stage, the formulas."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import narwhals as nw
import polars as pl

from dti_core.facts import DataFrame
from dti_core.models import Framework
from dti_core.valuing import Value, points_over_maximum

SELF: Final = "self"
EXPLANATION: Final = "explanation"
"""The stage in which a unit explains, and measures nothing anew."""

STAGES: Final = (SELF, "round1", EXPLANATION, "round2", "final")
TENTHS: Final = ((0, 0), (1, 3), (2, 3), (10, 10))
"""Points and maxima, in tenths of the scale, at which a formula is compared with core's own."""


@dataclass(frozen=True, eq=False)
class Setup:
    """What the forms of one batch share; equal only to itself.

    :param stage: one of :data:`STAGES`.
    :param formulas: the value formula of each ranking; without: core's own, points ÷ maximum.
    """

    framework: Framework
    year: int
    stage: str = SELF
    plugin: str = ""
    formulas: Mapping[str, Value] | None = None

    @property
    def measures(self) -> bool:
        """Whether values and points are entered at this stage."""
        return self.stage != EXPLANATION

    @property
    def appraises(self) -> bool:
        """Whether people who appraise fill the form in, so that they may award any points."""
        return self.stage not in {SELF, EXPLANATION}

    @cached_property
    def digest(self) -> str:
        """A short hash of whatever decides how an answer is scored."""
        return digest(self.framework)

    @cached_property
    def values(self) -> dict[str, Value]:
        """The value formula of each ranking."""
        given = self.formulas or {}
        return {
            each.code: given.get(each.code, points_over_maximum())
            for each in self.framework.rankings
        }

    @cached_property
    def plain(self) -> frozenset[str]:
        """The rankings whose formula is core's own, which a spreadsheet can compute.

        A formula is an expression, and expressions cannot be compared: each is asked what it gives
        for some tallies, among them the whole scale and nothing at all.
        """
        probes = _probes(self.framework)
        return frozenset(code for code, each in self.values.items() if _is_plain(each, probes))


def digest(framework: Framework) -> str:
    """Hash the codes, maxima, rules and groups of a framework."""
    leaves = [
        (each.code, each.max_points, each.rule.kind, each.rule.model_dump(mode="json"), each.groups)
        for _, each in framework.leaves
    ]
    information = [each.code for each in framework.information]
    whole = json.dumps((framework.point_decimals, leaves, information))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _is_plain(formula: Value, probes: DataFrame) -> bool:
    try:
        given = probes.with_columns(above=formula.numerator, below=formula.denominator)
    except Exception:  # noqa: BLE001 - a plugin's formula may raise anything: it is not core's
        return False
    return all(
        row["above"] == row["points"] and (row["below"] or 0) == row["max_points"]
        for row in given.iter_rows(named=True)
    )


def _probes(framework: Framework) -> DataFrame:
    """Make tallies in which every main indicator has what the whole has."""
    unit, most = framework.point_unit, framework.max_points
    shares = [tuple(most * each // 10 // unit * unit for each in pair) for pair in TENTHS]
    names = ("points", "max_points")
    columns = {name: [share[place] for share in shares] for place, name in enumerate(names)}
    for each in framework.dimensions:
        columns |= {f"{name}:{each.code}": columns[name] for name in names}
    return nw.from_native(pl.DataFrame(columns, dict.fromkeys(columns, pl.Int64)))
