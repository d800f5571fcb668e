"""Rules tried on facts of every size: what they give at most and at least (DTI6xx).

A rule is an expression, also one of a plugin's own kind, so it is not read but tried: whole counts
up to a thousand and a few larger ones, every percent of several wholes, every day of three years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from dti_core.linting.dates import window
from dti_core.linting.findings import Case, Finding
from dti_core.models import Dimension, Indicator
from dti_core.numbers import ONE, half_up
from dti_core.rules import DueDate, FactType, Rule
from dti_core.rules.base import shown
from dti_core.rules.counts import days

WHOLES: Final = (1, 2, 3, 7, 100, 10_000)
LARGE: Final = (10_000, 100_000, 1_000_000)
YEAR: Final = 366


@dataclass(frozen=True, slots=True)
class Reach:
    """The smallest and the largest share of its maximum that a rule gives."""

    least: Fraction
    most: Fraction


def find(case: Case) -> Iterator[Finding]:
    """Look at the maximum and the rule of everything that facts are reported for."""
    for dimension in case.framework.dimensions:
        yield from _cap(dimension)
    tried: dict[Rule, Reach] = {}
    for dimension, leaf in case.framework.leaves:
        yield from _zero(dimension, leaf)
        if leaf.rule.accepts is not FactType.POINTS:
            if leaf.rule not in tried:
                tried[leaf.rule] = _tried(leaf.rule, _year(case), _probes(case, leaf.rule))
            yield from _reach(leaf, tried[leaf.rule])
            yield from _in_window(case, leaf, tried[leaf.rule])
            yield from _before_force(case, leaf)


def _cap(dimension: Dimension) -> Iterator[Finding]:
    most = sum(each.max_points for each in dimension.indicators)
    if dimension.cap is not None and dimension.cap > most:
        values = {"cap": shown(dimension.cap), "most": shown(most)}
        yield Finding("DTI605", dimension.code, dimension.citation.clause, values)


def _zero(dimension: Dimension, leaf: Indicator) -> Iterator[Finding]:
    """Yield an indicator without points, where the decision does not say so of all of them."""
    unscored = dimension.declared is not None and dimension.declared.max_points == 0
    if leaf.max_points == 0 and not unscored:
        yield Finding("DTI603", leaf.code, leaf.citation.clause, {"name": leaf.name})


def _reach(leaf: Indicator, reach: Reach) -> Iterator[Finding]:
    clause = leaf.citation.clause
    if reach.most < 1:
        share = reach.most
        points = half_up(leaf.max_points * share.numerator, share.denominator)
        values = {"max_points": shown(leaf.max_points), "most": shown(points)}
        yield Finding("DTI601", leaf.code, clause, values | {"name": leaf.name})
    elif reach.least == 1:
        values = {"max_points": shown(leaf.max_points), "name": leaf.name}
        yield Finding("DTI602", leaf.code, clause, values)


def _year(case: Case) -> int:
    return case.calendars[0].year if case.calendars else case.framework.decision.first_year


def _in_window(case: Case, leaf: Indicator, reach: Reach) -> Iterator[Finding]:
    """Yield a rule under which nothing that is done in the data window is in time."""
    found = window(case.calendars[0]) if case.calendars else None
    if leaf.rule.accepts is not FactType.DATE or found is None or reach.most < 1:
        return
    start, first, _, last = found
    inside = _of_days(first, (last - first).days + 1)
    if inside and _tried(leaf.rule, _year(case), inside).most < 1:
        values = {"name": leaf.name, "start": f"{first:%d/%m/%Y}", "start_id": start.id}
        yield Finding("DTI606", leaf.code, leaf.citation.clause, values)


def _before_force(case: Case, leaf: Indicator) -> Iterator[Finding]:
    """Yield a due day of the first year that had passed when the decision came into force."""
    decision = case.framework.decision
    force = decision.in_force_from or decision.date
    if force is None or not isinstance(leaf.rule, DueDate):
        return
    due = leaf.rule.due_day(decision.first_year)
    if _year(case) == decision.first_year and due < force:
        values = {"name": leaf.name, "due": f"{due:%d/%m/%Y}", "force": f"{force:%d/%m/%Y}"}
        yield Finding("DTI607", leaf.code, leaf.citation.clause, values)


Probe = tuple[int, int]
"""A value and its denominator, in ten-thousandths."""


def _probes(case: Case, rule: Rule) -> Sequence[Probe]:
    """Return facts of the type that a rule takes, so many that its bounds are among them."""
    if rule.accepts is FactType.YES_NO:
        return [(0, ONE), (ONE, ONE)]
    if rule.accepts is FactType.SHARE:
        percents = {Fraction(part, 100) * whole for whole in WHOLES for part in range(101)}
        return [
            (int(part * ONE), whole * ONE) for whole in WHOLES for part in percents if part <= whole
        ]
    if rule.accepts is FactType.DATE:
        return _of_days(dt.date(_year(case) - 1, 1, 1), 3 * YEAR)
    return [(count * ONE, ONE) for count in (*range(1001), *LARGE)]


def _of_days(first: dt.date, length: int) -> list[Probe]:
    return [(days(first) + day * ONE, ONE) for day in range(length)]


def _tried(rule: Rule, year: int, probes: Sequence[Probe]) -> Reach:
    """Return what a rule gives to facts, least and most."""
    import narwhals as nw
    import polars as pl

    facts = pl.DataFrame(probes, {"value": pl.Int64, "denominator": pl.Int64}, orient="row")
    earned = rule.earned(year)
    given = nw.from_native(facts).with_columns(part=earned.numerator, whole=earned.denominator)
    shares = [Fraction(*pair) for pair in given.select("part", "whole").rows()]
    return Reach(min(shares), max(shares))
