"""A workbook of the format before 2007 (.xls): what its records say it carries beside cells."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Final

from dti_core.collecting.extent import OLD_DAMAGED, claims_more, is_vast, records
from dti_core.errors import usage_error

ENCRYPTED: Final = ("EncryptedPackage", "EncryptionInfo")
MACROS: Final = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros")
BOOKS: Final = ("Workbook", "Book")

FILE_PASS, SHEET, LINK, QUERY = 0x2F, 0x85, 0x1AE, 0x1AD
CELLS: Final = frozenset((0x06, 0x7E, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E))
"""Records that hold a cell; each starts with its row and column."""

ITSELF: Final = (b"\x01\x04", b"\x01\x3a")
"""What a link to other sheets says where it means this workbook, or a function of the program."""

MACRO_SHEETS: Final = (b"\x01", b"\x06")
MOST_CELLS: Final = 1_000_000


def faults(content: bytes) -> Iterator[str]:
    """Yield what is wrong with a workbook, the worst first."""
    try:
        import olefile
    except ImportError as error:
        raise usage_error("form.needs-extra") from error
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as archive:
            if claims_more(archive, content):
                yield "read.excel"
            names = {each for path in archive.listdir(storages=True) for each in path}
            if names.intersection(ENCRYPTED):
                yield "form.encrypted"
            if names.intersection(MACROS):
                yield "form.macros"
            book = next((each for each in BOOKS if archive.exists(each)), None)
            if book is None:
                yield "form.not-xlsx"
            else:
                yield from _of_records(archive.openstream(book).read())
    except OLD_DAMAGED:
        yield "read.excel"


def _of_records(stream: bytes) -> Iterator[str]:
    rows = columns = 0
    for kind, body in records(stream):
        if kind == FILE_PASS:
            yield "form.encrypted"
        elif is_vast(kind, body):
            yield "read.excel"
        elif kind == SHEET and body[5:6] in MACRO_SHEETS:
            yield "form.macros"
        elif kind == QUERY or (kind == LINK and body[2:4] not in ITSELF):
            yield "form.external-links"
        elif kind in CELLS and len(body) >= 4:  # noqa: PLR2004
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    if rows * columns > MOST_CELLS:
        yield "form.far-cell"
