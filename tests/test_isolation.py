"""Core and the plugins stay apart, and help is instant: nothing heavy is imported for it."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ROOT / "core" / "dti_core"
PROJECTS = sorted((ROOT / "plugins").glob("*/pyproject.toml"))
HEAVY = {"narwhals", "pluggy", "polars", "pydantic", "rich"}


def plugin_names():
    projects = [tomllib.loads(path.read_text(encoding="utf-8")) for path in PROJECTS]
    groups = [each["project"]["entry-points"]["dti.plugins"] for each in projects]
    return [name for group in groups for name in group]


def sources(folder):
    """Every file that somebody wrote: not what an interpreter or a build made of it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if path.suffix not in {".mo", ".pyc"}]


def test_core_holds_no_plugins_name():
    """DESIGN 4: adding a decision touches nothing outside its own folder."""
    names = plugin_names()
    assert names
    word = re.compile(rf"(?<![^\W_])({'|'.join(names)})(?![^\W_])", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line}"
        for path in sources(CORE)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if word.search(line)
    ]
    assert found == []


def imported(package):
    """Return the top names of what the modules of a package import, wherever they do."""
    tops = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                tops |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                tops.add(node.module.partition(".")[0])
    return tops


def of_the_project(tops):
    return {each for each in tops if each.startswith("dti_")}


def test_core_imports_no_plugin():
    assert of_the_project(imported(CORE)) == {"dti_core"}


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.parent.name)
def test_a_plugin_imports_core_and_no_other_plugin(project):
    name = project.parent.name
    tops = of_the_project(imported(project.parent / name))
    assert "dti_core" in tops
    assert tops <= {"dti_core", name}


RUNS = {
    "import": "import dti_core.cli",
    "help": "import dti_core.cli; sys.argv = ['dti', '--help']; dti_core.cli.main()",
}


@pytest.mark.parametrize("code", RUNS.values(), ids=RUNS)
def test_help_imports_nothing_heavy(code):
    told = "atexit.register(lambda: print(json.dumps(list(sys.modules)), file=sys.stderr))"
    command = [sys.executable, "-c", f"import atexit, json, sys; {told}; {code}"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    modules = set(json.loads(done.stderr))
    assert "dti_core.cli" in modules
    assert modules & HEAVY == set()
