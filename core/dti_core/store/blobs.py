"""Originals by their hash: kept once, whoever brings them again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlmodel import col, select

from dti_core.store.tables import Blob

if TYPE_CHECKING:
    from dti_core.store.writing import Write


def keep(write: Write, content: bytes, what: str) -> str:
    """Keep the bytes of an original in the database.

    :return: their SHA-256, by which other rows name them.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    is_kept = select(col(Blob.size)).where(col(Blob.sha256) == sha256)
    if write.session.exec(is_kept).one_or_none() is None:
        write.add([Blob(sha256=sha256, size=len(content), content=content)], what)
    return sha256
