"""The command as a process: streams, environment and the end of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

DTI = Path(sys.executable).with_name("dti")
EVALUATE = ("evaluate", "--plugin", "hue", "--level", "huyen", "--year", "2024")
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "4242",
    "LC_ALL": "C",
    "PYTHONIOENCODING": "ascii",
}
CSV = "unit,indicator,value\nĐơn vị,I.1,x\n".encode()


@pytest.mark.parametrize("form", ["table", "json", "parquet", "xlsx"])
def test_the_same_facts_give_the_same_bytes_everywhere(form, dti, process):
    """Neither time zone, hash seed, locale nor encoding of the terminal changes a byte."""
    ran = process(*EVALUATE, "--format", form, **ELSEWHERE)
    assert ran.code == 0, ran.err
    assert ran.out == dti(*EVALUATE, "--format", form).out


def test_a_calendar_file_is_the_same_everywhere(dti, process):
    calendar = ("calendar", "--plugin", "hue", "--level", "so", "--year", "2024", "--format", "ics")
    assert process(*calendar, **ELSEWHERE).out == dti(*calendar).out


def test_faults_are_told_where_the_terminal_knows_no_vietnamese(process):
    ran = process(*EVALUATE, "--input", "không có.csv", **ELSEWHERE)
    assert (ran.code, ran.out) == (1, b"")
    assert "Traceback" not in ran.err


def test_help_speaks_the_language_asked_for(process):
    help_text = process("evaluate", "--help", **ELSEWHERE).out.decode()
    assert "Cách dùng: dti evaluate" in help_text
    for option in ("--plugin", "--level", "--year", "--input", "--annex", "--format", "--output",
                   "--interpret", "--lang"):  # fmt: skip
        assert option in help_text
    assert "Usage: dti" in process("--help", DTI_LANG="en").out.decode()


def test_without_arguments_the_command_shows_its_help(process):
    ran = process()
    assert (ran.code, ran.err) == (0, "")
    for command in ("evaluate", "explain", "plugins", "frameworks", "interpretations", "calendar"):
        assert f"  {command} " in ran.out.decode()


def test_an_unknown_command_is_a_usage_error(process):
    ran = process("xep-hang")
    assert (ran.code, ran.out) == (2, b"")
    assert "Không có lệnh 'xep-hang'." in ran.err


def test_standard_input_is_named_in_faults(process):
    ran = process(*EVALUATE, "--input", "-", stdin=b"unit,indicator,value\nA,I.2,hai\n")
    assert (ran.code, ran.out) == (1, b"")
    assert "\nstdin, dòng 2, cột “value”: “hai”" in ran.err


def test_standard_input_has_one_name_in_both_languages(stdin, dti):
    """The recipe is read by programs: it does not change with the language of the reader."""
    results = []
    for language in ("vi", "en"):
        stdin(CSV)
        arguments = (*EVALUATE, "--format", "json", "--input", "-", "--lang", language)
        results.append(dti(*arguments).result)
    assert results[0] == results[1]
    assert results[0]["recipe"]["inputs"][0]["name"] == "stdin"


def test_parquet_comes_through_a_pipe_with_a_name(tmp_path, process):
    """`--input /dev/stdin` and `<(...)` can be read once."""
    path = tmp_path / "a.parquet"
    pl.DataFrame({"unit": ["A"], "indicator": ["I.4"], "value": [6]}).write_parquet(path)
    ran = process(*EVALUATE, "--format", "json", "--input", "/dev/stdin", stdin=path.read_bytes())
    assert ran.units["A"]["points"] == "12.00"


READ = {"result": (*EVALUATE, "--format", "json"), "help": ("--help",)}


@pytest.mark.parametrize("arguments", READ.values(), ids=READ)
def test_a_reader_that_goes_away_is_no_fault_to_trace(arguments):
    """The exit code is that of a program which SIGPIPE ended, as shells have it: 128 + 13."""
    started = subprocess.Popen(
        [DTI, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    started.stdout.close()
    _, errors = started.communicate(timeout=60)
    assert started.returncode == 141
    assert b"Traceback" not in errors
    assert b"Exception ignored" not in errors
    assert b"BrokenPipe" not in errors


def test_debug_shows_the_traceback_and_only_then(dti):
    wrong = (*EVALUATE, "--input", "absent.csv")
    assert "Traceback" not in dti(*wrong).err
    assert "Traceback" in dti(*wrong, "--debug").err


@pytest.mark.skipif(sys.platform != "linux", reason="only here a name may be any bytes")
def test_a_file_whose_name_is_no_text_is_read(tmp_path, process):
    """A name in an old encoding, as old servers hold it, is a name."""
    name = os.fsdecode(b"s\xf4 li\xeau.csv")
    (tmp_path / name).write_bytes(CSV)
    ran = process(*EVALUATE, "--format", "json", "--input", tmp_path / name)
    assert ran.code == 0, ran.err
