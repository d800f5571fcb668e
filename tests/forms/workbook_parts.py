"""A form taken apart, changed and packed anew, and what is said of it then."""

from __future__ import annotations

import io
import zipfile

import pytest
from form_cases import written
from sample_form import FILLED, SETUP, UNIT, WHOLE

from dti_core.errors import InvalidFacts
from dti_core.forms import read
from dti_core.sources import Source

FORM = written(SETUP, UNIT, FILLED)
SHEET = "xl/worksheets/sheet1.xml"


def said(content: bytes) -> str:
    with pytest.raises(InvalidFacts) as refused:
        read(Source("phieu.xlsx", data=content), WHOLE)
    (problem,) = refused.value.problems
    return problem.key


def parts(content: bytes = FORM) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in content.items():
            archive.writestr(name, each)
    return buffer.getvalue()


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """The form with something else in one of its parts."""
    mine = parts()
    assert old in mine[name]
    return packed(mine | {name: mine[name].replace(old, new, 1)})
