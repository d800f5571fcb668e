"""Reading a decision as a compiler reads a program: what does not fit, and who has told of it.

A finding has a code, the clause, a sentence and what would settle it. One that a ``Discrepancy`` or
an ``Interpretation`` of the decision tells of is *acknowledged*: by the same figures, or by naming
its code (``DTI302``, or ``DTI202:I.4`` for that subject alone) in its field ``lint``. Nothing else
silences a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dti_core.errors import PluginMisbehaved
from dti_core.linting import citations, dates, figures, numbering, rankings, readings, rules, tiers
from dti_core.linting.findings import CODES, Case, Finding, Linted, Severity
from dti_core.linting.refusals import refused
from dti_core.models import Calendar, Framework, Tiers
from dti_core.plugin import Plugin

__all__ = ["CODES", "Finding", "Linted", "Severity", "lint", "refused"]

FAMILIES: Final = (figures, numbering, dates, tiers, rankings, rules, citations, readings)


def lint(plugin: Plugin, frameworks: Sequence[Framework], year: int | None = None) -> list[Linted]:
    """Lint every level of the decisions of a plugin.

    :param frameworks: all levels, so that tables which levels share are seen whole.
    :param year: look at the dates around this year; None: at the first years of the decision.
    :return: one for each framework, in order, its findings by code.
    :raises PluginMisbehaved: a hook of the plugin fails for another reason than its data.
    """
    linted = [_linted(plugin, each, frameworks, year) for each in frameworks]
    for place, finding in readings.idle(linted):
        linted[place] = replace(linted[place], findings=[*linted[place].findings, finding])
    return linted


def _linted(
    plugin: Plugin, framework: Framework, frameworks: Sequence[Framework], year: int | None
) -> Linted:
    levels = [each for each in frameworks if each.decision == framework.decision]
    tier_set, faults = _tiers(plugin, framework)
    calendars, more = _calendars(plugin, framework, year)
    case = Case(framework, tier_set, calendars, levels)
    found = [*faults, *more, *(each for family in FAMILIES for each in family.find(case))]
    told = [readings.acknowledge(framework, each) for each in found]
    ordered = sorted(told, key=lambda each: each.code)
    return Linted(ordered, framework, framework.level)


def _tiers(plugin: Plugin, framework: Framework) -> tuple[Tiers | None, Sequence[Finding]]:
    try:
        return plugin.tiers(framework), ()
    except PluginMisbehaved as error:
        return None, [each for one in refused(error) for each in one.findings]


def _calendars(
    plugin: Plugin, framework: Framework, year: int | None
) -> tuple[Sequence[Calendar], Sequence[Finding]]:
    calendars = (plugin.calendar(framework, at) for at in dates.years(framework.decision, year))
    try:
        return [each for each in calendars if each is not None], ()
    except PluginMisbehaved as error:
        return (), [each for one in refused(error) for each in one.findings]
