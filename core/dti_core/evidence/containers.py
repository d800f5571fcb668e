"""Documents that are made of parts, in a ZIP archive or in an OLE file: which parts they have."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO, Final

from dti_core.errors import usage_error
from dti_core.evidence.content import OTHER, Look, chunks

DAMAGED: Final = "evidence.damaged"
ENCRYPTED: Final = "evidence.encrypted"
MACROS: Final = "evidence.macros"

MOST_PARTS: Final = 20_000
LARGEST_UNPACKED: Final = 2**30
PART: Final = b"PK\x01\x02"
"""What every entry of the table of an archive begins with."""

ZIP_MACROS: Final = re.compile(r"vbaproject\.bin$|(^|/)(macrosheets|basic|scripts)/", re.IGNORECASE)
OLE_MACROS: Final = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros")
OLE_ENCRYPTED: Final = ("EncryptedPackage", "EncryptionInfo")
BROKEN_ZIP: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError)
BROKEN_OLE: Final = (struct.error, IndexError, ValueError, KeyError, RecursionError)


def office(main: str) -> Look:
    """Make the look at a document of Office Open XML.

    :param main: the part that makes it this kind of document.
    """

    def faults(archive: zipfile.ZipFile) -> Iterator[str]:
        names = {each.filename for each in archive.infolist()}
        if not {"[Content_Types].xml", main} <= names:
            yield OTHER

    return _zipped(faults)


def open_document(media_type: str) -> Look:
    """Make the look at a document of OpenDocument, whose first part says what it is."""

    def faults(archive: zipfile.ZipFile) -> Iterator[str]:
        first = next(iter(archive.infolist()), None)
        if (
            first is None
            or first.filename != "mimetype"
            or first.file_size != len(media_type)
            or archive.read(first) != media_type.encode()
        ):
            yield OTHER

    return _zipped(faults)


def _zipped(own: Callable[[zipfile.ZipFile], Iterator[str]]) -> Look:
    def look(file: BinaryIO) -> str | None:
        # The table of parts is read whole: how long it can be is counted first, piece by piece.
        if sum(each.count(PART) for each in chunks(file)) > MOST_PARTS:
            return DAMAGED
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            return _locked(file)
        try:
            with zipfile.ZipFile(file) as archive:
                return next(own(archive), None) or next(_of_parts(archive.infolist()), None)
        except BROKEN_ZIP:
            return DAMAGED

    return look


def _of_parts(parts: list[zipfile.ZipInfo]) -> Iterator[str]:
    if any(each.flag_bits & 1 for each in parts):
        yield ENCRYPTED
    if any(ZIP_MACROS.search(each.filename) for each in parts):
        yield MACROS
    if sum(each.file_size for each in parts) > LARGEST_UNPACKED:
        yield DAMAGED


def _locked(file: BinaryIO) -> str:
    """Say that a document is locked by a password, which puts it into an OLE file, or is none."""
    return ENCRYPTED if {*OLE_ENCRYPTED} & _ole_parts(file) else OTHER


def ole(*mains: str) -> Look:
    """Make the look at a document of the formats before 2007, or at a saved message of Outlook.

    :param mains: the streams that make it this kind of document, one of them.
    """

    def look(file: BinaryIO) -> str | None:
        names = _ole_parts(file)
        if names.isdisjoint(mains):
            return ENCRYPTED if names.intersection(OLE_ENCRYPTED) else OTHER
        return MACROS if names.intersection(OLE_MACROS) else None

    return look


def _ole_parts(file: BinaryIO) -> set[str]:
    """Name the storages and streams of an OLE file; none where it is no such file."""
    try:
        import olefile
    except ImportError as error:
        raise usage_error("evidence.needs-extra") from error
    file.seek(0)
    if file.read(len(olefile.MAGIC)) != olefile.MAGIC:
        return set()
    file.seek(0)
    try:
        with closing(olefile.OleFileIO(file)) as archive:
            return {each for path in archive.listdir(storages=True) for each in path}
    except (OSError, *BROKEN_OLE):
        return set()
