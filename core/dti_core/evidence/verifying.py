"""Every file hashed anew: whether it is there, whole, and what it was when it was brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlmodel import col, or_, select

from dti_core.errors import Problem
from dti_core.evidence.vault import INCOMING, Vault, VaultFailed
from dti_core.store.tables import Blob, Evidence, Unit

if TYPE_CHECKING:
    from sqlmodel import Session

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the files found: ``problems`` are faults, ``notes`` are none."""

    files: int
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def verify(session: Session, vault: Vault, progress: Progress | None = None) -> Verified:
    """Hash every file that evidence names, whatever became of that evidence.

    :param progress: told how many files are done, of how many, after each.
    :raises VaultFailed: the vault cannot be reached, or there is nothing at all in it.
    """
    names, sizes, users = vault.names(), _sizes(session), _users(session)
    if sizes and not names:
        missing = {"url": vault.url, "files": len(sizes)}
        raise VaultFailed([Problem("evidence.no-vault", missing)])
    found = Verified(len(sizes))
    for done, (sha256, size) in enumerate(sorted(sizes.items()), 1):
        if fault := _fault(vault, sha256, size):
            key, values = fault
            used = users.get(sha256, "")
            found.problems.append(Problem(key, {"used": used, **values}, Vault.path(sha256)))
        if progress is not None:
            progress(done, len(sizes))
    found.notes.extend(_strays(names, sizes))
    return found


def _sizes(session: Session) -> Mapping[str, int]:
    """Return the size of every file that has to be in the vault, by its hash."""
    named = select(Evidence.sha256).where(col(Evidence.sha256).is_not(None))
    here = or_(col(Blob.sha256).in_(named), col(Blob.path).is_not(None))
    return dict(session.exec(select(Blob.sha256, Blob.size).where(here)).all())


def _users(session: Session) -> Mapping[str, str]:
    """Say by whom each file was brought, for what, and as what."""
    chosen = select(Evidence.sha256, Unit.code, Evidence.indicator, Evidence.name).join(Unit)
    chosen = chosen.where(col(Evidence.sha256).is_not(None)).order_by(col(Evidence.id))
    users: defaultdict[str, list[str]] = defaultdict(list)
    for sha256, unit, indicator, name in session.exec(chosen):
        users[str(sha256)].append(f"{unit} {indicator} “{name}”")
    return {sha256: "; ".join(dict.fromkeys(each)) for sha256, each in users.items()}


def _fault(vault: Vault, sha256: str, size: int) -> tuple[str, Mapping[str, object]] | None:
    """Return what is wrong with a file, as the key of a message and its values."""
    try:
        found = vault.size(sha256)
        if found is None:
            return "evidence.missing", {}
        if found != size:
            return "evidence.other-size", {"size": size, "found": found}
        return None if vault.hash(sha256) == sha256 else ("evidence.altered", {})
    except VaultFailed as failed:
        (problem,) = failed.problems
        return problem.key, problem.values


def _strays(names: list[str], sizes: Mapping[str, int]) -> Iterator[Problem]:
    """Tell of what lies in the vault and no row names; it does no harm."""
    known = {Vault.path(sha256) for sha256 in sizes}
    for each in names:
        if each.startswith(f"{INCOMING}/"):
            yield Problem("evidence.leftover", file=each)
        elif each not in known:
            yield Problem("evidence.stray", file=each)
