"""The form of an annex as a file to fill in: CSV that spreadsheets open, or a workbook."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from dti_core.annex.template import form_columns, form_rows
from dti_core.models import Framework

FORMULA_START: Final = re.compile(r"^(?=[=+\-@\t\r])")
"""A spreadsheet takes text of a CSV file that starts so for a formula (CWE-1236)."""


def to_csv(framework: Framework) -> bytes:
    """Write the form as UTF-8 CSV with a byte order mark, by which spreadsheets know it."""
    columns = form_columns(framework)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    for row in form_rows(framework):
        writer.writerow({name: FORMULA_START.sub("'", text) for name, text in row.items()})
    return buffer.getvalue().encode("utf-8-sig")
