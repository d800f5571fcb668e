"""``dti evidence``: files and links that show indicators."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dti_core.cli.cycling import Desk
from dti_core.cli.forming import progress_bar
from dti_core.cli.listing import write_list
from dti_core.cli.output import note, note_problem
from dti_core.cli.storing import need_store, opened, say
from dti_core.errors import DtiError, usage_error
from dti_core.sources import Source

if TYPE_CHECKING:
    from dti_core.evidence import Listed, Shown, Vault

MEGABYTE = 2**20
LIMIT = "DTI_EVIDENCE_MB"
"""How many megabytes a file may have at most."""


def add_evidence(
    desk: Desk,
    code: str,
    indicators: Sequence[str],
    given: tuple[Sequence[str], str | None],
    why: str,
) -> None:
    """Keep files and links, and let them show indicators of a unit."""
    shown = _take(*given)
    with desk.work() as turn:
        from dti_core.cycle.proving import prove

        new = prove(turn, turn.running.unit(code), indicators, shown, why)
    say("evidence.added", unit=code, count=len(new), indicators=", ".join(indicators))
    _note_shared(desk, {each.sha256 for each in shown if each.sha256})


def replace_evidence(desk: Desk, number: int, given: tuple[str, str | None], why: str) -> None:
    """Put a newer file or link in the place of another."""
    (shown,) = _take([given[0]], given[1])
    with desk.work() as turn:
        from dti_core.cycle.proving import renew

        new = renew(turn, number, shown, why)
    key = "evidence.replaced" if new else "evidence.same"
    say(key, id=number, by=new[0].id if new else number)


def withdraw_evidence(desk: Desk, number: int, why: str) -> None:
    """Withdraw a file or link."""
    with desk.work() as turn:
        from dti_core.cycle.proving import take_back

        found = take_back(turn, number, why)
    say("evidence.withdrawn", id=number, name=found.name)


def _take(given: Sequence[str], name: str | None) -> list[Shown]:
    """Look at what is given, and keep its files.

    :raises UsageError: one name for several.
    """
    need_store()
    from dti_core.evidence import Given, take

    if name is not None and len(given) > 1:
        raise usage_error("evidence.one-name")
    return take(_vault(), [Given(_what(each), name) for each in given], _largest())


def _what(given: str) -> Source | str:
    """Tell a link from the path of a file."""
    return given if "://" in given else Source(given, Path(given))


def _vault() -> Vault:
    from dti_core.evidence import DEFAULT_URL, VARIABLE, Vault

    return Vault(os.environ.get(VARIABLE) or DEFAULT_URL)


def _largest() -> int:
    from dti_core.evidence import LARGEST

    given = os.environ.get(LIMIT)
    if not given:
        return LARGEST
    if not given.isdecimal() or int(given) < 1:
        raise usage_error("evidence.limit", variable=LIMIT, given=given)
    return int(given) * MEGABYTE


def _note_shared(desk: Desk, hashes: set[str]) -> None:
    """Tell where the same file stands under another unit."""
    with desk.look() as (session, running):
        from dti_core.evidence import shared

        for each in shared(session, running.cycle.id):
            if each.sha256 in hashes:
                units = ", ".join(dict.fromkeys(unit for unit, _ in each.places))
                note("evidence.shared", names=", ".join(each.names), units=units)


def show_evidence(
    desk: Desk, where: tuple[str | None, str | None, bool], form: str | None, output: Path | None
) -> None:
    """List files and links."""
    code, indicator, every = where
    with desk.look() as (session, running):
        from dti_core.evidence import listed
        from dti_core.messages import text

        unit = None if code is None else running.unit(code).id
        found = listed(session, running.cycle.id, unit, indicator, every=every)
    heading = text("evidence.list", count=len(found))
    write_list(heading, [_row(each, every=every) for each in found], form, output)


def _row(each: Listed, *, every: bool) -> dict[str, object]:
    row = {
        "id": each.row.id,
        "unit": each.unit,
        "indicator": each.row.indicator,
        "evidence": each.row.link or each.row.name,
        "size": each.size,
        "sha256": each.row.sha256,
        "who": each.row.added_by,
    }
    if not every:
        return row
    return {**row, "withdrawn": each.row.withdrawn, "replaced_by": each.replaced_by}


def verify_evidence() -> None:
    """Hash every file anew.

    :raises DtiError: one is missing or altered; all are told.
    """
    with opened() as store, store.read() as session, progress_bar("evidence.hashing") as told:
        from dti_core.evidence import verify

        found = verify(session, _vault(), told)
    for each in found.notes:
        note_problem(each)
    if found.problems:
        raise DtiError(found.problems)
    say("evidence.intact", files=found.files)
