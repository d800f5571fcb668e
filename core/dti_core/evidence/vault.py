"""The vault: a folder, or a bucket of an S3-compatible service, that keeps files by their SHA-256.

One code for all of them, by fsspec. A file lies at ``ab/abcd…``, a place that is made of its hash
and of nothing that anybody has typed; while it comes it lies in ``incoming`` under a name of its
own, so that what has a hash for its name is whole, whatever was killed.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast
from uuid import uuid4

from dti_core.errors import DtiError, Problem, UsageError, usage_error
from dti_core.evidence.content import chunks

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

DEFAULT_URL: Final = "evidence"
VARIABLE: Final = "DTI_EVIDENCE_URL"
INCOMING: Final = "incoming"
HASH: Final = re.compile(r"[0-9a-f]{64}")
BUCKETS: Final = frozenset(("s3", "s3a", "gs", "gcs", "abfs", "az"))
"""Where folders need not be made; asked for one, some would make a bucket for a misspelt name."""


class VaultFailed(DtiError):
    """The vault cannot be read or written, or is not what it was: exit code 1."""


class Vault:
    """Files by the SHA-256 of their bytes; each is kept once, and never changed."""

    def __init__(self, url: str = DEFAULT_URL, **options: Any) -> None:
        """Name a vault; nothing is made or looked at before the first file is.

        :param url: a folder, or an address that fsspec knows, such as ``s3://bucket/folder``.
        :param options: what else fsspec has to know, such as ``endpoint_url``.
        :raises UsageError: the address is none, or its driver is not installed.
        """
        self.url = url
        self._files, root = _file_system(url, options)
        protocols = _protocols(self._files)
        self._is_local = "file" in protocols
        self._has_folders = BUCKETS.isdisjoint(protocols)
        self._root = Path(root).resolve().as_posix() if self._is_local else root.rstrip("/")

    @staticmethod
    def path(sha256: str) -> str:
        """Return where a file lies in any vault.

        :raises ValueError: this is no SHA-256 in small hexadecimal letters.
        """
        if not HASH.fullmatch(sha256):
            raise ValueError(sha256)
        return f"{sha256[:2]}/{sha256}"

    def keep(self, file: BinaryIO, sha256: str) -> bool:
        """Keep a file, unless it is there already; one that is there and damaged is mended.

        :param file: open at its start.
        :return: whether a damaged one was there.
        :raises VaultFailed: it cannot be kept, or is not the file of this hash any more.
        """
        with self._told():
            was_there = self._size(self._place(sha256)) is not None
        if was_there and self.hash(sha256) == sha256:
            return False
        with self._told():
            self._write(file, sha256)
        return was_there

    def size(self, sha256: str) -> int | None:
        """Return how many bytes a file has; None where it is not there.

        :raises VaultFailed: the vault cannot be reached, or a link leads out of it.
        """
        with self._told():
            return self._size(self._place(sha256))

    def open(self, sha256: str) -> BinaryIO:
        """Open a file to read it from its start; :func:`verify` tells whether it is what it was.

        :raises VaultFailed: it is not there, cannot be read, or a link leads out of the vault.
        """
        with self._told():
            return cast("BinaryIO", self._files.open(self._place(sha256), "rb"))

    def hash(self, sha256: str) -> str:
        """Return the SHA-256 that the bytes of a kept file have now.

        :raises VaultFailed: what :meth:`open` says.
        """
        digest = hashlib.sha256()
        with self.open(sha256) as file, self._told():
            for chunk in chunks(file):
                digest.update(chunk)
        return digest.hexdigest()

    def names(self) -> list[str]:
        """Return where everything lies that the vault holds, whoever has put it there.

        :raises VaultFailed: the vault cannot be reached.
        """
        with self._told():
            found = self._files.find(self._root)
        return sorted(str(each).removeprefix(f"{self._root}/") for each in found)

    def _size(self, place: str) -> int | None:
        try:
            info = self._files.info(place)
        except FileNotFoundError:
            return None
        return int(info["size"])

    def _place(self, sha256: str) -> str:
        return self._inside(f"{self._root}/{self.path(sha256)}")

    def _inside(self, place: str) -> str:
        """Refuse to follow a link, which may lead anywhere."""
        if self._is_local and Path(place).resolve() != Path(place):
            values = {"path": place.removeprefix(f"{self._root}/"), "url": self.url}
            raise VaultFailed([Problem("evidence.leads-out", values)])
        return place

    def _write(self, file: BinaryIO, sha256: str) -> None:
        coming = self._inside(f"{self._root}/{INCOMING}/{uuid4().hex}")
        place = self._place(sha256)
        if self._has_folders:
            for each in (coming, place):
                self._files.makedirs(each.rpartition("/")[0], exist_ok=True)
        try:
            is_it = self._copy(file, coming) == sha256
            if is_it:
                self._files.mv(coming, place)
        finally:
            with suppress(FileNotFoundError):  # it has moved
                self._files.rm_file(coming)
        if not is_it:
            raise VaultFailed([Problem("evidence.changes")])
        if self._is_local:
            _settle_folder(Path(place).parent)

    def _copy(self, file: BinaryIO, place: str) -> str:
        """Write a file and return its SHA-256, once it would live through a power cut."""
        digest = hashlib.sha256()
        with self._files.open(place, "wb") as kept:
            for chunk in chunks(file):
                digest.update(chunk)
                kept.write(chunk)
            kept.flush()
            with suppress(io.UnsupportedOperation):  # what lies elsewhere sees to it itself
                os.fsync(kept.fileno())
        return digest.hexdigest()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what the vault says, for people."""
        try:
            yield
        except DtiError:
            raise
        except Exception as error:
            if not _is_outside(error):
                raise
            values = {"url": self.url, "error": getattr(error, "strerror", None) or error}
            raise VaultFailed([Problem("evidence.vault", values)]) from error


def _file_system(url: str, options: dict[str, Any]) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise usage_error("evidence.needs-extra") from error
    try:
        # Others write there too: a list that was read once says nothing about now.
        files, root = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True, **options)
    except ImportError as error:
        raise usage_error("evidence.no-driver", url=url, error=error) from error
    except ValueError as error:
        raise _no_address(url) from error
    if not root.strip("/"):
        raise _no_address(url)
    return files, root


def _no_address(url: str) -> UsageError:
    return usage_error("evidence.no-address", url=url)


def _protocols(files: AbstractFileSystem) -> tuple[str, ...]:
    named = files.protocol
    return (named,) if isinstance(named, str) else tuple(named)


def _is_outside(error: Exception) -> bool:
    """Tell a fault of the disk, the network or the service from one of the program."""
    maker = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError) or maker in {"botocore", "aiobotocore", "aiohttp"}


def _settle_folder(folder: Path) -> None:
    """Bring the new name of a file through a power cut; Windows knows no such thing."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
