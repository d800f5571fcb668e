"""``dti appraise`` and ``dti exclude``: what the council says of one indicator of one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dti_core.cli.cycling import Desk
from dti_core.cli.storing import say
from dti_core.errors import usage_error

if TYPE_CHECKING:
    from dti_core.cycle.running import Turn
    from dti_core.forms import Answer
    from dti_core.store.tables import Unit


@dataclass(frozen=True)
class Judgement:
    """What is said: an indicator's cells, or that everything stands as it was reported."""

    indicator: str | None
    cells: Mapping[str, str]
    appraiser: str
    why: str
    accepts: bool
    settles: bool


def appraise_unit(desk: Desk, code: str, judgement: Judgement) -> None:
    """Appraise one indicator of a unit, or accept what has not been appraised yet."""
    of_unit = not judgement.indicator and judgement.cells.keys() == {"status"}
    says = of_unit or bool(judgement.indicator and judgement.cells.keys() - {"status"})
    if judgement.accepts == says:
        raise usage_error("usage.appraise")
    with desk.work() as turn:
        do = _accept if judgement.accepts else _appraise
        count = do(turn, turn.running.unit(code), judgement)
    key = "accepted" if judgement.accepts else "status-set" if of_unit else "appraised"
    told = {"indicator": judgement.indicator, "status": judgement.cells.get("status")}
    say(f"cycle.{key}", unit=code, count=count, **told)


def _accept(turn: Turn, unit: Unit, judgement: Judgement) -> int:
    from dti_core.cycle.appraising import accept

    return accept(turn, unit, judgement.appraiser or None)


def _appraise(turn: Turn, unit: Unit, judgement: Judgement) -> int:
    from dti_core.cycle.appraising import round_of, settle
    from dti_core.cycle.entering import enter
    from dti_core.cycle.running import Place

    indicator = judgement.indicator or ""
    answers = {indicator: _answer(turn, unit, judgement)}
    if judgement.settles:
        settle(turn, unit, answers, judgement.why)
    else:
        place = Place(unit, round_of(turn.running), judgement.appraiser)
        enter(turn, place, answers, judgement.why)
    return 1


def _answer(turn: Turn, unit: Unit, judgement: Judgement) -> Answer:
    """Put what is said through the checks of the collector."""
    from dti_core.forms.checking import answers_in, checked_records

    law = turn.running.law
    row = {"row": 1, "source": 0, "file": judgement.indicator}
    who = {"unit": unit.code, "unit_name": unit.name, "group": unit.group}
    record = {**row, **who, "indicator": judgement.indicator, **judgement.cells}
    record |= {"reason": judgement.why} if "status" in judgement.cells else {}
    table = checked_records([record], law.framework, law.year, excel=False)
    (_, _, answer), *_ = answers_in(table)
    return replace(answer, explanation=judgement.why or None)


def exclude_from(
    desk: Desk, code: str, indicator: str, given: tuple[str, date | None, Path | None, str]
) -> None:
    """Leave an indicator out for a unit."""
    document, on, path, why = given
    with desk.work() as turn:
        from dti_core.cycle.excluding import Approval, exclude
        from dti_core.sources import Source

        original = None if path is None else Source(str(path), path)
        approval = Approval(document, on, why, original)
        exclude(turn, turn.running.unit(code), indicator, approval)
    say("cycle.excluded", unit=code, indicator=indicator, document=document)


def include_again(desk: Desk, code: str, indicator: str, why: str) -> None:
    """Assess an indicator again that was left out."""
    with desk.work() as turn:
        from dti_core.cycle.excluding import include

        include(turn, turn.running.unit(code), indicator, why)
    say("cycle.included", unit=code, indicator=indicator)
