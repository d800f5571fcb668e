"""How far a workbook reaches: its reader makes room for every cell up to the last, or dies of it.

The reader is no Python: where there is no room, it ends the whole process.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from dti_core.collecting import open_documents
from dti_core.errors import InvalidFacts, Problem
from dti_core.sources import Source

ZIP: Final = b"PK"
OLE: Final = b"\xd0\xcf\x11\xe0"
LARGEST_CONTENT: Final = 2**30
LARGEST_RATIO: Final = 200
"""How many bytes may come out of one, in a workbook of more than 64 mebibytes."""

UNSUSPICIOUS: Final = 64 * 2**20
MOST_EMPTY: Final = 1_000_000
SPARSE: Final = 10
"""How many cells a sheet may span for each that it has, once it spans more than a million."""

DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError),
    RuntimeError,  # encrypted
)
"""What reading an archive raises that is none, or only half of one."""

OLD_DAMAGED: Final = (OSError, struct.error, IndexError, ValueError, KeyError, RecursionError)
"""What reading a compound file raises that is none, or only half of one."""

CELL: Final = re.compile(rb"<c[\s/>]")
PLACED: Final = re.compile(rb"""<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})\"""")
UNUSUAL: Final = (b"<!", b":c")
"""What spreadsheets do not write among cells: where it stands they are counted with more care."""


OPEN: Final = b"urn:oasis:names:tc:opendocument:xmlns:table"
TEXTS: Final = re.compile(rb"""uniqueCount\s*=\s*["']([^"']*)""")
"""How many different texts a workbook says it has; its reader makes room for them beforehand."""

SECTOR: Final = 512
COUNTED: Final = (40, 44, 64, 72)
"""Where the head of a compound file says how many sectors each of its tables has."""

CHAINS: Final = (48, 60)
"""Where it says in which sector its directory begins, and its table of short sectors."""

DIMENSIONS: Final = 0x200
OLD_CELLS: Final = 65_536 * 256
"""All the cells that a sheet of the format before 2007 can have."""


def refuse_vast(source: Source) -> None:
    """Refuse a workbook that unpacks to far more than it holds.

    :raises InvalidFacts: a sheet has a cell far outside, the archive is a bomb, or it is damaged.
    """
    content = source.content
    key = None
    if content.startswith(ZIP):
        key = next(_of_archive(content), None)
    elif content.startswith(OLE):
        key = next(_of_compound(content), None)
    if key is not None:
        raise InvalidFacts([Problem(key, file=source.text_name)])


def _of_archive(content: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            whole = sum(each.file_size for each in parts)
            packed = sum(each.compress_size for each in parts)
            is_dense = whole > UNSUSPICIOUS and whole > LARGEST_RATIO * packed
            if whole > LARGEST_CONTENT or is_dense:
                yield "read.zip-bomb"
            for each in parts:
                part = archive.read(each)
                if claims_too_much(part):
                    yield "read.excel"
                if _reaches_far(part):
                    yield "read.far-cell"
    except DAMAGED:
        yield "read.excel"


def claims_too_much(part: bytes) -> bool:
    """Tell of a part of a workbook whether it says that it has more texts than it can hold."""
    claimed = TEXTS.search(part) if b"uniqueCount" in part else None
    return claimed is not None and not (claimed[1].isdigit() and int(claimed[1]) <= len(part))


def _of_compound(content: bytes) -> Iterator[str]:
    """Look into a workbook of the format before 2007, where the library for it is installed."""
    try:
        import olefile
    except ImportError:
        return
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as archive:
            if claims_more(archive, content):
                yield "read.excel"
            books = [each for each in ("Workbook", "Book") if archive.exists(each)]
            stream = archive.openstream(books[0]).read() if books else b""
    except OLD_DAMAGED:
        yield "read.excel"
        return
    if any(is_vast(kind, body) for kind, body in records(stream)):
        yield "read.excel"


def claims_more(archive: Any, content: bytes) -> bool:
    """Tell of a compound file whether it says that it is longer than it is, or without an end.

    :param archive: the file as ``olefile`` has opened it.
    """
    entries = [each for each in archive.direntries if each is not None]
    tables = (struct.unpack_from("<I", content, at)[0] * SECTOR for at in COUNTED)
    # The reader takes both halves of a length, also where the format has only the lower one.
    streams = (each.sizeLow | each.sizeHigh << 32 for each in entries)
    if any(length > len(content) for length in (*tables, *streams)):
        return True
    starts = (struct.unpack_from("<I", content, at)[0] for at in CHAINS)
    first = {*starts, *(each.isectStart for each in entries)}
    return any(_is_endless(archive.fat, each) for each in first)


def _is_endless(following: Sequence[int], sector: int) -> bool:
    """Follow a chain of sectors; one that comes back to itself has more than there are."""
    for _ in range(len(following) + 1):
        if not 0 <= sector < len(following):
            return False
        sector = following[sector]
    return True


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the content of every record of an old workbook."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def is_vast(kind: int, body: bytes) -> bool:
    """Tell of a record whether it says that a sheet has more cells than there can be."""
    layout = {14: "<4xI2xH", 10: "<2xH2xH"}.get(len(body))
    if kind != DIMENSIONS or layout is None:
        return False
    rows, columns = struct.unpack_from(layout, body)
    return bool(rows * columns > OLD_CELLS)


def _reaches_far(part: bytes) -> bool:
    if OPEN in part:
        return open_documents.cells_of(part) > max(MOST_EMPTY, SPARSE * part.count(b"table-cell"))
    if b"sheetData" not in part:
        return False
    most = max(MOST_EMPTY, SPARSE * part.count(b"<c"))
    return area(part, most) > most


def area(sheet: bytes, most: int) -> int:
    """Return how many cells a sheet spans; 0 where it is seen at a glance that it is not ``most``.

    :raises zipfile.BadZipFile: its XML is damaged.
    """
    placed = PLACED.findall(sheet)
    if len(placed) == len(CELL.findall(sheet)) and not any(each in sheet for each in UNUSUAL):
        columns = {letters for letters, _ in placed}
        widest = max((_column(each.decode()) for each in columns), default=0)
        longest = max(map(int, {row for _, row in placed}), default=0)
        if widest * longest <= most:
            return 0
    return cells_of(sheet)


def cells_of(sheet: bytes) -> int:
    """Count the cells from the first to the last that holds something, empty ones among them."""
    from xml.parsers import expat

    seen = _Corner()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = seen.start
    try:
        parser.Parse(sheet, True)  # noqa: FBT003 - has no name for it
    except expat.ExpatError as error:
        raise zipfile.BadZipFile from error
    return seen.rows * seen.columns


class _Corner:
    """The last row and column of a sheet in which anything stands."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = _number(attributes.get("r", ""), self._row + 1)
            self._column = 0
        elif tag == "c":
            letters = attributes.get("r", "").rstrip("0123456789").upper()
            self._column = _column(letters) if letters else self._column + 1
            given = attributes.get("r", "")[len(letters) :]
            self._row = _number(given, self._row)
        elif tag in {"v", "is", "f"}:
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
