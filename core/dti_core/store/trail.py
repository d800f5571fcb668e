"""The audit trail: how its lines hang together, and what shows that somebody touched them."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from dti_core.errors import Problem
from dti_core.store.strays import BATCH, Line, stray_rows
from dti_core.store.tables import NO_HASH, AuditHead, AuditLine, canonical, table_of

if TYPE_CHECKING:
    from sqlmodel import Session

UNCHAINED: Final = ("previous_hash", "hash")


def chain_hash(line: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the hash before and the canonical JSON of the rest of a line."""
    told = {name: value for name, value in line.items() if name not in UNCHAINED}
    return hashlib.sha256(line["previous_hash"].encode() + canonical(told)).hexdigest()


@dataclass
class Trail:
    """What a look through the whole trail found: how long it is, its end, and what is wrong."""

    count: int = 0
    hash: str = NO_HASH
    has_noted: bool = False
    broken: Problem | None = None
    strays: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """The first broken line, and the rows that are not what the trail says."""
        return [*([self.broken] if self.broken else []), *self.strays]


def verify(session: Session, noted: str | None = None) -> Trail:
    """Go through the trail from its first line, then hold every row against it.

    A removed, altered or moved line breaks the chain; lines cut off at the end are missed by the
    head. Once the chain holds, every row of the tables must be what its lines say.

    :param noted: the hash of a line that was written down elsewhere; it must still be there.
    """
    found = Trail()
    with closing(_lines(session)) as lines:
        for line in lines:
            found.broken = _fault(found, line)
            if found.broken:
                return found
            found.count, found.hash = line["id"], line["hash"]
            found.has_noted |= line["hash"] == noted
    found.broken = _end(session, found) or _missed(found, noted)
    if not found.broken:
        found.strays = list(stray_rows(session))
    return found


def _lines(session: Session) -> Generator[Line]:
    table = table_of(AuditLine)
    chosen = select(table).order_by(table.c.id).execution_options(yield_per=BATCH)
    with session.connection().execute(chosen) as lines:
        yield from map(dict, lines.mappings())


def _fault(found: Trail, line: Line) -> Problem | None:
    number = found.count + 1
    if line["id"] != number:
        return Problem("audit.gap", {"line": number, "found": line["id"]})
    if line["previous_hash"] != found.hash:
        return Problem("audit.moved", {"line": number})
    if chain_hash(line) != line["hash"]:
        return Problem("audit.altered", {"line": number})
    return None


def _end(session: Session, found: Trail) -> Problem | None:
    head = table_of(AuditHead)
    end = session.connection().execute(select(head.c["count"], head.c["hash"])).one_or_none()
    if end is None:
        return Problem("audit.no-head", {"count": found.count})
    count, last = end
    if count > found.count:
        return Problem("audit.cut", {"line": found.count + 1, "count": count})
    if count < found.count:
        return Problem("audit.beyond", {"line": count + 1, "count": count})
    return None if last == found.hash else Problem("audit.other-end", {"line": count})


def _missed(found: Trail, noted: str | None) -> Problem | None:
    if noted is None or found.has_noted:
        return None
    return Problem("audit.not-noted", {"hash": noted})
