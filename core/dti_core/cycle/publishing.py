"""Publishing a result, frozen with its recipe; a correction is a version that names the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlmodel import col, select

from dti_core.cycle.advancing import move
from dti_core.cycle.answers import OF_NOBODY, content_of, effective
from dti_core.cycle.appraising import refuse_unsettled
from dti_core.cycle.evaluating import evaluate_cycle
from dti_core.cycle.naming import state_name
from dti_core.cycle.refusing import refused
from dti_core.cycle.running import Running, Turn
from dti_core.cycle.states import State
from dti_core.pipeline import Evaluation
from dti_core.report.json_text import to_json
from dti_core.store import blobs, cells
from dti_core.store.cells import Entry
from dti_core.store.tables import Blob, Result

if TYPE_CHECKING:
    from sqlmodel import Session

WHAT: Final = "cycle.publish"


def publish(turn: Turn, why: str = "") -> tuple[Result, Evaluation]:
    """Freeze what the council decided, and the result that comes of it.

    Every answer that counts is kept at the stage ``final``, also where the council left it alone.

    :raises CycleRefused: it is not the council's turn, or appraisers differ.
    :raises InvalidFacts: something is missing where the decision refuses that.
    """
    running = turn.running
    if running.state is not State.COUNCIL:
        key = "correct" if running.state is State.PUBLISHED else "council"
        raise refused(f"cycle.{key}-first", state=state_name(running.state))
    refuse_unsettled(turn, "final")
    _keep_final(turn)
    evaluation = evaluate_cycle(turn.session, running, "final")
    before = next(iter(results(turn.session, running)), None)
    result = Result(
        cycle=running.cycle.id,
        version=before.version + 1 if before else 1,
        recipe=dict(evaluation.recipe),
        content=blobs.keep(turn.write, to_json(evaluation), WHAT),
        published_on=running.today,
        replaces=before.id if before else None,
    )
    turn.write.add([result], WHAT, why)
    move(turn, State.PUBLISHED, why)
    return result, evaluation


def correct(turn: Turn, why: str) -> None:
    """Take a published result back to the council; what was published stays as it is.

    :raises CycleRefused: nothing is published, or nobody says why.
    """
    if turn.running.state is not State.PUBLISHED:
        raise refused("cycle.not-published", state=state_name(turn.running.state))
    if not why.strip():
        raise refused("cycle.correct-reason")
    move(turn, State.COUNCIL, why)


def results(session: Session, running: Running) -> list[Result]:
    """Return what was published, the latest first."""
    mine = select(Result).where(Result.cycle == running.cycle.id)
    return list(session.exec(mine.order_by(col(Result.version).desc())))


def content(session: Session, result: Result) -> bytes:
    """Return the JSON of a published result, byte for byte as it was published."""
    return session.get_one(Blob, result.content).content or b""


def _keep_final(turn: Turn) -> None:
    """Record at the stage ``final`` what counts of every unit."""
    running, session = turn.running, turn.session
    known = cells.latest(session, running.cycle.id, "final")
    units = {each.id for each in running.units.values()}
    entries = []
    for unit, answers in effective(session, running, "final").items():
        for code, answer in answers.items() if unit in units else ():
            cell = (running.cycle.id, unit, code, "final", OF_NOBODY)
            version = known[cell].version + 1 if cell in known else 1
            entries.append(Entry(*cell, version=version, **content_of(answer)))
    cells.record(turn.write, entries, WHAT)
