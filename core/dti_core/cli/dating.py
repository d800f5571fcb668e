"""``dti calendar``: the milestones of a year as a table, JSON or an iCalendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dti_core.cli.output import note, write_result
from dti_core.cli.showing import selected
from dti_core.errors import usage_error
from dti_core.messages import text

if TYPE_CHECKING:
    from dti_core.models import Calendar, Framework, Milestone
    from dti_core.plugin import Plugin


def show_calendar(
    name: str,
    level: str | None,
    year: int | None,
    interpret: list[str],
    form: str,
    output: Path | None,
) -> None:
    """Write the milestones of one level, or of all.

    :raises UsageError: the year is outside the decision's, or the decision fixes no dates.
    """
    if year is None:
        _, all_of_it = selected(name, level, None, interpret)
        year = all_of_it[0].decision.first_year
        note("note.year", year=year)
    plugin, frameworks = selected(name, level, year, interpret)
    calendars = _calendars(plugin, frameworks, year)
    if not calendars:
        raise usage_error("usage.no-calendar", plugin=name)
    undated = [framework.level.value for framework, calendar in calendars if not _dated(calendar)]
    if form == "ics" and undated:
        note("note.no-dates", levels=", ".join(undated))
    writers = {"table": _table, "json": _json, "ics": _ics}
    write_result(writers[form](name, year, calendars), output)


def _calendars(
    plugin: Plugin, frameworks: list[Framework], year: int
) -> list[tuple[Framework, Calendar]]:
    made = ((each, plugin.calendar(each, year)) for each in frameworks)
    return [(framework, calendar) for framework, calendar in made if calendar is not None]


def _dated(calendar: Calendar) -> list[Milestone]:
    return [each for each in calendar.milestones if each.date is not None]


def _table(name: str, year: int, calendars: list[tuple[Framework, Calendar]]) -> bytes:
    """Write a row for each milestone, with every level that it holds for."""
    from rich.table import Table
    from rich.text import Text

    from dti_core.report.console import cell, rendered

    levels: dict[Milestone, list[str]] = {}
    for framework, calendar in calendars:
        for each in calendar.milestones:
            levels.setdefault(each, []).append(framework.level.value)
    table = Table(
        title=Text(text("calendar.heading", plugin=name, year=year)), title_justify="left"
    )
    for key in ("level", "milestone", "date", "clause"):
        table.add_column(text(f"column.{key}"))
    for each, held in levels.items():
        clause = f"{each.citation.clause}: “{each.citation.quote}”"
        table.add_row(*map(cell, (", ".join(held), each.name, _when(each), clause)))
    return rendered([table])


def _when(milestone: Milestone) -> str:
    """Write the date as the clause does, and whether that day still counts."""
    if milestone.date is None:
        return text("calendar.decided-by", who=milestone.decided_by)
    return text(f"calendar.{milestone.day}", date=f"{milestone.date:%d/%m/%Y}")


def _json(name: str, year: int, calendars: list[tuple[Framework, Calendar]]) -> bytes:
    import orjson

    milestones = [
        {"level": framework.level.value}
        | each.model_dump(mode="json")
        | {"day_counts": each.day_counts}
        for framework, calendar in calendars
        for each in calendar.milestones
    ]
    result = {"plugin": name, "year": year, "milestones": milestones}
    return orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _ics(name: str, year: int, calendars: list[tuple[Framework, Calendar]]) -> bytes:
    """Write one all-day event for each dated milestone; no clock is read, the bytes are stable."""
    import icalendar

    book = icalendar.Calendar()
    book.add("prodid", "-//dti-core//dti calendar//VI")
    book.add("version", "2.0")
    for framework, calendar in calendars:
        for each in _dated(calendar):
            uid = f"{each.id}-{framework.level.value}-{year}@{name}.dti"
            book.add_component(_event(framework, each, uid))
    return bytes(book.to_ical())


def _event(framework: Framework, milestone: Milestone, uid: str) -> Any:
    from datetime import UTC, date, datetime, time

    import icalendar

    from dti_core.report.console import number_of

    event = icalendar.Event()
    event.add("uid", uid)
    decision = framework.decision
    signed = decision.date or decision.in_force_from or date(decision.first_year, 1, 1)
    event.add("dtstamp", datetime.combine(signed, time(), UTC))
    event.add("dtstart", milestone.date)
    event.add("summary", f"{milestone.name} ({framework.name})")
    clause = f"{number_of(framework.decision)}, {milestone.citation.clause}"
    event.add("description", f"{_when(milestone)}\n{clause}: “{milestone.citation.quote}”")
    return event
