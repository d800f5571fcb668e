"""``dti form import --mapping``: forms of another system; ``dti form mapping``: what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.cli.cycling import Desk
from dti_core.cli.forming import progress
from dti_core.cli.output import write_result
from dti_core.cli.receiving import SHEETS, tell_refused, write_lines
from dti_core.cli.storing import need_store, now, opened, say, whoever
from dti_core.cycle.naming import stage_name
from dti_core.errors import DtiError, usage_error
from dti_core.messages import text
from dti_core.sources import Source

if TYPE_CHECKING:
    from dti_core.cycle.adopting import Adopted, Adopting
    from dti_core.cycle.running import Running
    from dti_core.store import Store

TABLE: Final = ".csv"


@dataclass(frozen=True)
class Theirs:
    """How files of another system are read: by which mapping, of which unit, whose appraisal."""

    mapping: Path | None = None
    unit: str = ""
    appraiser: str = ""

    def apart(self, paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
        """Tell the files of another system from our own forms.

        :raises UsageError: an option is of the one kind, and the files are of the other.
        """
        if self.mapping is not None:
            return list(paths), []
        foreign = [each for each in paths if each.suffix.lower() == TABLE]
        if not foreign and (self.unit or self.appraiser):
            raise usage_error("usage.only-foreign")
        return foreign, [each for each in paths if each not in foreign]


def adopt_all(desk: Desk, paths: Sequence[Path], theirs: Theirs, *, commit: bool) -> int:
    """Look at every form of another system, and with ``commit`` take in each that has no fault.

    :return: the exit code: 1 where a file was refused.
    """
    need_store()
    files = list(_files(paths))
    if theirs.unit and len(files) > 1:
        raise usage_error("form.unit-one-file", count=len(files))
    forms = [*_forms(files, theirs)]
    with opened() as store:
        with store.read() as session:
            running = desk.running(session)
        table = _Table(store, desk, running, commit)
        told = [table.bring(each) for each in progress(forms, len(forms), "form.reading")]
    refused = told.count(False)
    key = "form.imported" if commit else "form.looked"
    say(key, files=len(told), done=len(told) - refused, refused=refused)
    return 1 if refused else 0


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are named, and the tables in the folders that are named."""
    for path in paths:
        if not path.exists():
            raise usage_error("form.not-there", path=path)
        inside = sorted(filter(_is_table, path.iterdir())) if path.is_dir() else [path]
        if not inside:
            raise usage_error("form.no-tables", path=path)
        yield from inside


def _is_table(path: Path) -> bool:
    known = path.suffix.lower() in {TABLE, *SHEETS}
    return known and not path.name.startswith((".", "~$"))


def _forms(files: Sequence[Path], theirs: Theirs) -> Iterator[Adopting]:
    from dti_core.cycle.adopting import Adopting
    from dti_core.forms import ColumnMapping

    given = theirs.mapping
    mapping = None if given is None else ColumnMapping.from_toml(Source(str(given), given))
    for file in files:
        yield Adopting(Source(str(file), file), mapping, theirs.unit.strip(), theirs.appraiser)


@dataclass(frozen=True)
class _Table:
    """Where forms of another system are taken in: the store, the cycle, and who does it."""

    store: Store
    desk: Desk
    running: Running
    commit: bool

    def bring(self, form: Adopting) -> bool:
        """Take in one form, or only look at it; tell what it does."""
        try:
            adopted = self._take(form)
        except DtiError as error:
            tell_refused(form.source, error.problems, error.total)
            return False
        _show(form.source, adopted)
        return True

    def _take(self, form: Adopting) -> Adopted:
        from dti_core.cycle.adopting import adopt, take_foreign
        from dti_core.cycle.running import Turn, View, running

        held = (self.running.cycle, self.running.law, self.running.today)
        if not self.commit:
            with self.store.read() as session:
                return adopt(View(session, running(session, *held)), form)
        with self.store.write(whoever(self.desk.who), now()) as write:
            return take_foreign(Turn(write.session, running(write.session, *held), write), form)


def _show(source: Source, adopted: Adopted) -> None:
    """Write what a file changes, by row and by their headings."""
    place = adopted.place
    head = text(
        "form.changes",
        file=source.text_name,
        unit=place.unit.code,
        stage=stage_name(place.stage),
        count=len(adopted.changes),
    )
    lines = [
        text(
            "form.foreign.change",
            row=each.row,
            column=each.heading,
            indicator=each.indicator,
            heading=text(f"form.column.{each.column}"),
            old=each.old or "—",
            new=each.new or "—",
        )
        for each in adopted.changes
    ]
    kept = len(adopted.answers) - len({each.indicator for each in adopted.changes})
    lines += [text("form.accepted", count=kept)] if kept else []
    write_lines([head, *(f"  {each}" for each in lines)])


def write_mapping(output: Path | None, *, replace: bool) -> None:
    """Write the ordinary mapping, to be edited and used from then on.

    :raises UsageError: the file is there already, or cannot be written.
    """
    from dti_core.forms import ColumnMapping

    if output is not None and output.exists() and not replace:
        raise usage_error("form.mapping-there", path=output)
    comments = "".join(f"# {line}\n" for line in text("form.mapping-head").splitlines())
    write_result(f"{comments}\n{ColumnMapping().to_toml()}".encode(), output)
