"""What is where in a form, as the file itself says: locks, drop-downs, rows and columns."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from frameworks import dimension, framework, indicator
from spreadsheet import Spreadsheet

from dti_core.rules import Rule

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def sheet(content: bytes) -> ET.Element:
    return ET.fromstring(part(content, "xl/worksheets/sheet1.xml"))  # noqa: S314 - our own


def is_protected(content: bytes) -> bool:
    return sheet(content).find(f"{SHEET}sheetProtection").get("sheet") == "1"


def unlocked(content: bytes) -> set[str]:
    """The cells that may be filled in."""
    styles = ET.fromstring(part(content, "xl/styles.xml"))  # noqa: S314 - our own
    formats = styles.find(f"{SHEET}cellXfs").findall(f"{SHEET}xf")
    open_formats = {
        str(number)
        for number, each in enumerate(formats)
        if (one := each.find(f"{SHEET}protection")) is not None and one.get("locked") == "0"
    }
    cells = sheet(content).iter(f"{SHEET}c")
    return {each.get("r") for each in cells if each.get("s") in open_formats}


def drop_downs(content: bytes) -> dict[str, str]:
    """The lists to choose from, by the cells that they are for."""
    validations = sheet(content).iter(f"{SHEET}dataValidation")
    lists = [each for each in validations if each.get("type") == "list"]
    return {
        cell: each.find(f"{SHEET}formula1").text
        for each in lists
        for cell in each.get("sqref").split()
    }


def places(content: bytes) -> tuple[dict[str, int], dict[str, str]]:
    """The row of each indicator, from 1, and the letters of each column."""
    opened = Spreadsheet(content)
    letters = {key: chr(ord("A") + place - 1) for key, place in opened.columns.items()}
    return {key.partition(" ")[2]: row for key, row in opened.rows.items()}, letters


def of_rules(*rules: Rule, **fields):
    leaves = [indicator(f"I.{n}", "10", rule=each) for n, each in enumerate(rules, 1)]
    return framework(dimension("I", *leaves), **fields)
