"""From one state of a cycle to the next: what is closed, what is opened, and what holds it up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dti_core.cycle.appraising import accept, refuse_unsettled, waiting
from dti_core.cycle.entering import begin
from dti_core.cycle.naming import day_text, stage_name, state_name
from dti_core.cycle.refusing import refuse, refused
from dti_core.cycle.running import Place, Running, Turn
from dti_core.cycle.states import BY_UNITS, STAGE_OF, PhaseState, State, following
from dti_core.errors import Problem
from dti_core.store.tables import Phase, Unit

WHAT: Final = "cycle.advance"
NAMED: Final = 10
"""How many units are named; of more the number is told."""


def advance(turn: Turn, why: str = "", *, accept_rest: bool = False) -> State:
    """Close the stage that is open, and open the next one.

    Units that have not released their self-assessment are late from then on.

    :param why: why a stage of the units ends before its last day.
    :param accept_rest: what nobody has appraised in a round stays as it was reported.
    :return: the new state.
    :raises CycleRefused: with everything that is still to be done before.
    """
    running = turn.running
    target = following(running.states, running.state)
    if target is None or target is State.PUBLISHED:
        raise refused("cycle.publish-instead" if target else "cycle.is-published", **_told(running))
    begin(turn)
    stage = running.stage
    if stage in BY_UNITS:
        refuse(_too_early(running, stage, why))
    elif stage is not None:
        _finish_round(turn, stage, accept_rest=accept_rest)
    move(turn, target, why)
    return target


def move(turn: Turn, target: State, why: str = "") -> None:
    """Close the stage of the cycle's state and open that of another."""
    running = turn.running
    if running.stage is not None:
        stage = running.stages[running.stage]
        turn.write.change(stage, WHAT, why, state=PhaseState.CLOSED.value)
    if running.state is State.REPORTING:
        _mark_late(turn)
    if target in STAGE_OF:
        opened = running.stages[STAGE_OF[target]]
        turn.write.change(opened, WHAT, why, state=PhaseState.OPEN.value)
    turn.write.change(running.cycle, WHAT, why, state=target.value)


def _told(running: Running) -> dict[str, object]:
    return {"state": state_name(running.state)}


def _too_early(running: Running, stage: str, why: str) -> Iterator[Problem]:
    """Ask why a stage ends while units may still fill it in."""
    last = running.stages[stage].ends
    if why.strip() or (last is not None and running.today > last):
        return
    those = [each.code for each in running.units.values() if not _is_done(running, each, stage)]
    if those:
        shown = ", ".join(those[:NAMED]) + (", …" if len(those) > NAMED else "")
        told = {"stage": stage_name(stage), "count": len(those), "units": shown}
        yield Problem("cycle.not-all-released", told | {"last": day_text(last)})


def _is_done(running: Running, unit: Unit, stage: str) -> bool:
    late = stage == "explanation" and running.is_late(unit)
    return late or running.own_state(unit, stage) is PhaseState.SUBMITTED


def _mark_late(turn: Turn) -> None:
    """Note of every unit that has not released its self-assessment that it is late."""
    running, late = turn.running, PhaseState.LATE.value
    absent = []
    for unit in running.units.values():
        phase = running.own.get(("self", unit.id))
        if phase is None:
            absent.append(Phase(cycle=running.cycle.id, stage="self", unit=unit.id, state=late))
        elif phase.state == PhaseState.REPORTING and running.exception(unit) is None:
            turn.write.change(phase, "cycle.late", state=late)
    turn.write.add(absent, "cycle.late")


def _finish_round(turn: Turn, stage: str, *, accept_rest: bool) -> None:
    """See that a round is whole: nobody still reports, all is appraised, and all is settled."""
    running = turn.running
    reporting = [u for u in running.units.values() if running.state_of(u) is State.REPORTING]
    refuse(Problem("cycle.still-reports", Place(each, stage).values()) for each in reporting)
    if accept_rest:
        _accept_all(turn)
    refuse_unsettled(turn, stage)
    if not accept_rest:
        refuse(_unappraised(turn))


def _unappraised(turn: Turn) -> Iterator[Problem]:
    """Tell of each unit how much is still to be appraised, and by whom."""
    found = waiting(turn, turn.running.units.values())
    for unit in turn.running.units.values():
        mine = [(code, name) for each, code, name in found if each.code == unit.code]
        if mine:
            names = ", ".join(sorted({name or "–" for _, name in mine}))
            told = {"unit": unit.code, "count": len(mine), "indicator": mine[0][0]}
            yield Problem("cycle.not-appraised", told | {"names": names})


def _accept_all(turn: Turn) -> None:
    found = waiting(turn, turn.running.units.values())
    for unit, name in dict.fromkeys((unit.code, name) for unit, _, name in found):
        accept(turn, turn.running.unit(unit), name)
