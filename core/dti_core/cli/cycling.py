"""``dti cycle``: opening, how it stands, going on, exceptions, who appraises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dti_core.cli.evaluating import parse_choices
from dti_core.cli.listing import write_list
from dti_core.cli.output import note
from dti_core.cli.storing import need_store, now, on, opened, say, whoever
from dti_core.cycle.naming import day_text, stage_name, state_name
from dti_core.errors import usage_error
from dti_core.messages import text

if TYPE_CHECKING:
    from sqlmodel import Session

    from dti_core.cycle.running import Running, Turn
    from dti_core.cycle.status import CycleStatus, UnitStatus


@dataclass(frozen=True)
class Desk:
    """Which cycle a command is about, on which day it works, and who works."""

    plugin: str | None = None
    level: str | None = None
    year: int | None = None
    today: date | None = None
    who: str | None = None

    @contextmanager
    def look(self) -> Iterator[tuple[Session, Running]]:
        """Read the cycle."""
        need_store()
        with opened() as store, store.read() as session:
            yield session, self.running(session)

    @contextmanager
    def work(self) -> Iterator[Turn]:
        """Change the cycle in one transaction."""
        need_store()
        from dti_core.cycle.running import Turn

        with opened() as store, store.write(whoever(self.who), now()) as write:
            yield Turn(write.session, self.running(write.session), write)

    def running(self, session: Session) -> Running:
        """Return the cycle as it stands."""
        from dti_core.cycle.running import Which, find, law_of, running

        cycle = find(session, Which(self.plugin, self.level, self.year))
        return running(session, cycle, law_of(session, cycle), on(self.today))


def open_for(
    which: tuple[str, str, int],
    given: tuple[Path | None, list[str], list[str], str],
    today: date | None,
    who: str | None,
) -> None:
    """Open a cycle and tell its stages and days."""
    need_store()
    from dti_core.cycle.opening import Opening, open_cycle
    from dti_core.cycle.running import law_of, running
    from dti_core.sources import Source

    annex, choices, until, chair = given
    source = None if annex is None else Source(str(annex), annex)
    days = dict(_stage_day(each) for each in until)
    opening = Opening(*which, source, parse_choices(choices), days, chair.strip())
    with opened() as store, store.write(whoever(who), now()) as write:
        cycle = open_cycle(write, opening, on(today))
        as_it_is = running(write.session, cycle, law_of(write.session, cycle), on(today))
    say("cycle.opened", plugin=which[0], level=which[1], year=which[2], units=len(as_it_is.units))
    for stage, phase in as_it_is.stages.items():
        told = {"stage": stage_name(stage), "first": day_text(phase.starts)}
        say("cycle.stage-days", **told, last=day_text(phase.ends))


def _stage_day(given: str) -> tuple[str, date]:
    from dti_core.cli.options import to_day

    stage, _, written = given.partition("=")
    try:
        return stage.strip(), to_day(written.strip())
    except ValueError as error:
        raise usage_error("usage.stage-day", given=given) from error


def show_status(desk: Desk, form: str | None, output: Path | None) -> None:
    """Tell how a cycle stands, who is missing and how long is left."""
    with desk.look() as (session, running):
        from dti_core.cycle.status import status_of

        found = status_of(session, running)
    write_list(_heading(found), [_row(each, plain=form) for each in found.units], form, output)
    if found.missing and running.stage in {"self", "explanation"}:
        note("cycle.missing", count=len(found.missing), units=", ".join(found.missing))


def _heading(found: CycleStatus) -> str:
    cycle = found.running.cycle
    head = text(
        "cycle.status",
        plugin=cycle.plugin,
        level=cycle.level,
        year=cycle.year,
        state=state_name(found.running.state),
    )
    if found.until is None or found.days_left is None:
        return head
    key = "cycle.days-left" if found.days_left >= 0 else "cycle.days-over"
    return f"{head} · {text(key, last=day_text(found.until), days=abs(found.days_left))}"


def _row(each: UnitStatus, *, plain: str | None) -> dict[str, object]:
    """Write how a unit stands, for people or, in a format for programs, by plain names."""
    state = each.state.value if plain in {"csv", "json"} else str(state_name(each.state))
    return {
        "unit": each.unit.code,
        "unit_name": each.unit.name,
        "state": state,
        "released": each.released,
        "late": each.late,
        "entered": each.entered,
        "asked": each.asked,
        "waiting": each.waiting,
        "until": each.until,
    }


def advance_cycle(desk: Desk, why: str, *, accept_rest: bool) -> None:
    """Go on to the next state."""
    with desk.work() as turn:
        from dti_core.cycle.advancing import advance

        before = turn.running.state
        state = advance(turn, why, accept_rest=accept_rest)
    say("cycle.advanced", before=state_name(before), state=state_name(state))


def except_unit(desk: Desk, code: str, stage: str, until: date, why: str) -> None:
    """Except a unit from the lock."""
    with desk.work() as turn:
        from dti_core.cycle.excepting import lock_exception
        from dti_core.cycle.running import Place

        lock_exception(turn, Place(turn.running.unit(code), stage), until, why)
    say("cycle.excepted", unit=code, stage=stage_name(stage), until=day_text(until))


def assign_to(desk: Desk, name: str, indicator: str, *, chair: bool) -> None:
    """Say who appraises what."""
    with desk.work() as turn:
        from dti_core.cycle.appraising import assign

        assign(turn, name.strip(), indicator, chair=chair)
    key = "chair" if chair else "rest" if not indicator else "one"
    say(f"cycle.assigned-{key}", name=name, indicator=indicator)


def chosen(running: Running, codes: Sequence[str], *, every: bool) -> list[str]:
    """Return the units that a command is about.

    :raises UsageError: none is named.
    """
    if not codes and not every:
        raise usage_error("usage.no-units")
    return sorted(running.units) if every else list(dict.fromkeys(codes))
