"""What is never read: refused, each with its reason, before any of it reaches a parser."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Final

from dti_core.collecting.extent import DAMAGED, area, claims_too_much
from dti_core.errors import InvalidFacts, Problem
from dti_core.sources import Source

LARGEST_FILE: Final = 20 * 2**20
LARGEST_CONTENT: Final = 50 * 2**20
LARGEST_RATIO: Final = 200
"""How many bytes may come out of one, in a workbook of more than a mebibyte."""

MOST_PARTS: Final = 2_000
MOST_CELLS: Final = 1_000_000
"""Cells of a sheet, counted from its first to the last that holds something."""

ZIP: Final = b"PK"
OLE: Final = b"\xd0\xcf\x11\xe0"
MACROS: Final = re.compile(r"vbaproject\.bin$|(^|/)(macrosheets|vbadata)\b", re.IGNORECASE)
LINKS: Final = re.compile(r"(^|/)(externallinks/|querytables/|connections\.xml$)", re.IGNORECASE)
MACRO_TYPE: Final = re.compile(rb"macroenabled|ms-excel\.macrosheet|vbaproject", re.IGNORECASE)
DOCUMENT_TYPE: Final = (b"<!DOCTYPE", b"<!ENTITY")
ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
UTF_8: Final = (b"utf-8", b"utf8", b"us-ascii")
WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
"""How text starts that has more than one byte for each letter."""


def refuse_dangerous(source: Source) -> None:
    """Refuse a workbook that could harm: by its size, or by what it carries beside cells.

    :raises InvalidFacts: it is no workbook that is read here; the reason is told.
    """
    content = _content(source)
    if content.startswith(ZIP):
        _refuse(source, next(_of_zip(content), None))
    elif content.startswith(OLE):
        from dti_core.forms.old_format import faults

        _refuse(source, next(faults(content), None))
    else:
        _refuse(source, "form.not-workbook")


def _content(source: Source) -> bytes:
    """Return the bytes, once the size of the file is known to be no danger."""
    try:
        if source.path is not None and source.path.stat().st_size > LARGEST_FILE:
            _refuse(source, "form.file-too-large")
        content = source.content
    except OSError as error:
        values = {"error": error.strerror}
        raise InvalidFacts([Problem("read.no-file", values, source.text_name)]) from error
    if len(content) > LARGEST_FILE:
        _refuse(source, "form.file-too-large")
    return content


def _refuse(source: Source, key: str | None) -> None:
    if key is not None:
        values = {"largest": LARGEST_FILE // 2**20}
        raise InvalidFacts([Problem(key, values, source.text_name)])


def _of_zip(content: bytes) -> Iterator[str]:
    """Yield what is wrong with a workbook of the present format, the worst first."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _of_archive(archive)
    except DAMAGED:
        yield "read.excel"


def _of_archive(archive: zipfile.ZipFile) -> Iterator[str]:
    parts = archive.infolist()
    names = [each.filename for each in parts]
    whole = sum(each.file_size for each in parts)
    packed = sum(each.compress_size for each in parts)
    is_dense = whole > 2**20 and whole > LARGEST_RATIO * packed
    if len(parts) > MOST_PARTS or whole > LARGEST_CONTENT or is_dense:
        yield "form.zip-bomb"
    if any(each.flag_bits & 1 for each in parts):
        yield "form.encrypted"
    if max(Counter(name.casefold() for name in names).values(), default=0) > 1:
        yield "read.excel"
    if "[Content_Types].xml" not in names or "xl/workbook.bin" in names:
        yield "form.not-xlsx"
    if any(MACROS.search(name) for name in names):
        yield "form.macros"
    if any(LINKS.search(name) for name in names):
        yield "form.external-links"
    for part in parts:
        yield from _of_part(part.filename, archive.read(part))


def _of_part(name: str, content: bytes) -> Iterator[str]:
    """Yield what is wrong inside a part; its real size is known to be the declared one."""
    if b"<!" in content and any(each in content for each in DOCUMENT_TYPE):
        yield "form.xml-entities"
    is_xml = name.lower().endswith((".xml", ".rels"))
    named = ENCODING.search(content, 0, 200) if is_xml else None
    other = named is not None and named[1].lower() not in UTF_8
    if is_xml and (other or content.startswith(WIDE)):
        yield "form.xml-encoding"
    if name == "[Content_Types].xml" and MACRO_TYPE.search(content):
        yield "form.macros"
    if name.lower().endswith(".rels") and _links_outside(content):
        yield "form.external-links"
    if claims_too_much(content):
        yield "read.excel"
    if b"sheetData" in content and area(content, MOST_CELLS) > MOST_CELLS:
        yield "form.far-cell"


def _links_outside(content: bytes) -> bool:
    """Tell whether a part is taken from elsewhere; a link that a person clicks on is not."""
    from xml.etree import ElementTree as ET

    try:
        relations = ET.fromstring(content)  # noqa: S314 - it has no document type
    except ET.ParseError as error:
        raise zipfile.BadZipFile from error
    return any(
        each.get("TargetMode", "").casefold() == "external"
        and not each.get("Type", "").endswith("/hyperlink")
        for each in relations.iter()
    )
