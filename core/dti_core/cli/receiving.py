"""``dti form import``: what each file would change, and taking it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    from sqlmodel import Session

    from dti_core.cycle.receiving import Conflicts, Looked, Received
    from dti_core.cycle.running import Running
    from dti_core.forms import Checked
    from dti_core.store import Store

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
        told = [counter.bring(each) for each in progress(forms, len(sources), "form.reading")]
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

    def bring(self, form: Received) -> bool:
        """Take in one form, or only look at it; tell what it does."""
        if form.checked is None or form.problems:
            _tell(form.source, form.problems, form.total)
            return False
        try:
            looked = self._take(form.source, form.checked)
        except DtiError as error:
            _tell(form.source, error.problems, error.total)
            return False
        _show(form.source, looked)
        return True

    def _take(self, source: Source, checked: Checked) -> Looked:
        from dti_core.cycle.receiving import look, take
        from dti_core.cycle.running import Turn, View

        if not self.commit:
            with self.store.read() as session:
                return look(View(session, self._as_it_is(session)), checked, self.conflicts)
        with self.store.write(whoever(self.desk.who), now()) as write:
            turn = Turn(write.session, self._as_it_is(write.session), write)
            return take(turn, checked, source, self.conflicts)

    def _as_it_is(self, session: Session) -> Running:
        from dti_core.cycle.running import running

        return running(session, self.running.cycle, self.running.law, self.running.today)


def _tell(source: Source, problems: Sequence[Problem], total: int) -> None:
    """Write what is wrong with a file."""
    lines = [str(each) for each in problems]
    if total > len(problems):
        lines.append(text("run.total", total=total, shown=len(problems)))
    _write([text("form.refused", file=source.text_name), *(f"  {each}" for each in lines)])


def _show(source: Source, looked: Looked) -> None:
    """Write what a file changes."""
    place = looked.place
    head = text(
        "form.changes",
        file=source.text_name,
        unit=place.unit.code,
        stage=stage_name(place.stage),
        count=len(looked.changes),
    )
    lines = [f"  {each}" for each in looked.changes]
    lines += [f"  {text('form.conflict', change=str(each))}" for each in looked.conflicts]
    weighed = (("raised", looked.raised), ("lowered", looked.lowered))
    lines += [
        f"  {text(f'form.{key}', indicators=', '.join(codes))}" for key, codes in weighed if codes
    ]
    if looked.accepted:
        lines.append(f"  {text('form.accepted', count=looked.accepted)}")
    _write([head, *lines])


def _write(lines: Sequence[str]) -> None:
    write_result("".join(f"{visible(each)}\n" for each in lines).encode(), None)
