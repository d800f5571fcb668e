"""Three doors, one report: the command, pytest, and one line in a plugin's own tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from dti_core.conformance.suite import CHECKS

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Start a program in a folder of its own and return how it ended."""
    folder = tmp_path_factory.mktemp("doors")

    def call(program: str, *arguments: str):
        command = [BIN / program, *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    call.folder = folder
    return call


@pytest.fixture(scope="module")
def told(start):
    """What the command says of Huế, in every form."""
    forms = ("text", "json", "junit")
    return {each: start("dti", "check", "hue", "--format", each) for each in forms}


def test_the_command_ends_with_the_counts(told):
    assert told["text"].returncode == 0, told["text"].stdout
    n = len(CHECKS)
    last = told["text"].stdout.splitlines()[-1]
    assert last == f"{n}/{n} ran, {n} passed, 0 declared, 0 failed"


def test_every_form_tells_the_same_checks(told):
    ids = [each.id for each in CHECKS]
    listed = json.loads(told["json"].stdout)
    assert [each["id"] for each in listed["checks"]] == ids
    assert all(each["title"] and each["why"] and each["guards"] for each in listed["checks"])
    suite = ET.fromstring(told["junit"].stdout)  # noqa: S314 - our own output
    assert [each.get("name") for each in suite.iter("testcase")] == ids
    assert suite.get("failures") == "0"
    assert all(f"{each}: " in told["text"].stdout for each in ids)


def test_pytest_is_the_same_door(start):
    ran = start("pytest", "-q", "--pyargs", "dti_core.conformance", "--dti-plugin", "hue")
    assert ran.returncode == 0, ran.stdout
    assert f"{len(CHECKS)} passed" in ran.stdout


def test_pytest_without_the_plugins_name_fails(start):
    ran = start("pytest", "-q", "--pyargs", "dti_core.conformance")
    assert ran.returncode == 1
    assert "--dti-plugin" in ran.stdout
    assert "passed" not in ran.stdout.splitlines()[-1]


def test_one_line_in_a_plugins_own_tests(start):
    path = start.folder / "test_own.py"
    path.write_text(
        "from dti_core.conformance.test_conformance import *  # noqa: F403\n", encoding="utf-8"
    )
    ran = start("pytest", "-q", str(path), "--dti-plugin", "hue")
    assert ran.returncode == 0, ran.stdout
    assert f"{len(CHECKS)} passed" in ran.stdout


def test_the_line_finds_the_plugin_of_its_own_project(start):
    project = start.folder / "du-an"
    (project / "tests").mkdir(parents=True)
    (project / "pyproject.toml").write_text(
        '[project]\nname = "dti-hue"\n[project.entry-points."dti.plugins"]\nhue = "dti_hue"\n',
        encoding="utf-8",
    )
    path = project / "tests" / "test_own.py"
    path.write_text(
        "from dti_core.conformance.test_conformance import *  # noqa: F403\n", encoding="utf-8"
    )
    ran = start("pytest", "-q", str(path))
    assert ran.returncode == 0, ran.stdout
    assert f"{len(CHECKS)} passed" in ran.stdout


def test_a_plugin_that_is_not_installed_is_usage(start):
    ran = start("dti", "check", "khong-co")
    assert ran.returncode == 2
    assert "khong-co" in ran.stderr
    assert not ran.stdout
