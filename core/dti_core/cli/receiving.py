"""``dti form import``: what each file would change, and taking it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.cli.cycling import Desk
from dti_core.cli.forming import progress
from dti_core.cli.output import write_result
from dti_core.cli.storing import need_store, now, opened, say, whoever
from dti_core.cycle.naming import stage_name
from dti_core.errors import DtiError, Problem, usage_error
from dti_core.messages import text, visible
from dti_core.sources import Source

if TYPE_CHECKING:
    from dti_core.cycle.receiving import Conflicts, Looked, Received
    from dti_core.cycle.running import Running
    from dti_core.store import Store

AT_ONCE: Final = 50
"""How many forms one transaction takes in; each of them is taken in whole or not at all."""

SHEETS: Final = (".xlsx", ".xls", ".xlsm", ".ods")


def bring_all(desk: Desk, paths: Sequence[Path], conflicts: str, *, commit: bool) -> int:
    """Look at every form, and with ``commit`` take each in that has no fault.

    :return: the exit code: 1 where a file was refused.
    """
    need_store()
    from dti_core.cycle.receiving import Conflicts, read_forms

    sources = list(_sources(paths))
    with opened() as store:
        with store.read() as session:
            running = desk.running(session)
        forms = read_forms(running.law, sources)
        counter = _Counter(store, desk, running, Conflicts(conflicts), commit)
        told = list(progress(counter.bring(forms), len(sources), "form.reading"))
    refused = told.count(False)
    key = "form.imported" if commit else "form.looked"
    say(key, files=len(told), done=len(told) - refused, refused=refused)
    return 1 if refused else 0


def _sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Yield the workbooks that are named, and those in the folders that are named.

    :raises UsageError: one is not there, or a folder has none.
    """
    for path in paths:
        if not path.exists():
            raise usage_error("form.not-there", path=path)
        inside = sorted(filter(_is_form, path.iterdir())) if path.is_dir() else [path]
        if not inside:
            raise usage_error("form.no-forms", path=path)
        yield from (Source(str(each), each) for each in inside)


def _is_form(path: Path) -> bool:
    """Tell a workbook from what else lies in a folder, such as the lock of an open one."""
    return path.suffix.lower() in SHEETS and not path.name.startswith((".", "~$"))


@dataclass(frozen=True)
class _Counter:
    """Where forms are taken in: the store, the cycle, who does it, and how."""

    store: Store
    desk: Desk
    running: Running
    conflicts: Conflicts
    commit: bool

    def bring(self, forms: Iterable[Received]) -> Iterator[bool]:
        """Take in forms, or only look at them; tell what each does, once it is in the store."""
        rest = iter(forms)
        while batch := list(islice(rest, AT_ONCE)):
            sound = [each for each in batch if each.checked is not None and not each.problems]
            found = dict(zip(map(id, sound), self._found(sound), strict=True))
            for form in batch:
                refused = DtiError(form.problems, form.total)
                yield self._told(form.source, found.get(id(form), refused))

    def _told(self, source: Source, found: Looked | DtiError) -> bool:
        if isinstance(found, DtiError):
            tell_refused(source, found.problems, found.total)
            return False
        _show(source, found, whole=not self.commit)
        return self.conflicts.value != "stop" or not found.conflicts

    def _found(self, forms: Sequence[Received]) -> list[Looked | DtiError]:
        from dti_core.cycle.receiving import look_at, take_each
        from dti_core.cycle.running import Turn, View, running

        given = [(each.checked, each.source) for each in forms if each.checked is not None]
        held = (self.running.cycle, self.running.law, self.running.today)
        if not given:
            return []
        if not self.commit:
            with self.store.read() as session:
                view = View(session, running(session, *held))
                return [look_at(view, form, self.conflicts) for form, _ in given]
        with self.store.write(whoever(self.desk.who), now()) as write:
            turn = Turn(write.session, running(write.session, *held), write)
            return list(take_each(turn, given, self.conflicts))


def tell_refused(source: Source, problems: Sequence[Problem], total: int) -> None:
    """Write what is wrong with a file."""
    lines = [str(each) for each in problems]
    if total > len(problems):
        lines.append(text("run.total", total=total, shown=len(problems)))
    write_lines([text("form.refused", file=source.text_name), *(f"  {each}" for each in lines)])


def _show(source: Source, looked: Looked, *, whole: bool) -> None:
    """Write what a file changes; ``whole``: cell by cell, before anything is saved."""
    place = looked.place
    head = text(
        "form.changes",
        file=source.text_name,
        unit=place.unit.code,
        stage=stage_name(place.stage),
        count=len(looked.changes),
    )
    lines = [f"  {each}" for each in looked.changes] if whole else []
    lines += [f"  {text('form.conflict', change=str(each))}" for each in looked.conflicts]
    weighed = (("raised", looked.raised), ("lowered", looked.lowered))
    lines += [
        f"  {text(f'form.{key}', indicators=', '.join(codes))}" for key, codes in weighed if codes
    ]
    if looked.accepted:
        lines.append(f"  {text('form.accepted', count=looked.accepted)}")
    write_lines([head, *lines])


def write_lines(lines: Sequence[str]) -> None:
    """Write lines of a result."""
    write_result("".join(f"{visible(each)}\n" for each in lines).encode(), None)
