"""Files and links that somebody brings: all are looked at, and kept only where all are fine."""

from __future__ import annotations

import hashlib
import io
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from dti_core.errors import DtiError, Problem
from dti_core.evidence.accepted import ACCEPTED
from dti_core.evidence.content import (
    EXECUTABLE,
    HEAD,
    OTHER,
    chunks,
    extensions,
    is_program,
)
from dti_core.evidence.naming import link_fault, safe_name, shown_name, suffix_of
from dti_core.evidence.vault import Vault, VaultFailed
from dti_core.sources import Source
from dti_core.store.tables.base import clean

LARGEST: Final = 50 * 2**20
FIRST: Final = 100
"""How many reasons are told; the others are counted."""


class EvidenceRefused(DtiError):
    """Evidence is not accepted, or cannot be changed like this: exit code 1."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody brings: a file, or a link as text; ``name`` is what he calls it."""

    what: Source | str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is fine to be shown as evidence: a link, or a file by its hash.

    ``was_damaged``: the vault had the file already, and it was not what it had been.
    """

    name: str
    link: str | None = None
    sha256: str | None = None
    size: int = 0
    media_type: str | None = None
    was_damaged: bool = False


def take(vault: Vault, given: Sequence[Given], largest: int = LARGEST) -> list[Shown]:
    """Look at everything that is brought, then keep its files.

    Done before the transaction that names them, for a large file takes its time; a file that no
    row names in the end does no harm.

    :param largest: how many bytes a file may have.
    :return: in the order given.
    :raises EvidenceRefused: with everything that is wrong; nothing is kept.
    :raises VaultFailed: a file cannot be kept.
    """
    looked: list[Shown] = []
    faults: list[Problem] = []
    for each in given:
        try:
            looked.append(examine(each, largest))
        except EvidenceRefused as refused:
            faults += refused.problems
    refuse(faults)
    return [_kept(vault, each.what, shown) for each, shown in zip(given, looked, strict=True)]


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse where there is any reason to.

    :raises EvidenceRefused: with the first hundred reasons, and their number.
    """
    found = list(problems)
    if found:
        raise EvidenceRefused(found[:FIRST], len(found))


def examine(given: Given, largest: int = LARGEST) -> Shown:
    """Look at one file or link, which is read piece by piece and kept nowhere.

    :raises EvidenceRefused: it is not accepted; the reason is told.
    """
    if isinstance(given.what, Source):
        return _file(given.what, given.name, largest)
    link = clean(given.what.strip().replace("\0", " "))
    if key := link_fault(link):
        raise _refused(key, link[:200])
    return Shown(shown_name(given.name or "") or shown_name(urlsplit(link).hostname or ""), link)


def _file(source: Source, called: str | None, largest: int) -> Shown:
    own, name = safe_name(Path(source.text_name).name), safe_name(called or source.text_name)
    if suffix_of(name) not in ACCEPTED:  # a title instead of a name
        name = safe_name(f"{called}{suffix_of(own)}") if called else name
    kind = ACCEPTED.get(suffix_of(name))
    if kind is None:
        accepted = ", ".join(each.removeprefix(".") for each in ACCEPTED)
        raise _refused("evidence.suffix", source.text_name, accepted=accepted)
    try:
        with _opened(source, largest) as file:
            sha256, size = _hashed(file, source, largest)
            file.seek(0)
            if key := kind.look(file):
                raise _other(key, file, source.text_name, suffix_of(name))
    except OSError as error:
        raise _refused("evidence.unreadable", source.text_name, error=error.strerror) from error
    return Shown(name, sha256=sha256, size=size, media_type=kind.media_type)


def _opened(source: Source, largest: int) -> BinaryIO:
    """Open a file, once it is known to be one, and not too large."""
    if source.path is None:
        return io.BytesIO(source.data)
    known = source.path.stat()
    if not stat.S_ISREG(known.st_mode):  # a device or a pipe might never end
        raise _refused("evidence.no-file", source.text_name)
    if known.st_size > largest:
        raise _too_large(source, known.st_size, largest)
    return source.path.open("rb")


def _hashed(file: BinaryIO, source: Source, largest: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(file):
        digest.update(chunk)
        size += len(chunk)
        if size > largest:  # it grows while it is read
            raise _too_large(source, size, largest)
    if not size:
        raise _refused("evidence.empty", source.text_name)
    return digest.hexdigest(), size


def _kept(vault: Vault, what: Source | str, shown: Shown) -> Shown:
    if not isinstance(what, Source) or shown.sha256 is None:
        return shown
    try:
        file = _opened(what, shown.size)
    except OSError as error:
        raise _refused("evidence.unreadable", what.text_name, error=error.strerror) from error
    try:
        with file:
            return replace(shown, was_damaged=vault.keep(file, shown.sha256))
    except VaultFailed as failed:
        named = [replace(each, file=what.text_name) for each in failed.problems]
        raise VaultFailed(named) from failed


def _other(key: str, file: BinaryIO, where: str, suffix: str) -> EvidenceRefused:
    """Say what a file is instead of what its name says, as far as that can be told."""
    file.seek(0)
    head = file.read(HEAD)
    if key == OTHER and is_program(head):
        key = EXECUTABLE
    found = next(iter(extensions(head)), "?")
    return _refused(key, where, suffix=suffix, found=found)


def _too_large(source: Source, size: int, largest: int) -> EvidenceRefused:
    values = {"size": f"{size / 2**20:.1f}", "largest": f"{largest / 2**20:g}"}
    return _refused("evidence.too-large", source.text_name, **values)


def _refused(key: str, where: str, **values: object) -> EvidenceRefused:
    return EvidenceRefused([Problem(key, values, where)])
