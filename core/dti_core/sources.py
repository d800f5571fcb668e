"""What the user named as input: files, or standard input, read once and hashed."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One source of facts: a file, or bytes that came from standard input.

    ``name`` is what messages call it.
    """

    name: str
    path: Path | None = None
    data: bytes = b""

    @cached_property
    def content(self) -> bytes:
        """The bytes of the source.

        :raises OSError: the file cannot be read.
        """
        return self.data if self.path is None else self.path.read_bytes()

    @property
    def text_name(self) -> str:
        """The name as valid text, also where the file system's is not."""
        return os.fsencode(self.name).decode("utf-8", "replace")

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal, as ``sha256sum`` prints it."""
        return hashlib.sha256(self.content).hexdigest()
