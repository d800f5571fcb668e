"""``dti form``: workbooks out and in, releasing and withdrawing what a unit says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dti_core.cli.cycling import Desk, chosen
from dti_core.cli.storing import say
from dti_core.cycle.naming import stage_name
from dti_core.errors import DtiError, Problem, usage_error
from dti_core.messages import text

if TYPE_CHECKING:
    from dti_core.cycle.running import Running, Turn
    from dti_core.store.tables import Unit

T = TypeVar("T")


@dataclass(frozen=True)
class Wanted:
    """Which forms are wanted: of which units, at which stage (None: the open one), for whom."""

    units: Sequence[str]
    every: bool
    stage: str | None
    appraiser: str


def write_all(desk: Desk, wanted: Wanted, directory: Path, *, replace: bool) -> None:
    """Write a workbook for each unit; a file that is there already is left alone."""
    with desk.look() as (session, running):
        from dti_core.cycle.sending import write_forms

        stage = wanted.stage or running.stage or "self"
        codes = chosen(running, wanted.units, every=wanted.every)
        units = [running.unit(code) for code in codes]
        paths = dict(zip(codes, _paths(directory, codes, stage, replace=replace), strict=True))
        _make(directory)
        forms = write_forms(session, running, stage, units, wanted.appraiser)
        for unit, content in progress(forms, len(units), "form.writing"):
            _write(paths[unit.code], content)
    say("form.written", count=len(codes), directory=directory, stage=stage_name(stage))


def _paths(directory: Path, codes: Sequence[str], stage: str, *, replace: bool) -> Iterator[Path]:
    """Yield the file of each unit, its code made safe as a name.

    :raises UsageError: a file is there already.
    """
    names = [f"{_safe(code)}-{stage}.xlsx" for code in codes]
    there = [name for name in names if (directory / name).exists()]
    if there and not replace:
        told = {"directory": directory, "file": there[0], "count": len(there)}
        raise usage_error("form.there-already", **told)
    seen: dict[str, int] = {}
    for name in names:
        folded = name.casefold()
        seen[folded] = seen.get(folded, 0) + 1
        twice = seen[folded] > 1
        yield directory / (f"{Path(name).stem}-{seen[folded]}.xlsx" if twice else name)


def _safe(code: str) -> str:
    kept = "".join(each if each.isalnum() or each in "-_." else "_" for each in code)
    return kept.strip(".") or "_"


def _make(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise usage_error("usage.cannot-write", output=directory, error=error.strerror) from error


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise usage_error("usage.cannot-write", output=path, error=error.strerror) from error


def progress(items: Iterable[T], total: int, key: str) -> Iterator[T]:
    """Show on a terminal how far long work has come."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, text(key), total=total, console=Console(stderr=True), transient=True)


@contextmanager
def progress_bar(key: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show on a terminal how much is done, of how much; None where nobody is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(text(key))
        yield lambda done, total: shown.update(task, completed=done, total=total)


def release_units(desk: Desk, units: Sequence[str], why: str, *, every: bool) -> None:
    """Submit what was entered for units; all of them or none."""
    with desk.work() as turn:
        from dti_core.cycle.releasing import release

        codes = chosen(turn.running, units, every=every)
        codes = codes if not every else [each for each in codes if _has_draft(turn.running, each)]
        problems = list(_each(turn, codes, lambda unit: release(turn, unit, why)))
        if problems:
            raise DtiError(problems)
    say("cycle.released", count=len(codes), units=", ".join(codes))


def _has_draft(running: Running, code: str) -> bool:
    """Tell whether a unit has entered something that it has not released."""
    from dti_core.cycle.releasing import reporting_stage
    from dti_core.cycle.states import PhaseState

    unit = running.unit(code)
    return running.own_state(unit, reporting_stage(running, unit)) is PhaseState.REPORTING


def _each(turn: Turn, codes: Sequence[str], call: Callable[[Unit], object]) -> Iterator[Problem]:
    """Do something for every unit and yield all that stands in the way."""
    for code in codes:
        try:
            call(turn.running.unit(code))
        except DtiError as error:
            yield from error.problems


def withdraw_unit(desk: Desk, code: str, why: str) -> None:
    """Take back what a unit has submitted."""
    with desk.work() as turn:
        from dti_core.cycle.releasing import withdraw

        withdraw(turn, turn.running.unit(code), why)
    say("cycle.withdrawn", unit=code)
