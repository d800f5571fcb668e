"""What a row may say of an indicator that is not assessed as it stands, and of a unit as a whole.

``na``: the indicator leaves the denominator. ``replaced``: another indicator takes its place, with
a maximum of its own. ``reduced``: part of a main indicator that is awarded as a whole is not
assessed, so its maximum is less. A row without an indicator gives a unit its status.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from typing import Final

import polars as pl

from dti_core.collecting.faults import Check
from dti_core.models import Detail, ExclusionPolicy, Framework
from dti_core.models.policy import OF_INDICATORS
from dti_core.numbers import EXACT_FLOAT

CHANGED: Final = OF_INDICATORS[1:]
EXCLUDED: Final = OF_INDICATORS
LARGEST_SCALE: Final = isqrt(EXACT_FLOAT - 1)
"""The largest maximum of a unit whose quotients keep the order of the ratios."""


def status_of_unit(framework: Framework) -> pl.Expr:
    """Return the status that a row without an indicator gives its unit, else null."""
    codes = [each.code for each in framework.statuses]
    alone = pl.col("indicator").is_null() & pl.col("status").is_in(codes)
    return pl.when(alone).then(pl.col("status"))


def exclusions(table: pl.DataFrame, framework: Framework) -> Iterator[Check]:
    """Yield the checks of whatever a row says beside value and points."""
    col = pl.col
    status, changed = col("status"), col("status").is_in(CHANGED).fill_null(value=False)
    reasoned, for_unit = status.is_in(EXCLUDED), status_of_unit(framework).is_not_null()
    if _has(table, "status"):
        known = [*EXCLUDED, *(each.code for each in framework.statuses)]
        yield Check("fact.status", "status", ~status.is_in(known), ("status",))
        of_unit = status.is_in(known[len(EXCLUDED) :]) & col("indicator").is_not_null()
        yield Check("fact.status-of-unit", "status", of_unit, ("status",))
        given = [col(f"raw_{name}").is_not_null() for name in ("value", "points", "denominator")]
        yield Check("fact.status-alone", "status", for_unit & pl.any_horizontal(given))
        unexplained = reasoned & col("reason").is_null()
        yield Check("fact.na-without-reason", "reason", unexplained, ("status",))
        yield from _policy(framework)
    if _has(table, "reason"):
        alone = ~reasoned.fill_null(value=False) & ~for_unit & col("reason").is_not_null()
        yield Check("fact.reason-without-na", "reason", alone)
    if _has(table, "status") or _has(table, "raw_max_points") or _has(table, "replacement"):
        yield from _own_maximum(changed, framework)


def _policy(framework: Framework) -> Iterator[Check]:
    """Refuse what the decision does not allow, with its reason."""
    status, exclusion = pl.col("status"), framework.exclusion
    policy = exclusion.policy if exclusion else ExclusionPolicy.DEDUCT
    if policy is ExclusionPolicy.REFUSED:
        refused = status.is_in(EXCLUDED)
        yield Check("fact.exclusion-refused", "status", refused, ("status",))
        return
    if policy is not ExclusionPolicy.DEDUCT_OR_REPLACE:
        yield Check("fact.replacement-refused", "status", status == "replaced")
    if framework.detail is not Detail.DIMENSIONS:
        yield Check("fact.reduced-here", "status", status == "reduced")


def _own_maximum(changed: pl.Expr, framework: Framework) -> Iterator[Check]:
    """Points, a maximum and a name come with an indicator that is replaced or reduced."""
    col = pl.col
    own, points, named = col("raw_max_points"), col("raw_points"), col("replacement")
    incomplete = changed & (own.is_null() | points.is_null())
    yield Check("fact.changed-incomplete", "max_points", incomplete, ("status",))
    yield Check("fact.max-points-alone", "max_points", ~changed & own.is_not_null())
    replaced = (col("status") == "replaced").fill_null(value=False)
    yield Check("fact.replacement-unnamed", "replacement", replaced & named.is_null())
    yield Check("fact.replacement-alone", "replacement", ~replaced & named.is_not_null())
    above = changed & (col("points") > col("max_points"))
    both = ("raw_points", "raw_max_points")
    yield Check("fact.above-own-maximum", "points", above, both)
    more = (col("status") == "reduced") & (col("max_points") >= col("limit"))
    yield Check("fact.not-reduced", "max_points", more, ("raw_max_points",))
    unread = own.is_not_null() & col("max_points").is_null()
    yield Check("unread", "max_points", unread, ("raw_max_points",))
    positive = changed & (col("max_points") <= 0)
    yield Check("fact.no-own-maximum", "max_points", positive, ("raw_max_points",))
    unit = framework.point_unit
    rest = changed & (col("max_points") % unit != 0)
    yield Check("fact.own-decimals", "max_points", rest, ("raw_max_points",))
    grown = (col("max_points") - col("limit")).sum().over("unit") + framework.max_points
    too_large = changed & (grown > LARGEST_SCALE)
    yield Check("fact.above-own-limit", "max_points", too_large, ("unit",))


def of_group(framework: Framework) -> Iterator[Check]:
    """Refuse a fact of an indicator that does not exist for the group of the unit."""
    limited = {leaf.code: leaf.groups for _, leaf in framework.leaves if leaf.groups}
    if not limited:
        return
    group = pl.col("group").drop_nulls().first().over("unit").fill_null("")
    wrong = pl.lit(value=False)
    for code, groups in limited.items():
        wrong = wrong | ((pl.col("indicator") == code) & ~group.is_in(groups))
    yield Check("fact.other-group", "indicator", wrong, ("unit", "indicator"))


def is_information(framework: Framework) -> pl.Expr:
    """Tell of a row whether it holds general information."""
    codes = [each.code for each in framework.information]
    return pl.col("indicator").is_in(codes).fill_null(value=False)


def information(framework: Framework) -> Iterator[Check]:
    """General information is one value, once for each unit."""
    if not framework.information:
        return
    mine = is_information(framework)
    others = [pl.col(name).is_not_null() for name in ("raw_points", "raw_denominator", "status")]
    wrong = pl.col("raw_value").is_null() | pl.any_horizontal(others)
    yield Check("fact.information-value", "value", mine & wrong, ("indicator",))
    cell = ("unit", "indicator")
    again = mine & pl.col("unit").is_not_null() & ~pl.struct(cell).is_first_distinct()
    yield Check("fact.twice", "indicator", again, (*cell, "first"))


def _has(table: pl.DataFrame, name: str) -> bool:
    return table[name].null_count() < len(table)
