"""Four ways to spoil a file: its bytes, the members of its archive, their XML, its cells."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable
from random import Random

from fuzz_files import ZIP, Base, as_csv
from fuzz_words import PIECES, TEXTS, XML_PIECES, as_cell

CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
ROW = re.compile(rb"<row [^>]*?(?:/>|>.*?</row>)", re.DOTALL)
ATTRIBUTE = re.compile(rb'="[^"]*"')
TAG = re.compile(rb"<[^<>]*>")
TIMES = (1, 1, 1, 2, 3, 8)

Members = list[tuple[str, bytes]]


def mutated(random: Random, base: Base) -> bytes:
    """Spoil a file in one of the ways that there are for its kind, sometimes in two."""
    content = base.content
    for _ in range(random.choice((1, 1, 1, 2))):
        if content.startswith(ZIP):
            way: Callable[[Random, bytes], bytes] = random.choice(
                (of_bytes, of_members, of_xml, of_xml, of_cells, of_cells, of_cells)
            )
        elif base.suffix == "csv":
            way = random.choice((of_bytes, of_text, of_table, of_table))
        else:
            way = random.choice((of_bytes, of_text))
        content = way(random, content)
    return content


def of_bytes(random: Random, content: bytes) -> bytes:
    """Change, insert, cut out or double some bytes anywhere."""
    spoilt = bytearray(content)
    for _ in range(random.choice(TIMES)):
        at = random.randint(0, len(spoilt))
        end = min(len(spoilt), at + random.choice((1, 1, 2, 4, 16, 200)))
        match random.randrange(6):
            case 0:
                spoilt[at:end] = random.randbytes(end - at)
            case 1:
                del spoilt[at:end]
            case 2:
                spoilt[at:at] = random.choice(PIECES)
            case 3:
                spoilt[at:at] = spoilt[at:end] * random.choice((1, 2, 50))
            case 4:
                spoilt[at:end] = random.choice((b"\0", b"\xff", b"\x7f", b"\x80")) * (end - at)
            case _:
                number = random.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, random.getrandbits(32)))
                spoilt[at : at + 4] = struct.pack("<I", number)
    return bytes(spoilt[: random.randint(0, len(spoilt))] if random.random() < 0.03 else spoilt)


def of_text(random: Random, content: bytes) -> bytes:
    """Put in pieces that text is hard to read with, or in place of a word."""
    spoilt = bytearray(content)
    for _ in range(random.choice(TIMES)):
        at = random.randint(0, len(spoilt))
        words = random.choice(TEXTS).encode("utf-8", "surrogatepass")
        end = at + random.choice((0, 0, 1, 3, 9))
        spoilt[at:end] = random.choice((words, random.choice(PIECES)))
    return bytes(spoilt)


def of_table(random: Random, content: bytes) -> bytes:
    """Change cells, rows and columns of a CSV file that stays one."""
    text = content.decode("utf-8-sig", "replace")
    separator = ";" if text[:200].count(";") > text[:200].count(",") else ","
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return of_bytes(random, content)
    for _ in range(random.choice(TIMES)):
        _spoil(random, table)
    mark = "\ufeff".encode() if random.random() < 0.5 else b""
    return mark + as_csv(table, separator)


def _spoil(random: Random, table: list[list[str]]) -> None:  # noqa: C901 - a case for each way
    at = random.randrange(len(table)) if table else 0
    row = table[at] if table else []
    match random.randrange(8):
        case 0:
            table[at:at] = [list(row) for _ in range(random.choice((1, 3, 300)))]
        case 1 if table:
            del table[at]
        case 2:
            table[at:at] = [[random.choice(TEXTS) for _ in range(random.randrange(30))]]
        case 3 if row:
            place = random.randrange(len(row))
            for each in table:
                each[place:place] = each[place : place + 1] if random.random() < 0.9 else [""]
        case 4 if row:
            place = random.randrange(len(row))
            for each in table:
                del each[place : place + 1]
        case _ if row:
            row[random.randrange(len(row))] = random.choice(TEXTS)


def _members(content: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(each, archive.read(each)) for each in archive.namelist()]


def _packed(members: Members, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for number, (name, content) in enumerate(members):
            info = zipfile.ZipInfo(f"{number}" if name in archive.NameToInfo else name)
            info.compress_type = how
            archive.writestr(info, content, compresslevel=1)
    packed = buffer.getvalue()
    for number, (name, _) in enumerate(members):
        twice = name in (other for other, _ in members[:number])
        if twice and len(f"{number}") == len(name):
            packed = packed.replace(f"{number}".encode(), name.encode())
    return packed


def _opened(content: bytes) -> Members | None:
    try:
        return _members(content)
    except Exception:  # noqa: BLE001 - spoilt before: its bytes are spoilt further
        return None


def of_members(random: Random, content: bytes) -> bytes:  # noqa: C901 - a case for each way
    """Drop, rename, empty, exchange or add members; pack them otherwise."""
    members = _opened(content)
    if not members:
        return of_bytes(random, content)
    for _ in range(random.choice(TIMES)):
        if not members:
            break
        at, other = random.randrange(len(members)), random.randrange(len(members))
        name, inside = members[at]
        match random.randrange(7):
            case 0:
                del members[at]
            case 1:
                members[at] = (random.choice((name.upper(), f"/{name}", f"../{name}", "a")), inside)
            case 2:
                members[at] = (name, inside[: random.randint(0, len(inside))])
            case 3:
                members[at] = (name, members[other][1])
            case 4:
                members.append((random.choice(NEW), random.choice((b"", b"<a/>", inside))))
            case 5:
                members[at] = (name, inside + b" " * random.choice((1, 100_000, 3_000_000)))
            case _:
                random.shuffle(members)
    return _packed(members, random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


NEW = (
    *("xl/worksheets/sheet9.xml", "xl/sharedStrings.xml", "xl/vbaProject.bin", "xl/styles.xml"),
    *("xl/tables/table1.xml", "xl/comments1.xml", "xl/workbook.bin", "content.xml", "mimetype"),
    *("xl/externalLinks/externalLink1.xml", "[Content_Types].xml", "xl/metadata.xml", "đ.xml"),
)


def of_xml(random: Random, content: bytes) -> bytes:
    """Change tags, attributes and text of the XML of one member."""
    members = _opened(content)
    mine = [n for n, (name, inside) in enumerate(members or []) if inside and ".bin" not in name]
    if not members or not mine:
        return of_bytes(random, content)
    at = random.choice(mine)
    name, inside = members[at]
    for _ in range(random.choice(TIMES)):
        inside = _of_part(random, inside)
    members[at] = (name, inside)
    return _packed(members)


def _of_part(random: Random, inside: bytes) -> bytes:
    found = list((TAG if random.random() < 0.5 else ATTRIBUTE).finditer(inside))
    if not found or random.random() < 0.15:
        return of_bytes(random, inside)
    one, other = random.choice(found), random.choice(found)
    old = one[0]
    if old.startswith(b"="):
        new = random.choice((b'=""', other[0], b'="' + random.choice(XML_PIECES) + b'"'))
    else:
        new = random.choice((b"", other[0], old + old, old + random.choice(XML_PIECES)))
    return inside[: one.start()] + new + inside[one.end() :]


def of_cells(random: Random, content: bytes) -> bytes:
    """Type something else into cells of a sheet, double, move and drop rows; all well formed."""
    members = _opened(content)
    sheets = [n for n, (_, inside) in enumerate(members or []) if b"<sheetData" in inside]
    if not members or not sheets:
        return of_bytes(random, content)
    at = sheets[0] if random.random() < 0.8 else random.choice(sheets)
    name, inside = members[at]
    for _ in range(random.choice(TIMES)):
        inside = _of_sheet(random, inside)
    members[at] = (name, inside)
    return _packed(members)


def _of_sheet(random: Random, sheet: bytes) -> bytes:
    if random.random() < 0.75:
        return _typed(random, sheet)
    rows = list(ROW.finditer(sheet))
    if random.random() < 0.25 or not rows:
        first, last = random.randrange(1, 80), random.randrange(1, 80)
        merged = (
            f'<mergeCells><mergeCell ref="A{first}:{random.choice("AFZ")}{last}"/></mergeCells>'
        )
        return sheet.replace(b"</sheetData>", b"</sheetData>" + merged.encode(), 1)
    one, other = random.choice(rows), random.choice(rows)
    new = random.choice((b"", one[0] + one[0], other[0]))
    return sheet[: one.start()] + new + sheet[one.end() :]


def _typed(random: Random, sheet: bytes) -> bytes:
    cells = list(CELL.finditer(sheet))
    if not cells:
        return sheet
    cell = random.choice(cells)
    place = cell[1]
    if random.random() < 0.05:
        place = random.choice((b"A1", b"XFD1048576", b"ZZZ9", b"A0", b"A99999999999", b"B2000"))
    return sheet[: cell.start()] + as_cell(random, place) + sheet[cell.end() :]
