"""What could harm in a workbook of the format before 2007 is refused with its reason."""

from __future__ import annotations

import io
import struct

import pytest
import xlwt
from workbook_parts import said


class Extended(xlwt.Workbook):
    """A workbook with one more record behind its first."""

    record = b""

    def get_biff_data(self):
        data = super().get_biff_data()
        (length,) = struct.unpack_from("<H", data, 2)
        return data[: 4 + length] + self.record + data[4 + length :]


def old(kind: int | None = None, body: bytes = b"") -> bytes:
    book = Extended()
    if kind is not None:
        book.record = struct.pack("<HH", kind, len(body)) + body
    book.add_sheet("Phiếu").write(0, 0, "a")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_storage(name: str) -> bytes:
    """Put one more storage into the directory of a compound file."""
    content = bytearray(old())
    (sector,) = struct.unpack_from("<I", content, 48)
    free = 512 + sector * 512 + 2 * 128
    encoded = name.encode("utf-16-le")
    content[free : free + 64] = encoded.ljust(64, b"\0")
    struct.pack_into("<HBBIII", content, free + 64, len(encoded) + 2, 1, 1, *[0xFFFFFFFF] * 3)
    struct.pack_into("<I", content, free - 128 + 72, 2)
    return bytes(content)


def test_an_old_workbook_without_an_id_is_read_and_is_no_form():
    assert said(old()) == "form.no-form"


def renamed() -> bytes:
    return old().replace("Workbook".encode("utf-16-le"), "Wordbook".encode("utf-16-le"))


LINK = b"\x01\x00\x08\x00\x00\x01a.xls"
OLD = {
    "another workbook": (lambda: old(0x1AE, LINK), "form.external-links"),
    "data elsewhere": (lambda: old(0x1AD, b"\x00" * 20), "form.external-links"),
    "a password": (lambda: old(0x2F, b"\x01\x00" * 20), "form.encrypted"),
    "a macro sheet": (lambda: old(0x85, b"\0\0\0\0\0\x01\x01\0a"), "form.macros"),
    "macros": (lambda: with_storage("_VBA_PROJECT_CUR"), "form.macros"),
    "a far cell": (lambda: old(0x203, struct.pack("<HH10s", 65_535, 255, b"")), "form.far-cell"),
    "half a file": (lambda: old()[:600], "read.excel"),
    "no workbook inside": (renamed, "form.not-xlsx"),
}


@pytest.mark.parametrize("danger", OLD)
def test_an_old_workbook_is_refused_with_its_reason(danger):
    make, key = OLD[danger]
    assert said(make()) == key


def test_links_inside_an_old_workbook_are_harmless():
    assert said(old(0x1AE, b"\x01\x00\x01\x04")) != "form.external-links"
