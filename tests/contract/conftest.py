"""What the tests of the contract share: the command, in this process and in its own.

Most cases run in this process, through the same two functions as the installed command; where
streams, the environment or the end of the process matter, ``process`` starts the real one.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from dti_core.cli.language import choose_language
from dti_core.cli.run import run
from dti_core.messages import DEFAULT_LANGUAGE, use_language

DTI = Path(sys.executable).with_name("dti")
COLUMNS = ("unit", "indicator", "value", "denominator", "points", "status", "reason")
EXTRA = ("unit_name", "group", "reported_at", "evidence")
NOTES = ("Không nêu", "Quyết định còn", "Quyết định tự", "LƯU Ý", "Thiếu ", "Đã ghi")


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def result(self):
        """The JSON result, every number as the exact text that stands in it."""
        assert self.code == 0, self.err
        return json.loads(self.out, parse_float=str, parse_int=str)

    @property
    def units(self):
        return {unit["unit"]: unit for unit in self.result["units"]}

    @property
    def faults(self) -> list[str]:
        """The lines of stderr that are no notes."""
        return [line for line in self.err.splitlines() if not line.startswith(NOTES)]


@pytest.fixture
def dti(capsysbinary, monkeypatch):
    """Run a command in this process."""
    monkeypatch.setenv("LANGUAGE", DEFAULT_LANGUAGE)
    monkeypatch.delenv("DTI_LANG", raising=False)

    def call(*arguments: object) -> Ran:
        given = [str(each) for each in arguments]
        use_language(DEFAULT_LANGUAGE)
        choose_language(given)
        capsysbinary.readouterr()
        code = run(given)
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err.decode())

    yield call
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture
def stdin(monkeypatch, write):
    """Let this process read bytes as its standard input, from a file as a shell's ``<`` does."""
    with ExitStack() as opened:

        def call(content: bytes) -> None:
            path = write("standard input", content)
            monkeypatch.setattr(sys, "stdin", opened.enter_context(path.open()))

        yield call


@pytest.fixture
def process():
    """Run a command as a process of its own."""

    def call(*arguments: object, stdin: bytes = b"", **environment: str) -> Ran:
        done = subprocess.run(
            [DTI, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            env=os.environ | environment,
            timeout=60,
        )
        return Ran(done.returncode, done.stdout, done.stderr.decode())

    return call


@pytest.fixture
def evaluate(dti):
    """Evaluate with Huế's decision; JSON unless another format or an output is named."""

    def call(*options: object, level: str = "huyen") -> Ran:
        named = {"--format", "--output"} & {str(each) for each in options}
        form = () if named else ("--format", "json")
        return dti("evaluate", "--plugin", "hue", "--level", level, "--year", 2024, *form, *options)

    return call


@pytest.fixture
def refused(evaluate, tmp_path):
    """Evaluate bad input into an old file; return the faults once nothing else has happened."""

    def call(*options: object, code: int = 1, level: str = "huyen") -> list[str]:
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        old = folder / "old.json"
        old.write_bytes(b"old")
        ran = evaluate("--output", old, *options, level=level)
        assert (ran.code, ran.out) == (code, b""), ran.err
        assert "Traceback" not in ran.err
        assert list(folder.iterdir()) == [old]
        assert old.read_bytes() == b"old"
        return ran.faults

    return call


@pytest.fixture
def write(tmp_path):
    """Write a file of the test and return its path."""

    def call(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return call


@pytest.fixture
def facts(write):
    """Write rows, each a dict of columns, as a CSV file; by default about unit A."""

    def call(*rows: dict[str, str], name: str = "facts.csv") -> Path:
        text = io.StringIO()
        extra = [each for each in EXTRA if any(each in row for row in rows)]
        writer = csv.DictWriter(text, [*COLUMNS, *extra], lineterminator="\n")
        writer.writeheader()
        writer.writerows({"unit": "A"} | row for row in rows)
        return write(name, text.getvalue())

    return call
