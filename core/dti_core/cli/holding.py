"""``dti evaluate`` without an input: what the cycle in the store holds, if there is one."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.cli.output import note

if TYPE_CHECKING:
    from dti_core.pipeline import Evaluation

VARIABLE: Final = "DTI_DATABASE_URL"
FILE: Final = "dti.db"
"""Where the store is unless the variable says otherwise; looked at before anything is imported."""


def evaluate_held(
    plugin: str, of: tuple[str | None, int | None], stage: str | None, today: date | None
) -> Evaluation | None:
    """Evaluate the cycle of a plugin, level and year; None where there is none, and no stage asked.

    :raises UsageError: a stage is asked for, and there is no such cycle.
    """
    if stage is None and not os.environ.get(VARIABLE) and not Path(FILE).exists():
        return None
    from dti_core.cli.cycling import Desk
    from dti_core.cycle.naming import stage_name
    from dti_core.errors import UsageError

    desk = Desk(plugin, *of, today)
    try:
        with desk.look() as (session, running):
            from dti_core.cycle.evaluating import evaluate_cycle

            evaluation = evaluate_cycle(session, running, stage)
            used = stage or running.finished or "self"
    except UsageError as error:
        if stage is not None or error.problems[0].key not in {"cycle.none", "cycle.no-such"}:
            raise
        return None
    cycle = running.cycle
    note("note.cycle", level=cycle.level, year=cycle.year, stage=stage_name(used))
    return evaluation
