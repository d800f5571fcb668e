"""Small plugins as real distributions: built by hatchling, installed by uv, met by ``dti``.

Every test says only what its plugin adds to, or takes from, one module that is right.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from textwrap import dedent

import pytest
from hatchling.builders.wheel import WheelBuilder
from uv import find_uv_bin

DTI = Path(sys.executable).with_name("dti")

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "$distribution"
version = "$version"
[project.entry-points."dti.plugins"]
$name = "$entry_point"
[tool.hatch.build.targets.wheel]
packages = ["$module"]
"""

MODULE = """
from pathlib import Path

import narwhals as nw

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_frameworks

DTI_API_VERSION = 1
DATA = Path(__file__).parent / "data"


@hookimpl
def dti_register_frameworks(choices):
    folders = sorted(DATA.iterdir())
    return [each for folder in folders for each in read_frameworks(folder, choices)]

"""

DECISION = """
[decision]
number = "$number"
date = 2020-01-02
issuer = "Ủy ban nhân dân tỉnh Minh Hoạ"
title = "Ban hành Bộ chỉ số minh hoạ"
in_force_from = 2020-01-02
first_year = $first_year
last_year = $last_year
clauses = [{ id = "Điều 1" }, { id = "Phụ lục A" }]
[policies]
missing = "@missing"
[[dimensions]]
code = "A"
name = "Nhận thức số"
clause = "Phụ lục A"
[[levels]]
level = "$level"
name = "Cấp minh hoạ"
dimensions = 1
indicators = 2
max_points = "20"
illustrative = "facts.csv"
citation = { clause = "Điều 1" }
[[rankings]]
code = "overall"
name = "Xếp hạng chung"
citation = { clause = "Điều 1" }
[[interpretations]]
id = "missing"
question = "Thiếu số liệu thì sao?"
options = [{ id = "zero", text = "Không điểm" }, { id = "refuse", text = "Từ chối" }]
in_force = "zero"
why = "Quyết định không nói."
citation = { clause = "Điều 1" }
"""

INDICATORS = """\
code,dimension,name,action,condition,evidence,max_points,so,huyen,xa,rule,parameters,clause,note
A.1,A,Có kế hoạch,,,,10,x,x,x,yes_no,,Phụ lục A.1,
A.2,A,Tỷ lệ hồ sơ,,,,10,x,x,x,share,,Phụ lục A.2,
"""

FACTS = """\
unit,unit_name,indicator,value,denominator
MH-01,Đơn vị minh hoạ 01,A.1,true,
MH-01,Đơn vị minh hoạ 01,A.2,1,2
MH-02,Đơn vị minh hoạ 02,A.2,1,4
"""

LAW = ("1/QĐ-MH", 2024, 2025, "xa")
"""Number, first year, last year and level of the decision that a plugin has by default."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process left: its exit code, standard output and standard error."""

    exit_code: int
    out: str
    err: str

    @property
    def table(self) -> str:
        """Standard output without the frame of its table: each row's cells after one another."""
        return " ".join(re.sub("[│┃]", " ", self.out).split())

    def fails(self, exit_code: int, message: str) -> None:
        """Assert that the command ended so, told exactly this, and gave no result."""
        assert (self.exit_code, self.err, self.out) == (exit_code, f"{message}\n", "")

    def fails_telling(self, exit_code: int, *words: str) -> None:
        """Assert the same where the wording is partly a library's."""
        assert (self.exit_code, self.out) == (exit_code, "")
        assert "Traceback" not in self.err
        for each in words:
            assert each in self.err


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder of installed distributions beside the environment of the tests."""

    tmp_path: Path
    uv_cache: Path

    @property
    def site(self) -> Path:
        """Where the distributions are installed."""
        return self.tmp_path / "site"

    def install(
        self,
        name: str,
        code: str = "",
        *,
        module: str | None = None,
        distribution: str | None = None,
        version: str = "1.0",
        entry_point: str | None = None,
        laws: Iterable[tuple[str, int, int, str]] = (LAW,),
    ) -> None:
        """Build and install a plugin: the module that is right, and then ``code``."""
        module = module or f"dti_{name}"
        distribution = distribution or f"dti-{name}"
        files = {
            "pyproject.toml": Template(PYPROJECT).substitute(
                name=name,
                module=module,
                distribution=distribution,
                version=version,
                entry_point=entry_point or module,
            ),
            f"{module}/__init__.py": MODULE + dedent(code),
        }
        for number, law in enumerate(laws):
            files |= _law_files(f"{module}/data/{number}", law)
        wheel = _build(self.tmp_path / "projects" / distribution, files)
        _install(wheel, self.site, self.uv_cache)

    def dti(self, *arguments: str, lang: str = "en", **variables: str) -> Run:
        """Run the command as a user does, with the plugins of this environment on its path."""
        return self._run([str(DTI), *arguments], DTI_LANG=lang, **variables)

    def dti_alone(self, core: Path, *arguments: str) -> Run:
        """Run the command without the plugins of the tests' own environment."""
        path = os.pathsep.join([str(self.site), str(core)])
        return self._run([sys.executable, "-S", str(DTI), *arguments], PYTHONPATH=path)

    def evaluate(self, name: str, *more: str) -> Run:
        """Run ``dti evaluate`` so that nothing is assumed, and so nothing is told but faults."""
        chosen = ("--plugin", name, "--level", "xa", "--year", "2024", "--format", "csv")
        return self.dti("evaluate", *chosen, *more)

    def _run(self, command: list[str], **variables: str) -> Run:
        given = {"DTI_LANG": "en", "PYTHONPATH": str(self.site), "PYTHONUTF8": "1"}
        done = subprocess.run(
            command,
            env=os.environ | given | {"COLUMNS": "300"} | variables,
            cwd=self.tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)


def _law_files(folder: str, law: tuple[str, int, int, str]) -> dict[str, str]:
    number, first_year, last_year, level = law
    decision = Template(DECISION).substitute(
        number=number, first_year=first_year, last_year=last_year, level=level
    )
    return {
        f"{folder}/decision.toml": decision,
        f"{folder}/indicators.csv": INDICATORS,
        f"{folder}/facts.csv": FACTS,
    }


def _build(project: Path, files: Mapping[str, str]) -> str:
    for name, content in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    wheels = WheelBuilder(str(project)).build(directory=str(project), versions=["standard"])
    return str(next(wheels))


def _install(wheel: str, site: Path, uv_cache: Path) -> None:
    where = ["--python", sys.executable, "--target", str(site), "--cache-dir", str(uv_cache)]
    how = ["--quiet", "--no-deps", "--no-index"]
    subprocess.run([find_uv_bin(), "pip", "install", *how, *where, wheel], check=True)


@pytest.fixture(scope="session")
def uv_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("uv")


@pytest.fixture
def environment(tmp_path, uv_cache):
    return Environment(tmp_path, uv_cache)


@pytest.fixture(scope="session")
def core_alone(tmp_path_factory):
    """Core and what it needs, as a folder for PYTHONPATH: everything installed but plugins."""
    import dti_core

    folder = tmp_path_factory.mktemp("core")
    package = Path(dti_core.__file__).parent
    (folder / package.name).symlink_to(package)
    for installed in Path(pytest.__file__).parents[1].iterdir():
        if not installed.name.startswith("dti_") or installed.name.startswith("dti_core-"):
            (folder / installed.name).symlink_to(installed)
    return folder
