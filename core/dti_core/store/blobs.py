"""Originals by their hash: kept once, whoever brings them again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlmodel import col, select, update

from dti_core.store.tables import Blob

if TYPE_CHECKING:
    from dti_core.store.writing import Write


def keep(write: Write, content: bytes, what: str) -> str:
    """Keep the bytes of an original in the database.

    :return: their SHA-256, by which other rows name them.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    has_bytes = select(col(Blob.content).is_not(None)).where(col(Blob.sha256) == sha256)
    known = write.session.exec(has_bytes).one_or_none()
    if known is None:
        write.add([Blob(sha256=sha256, size=len(content), content=content)], what)
    elif not known:
        # So far it was only evidence, whose bytes lie elsewhere. The row says the same as before:
        # the trail tells of a blob's hash, not of its bytes.
        of_it = update(Blob).where(col(Blob.sha256) == sha256)
        write.session.connection().execute(of_it.values(content=content))
    return sha256
