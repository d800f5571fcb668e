"""A small file of every kind that is accepted, and of some that never are."""

from __future__ import annotations

import hashlib
import io
import zipfile

import msoffcrypto.format.ooxml
import xlsxwriter
import xlwt

from dti_core.evidence import ACCEPTED, Given
from dti_core.sources import Source

OLE_NAME = "Workbook"


def zipped(**parts: bytes | str) -> bytes:
    """Make an archive; ``__`` in a name stands for a slash and ``_`` for a dot."""
    return archive({name.replace("__", "/").replace("_", "."): parts[name] for name in parts})


def archive(parts: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def office(main: str, **more: bytes | str) -> bytes:
    return archive({"[Content_Types].xml": "<Types/>", main: "<document/>", **more})


def open_document(suffix: str) -> bytes:
    return zipped(mimetype=ACCEPTED[suffix].media_type, content_xml="<document/>")


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "Đơn vị minh hoạ 01")
    return made.getvalue()


def ole(main: str) -> bytes:
    """Make a document of the old formats: a workbook whose only stream is called otherwise."""
    made = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, 1)
    book.save(made)
    old, new = (f"{name}\0".encode("utf-16-le") for name in (OLE_NAME, main))
    content = bytearray(made.getvalue())
    place = content.index(old)
    content[place : place + 64] = new.ljust(64, b"\0")
    content[place + 64 : place + 66] = len(new).to_bytes(2, "little")
    return bytes(content)


def with_macros(content: bytes) -> bytes:
    """Add an empty storage to an old document, in a place of its table that is free."""
    changed = bytearray(content)
    start = content.index("WordDocument\0".encode("utf-16-le"))
    free = start + 128
    name = "Macros\0".encode("utf-16-le")
    changed[free : free + 128] = (
        name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + b"\1\1" + b"\xff" * 12
        + bytes(36) + b"\xfe\xff\xff\xff" + bytes(8)
    )  # fmt: skip
    changed[start + 72 : start + 76] = (2).to_bytes(4, "little")  # its right neighbour
    return bytes(changed)


def locked() -> bytes:
    """Make a workbook with a password."""
    made = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(workbook())).encrypt("secret", made)
    return made.getvalue()


def box(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + brand + b"isom"


FILES = {
    ".pdf": b"%PDF-1.7\n%\xe2\xe3\x00\n1 0 obj\n",
    ".docx": office("word/document.xml"),
    ".xlsx": workbook(),
    ".pptx": office("ppt/presentation.xml"),
    ".odt": open_document(".odt"),
    ".ods": open_document(".ods"),
    ".odp": open_document(".odp"),
    ".doc": ole("WordDocument"),
    ".xls": ole("Workbook"),
    ".ppt": ole("PowerPoint Document"),
    ".jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
    ".jpeg": b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00",
    ".png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    ".gif": b"GIF89a\x01\x00\x01\x00",
    ".tif": b"II*\x00\x08\x00\x00\x00",
    ".tiff": b"MM\x00*\x00\x00\x00\x08",
    ".webp": b"RIFF\x1a\x00\x00\x00WEBPVP8 ",
    ".heic": box(b"heic"),
    ".txt": "Danh sách cán bộ tham gia tập huấn\n".encode(),
    ".csv": "mã,tên\n1,Đơn vị minh hoạ 01\n".encode("utf-16"),
    ".eml": b"From: a@example.vn\r\nSubject: x\r\n\r\nKinh gui\r\n",
    ".msg": ole("__properties_version1.0"),
    ".mp4": box(b"iso5"),
    ".mov": box(b"qt  "),
    ".mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00",
}
"""The content of a file by its suffix."""

ALIKE = [
    {".jpg", ".jpeg"},
    {".tif", ".tiff"},
    {".heic", ".mp4", ".mov"},
    {".txt", ".csv", ".eml"},
]
"""Kinds that are told from one another by their names only; all text is a text file."""

DANGEROUS = {
    "windows": b"MZ\x90\x00\x03" + bytes(200),
    "linux": b"\x7fELF\x02\x01\x01" + bytes(200),
    "macos": b"\xcf\xfa\xed\xfe" + bytes(200),
    "java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    "shortcut": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "batch": b"@echo off\r\ndel *.*\r\n",
    "page": b"\xef\xbb\xbf\n <!DOCTYPE html><script>alert(1)</script>",
    "script": b"<SCRIPT>alert(1)</SCRIPT>",
    "picture-with-script": b"<svg onload='alert(1)'/>",
    "php": b"<?php system('x'); ?>",
    "wide-page": "<html><script>1</script>".encode("utf-16"),
}


def given(name: str, content: bytes | None = None, called: str | None = None) -> Given:
    """Make something that was brought, by default a right file of what its name says."""
    if content is None:
        content = FILES[f".{name.rpartition('.')[2].lower()}"]
    return Given(Source(name, data=content), called)


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
