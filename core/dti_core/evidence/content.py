"""What a file really holds, whatever it is called: each look gives the key of a message, or None.

A look reads as much as it needs, from the start of the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

Look = Callable[[BinaryIO], str | None]

OTHER: Final = "evidence.other-content"
EXECUTABLE: Final = "evidence.executable"
HEAD: Final = 2**16
CHUNK: Final = 2**20

MACH: Final = (b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"L\0\0\0\x01\x14\x02\0", *MACH)
"""How programs of Windows, Linux, macOS and Java, scripts and shortcuts begin."""

PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)|@echo\b)",
    re.IGNORECASE,
)
"""How a page that a browser would run begins, or a batch file."""

CONTROL: Final = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HEADER: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:From |[!-9;-~]+:)")
"""How a message begins: with a header, or with the line that mailboxes put before it."""


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a file, piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk


def is_program(head: bytes) -> bool:
    """Tell whether a file begins as something that runs."""
    return head.startswith(PROGRAMS) or PAGE.match(head) is not None


def extensions(head: bytes) -> list[str]:
    """Name what begins like this by the ends of file names, the likeliest first."""
    import puremagic

    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):  # nothing it knows; nothing at all
        return []
    return [each.extension.lower() for each in found if each.extension.startswith(".")]


def signed(*known: str) -> Look:
    """Make the look at a format that is known by how it begins."""

    def look(file: BinaryIO) -> str | None:
        return None if {*known}.intersection(extensions(file.read(HEAD))) else OTHER

    return look


def media(file: BinaryIO) -> str | None:
    """Look for the box that begins every file of the MPEG-4 family; its brands are many."""
    return None if file.read(8)[4:] == b"ftyp" else OTHER


def text(file: BinaryIO) -> str | None:
    """Look for text of any encoding: no page, no script and nothing but letters."""
    first = True
    try:
        for chunk in _decoded(file):
            if first and is_program(chunk):
                return EXECUTABLE
            if len(chunk.translate(None, CONTROL)) != len(chunk):
                return OTHER
            first = False
    except UnicodeError:
        return OTHER
    return None


def _decoded(file: BinaryIO) -> Iterator[bytes]:
    """Yield text piece by piece; what is not UTF-16 has its letters as bytes already."""
    head = file.read(2)
    file.seek(0)
    if head not in UTF_16:
        yield from chunks(file)
        return
    decoder = codecs.getincrementaldecoder("utf-16")()
    for chunk in chunks(file):
        yield decoder.decode(chunk).encode()
    decoder.decode(b"", final=True)


def message(file: BinaryIO) -> str | None:
    """Look for a message as mail programs save it; what is attached to it is not opened."""
    if HEADER.match(file.read(200)) is None:
        return OTHER
    file.seek(0)
    return text(file)
