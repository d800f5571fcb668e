"""``dti cycle progress|publish|correct|result``: what comes of a cycle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dti_core.cli.cycling import Desk
from dti_core.cli.evaluating import note_facts, write_evaluation
from dti_core.cli.output import note, write_result
from dti_core.cycle.naming import day_text
from dti_core.errors import usage_error

if TYPE_CHECKING:
    from dti_core.cycle.running import Running


def show_progress(desk: Desk, form: str | None, output: Path | None) -> None:
    """Evaluate what is reported so far as if the year ended now."""
    with desk.look() as (session, running):
        from dti_core.cycle.evaluating import progress

        evaluation = progress(session, running)
    note("cycle.progress", day=day_text(running.today), next=_next_report(running))
    note_facts(evaluation)
    write_evaluation(evaluation, form, output)


def _next_report(running: Running) -> str:
    """Say which progress report comes next."""
    from dti_core.cycle.planning import last_day
    from dti_core.models import MilestoneKind

    calendar = running.law.plugin.calendar(running.law.framework, running.law.year)
    for each in calendar.milestones if calendar else ():
        last = last_day(each)
        if each.kind is MilestoneKind.PROGRESS_REPORT and last and last >= running.today:
            return f"{each.name} ({each.citation.clause})"
    return "–"


def publish_result(desk: Desk, why: str, form: str | None, output: Path | None) -> None:
    """Publish, and write the result."""
    with desk.work() as turn:
        from dti_core.cycle.publishing import publish

        result, evaluation = publish(turn, why)
    note_facts(evaluation)
    write_evaluation(evaluation, form, output)
    note("cycle.published", version=result.version, sha256=result.content)


def correct_result(desk: Desk, why: str) -> None:
    """Take a published result back to the council."""
    with desk.work() as turn:
        from dti_core.cycle.publishing import correct

        correct(turn, why)
    note("cycle.corrected")


def show_result(desk: Desk, version: int | None, output: Path | None) -> None:
    """Write a published result as it was published."""
    with desk.look() as (session, running):
        from dti_core.cycle.publishing import content, results

        found = {each.version: each for each in results(session, running)}
        wanted = max(found, default=0) if version is None else version
        if wanted not in found:
            versions = ", ".join(map(str, sorted(found))) or "–"
            raise usage_error("cycle.no-result", version=version or "–", versions=versions)
        written = content(session, found[wanted])
    write_result(written, output)
