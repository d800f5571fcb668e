"""The page of findings lists every code of the linter with its severity."""

from __future__ import annotations

import re

from documents import DOCS

from dti_core.cli.linting import WRITERS
from dti_core.linting import CODES, Finding, Linted

ROW = re.compile(r"^\| `(DTI\d{3})` \| (\w+) \| \S.* \| \S.* \|$", re.MULTILINE)


def test_every_code_is_listed_with_its_severity():
    """Run `python docs/generate.py` where this fails."""
    page = (DOCS / "reference" / "lint.md").read_text(encoding="utf-8")
    assert ROW.findall(page) == [(code, str(severity)) for code, severity in CODES.items()]


def test_the_json_has_the_keys_that_the_page_names():
    page = (DOCS / "reference" / "lint.md").read_text(encoding="utf-8")
    shape = page.partition("```text\n")[2].partition("```")[0]
    written = WRITERS["json"]("minhhoa", [Linted([Finding("DTI802", "exclusion")])])
    assert re.findall(r'"(\w+)"', shape) == re.findall(r'"(\w+)":', written.decode())
