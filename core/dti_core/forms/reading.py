"""A workbook that came back → its content; the file is only read, never written to."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dti_core.errors import InvalidFacts, Problem
from dti_core.forms.content import FormContent
from dti_core.forms.identity import LAYOUT, MARK, Identity
from dti_core.forms.reading_rows import Merged, RowReader, Table, Wanted, wanted
from dti_core.forms.safety import refuse_dangerous
from dti_core.forms.setup import STAGES, Setup, digest
from dti_core.models import Framework
from dti_core.sources import Source

Cells = Sequence[Sequence[Any]]

TOP: Final = 60
"""In how many rows the hidden id and the keys of the columns are looked for."""


class FormReader:
    """Reads many forms of one framework; what they share is worked out once.

    :param expected: what the hidden id must say beside decision and level, such as ``plugin``,
        ``year``, ``stage`` or ``unit`` (see :class:`dti_core.forms.Identity`).
    """

    def __init__(self, framework: Framework, **expected: object) -> None:
        """Prepare to read forms of a framework."""
        self._framework, self._expected = framework, expected
        self._digest = digest(framework)
        self._kinds: dict[tuple[str, str], Wanted] = {}

    def read(self, source: Source) -> FormContent:
        """Read a form.

        :raises InvalidFacts: it is dangerous, no form, another form, or rows of it are not where
            they belong; every such row is told.
        """
        refuse_dangerous(source)
        name, cells, merged, identity = _form_of(source)
        self._refuse_other(source, name, identity)
        wanted = self._wanted(identity.stage, identity.group)
        heading, places = _heading(source, name, cells, wanted.columns)
        content = FormContent(source.text_name, source.sha256, identity, name, places)
        table = Table(heading, places, cells, merged)
        rows, problems = RowReader(content, table, wanted).read()
        if problems:
            raise InvalidFacts(problems)
        return content.with_rows(rows)

    def _wanted(self, stage: str, group: str) -> Wanted:
        if (stage, group) not in self._kinds:
            self._kinds[stage, group] = wanted(Setup(self._framework, 0, stage), group)
        return self._kinds[stage, group]

    def _refuse_other(self, source: Source, sheet: str, identity: Identity) -> None:
        """Refuse a form of another version, decision, level, year …, or of another annex."""
        if identity.layout != LAYOUT or identity.stage not in STAGES:
            raise _wrong(source, "form.other-layout", layout=LAYOUT)
        problems = [
            Problem(f"form.other.{name}", {"given": given, "wanted": right}, source.text_name)
            for name, given, right in identity.differs(self._framework, **self._expected)
        ]
        if not problems and identity.digest != self._digest:
            problems = [Problem("form.other.digest", {"sheet": sheet}, source.text_name)]
        if problems:
            raise InvalidFacts(problems)


def read(source: Source, framework: Framework, **expected: object) -> FormContent:
    """Read one form; arguments and errors as of :class:`FormReader`."""
    return FormReader(framework, **expected).read(source)


def _wrong(source: Source, key: str, **values: object) -> InvalidFacts:
    return InvalidFacts([Problem(key, values, source.text_name)])


def _form_of(source: Source) -> tuple[str, Cells, Sequence[Merged], Identity]:
    """Return the sheet that carries the hidden id: its name, its cells and what is merged."""
    found, marked = [], 0
    for name, cells, merged in _sheets(source):
        given = next(_marks(cells), None)
        if given is not None:
            marked += 1
            identity = Identity.parse(given)
            if identity is not None:
                found.append((name, cells, merged, identity))
    if len(found) > 1:
        raise _wrong(source, "form.two-sheets", sheets=", ".join(name for name, *_ in found))
    if not found:
        raise _wrong(source, "form.other-layout" if marked else "form.no-form", layout=LAYOUT)
    return found[0]


def _sheets(source: Source) -> list[tuple[str, Cells, Sequence[Merged]]]:
    """Return the name, the cells and the merged ranges of every sheet.

    :raises InvalidFacts: the workbook is damaged; its reader may even panic, which is no Exception.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        sheets = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
        return [
            (name, each.to_python(skip_empty_area=False), each.merged_cell_ranges or ())
            for name, each in sheets
        ]
    except python_calamine.PasswordError as error:
        raise _wrong(source, "form.encrypted") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise _wrong(source, "read.excel") from error


def _marks(cells: Cells) -> Iterator[str]:
    top = (cell for row in cells[:TOP] for cell in row)
    return (each for each in top if isinstance(each, str) and each.startswith(f"{MARK} "))


def _heading(
    source: Source, sheet: str, cells: Cells, wanted: Mapping[str, str]
) -> tuple[int, dict[str, int]]:
    """Find the hidden row of keys: its number, from 0, and the place of each column."""
    top = cells[:TOP]
    scores = [len(wanted.keys() & set(map(str, row))) if "id" in row else 0 for row in top]
    best = max(range(len(scores)), key=scores.__getitem__, default=-1)
    if best < 0 or 2 * scores[best] < len(wanted):
        raise _wrong(source, "form.no-keys", sheet=sheet)
    keys = [str(cell) for cell in cells[best]]
    times = Counter(keys)
    problems = list[Problem]()
    for key, heading in wanted.items():
        if times[key] != 1:
            message = "form.column-twice" if times[key] else "form.column-absent"
            values = {"sheet": sheet, "heading": heading or key}
            problems.append(Problem(message, values, source.text_name))
    if problems:
        raise InvalidFacts(problems)
    return best, {key: keys.index(key) for key in keys if key}
