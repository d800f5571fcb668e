"""The five hooks: everything that a plugin can say.

A plugin is a module named by an entry point of the group ``dti.plugins``. It declares
``DTI_API_VERSION`` and marks its hooks with :data:`hookimpl`. Only
:func:`dti_register_frameworks` is required; core has a default for every other hook. What a hook
returns is checked; a wrong type is an error that names the plugin, the hook and the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pluggy

if TYPE_CHECKING:
    from dti_core.facts import Facts
    from dti_core.models import Calendar, Framework, Ranking, Tiers
    from dti_core.sources import Source
    from dti_core.valuing import Value

PROJECT: Final = "dti"
API_VERSION: Final = 1
"""The version of this page. A plugin of this version or of the one before it is loaded."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of the hook of the same name."""


@hookspec(firstresult=True)
def dti_register_frameworks(choices: Mapping[str, str]) -> Sequence[Framework] | None:
    """Give the frameworks of the issuer's decisions, one for each decision and level. Required.

    :param choices: interpretation id to option id, where the authority overrides a reading; empty
        for the readings that the plugin puts in force. Ids that a decision does not have are to
        be passed over.
    :return: frameworks; two of one level answer for disjoint years. All points in ten-thousandths.
    :raises ValueError: the data of the plugin are wrong; told as a fault of the plugin.
    """


@hookspec(firstresult=True)
def dti_collect_metrics(framework: Framework, year: int, sources: Sequence[Source]) -> Facts | None:
    """Give the facts of every unit, from whatever sources the authority has.

    :param framework: the framework under evaluation.
    :param year: the year under evaluation.
    :param sources: what the user named with ``--input``, in order; empty: the plugin's own
        illustrative data.
    :return: facts, or None to leave the sources to core, which reads tidy CSV, XLSX, Parquet and
        JSON lines.
    :raises InvalidFacts: the sources are wrong, every fault at once, each naming its field.
    """


@hookspec(firstresult=True)
def dti_score(framework: Framework, ranking: Ranking) -> Value | None:
    """Give the decision's formula for the value of a ranking, as expressions over a tally.

    The tally has one row for each unit and the int64 columns ``points`` and ``max_points`` (of
    the ranking, applicable maxima only, ten-thousandths) and ``points:CODE`` and
    ``max_points:CODE`` for each dimension.

    :return: numerator and denominator, both int64; or None for points ÷ applicable maximum. Where
        the denominator is zero the unit has no value. The largest numerator times the largest
        denominator stays below 2**53 (2**52 where a value may exceed one), so that one division
        keeps the order.
    """


@hookspec(firstresult=True)
def dti_tier(framework: Framework) -> Tiers | None:
    """Give the tiers.

    :return: tiers, compared with the exact value in percent; None: the decision has none.
    """


@hookspec(firstresult=True)
def dti_calendar(framework: Framework, year: int) -> Calendar | None:
    """Give the milestones of a year: data window, deadlines, appraisal, publication, reports.

    A pure function of its arguments: it reads no clock.

    :return: the calendar of the year under evaluation; None: the decision fixes no dates.
    """
