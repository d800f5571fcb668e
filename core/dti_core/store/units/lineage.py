"""Mergers and splits: the old units end, the new ones are rows of their own that name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import select

from dti_core.errors import InvalidFacts, Problem
from dti_core.store.tables import Succession, Unit
from dti_core.store.units.listing import codes_of, day_text, find
from dti_core.store.writing import Write

SEVERAL: Final = 2
MERGE: Final = "unit.merge"
SPLIT: Final = "unit.split"


@dataclass(frozen=True)
class NewUnit:
    """What a merger or a split makes; None: as the units that it comes from."""

    code: str
    name: str
    level: str | None = None
    group: str | None = None


def merge(write: Write, codes: Sequence[str], into: NewUnit, day: date, why: str = "") -> Unit:
    """End several units and begin the one that they become.

    :param day: the first day of the new unit; the others are there until the day before.
    :return: the new unit.
    :raises InvalidFacts: with every fault: unknown or ended units, a code in use, what the new unit
        cannot take from units that differ.
    """
    old = _found(write, codes, day)
    if len(set(codes)) < SEVERAL:
        raise InvalidFacts([Problem("unit.merge-few")])
    _check(write, old, [into])
    _end(write, old, day, (MERGE, why))
    return _begin(write, old, [into], day, (MERGE, why))[0]


def split(write: Write, code: str, into: Sequence[NewUnit], day: date, why: str = "") -> list[Unit]:
    """End one unit and begin those that it becomes.

    :param day: the first day of the new units; the old one is there until the day before.
    :return: the new units, in order.
    :raises InvalidFacts: with every fault, as for a merger.
    """
    old = _found(write, [code], day)
    if len(into) < SEVERAL:
        raise InvalidFacts([Problem("unit.split-few", {"unit": code})])
    _check(write, old, into)
    _end(write, old, day, (SPLIT, why))
    return _begin(write, old, into, day, (SPLIT, why))


def _found(write: Write, codes: Sequence[str], day: date) -> list[Unit]:
    found = [find(write.session, code, day) for code in dict.fromkeys(codes)]
    faults = [each for each in found if isinstance(each, Problem)]
    units = [each for each in found if isinstance(each, Unit)]
    faults += [
        Problem("unit.ends-already", {"unit": each.code, "to": day_text(each.valid_to)})
        for each in units
        if each.valid_to is not None
    ]
    faults += [
        Problem("unit.begins-then", {"unit": each.code, "from": day_text(day)})
        for each in units
        if each.valid_from == day
    ]
    if faults:
        raise InvalidFacts(faults)
    return units


def _check(write: Write, old: Sequence[Unit], into: Sequence[NewUnit]) -> None:
    faults = [*_codes(write, old, into), *_different(old, into)]
    if faults:
        raise InvalidFacts(faults)


def _end(write: Write, old: Sequence[Unit], day: date, why: tuple[str, str]) -> None:
    for each in old:
        write.change(each, *why, valid_to=day)


def _begin(
    write: Write, old: Sequence[Unit], into: Sequence[NewUnit], day: date, why: tuple[str, str]
) -> list[Unit]:
    new = [
        Unit(
            code=each.code,
            name=each.name,
            level=each.level or old[0].level,
            group=old[0].group if each.group is None else each.group,
            valid_from=day,
        )
        for each in into
    ]
    write.add(new, *why)
    pairs = [Succession(unit=a.id, successor=b.id, on=day) for a in old for b in new]
    write.add(pairs, *why)
    return new


def _codes(write: Write, old: Sequence[Unit], into: Sequence[NewUnit]) -> Iterator[Problem]:
    """Refuse a code that another unit has, now or from a later day; those that end give theirs."""
    ending = {each.id for each in old}
    seen: set[str] = set()
    for each in into:
        if not each.code or not each.name:
            yield Problem("unit.no-code-or-name")
        elif each.code in seen:
            yield Problem("unit.into-twice", {"unit": each.code})
        seen.add(each.code)
        for other in write.session.exec(select(Unit).where(Unit.code == each.code)):
            if other.id not in ending and other.valid_to is None:
                yield Problem("unit.in-use", {"unit": each.code, "name": other.name})


def _different(old: Sequence[Unit], into: Sequence[NewUnit]) -> Iterator[Problem]:
    """Ask for what the new unit cannot take over, because the old ones differ in it."""
    for name, option in (("level", "--level"), ("group", "--group")):
        values = dict.fromkeys(getattr(each, name) for each in old)
        if len(values) > 1 and any(getattr(each, name) is None for each in into):
            told = {"units": codes_of(old), "values": ", ".join(values), "option": option}
            yield Problem("unit.differ", told | {"what": name})
