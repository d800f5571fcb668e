"""The files that are mutated: one of every kind that is imported, all of them in order."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter
import xlwt
from fuzz_ground import Ground, data_of
from python_calamine import CalamineWorkbook

from dti_core.annex.workbook import to_xlsx
from dti_core.forms import ColumnMapping
from dti_core.models import Framework

Table = list[list[str]]
ZIP = b"PK"
SINCE = datetime(2000, 1, 1, tzinfo=UTC)
NAMES = ("hue", "haiduong", "hatinh")


@dataclass(frozen=True)
class Base:
    """A file in order: where it is imported (``form hue``), its ending and its bytes."""

    target: str
    suffix: str
    content: bytes


def bases(ground: Ground) -> list[Base]:
    """Return every file to start from; the same in every run."""
    return [
        *_forms(ground),
        *_facts(),
        *_of_tables("units", _units()),
        *_of_tables("foreign", _foreign(ground.running("hue").law.framework)),
        *_of_tables("annex", _read(data_of("moduc", "annex-xa.csv").read_bytes())),
        Base("annex", "xlsx", to_xlsx(ground.outline)),
    ]


def _forms(ground: Ground) -> Iterator[Base]:
    for name, content in ground.forms.items():
        yield Base(f"form {name}", "xlsx", content)
    yield Base("form hatinh", "xls", _as_xls(_first_sheet(ground.forms["hatinh"])))
    yield Base("form hue", "xlsx", _as_xlsx(_first_sheet(ground.forms["hue"]), inline=True))


def _facts() -> Iterator[Base]:
    for name, level in (("hue", "xa"), ("haiduong", "huyen"), ("hatinh", "xa")):
        table = _read(data_of(name, f"{level}.csv").read_bytes())[:120]
        yield from _of_tables(f"facts {name}", table)
    table = _read(data_of("hue", "xa.csv").read_bytes())[:60]
    frame = pl.DataFrame(table[1:], table[0], orient="row").with_columns(
        pl.col(pl.String).replace("", None)
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    yield Base("facts hue", "parquet", buffer.getvalue())
    yield Base("facts hue", "jsonl", frame.write_ndjson().encode())


def _units() -> Table:
    rows = [[f"XA-{n}", f"Xã minh hoạ {n}", "xa", "Đồng bằng"] for n in range(1, 30)]
    return [["unit", "unit_name", "level", "group"], *rows]


def _foreign(framework: Framework) -> Table:
    heading = list(ColumnMapping().headings.values())
    rows = [
        [leaf.code, leaf.name, "", f"{most}", f"{most}", f"{most / 2:g}", f"{-most / 2:g}", "", "a"]
        for _, leaf in framework.leaves
        for most in [leaf.max_points / 10_000]
    ]
    whole = ["", "Tổng cộng", "", "100", "90", "80,5", "-9,5", "", 'Nhiều\ndòng, "dẫn"']
    return [heading, *rows, whole]


def _of_tables(target: str, table: Table) -> Iterator[Base]:
    yield Base(target, "csv", "\ufeff".encode() + as_csv(table, ","))
    yield Base(target, "csv", as_csv(table, ";"))
    yield Base(target, "xlsx", _as_xlsx(table))
    if target != "foreign":  # which is of a form, and those are not taken
        yield Base(target, "ods", _as_ods(table))


def _read(content: bytes) -> Table:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _first_sheet(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def as_csv(table: Sequence[Sequence[str]], separator: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(table)
    return buffer.getvalue().encode("utf-8", "surrogatepass")


def _as_xlsx(table: Sequence[Sequence[object]], *, inline: bool = False) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": not inline, "constant_memory": inline}) as book:
        book.set_properties({"created": SINCE})
        page = book.add_worksheet("Trang 1")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(table):
            for place, cell in enumerate(row):
                if hasattr(cell, "year"):
                    page.write_datetime(number, place, cell, day)
                elif cell != "":
                    page.write(number, place, cell)
    return buffer.getvalue()


OPEN = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{NAMESPACE}:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{NAMESPACE}:office:1.0"
 xmlns:table="{NAMESPACE}:table:1.0" xmlns:text="{NAMESPACE}:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Trang 1">%s
<table:table-row table:number-rows-repeated="1000000"><table:table-cell
 table:number-columns-repeated="1024"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def _as_ods(table: Table) -> bytes:
    """Write a workbook as LibreOffice does, with a row that is repeated to the end of the sheet."""
    rows = "".join(f"<table:table-row>{_open_cells(row)}</table:table-row>" for row in table)
    parts = {"mimetype": OPEN, "META-INF/manifest.xml": MANIFEST, "content.xml": CONTENT % rows}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def _open_cells(row: Sequence[str]) -> str:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1">'
    return "".join(f"{cell}<text:p>{escape(each)}</text:p></table:table-cell>" for each in row)


def _as_xls(table: Sequence[Sequence[object]]) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Trang 1")
    for number, row in enumerate(table):
        for place, cell in enumerate(row):
            if cell != "":
                page.write(number, place, cell if isinstance(cell, float) else str(cell))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
