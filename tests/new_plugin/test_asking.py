"""``dti new-plugin`` at a keyboard: it asks what was not given, again until it can be used."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

DTI = Path(sys.executable).with_name("dti")


@pytest.fixture
def typed(tmp_path):
    """Run the command on a terminal and type lines into it."""

    def run(lines: str, *arguments: str):
        ours, theirs = pty.openpty()
        command = [DTI, "new-plugin", "minhhoa", *arguments]
        running = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=os.environ | {"DTI_LANG": "en", "PYTHONUTF8": "1"},
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        os.write(ours, lines.encode())
        out, err = running.communicate(timeout=60)
        os.close(ours)
        os.close(theirs)
        return subprocess.CompletedProcess(command, running.returncode, out, err)

    return run


def law(tmp_path):
    path = tmp_path / "dti-minhhoa/dti_minhhoa/data/decision.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_answer_is_asked_for(typed, tmp_path):
    ran = typed("UBND tỉnh Minh Hoạ\n01/QĐ-UBND\nxa\nĐạt=50,Chưa đạt=0\ncqs=Chính quyền số\n")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.lstrip().startswith("Made dti-minhhoa")
    found = law(tmp_path)
    assert found["decision"]["issuer"] == "UBND tỉnh Minh Hoạ"
    assert found["decision"]["number"] == "01/QĐ-UBND"
    assert [each["level"] for each in found["levels"]] == ["xa"]
    assert [each["name"] for each in found["tiers"]] == ["Đạt", "Chưa đạt"]
    assert [each["code"] for each in found["rankings"]] == ["overall", "cqs"]


def test_an_empty_answer_is_the_default(typed, tmp_path):
    assert typed("\n\n\n\n\n").returncode == 0
    assert [each["level"] for each in law(tmp_path)["levels"]] == ["so", "huyen", "xa"]


def test_what_was_given_is_not_asked(typed, tmp_path):
    given = ("--issuer", "UBND tỉnh Minh Hoạ", "--number", "1", "--tiers", "", "--rankings", "")
    ran = typed("xa\n", *given)
    assert ran.returncode == 0
    assert [each["level"] for each in law(tmp_path)["levels"]] == ["xa"]


def test_a_wrong_answer_is_told_and_asked_again(typed, tmp_path):
    ran = typed("\n\ntinh\nso\n\n\n")
    assert ran.returncode == 0
    assert "“tinh” is no list of levels" in ran.stderr
    assert [each["level"] for each in law(tmp_path)["levels"]] == ["so"]


def test_nothing_is_asked_with_defaults(typed):
    assert typed("", "--defaults").returncode == 0


def test_whoever_leaves_has_nothing_written(typed, tmp_path):
    """End of input, as Ctrl-D types it."""
    ran = typed("UBND\n\x04")
    assert (ran.returncode, ran.stdout.strip()) == (130, "")
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []
