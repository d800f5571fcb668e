"""Evidence of a unit in a cycle: added, replaced by a newer one, withdrawn; no row ever goes.

Who may do so, and when, is the business of whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select

from dti_core.errors import Problem
from dti_core.evidence.taking import EvidenceRefused, Shown, refuse
from dti_core.evidence.vault import Vault
from dti_core.store.tables import Blob, Evidence

if TYPE_CHECKING:
    from dti_core.store.writing import Write


class Place(NamedTuple):
    """Where evidence belongs: the ids of a cycle and of a unit."""

    cycle: int
    unit: int


def add(
    write: Write, place: Place, indicators: Iterable[str], shown: Sequence[Shown], why: str = ""
) -> list[Evidence]:
    """Let files and links show indicators of a unit: a row for each of them and each indicator.

    :param shown: what :func:`dti_core.evidence.take` has kept.
    :return: the rows that are new; what shows an indicator already is left out.
    """
    codes = list(dict.fromkeys(indicators))
    mine = select(Evidence).where(Evidence.cycle == place.cycle, Evidence.unit == place.unit)
    there = {_content(each) for each in write.session.scalars(in_force(mine))}
    rows = [_row(write, place, code, each) for each in shown for code in codes]
    fresh = {_content(each): each for each in reversed(rows)}  # of two alike the first counts
    new = [each for key, each in reversed(fresh.items()) if key not in there]
    return _written(write, new, shown, why)


def replace(write: Write, replaced: Iterable[int], shown: Shown, why: str = "") -> list[Evidence]:
    """Put a newer file or link in the place of others, each of which stays as it was.

    :param replaced: the ids of what it replaces.
    :return: a row for each of them; what is the very same already is left out.
    :raises EvidenceRefused: one is not there, was withdrawn, or has a newer one already.
    """
    olds, faults = [], []
    for number in dict.fromkeys(replaced):
        old = write.session.get(Evidence, number)
        fault = _fault(write, number, old)
        if fault is not None:
            faults.append(fault)
        elif old is not None and (old.link, old.sha256) != (shown.link, shown.sha256):
            olds.append(old)
    refuse(faults)
    rows = [_row(write, Place(old.cycle, old.unit), old.indicator, shown) for old in olds]
    for old, row in zip(olds, rows, strict=True):
        row.replaces = old.id
    return _written(write, rows, [shown], why, "evidence.replace")


def withdraw(write: Write, seen: Evidence, why: str) -> bool:
    """Withdraw evidence; it stays to be seen, with its flag.

    :param seen: the row as the writer knows it.
    :return: whether it was in force until now.
    :raises EvidenceRefused: there is no reason.
    :raises Stale: somebody else has withdrawn it since.
    """
    if not why.strip():
        raise EvidenceRefused([Problem("evidence.no-reason", {"id": seen.id}, seen.name)])
    return write.change(seen, "evidence.withdraw", why, withdrawn=True)


def in_force(chosen: Any) -> Any:
    """Choose only what is neither withdrawn nor replaced, by whatever became of that."""
    newer = select(Evidence.replaces).where(col(Evidence.replaces).is_not(None))
    return chosen.where(col(Evidence.withdrawn).is_(False), col(Evidence.id).not_in(newer))


def _row(write: Write, place: Place, indicator: str, shown: Shown) -> Evidence:
    return Evidence(
        cycle=place.cycle,
        unit=place.unit,
        indicator=indicator,
        name=shown.name,
        link=shown.link,
        sha256=shown.sha256,
        media_type=shown.media_type,
        added_by=write.who,
        added_at=write.now,
    )


def _content(row: Evidence) -> tuple[str, str | None, str | None]:
    return row.indicator, row.link, row.sha256


def _fault(write: Write, number: int, old: Evidence | None) -> Problem | None:
    if old is None:
        return Problem("evidence.unknown", {"id": number})
    if old.withdrawn:
        return Problem("evidence.is-withdrawn", {"id": number}, old.name)
    newer = select(Evidence.id).where(Evidence.replaces == number)
    by = write.session.exec(newer.order_by(col(Evidence.id))).first()
    if by is None:
        return None
    return Problem("evidence.is-replaced", {"id": number, "by": by}, old.name)


def _written(
    write: Write,
    rows: list[Evidence],
    shown: Sequence[Shown],
    why: str,
    what: str = "evidence.add",
) -> list[Evidence]:
    named = {each.sha256 for each in rows}
    files = {each.sha256: each for each in shown if each.sha256 and each.sha256 in named}
    known = select(Blob.sha256).where(col(Blob.sha256).in_(files))
    for sha256 in files.keys() - set(write.session.exec(known)):
        where = Vault.path(sha256)
        write.add([Blob(sha256=sha256, size=files[sha256].size, path=where)], what, why)
    for each in shown:
        if each.was_damaged:
            write.note("evidence.mended", why, sha256=each.sha256)
    write.add(rows, what, why)
    return rows
