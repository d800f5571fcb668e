"""LibreOffice recalculates and re-saves workbooks, as people's own spreadsheet programs do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# importlib mode puts no test folder on the path
sys.path[:0] = [str(TESTS / "forms"), str(TESTS.parent / "core" / "tests")]

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Without it LibreOffice shows what is cached and computes nothing."""


@pytest.fixture(scope="session")
def soffice(tmp_path_factory):
    """Convert many workbooks at once: names and bytes in, names and bytes out."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice (LibreOffice Calc) is not on PATH")
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")

    def convert(books: dict[str, bytes], to: str = "xlsx") -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("books")
        (folder / "out").mkdir()
        for name, content in books.items():
            (folder / f"{name}.xlsx").write_bytes(content)
        how = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to]
        files = [folder / f"{name}.xlsx" for name in books]
        subprocess.run(
            [program, *how, "--outdir", folder / "out", *files],
            check=True,
            capture_output=True,
            timeout=300,
            stdin=subprocess.DEVNULL,
        )
        return {name: (folder / "out" / f"{name}.{to}").read_bytes() for name in books}

    return convert
