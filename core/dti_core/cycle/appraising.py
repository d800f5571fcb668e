"""The rounds: what is still to be appraised, accepted or settled, and who appraises what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from dti_core.cycle.answers import OF_NOBODY, ROUNDS, appraised, effective, settled, voices
from dti_core.cycle.entering import appraisers_of, before_of, chairs_of, enter
from dti_core.cycle.excluding import exclusions
from dti_core.cycle.naming import state_name
from dti_core.cycle.refusing import refuse, refused
from dti_core.cycle.running import Place, Running, Turn
from dti_core.errors import Problem
from dti_core.forms import Answer, Answers
from dti_core.store.tables import Appraiser, Unit
from dti_core.store.tables.base import clean

if TYPE_CHECKING:
    from sqlmodel import Session

Waiting = tuple[Unit, str, str]
"""A unit, an indicator, and who has not appraised it yet ("": anyone)."""

WHAT: Final = "cycle.assign"


def assign(turn: Turn, name: str, indicator: str = "", *, chair: bool = False) -> Appraiser:
    """Let somebody appraise an indicator ("": the rest), or settle what others see differently.

    :raises CycleRefused: he does already, or there is no such indicator.
    """
    name = clean(name).strip()
    if not name:
        raise refused("usage.nobody")
    if indicator and indicator not in appraised(turn.running.law):
        raise refused("cycle.no-indicator", indicator=indicator)
    same = (each for each in turn.running.appraisers if each.name == name)
    if any(each.indicator == indicator for each in same):
        raise refused("cycle.assigned", name=name, indicator=indicator or "–")
    appraiser = Appraiser(cycle=turn.running.cycle.id, indicator=indicator, name=name, chair=chair)
    turn.write.add([appraiser], WHAT)
    return appraiser


def settle(turn: Turn, unit: Unit, answers: Answers, why: str = "") -> None:
    """Say what counts where appraisers differ; where a chair is named, only he may.

    :raises CycleRefused: somebody else tries, or what :func:`dti_core.cycle.entering.enter` says.
    """
    chairs = chairs_of(turn.running)
    if chairs and turn.write.who not in chairs:
        raise refused("cycle.not-chair", who=turn.write.who, names=", ".join(chairs))
    enter(turn, Place(unit, round_of(turn.running)), answers, why)


def accept(turn: Turn, unit: Unit, appraiser: str | None = None) -> int:
    """Take over what held before, wherever a unit has not been appraised yet.

    :param appraiser: who accepts; None: everybody who still has something to appraise.
    :return: how many indicators, of each of them.
    :raises CycleRefused: no round is open for the unit.
    """
    if appraiser is None:
        names = dict.fromkeys(name for _, _, name in waiting(turn, [unit]))
        return sum(accept(turn, unit, name) for name in names)
    place = Place(unit, round_of(turn.running), appraiser)
    before = before_of(turn, place)
    wanted = [code for _, code, name in waiting(turn, [unit]) if name == appraiser]
    taken = {code: _plain(before[code]) for code in wanted if code in before}
    enter(turn, place, taken)
    return len(taken)


def _plain(answer: Answer) -> Answer:
    """Return an answer without the unit's own words."""
    from dataclasses import replace

    return replace(answer, evidence=None, explanation=None)


def waiting(turn: Turn, units: Iterable[Unit]) -> list[Waiting]:
    """Return what nobody has appraised yet, of what units reported."""
    return list(unappraised(turn.session, turn.running, units))


def unappraised(session: Session, running: Running, units: Iterable[Unit]) -> Iterator[Waiting]:
    """Yield who still has to appraise which reported indicator of which unit.

    What was appraised in the first round need not be in the second, and what is left out never.
    """
    until = ROUNDS.index(round_of(running)) + 1
    stages = [each for each in ROUNDS[:until] if each in running.stages]
    those = [each for each in units if not running.is_late(each)]
    ids = [each.id for each in those]
    held = effective(session, running, "self", ids)
    said = [voices(session, running, each, ids) for each in stages]
    codes = [leaf.code for _, leaf in running.law.framework.leaves]
    names = {code: appraisers_of(running, code) or [OF_NOBODY] for code in codes}
    left_out = exclusions(session, running)
    for unit in those:
        reported = {code for code, each in held.get(unit.id, {}).items() if each.is_fact}
        for code in (
            each for each in codes if each in reported and (unit.id, each) not in left_out
        ):
            voice = {name for each in said for name in each.get((unit.id, code), ())}
            missing = [] if OF_NOBODY in voice else [n for n in names[code] if n not in voice]
            yield from ((unit, code, name) for name in missing)


def unsettled(session: Session, running: Running, stage: str) -> list[Problem]:
    """Say where appraisers differ and nothing is settled."""
    codes = {unit.id: unit.code for unit in running.units.values()}
    return [
        Problem("cycle.unsettled", {"unit": codes[unit], "indicator": code, "names": ", ".join(s)})
        for (unit, code), s in sorted(voices(session, running, stage).items())
        if unit in codes and settled(s) is None
    ]


def round_of(running: Running) -> str:
    """Return the round that is open.

    :raises CycleRefused: none is.
    """
    stage = running.stage
    if stage not in ROUNDS:
        raise refused("cycle.no-round", state=state_name(running.state))
    return stage


def refuse_unsettled(turn: Turn, stage: str) -> None:
    """Refuse to go on while the chair has something to settle.

    :raises CycleRefused: with every such cell.
    """
    refuse(unsettled(turn.session, turn.running, stage))
