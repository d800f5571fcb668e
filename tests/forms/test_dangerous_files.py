"""What could harm is refused before it is parsed, each with its reason."""

from __future__ import annotations

import io
import struct
import tracemalloc

import msoffcrypto
import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from sample_form import UNIT, WHOLE
from workbook_parts import FORM, SHEET, changed, packed, parts, said

from dti_core.collecting import extent
from dti_core.errors import InvalidFacts
from dti_core.forms import read
from dti_core.messages import use_language
from dti_core.sources import Source


def test_the_form_itself_is_read_after_being_packed_anew():
    assert read(Source("x", data=packed(parts())), WHOLE).identity.unit == UNIT.code


# Size -------------------------------------------------------------------------------------------


def test_a_bomb_is_refused_without_being_unpacked():
    bomb = packed(parts() | {"xl/media/image1.png": b"0" * (150 * 2**20)})
    assert len(bomb) < 2**20
    tracemalloc.start()
    assert said(bomb) == "form.zip-bomb"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_a_bomb_that_lies_about_its_size_is_damaged():
    """The declared size is what is unpacked at most, and then the check sum is wrong."""
    content = bytearray(packed(parts() | {"xl/extra.xml": b"<a>" + b"0" * (30 * 2**20)}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.rfind(mark)
        struct.pack_into("<I", content, place + at, 100)
    assert said(bytes(content)) in {"read.excel", "form.zip-bomb"}


def test_many_parts_are_refused():
    assert said(packed(parts() | {f"xl/a{n}.xml": b"" for n in range(2_001)})) == "form.zip-bomb"


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "phieu.xlsx"
    with path.open("wb") as file:
        file.truncate(21 * 2**20)
    with pytest.raises(InvalidFacts, match="lớn hơn 20 MB"):
        read(Source("phieu.xlsx", path), WHOLE)


FAR = {
    "a cell": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    "a prefixed cell": b'<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c>'
    b"</x:row></sheetData>",
    "other quotes": b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>",
    "a text": b'<row><c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c></row></sheetData>',
    "unplaced cells": b'<row r="1048575"/><row>'
    + b"<c/>" * 2_000
    + b"<c><v>1</v></c></row></sheetData>",
    "behind a comment": b'<!--<c r="A1"/>--><row><c r="XFD1048576"><v>1</v></c></row></sheetData>',
}


@pytest.mark.parametrize("far", FAR)
def test_a_cell_far_outside_is_refused(far):
    """A reader would make room for everything in between, which is more than any machine has."""
    assert said(changed(SHEET, b"</sheetData>", FAR[far])) in {"form.far-cell", "read.excel"}


def test_a_format_far_outside_is_nothing():
    plain = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    content = changed(SHEET, b"</sheetData>", plain)
    assert read(Source("x", data=content), WHOLE).identity.unit == UNIT.code


# What a workbook carries beside cells -----------------------------------------------------------


RELATION = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/%b" Target="%b" TargetMode="External"/></Relationships>'
)
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def related(kind: bytes, target: bytes = b"file:///x.xlsx") -> bytes:
    return changed(RELATIONS, b"</Relationships>", RELATION % (kind, target))


def beside(**more: bytes) -> bytes:
    """The form with one more part; a double underscore is a slash, a single one a point."""
    named = {name.replace("__", "/").replace("_", "."): each for name, each in more.items()}
    return packed(parts() | named)


NAMED = (
    b'<Override PartName="/xl/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
)
PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
ENABLED = b"application/vnd.ms-excel.sheet.macroEnabled.main"
DANGERS = {
    "form.macros": {
        "macros": lambda: beside(xl__vbaProject_bin=b"x"),
        "macros by another name": lambda: changed(TYPES, b"</Types>", NAMED),
        "a workbook with macros": lambda: changed(TYPES, PLAIN, ENABLED),
        "macro sheets": lambda: beside(xl__macrosheets__sheet1_xml=b"<a/>"),
    },
    "form.external-links": {
        "another workbook": lambda: beside(xl__externalLinks__externalLink1_xml=b"<a/>"),
        "a relation to another workbook": lambda: related(b"externalLinkPath"),
        "a template elsewhere": lambda: related(b"attachedTemplate"),
        "data elsewhere": lambda: beside(xl__connections_xml=b"<a/>"),
    },
    "form.xml-entities": {
        "a document type": lambda: changed(SHEET, b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>'),
        "one in the properties": lambda: changed(
            "docProps/core.xml", b"?>", b'?><!DOCTYPE a SYSTEM "http://a/b">'
        ),
        "entities": lambda: beside(a_xml=b'<!ENTITY x SYSTEM "a">'),
    },
    "form.xml-encoding": {
        "two bytes a letter": lambda: packed(
            parts() | {SHEET: parts()[SHEET].decode().encode("utf-16")}
        ),
        "a declared one": lambda: changed(SHEET, b'"UTF-8"', b'"UTF-7"'),
    },
    "form.not-xlsx": {
        "a binary workbook": lambda: beside(xl__workbook_bin=b"x"),
        "an OpenDocument": lambda: packed(
            {"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>"}
        ),
        "an empty archive": lambda: packed({}),
    },
    "read.excel": {
        "a part twice": lambda: packed(parts() | {SHEET.upper(): b"<a/>"}),
        "half a file": lambda: FORM[: len(FORM) // 2],
    },
    "form.not-workbook": {
        "a page": lambda: b"<html><table></table></html>",
        "nothing": lambda: b"",
        "a document to print": lambda: b"%PDF-1.7",
        "tidy rows": lambda: b"unit,indicator,value",
    },
}


@pytest.mark.parametrize(
    ("key", "danger"), [(key, danger) for key, each in DANGERS.items() for danger in each]
)
def test_it_is_refused_with_its_reason(key, danger):
    assert said(DANGERS[key][danger]()) == key


def test_a_link_that_a_person_clicks_on_is_harmless():
    content = related(b"hyperlink", b"https://example.org/van-ban")
    assert read(Source("x", data=content), WHOLE).identity.unit == UNIT.code


def test_a_password_is_told():
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(FORM)).encrypt("mật khẩu", buffer)
    assert msoffcrypto.OfficeFile(buffer).is_encrypted()
    assert said(buffer.getvalue()) == "form.encrypted"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_reason_says_what_to_do(language):
    use_language(language)
    with pytest.raises(InvalidFacts) as refused:
        read(Source("phieu.xlsx", data=packed(parts() | {"xl/vbaProject.bin": b"x"})), WHOLE)
    assert ".xlsx (không macro)" in str(refused.value) or "Save it as .xlsx" in str(refused.value)


def test_the_area_of_a_sheet_is_told_at_a_glance_and_with_care():
    """Both ways of counting agree where every cell says its place."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet().write(1_999, 600, 1)
    assert extent.cells_of(parts(buffer.getvalue())[SHEET]) == 2_000 * 601
    assert said(buffer.getvalue()) == "form.far-cell"
