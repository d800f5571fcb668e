"""Opening a cycle: one decision, one level, one year, by the readings and the annex of the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import select

from dti_core.cycle.naming import day_text
from dti_core.cycle.planning import plan
from dti_core.cycle.refusing import refused
from dti_core.cycle.states import PhaseState, State
from dti_core.errors import usage_error
from dti_core.loader import load_plugin
from dti_core.models import Detail, Framework
from dti_core.plugin import Plugin
from dti_core.sources import Source
from dti_core.store import blobs
from dti_core.store.tables import Appraiser, Cycle, Phase
from dti_core.store.writing import Write

WHAT = "cycle.open"


@dataclass(frozen=True)
class Opening:
    """What a cycle is opened with.

    :param choices: the readings that the authority chose, by interpretation.
    :param last_days: by stage, the last day that the authority sets.
    :param chair: who settles what appraisers see differently; "": whoever leads the council.
    """

    plugin: str
    level: str
    year: int
    annex: Source | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    last_days: Mapping[str, date] = field(default_factory=dict)
    chair: str = ""


def open_cycle(write: Write, opening: Opening, today: date) -> Cycle:
    """Open a cycle, its stages planned by the decision's calendar.

    :raises UsageError: the plugin knows no such level or year, or an annex must be brought.
    :raises InvalidFacts: the annex is wrong.
    :raises CycleRefused: there is such a cycle already.
    """
    plugin = load_plugin(opening.plugin)
    framework = _framework(plugin, opening)
    _refuse_second(write, opening)
    planned = plan(plugin.calendar(framework, opening.year), opening.last_days)
    for stage in opening.last_days:
        if stage not in planned.days:
            raise refused("cycle.no-stage", stage=stage, stages=", ".join(planned.days))
    annex = opening.annex
    cycle = Cycle(
        plugin=opening.plugin,
        level=opening.level,
        year=opening.year,
        decision_number=framework.decision.number,
        choices=dict(opening.choices),
        annex=None if annex is None else blobs.keep(write, annex.content, WHAT),
        annex_name=None if annex is None else annex.text_name,
        state=State.OPENED,
        opened_on=today,
    )
    write.add([cycle], WHAT)
    phases = [
        Phase(cycle=cycle.id, stage=stage, starts=first, ends=last, state=PhaseState.PLANNED)
        for stage, (first, last) in planned.days.items()
    ]
    phases[0].state = PhaseState.OPEN
    write.add(phases, WHAT)
    write.add(list(_appraisers(cycle, framework, opening.chair)), WHAT)
    return cycle


def _framework(plugin: Plugin, opening: Opening) -> Framework:
    framework = plugin.framework(opening.level, opening.year, opening.choices)
    if opening.annex is None and framework.detail is Detail.OUTLINE:
        raise usage_error("cycle.annex-needed", plugin=plugin.name, level=opening.level)
    if opening.annex is None:
        return framework
    if framework.detail is Detail.INDICATORS:
        raise usage_error("usage.annex-in-plugin", plugin=plugin.name)
    from dti_core.annex import bring

    return bring(framework, opening.annex)


def _refuse_second(write: Write, opening: Opening) -> None:
    same = (Cycle.plugin == opening.plugin) & (Cycle.level == opening.level)
    found = write.session.exec(select(Cycle).where(same, Cycle.year == opening.year)).first()
    if found is not None:
        told = {"plugin": opening.plugin, "level": opening.level, "year": opening.year}
        raise refused("cycle.there-already", **told, opened=day_text(found.opened_on))


def _appraisers(cycle: Cycle, framework: Framework, chair: str) -> Iterator[Appraiser]:
    """Yield who appraises what: each indicator's own, and whoever has the rest.

    Where a decision names several for one, a semicolon stands between them.
    """
    named = [(each.code, each.appraiser) for each in framework.information]
    named += [(leaf.code, leaf.appraiser) for _, leaf in framework.leaves]
    for code, names in named:
        for name in filter(None, map(str.strip, names.split(";"))):
            yield Appraiser(cycle=cycle.id, indicator=code, name=name)
    if framework.appraiser is not None:
        yield Appraiser(cycle=cycle.id, name=framework.appraiser.name)
    if chair:
        yield Appraiser(cycle=cycle.id, name=chair, chair=True)
