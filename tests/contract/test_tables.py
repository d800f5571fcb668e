"""CSV, Parquet, XLSX and the terminal table: the same figures as JSON, and text stays text."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from zipfile import ZipFile

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

FORMATS = ("csv", "parquet", "xlsx")
FIGURES = ("points", "max_points", "value")
FORMULAS = ("=1+1", "+1", "-5", "@SUM(A1)")
"""Text that a spreadsheet takes for a formula (CWE-1236)."""
HEADINGS = {
    "rank": "Hạng",
    "unit": "Mã đơn vị",
    "unit_name": "Đơn vị",
    "group": "Nhóm",
    "points": "Điểm",
    "max_points": "Điểm tối đa",
    "value": "Giá trị (%)",
    "tier": "Xếp loại",
}


def _expected(units: list[dict]) -> list[dict]:
    """Flatten JSON units to the columns of a table, figures as exact decimals."""
    rows = []
    for unit in units:
        rank = unit["rankings"]["overall"]["rank"]
        row = {"rank": rank and int(rank), "unit": unit["unit"], "unit_name": unit["unit_name"]}
        row |= {key: unit[key] and Decimal(unit[key]) for key in FIGURES}
        for each in unit["dimensions"]:
            row |= {f"{key}:{each['code']}": Decimal(each[key]) for key in FIGURES[:2]}
        rows.append(row)
    return rows


def _from_csv(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def _from_parquet(content: bytes) -> list[dict]:
    return pl.read_parquet(io.BytesIO(content)).to_dicts()


def _from_xlsx(content: bytes) -> list[dict]:
    """Read every sheet that has a row for each unit, its headings put back into names."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    units: dict[str, dict] = {}
    for sheet in book.sheet_names:
        heading, *rows = book.get_sheet_by_name(sheet).to_python() or [[]]
        if HEADINGS["unit"] in heading:
            for cells in rows:
                row = dict(zip(map(_name, heading), cells, strict=True))
                units.setdefault(row["unit"], {}).update(row)
    return list(units.values())


def _name(heading: str) -> str:
    code, dot, figure = heading.rpartition(" · ")
    name = next(name for name, each in HEADINGS.items() if each == figure)
    return f"{name}:{code}" if dot else name


READ = {"csv": _from_csv, "parquet": _from_parquet, "xlsx": _from_xlsx}


def _same(cell: object, expected: object) -> bool:
    if expected is None:
        return cell in {None, ""}
    if isinstance(expected, Decimal | int):
        return Decimal(str(cell)) == expected
    return cell == expected


@pytest.mark.parametrize("level", ["so", "huyen", "xa"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_table_holds_the_figures_of_the_json(form, level, evaluate):
    rows = READ[form](evaluate("--format", form, level=level).out)
    expected = _expected(evaluate(level=level).result["units"])
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected, strict=True):
        assert all(_same(row[name], wanted[name]) for name in wanted), (row, wanted)


def test_csv_writes_every_figure_with_two_places(evaluate):
    unit = evaluate().result["units"][0]
    row = _from_csv(evaluate("--format", "csv").out)[0]
    assert {key: row[key] for key in FIGURES} == {key: unit[key] for key in FIGURES}


def test_parquet_is_typed_and_carries_its_recipe(tmp_path, evaluate):
    path = tmp_path / "a.parquet"
    assert evaluate("--output", path).code == 0
    schema = pl.read_parquet_schema(path)
    assert schema["rank"] == pl.Int64
    assert all(schema[name] == pl.Decimal(18, 4) for name in FIGURES)
    recipe = json.loads(pl.read_parquet_metadata(path)["dti_recipe"])
    assert recipe == json.loads(evaluate().out)["recipe"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_unit_without_a_value_has_empty_cells(form, facts, evaluate, tmp_path):
    """A unit with nothing applicable keeps its row in every table."""
    missing = evaluate("--input", facts({"indicator": "I.1", "value": "x"})).result["units"][0]
    codes = ["I.1", *missing["missing"]]
    path = facts(*({"indicator": code, "status": "na", "reason": "miễn"} for code in codes))
    output = tmp_path / f"a.{form}"
    assert evaluate("--input", path, "--output", output).code == 0
    [row] = READ[form](output.read_bytes())
    assert row["unit"] == "A"
    assert row["rank"] in {None, ""}
    assert row["value"] in {None, ""}
    assert Decimal(str(row["max_points"])) == 0


def _formulas(facts) -> object:
    rows = ({"unit": each, "indicator": "I.1", "value": "x"} for each in FORMULAS)
    return facts(*(row | {"unit_name": f"{row['unit']} tên"} for row in rows))


def test_csv_disarms_text_that_looks_like_a_formula(facts, evaluate):
    rows = _from_csv(evaluate("--input", _formulas(facts), "--format", "csv").out)
    assert {row["unit"] for row in rows} == {f"'{each}" for each in FORMULAS}
    assert {row["unit_name"] for row in rows} == {f"'{each} tên" for each in FORMULAS}


def test_xlsx_holds_no_formula(facts, evaluate):
    content = evaluate("--input", _formulas(facts), "--format", "xlsx").out
    assert {row["unit"] for row in _from_xlsx(content)} == set(FORMULAS)
    with ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert sheets
        assert not any(b"<f>" in package.read(name) for name in sheets)


def test_json_and_parquet_keep_such_text_as_it_is(facts, evaluate):
    path = _formulas(facts)
    assert set(evaluate("--input", path).units) == set(FORMULAS)
    rows = _from_parquet(evaluate("--input", path, "--format", "parquet").out)
    assert {row["unit"] for row in rows} == set(FORMULAS)


@pytest.mark.parametrize("name", ["A [1]", "A[/x]", "[red]A", "A [số 1]", "A:smile:"])
def test_the_terminal_table_shows_brackets_as_they_are(name, facts, evaluate):
    path = facts({"unit": name, "indicator": "I.1", "value": "x", "unit_name": f"{name} tên"})
    ran = evaluate("--input", path, "--format", "table")
    assert ran.code == 0, ran.err
    table = ran.out.decode().partition("└")[0]
    assert f"│ {name} " in table
    assert f"{name} tên" in table


def test_the_terminal_table_speaks_vietnamese(evaluate):
    text = evaluate("--format", "table").out.decode()
    unit = evaluate().result["units"][0]
    assert "Kết quả theo 931/QĐ-UBND" in text
    assert "Giá trị (%)" in text
    assert unit["value"].replace(".", ",") in text
    assert "missing=zero" in text
    assert "\x1b[" not in text
