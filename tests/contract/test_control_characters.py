"""What stands in a file or an argument never reaches the terminal as a command to it (CWE-150)."""

from __future__ import annotations

import json
import sys

import pytest

CHARACTERS = {
    "escape": "\x1b",
    "bell": "\a",
    "backspace": "\b",
    "carriage-return": "\r",
    "null": "\0",
    "delete": "\x7f",
    "c1-control-sequence": "\x9b",
    "line-separator": "\u2028",
    "right-to-left-override": "\u202e",
}
NEUTRAL = "\N{REPLACEMENT CHARACTER}"
EXPLAIN = ("explain", "--plugin", "hue", "--level", "huyen", "--year", "2024")


def _json(**cells: str) -> str:
    return json.dumps({"unit": "A", "indicator": "I.4"} | cells)


def _plain(text: str) -> bool:
    return all(each.isprintable() for line in text.split("\n") for each in line)


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_a_fault_shows_a_mark_in_place_of_it(character, write, refused):
    """Cells of four columns, each quoted in the fault that it is."""
    columns = {"I.4": "value", "I.5": "indicator", "I.6": "status", "I.9": "reported_at"}
    cells = ({"indicator": code, "value": "1", column: f"x{character}[31my"}
             for code, column in columns.items())  # fmt: skip
    path = write("a.jsonl", "\n".join(_json(**each) for each in cells))
    *faults, _ = refused("--input", path)
    for row, (column, fault) in enumerate(zip(columns.values(), faults, strict=True), 1):
        assert fault.startswith(f"{path}, dòng {row}, cột “{column}”: ")
        assert f"“x{NEUTRAL}[31my”" in fault
        assert _plain(fault)


def test_a_column_with_such_a_name_is_one_fault(write, refused):
    path = write("a.jsonl", _json(value="1", **{"x\n\x1b[2Jy": "1"}))
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 1, cột “x{NEUTRAL}{NEUTRAL}[2jy”: ")
    assert _plain(fault)


@pytest.mark.skipif(sys.platform == "win32", reason="such a name cannot be given to a file there")
def test_a_file_with_such_a_name_is_one_fault(write, refused):
    path = write("a\n\x1b[2J.csv", "unit,indicator,value\nA,I.4,hai\n")
    [fault] = refused("--input", path)
    assert f"a{NEUTRAL}{NEUTRAL}[2J.csv, dòng 2, cột “value”: “hai”" in fault
    assert _plain(fault)


def test_an_argument_is_shown_so_too(refused):
    [fault] = refused("--interpret", "ties=x\x1b[2J", code=2)
    assert f"“x{NEUTRAL}[2J”" in fault
    assert _plain(fault)


@pytest.fixture
def escaped(write):
    """Valid facts of a unit whose code, name and reason hold control characters."""
    rows = (_json(unit_name="T\x1b[2Jên", value="6"), _json(indicator="I.5", value="1"),
            _json(indicator="I.2", status="na", reason="VB\x9b5m"))  # fmt: skip
    return write("a.jsonl", "\n".join(rows).replace('"A"', json.dumps("A\x1b[31m")))


def test_the_terminal_table_holds_none(escaped, evaluate):
    ran = evaluate("--input", escaped, "--format", "table")
    assert ran.code == 0
    assert _plain(ran.out.decode())


@pytest.mark.parametrize("only", [(), ("--indicator", "I.2")], ids=["whole-unit", "one-indicator"])
def test_an_explanation_holds_none(only, escaped, dti):
    ran = dti(*EXPLAIN, "--input", escaped, "--unit", "A\x1b[31m", *only)
    assert ran.code == 0
    assert _plain(ran.out.decode())


def test_programs_read_them_as_they_are(escaped, evaluate):
    assert list(evaluate("--input", escaped).units) == ["A\x1b[31m"]
