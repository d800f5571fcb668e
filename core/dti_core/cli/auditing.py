"""``dti audit``: what was changed, by whom and why, and whether the trail is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.cli.listing import write_list
from dti_core.cli.storing import opened, say
from dti_core.errors import DtiError
from dti_core.messages import known, text

if TYPE_CHECKING:
    from dti_core.store.showing import Shown

FEW: Final = 50
"""How many lines a table shows where nobody says how many."""


class BrokenTrail(DtiError):
    """The trail, or a row beside it, was altered: exit code 1."""


def show_trail(
    unit: str | None,
    indicator: str | None,
    last: int | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show lines of the trail: as JSON each whole, as it was hashed; else for people."""
    as_table = form in {None, "table"} and output is None
    with opened() as store, store.read() as session:
        from dti_core.store.showing import lines

        found = lines(session, unit, indicator, last or (FEW if as_table else None))
    as_json = form == "json" or (form is None and output and output.suffix.lower() == ".json")
    rows = [_whole(each) if as_json else _row(each) for each in found]
    write_list(text("audit.lines", count=len(rows)), rows, form, output)


def _whole(each: Shown) -> dict[str, object]:
    return {name: getattr(each.line, name) for name in type(each.line).model_fields}


def _row(each: Shown) -> dict[str, object]:
    from dti_core.store.stale import local

    line = each.line
    return {
        "line": line.id,
        "at": local(line.at),
        "who": line.who,
        "what": known(line.what, line.what),
        "unit": each.unit,
        "indicator": line.indicator,
        "change": "\n".join(_changes(each)),
        "why": line.why,
    }


def _changes(each: Shown) -> Iterator[str]:
    from dti_core.store.stale import shown

    line = each.line
    for name, new in line.new.items():
        if line.old is not None and name != "version":
            values = {"old": shown(name, line.old.get(name)), "new": shown(name, new)}
            yield text("audit.change", column=name, **values)
        elif line.old is None and new not in (None, "") and name not in UNTOLD:
            yield f"{name}: {shown(name, new)}"


UNTOLD: Final = frozenset({"id", "version", "entered_by", "entered_at", "cycle", "unit"})
"""Columns of a new row that the other columns of the list tell."""


def verify_trail(noted: str | None) -> None:
    """Tell that the trail is whole and that every row is what it says.

    :raises BrokenTrail: the first broken line, or the rows that differ.
    """
    with opened() as store, store.read() as session:
        from dti_core.store.trail import verify

        found = verify(session, noted)
    if found.problems:
        raise BrokenTrail(found.problems)
    say("audit.intact", lines=found.count, hash=found.hash)
