"""``dti unit``: who is evaluated."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dti_core.cli.listing import write_list
from dti_core.cli.output import write_result
from dti_core.cli.storing import need_store, now, on, opened, whoever
from dti_core.errors import usage_error
from dti_core.messages import text, visible
from dti_core.sources import Source

if TYPE_CHECKING:
    from dti_core.store.units import Imported, Listed

SHOWN = 10
"""How many units that are not in a file are named."""


def import_file(file: str, today: date | None, who: str | None) -> None:
    """Bring the units of a file into the store; tell every change."""
    need_store()
    from dti_core.store.units import import_units, read_units

    table = read_units(_source(file))
    with opened() as store, store.write(whoever(who), now()) as write:
        found = import_units(write, table, on(today))
    lines = [*_told(found), text("unit.imported", **_counts(found))]
    write_result("".join(f"{visible(line)}\n" for line in lines).encode(), None)


def _source(name: str) -> Source:
    if name == "-":
        return Source("stdin", data=sys.stdin.buffer.read())
    return Source(name, Path(name))


def _told(found: Imported) -> list[str]:
    added = [text("unit.added", unit=each.code, name=each.name) for each in found.added]
    changed = [
        text("unit.changed", unit=code, column=column, old=old, new=new)
        for code, column, old, new in found.changed
    ]
    if not found.absent:
        return [*added, *changed]
    codes = ", ".join(each.code for each in found.absent[:SHOWN])
    codes += ", …" if len(found.absent) > SHOWN else ""
    return [*added, *changed, text("unit.absent", count=len(found.absent), units=codes)]


def _counts(found: Imported) -> dict[str, int]:
    changed = len({code for code, *_ in found.changed})
    return {"added": len(found.added), "changed": changed, "same": found.same}


def show_units(
    level: str | None, today: date | None, form: str | None, output: Path | None, *, every: bool
) -> None:
    """List the units of a day; ``every``: all that ever were, with what they became."""
    level = _level(level)
    day = on(today)
    with opened() as store, store.read() as session:
        from dti_core.store.units import listed

        found = listed(session, None if every else day, level)
    heading = text("unit.list-all" if every else "unit.list", day=_day(day), count=len(found))
    rows = [_row(each, every=every) for each in found]
    write_list(heading, rows, form, output)


def _row(each: Listed, *, every: bool) -> dict[str, object]:
    unit = each.unit
    row = {"unit": unit.code, "unit_name": unit.name, "level": unit.level, "group": unit.group}
    if not every:
        return dict(row)
    lineage = {"predecessors": list(each.predecessors), "successors": list(each.successors)}
    return {**row, "valid_from": unit.valid_from, "valid_to": unit.valid_to, **lineage}


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def merge_units(
    codes: Sequence[str],
    into: tuple[str, str, str | None, str | None],
    day: date | None,
    who: str | None,
    why: str,
) -> None:
    """Let several units become one."""
    code, name, level, group = into
    need_store()
    from dti_core.store.units import NewUnit, merge

    new = NewUnit(clean(code), clean(name), _level(level), group and clean(group))
    with opened() as store, store.write(whoever(who), now()) as write:
        unit = merge(write, [clean(each) for each in codes], new, on(day), clean(why))
    values = {"units": ", ".join(codes), "into": unit.code, "day": _day(on(day))}
    write_result(f"{visible(text('unit.merged', **values))}\n".encode(), None)


def split_unit(
    code: str,
    into: Sequence[str],
    shared: tuple[str | None, str | None],
    day: date | None,
    who: str | None,
    why: str,
) -> None:
    """Let one unit become several, each written ``CODE=NAME``.

    :raises UsageError: one is not.
    """
    level, group = _level(shared[0]), shared[1] and clean(shared[1])
    need_store()
    from dti_core.store.units import NewUnit, split

    pairs = [_pair(each) for each in into]
    new = [NewUnit(*pair, level, group) for pair in pairs]
    with opened() as store, store.write(whoever(who), now()) as write:
        units = split(write, clean(code), new, on(day), clean(why))
    codes = ", ".join(each.code for each in units)
    values = {"unit": code, "into": codes, "day": _day(on(day))}
    write_result(f"{visible(text('unit.split-done', **values))}\n".encode(), None)


def _pair(written: str) -> tuple[str, str]:
    code, equals, name = (clean(each) for each in written.partition("="))
    if not (code and equals and name):
        raise usage_error("usage.code-name", given=written)
    return code, name


def clean(written: str) -> str:
    """Read text from the command line: NFC, single blanks.

    :raises UsageError: it has control characters.
    """
    given = " ".join(unicodedata.normalize("NFC", written).split())
    if not given.isprintable():
        raise usage_error("usage.control", given=written)
    return given


def _level(level: str | None) -> str | None:
    from dti_core.models import Level

    levels = [each.value for each in Level]
    if level is not None and level.lower() not in levels:
        raise usage_error("usage.no-level", level=level, levels=", ".join(levels))
    return level and level.lower()
