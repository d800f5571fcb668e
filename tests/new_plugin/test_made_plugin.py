"""What ``dti new-plugin`` makes builds, installs, is listed, evaluates, and lacks only the law."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

MARKER = "ĐIỀN:"
UNDONE = "template.filled_in"
PYTEST = ("-P", "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider")
"""Without the folder in which it starts: the wheel is tested, not the source beside it."""
OPTIONS = {
    "everything": (
        ("--year", "2024"),
        ("--tiers", "Tốt=90,Khá=66.67,Yếu=0"),
        ("--rankings", "cqs=Chính quyền số,kts=Kinh tế số"),
    ),
    "one-level-of-a-named-decision": (
        ("--year", "2025"),
        ("--levels", "xa"),
        ("--issuer", "Ủy ban nhân dân tỉnh Minh Hoạ"),
        ("--number", "01/QĐ-UBND"),
    ),
}


@dataclass(frozen=True)
class Made:
    """A plugin that was made with some options, and the environment that it is installed in."""

    options: dict[str, str]
    project: Path
    environment: object

    def dti(self, *arguments: str):
        return self.environment.run("dti", *arguments)

    @property
    def levels(self) -> list[str]:
        return self.options.get("--levels", "so,huyen,xa").split(",")

    def texts(self) -> dict[str, Path]:
        """Return every file by the name that a fault gives it."""
        files = [each for each in self.project.rglob("*") if each.is_file()]
        written = [each for each in files if each.suffix != ".pyc"]
        return {each.relative_to(self.project).as_posix(): each for each in written}


@pytest.fixture(scope="module", params=OPTIONS.values(), ids=OPTIONS)
def made(request, make_throwaway):
    """Make a plugin with the installed core, build it and install the wheel."""
    environment = make_throwaway("made")
    options = [each for pair in request.param for each in pair]
    ran = environment.run("dti", "new-plugin", "minhhoa", "--defaults", *options)
    assert (ran.returncode, ran.stderr) == (0, "")
    project = environment.folder / "dti-minhhoa"
    environment.install(project)
    return Made(dict(request.param), project, environment)


@pytest.fixture(scope="module")
def checked(made):
    """The conformance suite on it, as a command."""
    return made.dti("check", "minhhoa", "--format", "json")


@pytest.fixture(scope="module")
def report(checked):
    """What the conformance suite says of it."""
    return json.loads(checked.stdout)


def test_the_command_fails_while_something_is_left_to_fill_in(checked):
    """DESIGN 6: a contributor's CI must not be green on a plugin that nobody has written."""
    assert checked.returncode == 1


def test_it_is_listed_as_ready(made):
    listed = " ".join(made.dti("plugins").stdout.split())
    number = made.options.get("--number", f"{MARKER} số và ký hiệu của quyết định")
    ready = f"ready: {number}; levels {', '.join(made.levels)}"
    assert f"minhhoa │ dti-minhhoa │ 0.1.0 │ {ready}" in listed


def test_it_evaluates_made_up_units_at_once_in_every_ranking(made):
    rankings = [each.partition("=")[0] for each in made.options.get("--rankings", "").split(",")]
    for level in made.levels:
        ran = made.dti("evaluate", "--plugin", "minhhoa", "--level", level, "--format", "json")
        assert ran.returncode == 0, ran.stderr
        units = json.loads(ran.stdout)["units"]
        assert len(units) == 2
        for unit in units:
            assert bool(unit.get("tier")) is ("--tiers" in made.options)
            assert set(unit["rankings"]) == {"overall", *filter(None, rankings)}


def test_the_suite_fails_on_what_is_left_to_fill_in_and_on_nothing_else(report):
    failed = [each["id"] for each in report["checks"] if each["outcome"] != "passed"]
    assert failed == [UNDONE], report
    assert all(each["could_run"] for each in report["checks"])


def test_every_place_is_told_with_its_file_and_line_and_what_to_write(made, report):
    (undone,) = (each for each in report["checks"] if each["id"] == UNDONE)
    told = set()
    for fault in undone["faults"]:
        file, lines, what = re.fullmatch(
            r"([\w./]+)(?:, lines? ([\d, ]+?))?(?:, [^\d].*?)?: fill in: (.+)", fault
        ).groups()
        assert what.strip()
        told |= {(file, int(each)) for each in lines.split(", ")} if lines else {(file, None)}
    assert told == set(_places(made))


def _places(made):
    for name, path in made.texts().items():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MARKER in line:
                yield name, None if name == "pyproject.toml" else number


def test_the_plugins_own_tests_are_the_same_door(made):
    ran = made.environment.run("python", *PYTEST, cwd=made.project)
    failed = re.findall(r"^FAILED .*\[(\S+)\]", ran.stdout, re.MULTILINE)
    assert failed == [UNDONE], ran.stdout


def test_once_all_is_filled_in_it_passes(made):
    """The last test of each plugin: it writes what the template asks for."""
    for path in made.texts().values():
        text = path.read_text(encoding="utf-8")
        text = re.sub(rf" # {MARKER}.*", "", text)
        path.write_text(text.replace(f"{MARKER} ", ""), encoding="utf-8")
    made.environment.install(made.project)
    ran = made.dti("check", "minhhoa")
    assert ran.returncode == 0, ran.stdout
    assert re.search(r"(\d+)/\1 ran, \1 passed, 0 declared, 0 failed\n$", ran.stdout)
