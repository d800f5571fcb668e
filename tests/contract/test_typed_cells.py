"""Typed cells of Parquet and Excel: read as they are, refused where they are not exact."""

from __future__ import annotations

import datetime as dt
import io

import polars as pl
import pytest
import xlsxwriter

COLUMNS = {
    "int": ("I.4", pl.Series([6]), "12.00"),
    "uint8": ("I.4", pl.Series([6], dtype=pl.UInt8), "12.00"),
    "float": ("I.9", pl.Series([12.34]), "2.47"),
    "decimal": ("I.9", pl.Series(["12.34"]).cast(pl.Decimal(9, 4)), "2.47"),
    "boolean": ("I.1", pl.Series([True]), "5.00"),
    "boolean-as-int": ("I.1", pl.Series([1]), "5.00"),
    "date": ("II.1", pl.Series([dt.date(2024, 2, 1)]), "5.00"),
    "midnight": ("II.1", pl.Series([dt.datetime(2024, 2, 1)]), "5.00"),  # noqa: DTZ001
    "text": ("II.1", pl.Series(["01/02/2024"]), "5.00"),
    "categories": ("I.3", pl.Series(["có"], dtype=pl.Categorical), "5.00"),
}


def _one(indicator: str, value: pl.Series, unit: str = "A") -> pl.DataFrame:
    return pl.DataFrame({"unit": [unit], "indicator": [indicator], "value": value})


@pytest.mark.parametrize(("indicator", "value", "points"), COLUMNS.values(), ids=COLUMNS)
def test_parquet_columns_of_every_type(indicator, value, points, tmp_path, evaluate):
    path = tmp_path / "a.parquet"
    _one(indicator, value).write_parquet(path)
    assert evaluate("--input", path).units["A"]["points"] == points


NOON = dt.datetime(2024, 1, 31, 12)  # noqa: DTZ001
# The indicator, the column, and what is told of it.
INEXACT = {
    "5-decimals": ("I.4", pl.Series([0.12345]), "“0.12345” không phải số"),
    "0.1+0.2": ("I.4", pl.Series([0.1 + 0.2]), "“0.30000000000000004” không phải số"),
    "nan": ("I.4", pl.Series([float("nan")]), "“nan” không phải số"),
    "inf": ("I.4", pl.Series([float("inf")]), "“inf” không phải số"),
    "uint64": ("I.4", pl.Series([2**64 - 1], dtype=pl.UInt64), "số quá lớn"),
    "least-int64": ("I.4", pl.Series([-(2**63)], dtype=pl.Int64), "số quá lớn"),
    "decimal": ("I.4", pl.Series(["0.12345"]).cast(pl.Decimal(9, 5)), "“0.12345” không phải số"),
    "boolean": ("I.4", pl.Series([True]), "“True” không phải số"),
    "date": ("I.4", pl.Series([dt.date(2024, 1, 31)]), "“2024-01-31” không phải số"),
    "time-of-day": ("II.1", pl.Series([NOON]), "“2024-01-31 12:00:00” không phải ngày"),
    "number-as-date": ("II.1", pl.Series([45322]), "“45322” không phải ngày"),
    "boolean-as-date": ("II.1", pl.Series([True]), "“True” không phải ngày"),
    "two-as-answer": ("I.1", pl.Series([2]), "“2” không phải có/không"),
    "half-as-answer": ("I.1", pl.Series([0.5]), "“0.5” không phải có/không"),
    "date-as-answer": (
        "I.1",
        pl.Series([dt.date(2024, 1, 31)]),
        "“2024-01-31” không phải có/không",
    ),
}


@pytest.mark.parametrize(("indicator", "value", "told"), INEXACT.values(), ids=INEXACT)
def test_parquet_cells_that_are_not_exact_are_refused(indicator, value, told, tmp_path, refused):
    path = tmp_path / "a.parquet"
    _one(indicator, value).write_parquet(path)
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 2, cột “value”: {told}")


def test_a_parquet_column_of_nothing_is_empty(tmp_path, evaluate):
    path = tmp_path / "a.parquet"
    nothing = dict.fromkeys(("denominator", "points", "status"), pl.Series([None], dtype=pl.Null))
    _one("I.4", pl.Series([6])).with_columns(**nothing).write_parquet(path)
    assert evaluate("--input", path).units["A"]["points"] == "12.00"


def test_a_parquet_time_of_reporting_is_no_date(tmp_path, refused):
    path = tmp_path / "a.parquet"
    _one("I.4", pl.Series([6])).with_columns(reported_at=NOON).write_parquet(path)
    [fault] = refused("--input", path)
    place = f"{path}, dòng 2, cột “reported_at”: "
    assert fault.startswith(f"{place}“2024-01-31 12:00:00” không phải ngày.")


def test_parquet_files_of_different_types_add_up(tmp_path, evaluate):
    """Each file is read by its own types: a date stays a date beside a file of numbers."""
    names = ("int", "float", "boolean", "date")
    for name in names:
        indicator, value, _ = COLUMNS[name]
        _one(indicator, value).write_parquet(tmp_path / f"{name}.parquet")
    ran = evaluate(*(part for name in names for part in ("--input", tmp_path / f"{name}.parquet")))
    assert ran.units["A"]["points"] == "24.47"


def test_a_file_name_is_a_name_and_no_pattern(tmp_path, evaluate):
    _one("I.4", pl.Series([6])).write_parquet(tmp_path / "so[1].parquet")
    assert evaluate("--input", tmp_path / "so[1].parquet").units["A"]["points"] == "12.00"


def test_a_pattern_as_a_file_name_reads_that_file_alone(tmp_path, evaluate):
    _one("I.4", pl.Series([6])).write_parquet(tmp_path / "s*.parquet")
    _one("I.4", pl.Series([6]), "B").write_parquet(tmp_path / "so.parquet")
    assert list(evaluate("--input", tmp_path / "s*.parquet").units) == ["A"]


@pytest.fixture
def workbook(write):
    """Write a workbook of one row: an indicator's value, by default with no denominator."""

    def call(indicator: str, value: object, denominator: object = None, shown: str = "General"):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            sheet, form = book.add_worksheet(), book.add_format({"num_format": shown})
            sheet.write_row(0, 0, ("unit", "indicator", "value", "denominator"))
            sheet.write_row(1, 0, ("A", indicator))
            sheet.write(1, 2, value, form)
            sheet.write(1, 3, denominator)
        return write("a.xlsx", buffer.getvalue())

    return call


@pytest.mark.parametrize("shown", ["0%", "General"])
@pytest.mark.parametrize("indicator", ["I.9", "V.3"], ids=["share", "reverse-share"])
@pytest.mark.parametrize("value", [0.0001, 0.5, 1])
def test_an_excel_percentage_up_to_one_is_refused(value, indicator, shown, workbook, refused):
    """Excel holds 0.5 in a cell that shows 50 %: nobody can tell it from half a percent."""
    path = workbook(indicator, value, shown=shown)
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 2, cột “value”: ô ghi {value} không rõ là {value} % hay")
    assert "Hãy ghi tử số (value) và mẫu số (denominator)." in fault


@pytest.mark.parametrize(
    ("value", "denominator", "points"),
    [(0, None, "0.00"), (1.0001, None, "0.20"), (50, None, "10.00"), (100, None, "20.00"),
     (1, 2, "10.00"), (0.5, 1, "10.00"), (0.5, 100, "0.10"), (1, 1, "20.00")],
)  # fmt: skip
def test_other_excel_shares_are_clear(value, denominator, points, workbook, evaluate):
    ran = evaluate("--input", workbook("I.9", value, denominator))
    assert ran.units["A"]["points"] == points


@pytest.mark.parametrize("value", ["0.5", "1"])
def test_a_percentage_up_to_one_is_clear_where_no_cell_has_a_format(value, facts, evaluate):
    points = {"0.5": "0.10", "1": "0.20"}[value]
    ran = evaluate("--input", facts({"indicator": "I.9", "value": value}))
    assert ran.units["A"]["points"] == points


def test_a_time_of_day_in_excel_is_no_date(workbook, refused):
    path = workbook("II.1", NOON, shown="dd/mm/yyyy")
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 2, cột “value”: “2024-01-31 12:00:00” không phải ngày.")
