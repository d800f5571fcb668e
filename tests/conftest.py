"""Throw-away environments: the built core, and what a test builds and installs beside it.

Nothing is fetched: what core needs is shown to a new environment from the one that runs the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from uv import find_uv_bin

ROOT = Path(__file__).parents[1]
OFFLINE = ("--offline", "--no-index", "--no-deps", "--quiet")


@dataclass(frozen=True, slots=True)
class Throwaway:
    """An environment of its own, with the core wheel and what was installed since."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def install(self, project: Path) -> Path:
        """Build a project as ``uv build`` does, install the wheel and return it."""
        dist = self.folder / "dist" / project.name
        how = ["--wheel", "--offline", "--quiet", "--no-build-isolation", "--python", self.python]
        subprocess.run([find_uv_bin(), "build", *how, "--out-dir", dist, project], check=True)
        (wheel,) = dist.glob("*.whl")
        install(self.python, wheel)
        return wheel

    def run(self, program: str, *arguments: str | Path, cwd: Path | None = None, **variables: str):
        """Run a program of the environment; as a user does, outside the repository."""
        kept = {key: each for key, each in os.environ.items() if not key.startswith("PYTHON")}
        return subprocess.run(
            [self.folder / "bin" / program, *arguments],
            cwd=cwd or self.folder,
            env=kept | {"DTI_LANG": "en", "COLUMNS": "200", "PYTHONUTF8": "1"} | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def install(python: Path, wheel: Path) -> None:
    subprocess.run(
        [find_uv_bin(), "pip", "install", *OFFLINE, "--python", python, wheel], check=True
    )


@pytest.fixture(scope="session")
def core_wheel(tmp_path_factory):
    """The wheel of core, built from the source."""
    folder = tmp_path_factory.mktemp("core-wheel")
    return Path(
        next(WheelBuilder(str(ROOT / "core")).build(directory=str(folder), versions=["standard"]))
    )


@pytest.fixture(scope="session")
def dependencies(tmp_path_factory):
    """Everything installed beside dti itself, as a folder for a path file."""
    folder = tmp_path_factory.mktemp("dependencies")
    for site in {Path(sysconfig.get_paths()[name]) for name in ("purelib", "platlib")}:
        for each in site.iterdir():
            own = each.name.startswith(("dti_", "~")) or each.suffix == ".pth"
            if not own and not (folder / each.name).exists():
                (folder / each.name).symlink_to(each)
    return folder


@pytest.fixture(scope="session")
def make_throwaway(tmp_path_factory, core_wheel, dependencies):
    """Make an environment with core alone, to install a plugin into."""

    def make(name: str) -> Throwaway:
        folder = tmp_path_factory.mktemp(name)
        call = [find_uv_bin(), "venv", "--quiet", "--offline", "--python", sys.executable]
        subprocess.run([*call, folder], check=True)
        made = Throwaway(folder)
        (site,) = folder.glob("lib/python*/site-packages")
        (site / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
        install(made.python, core_wheel)
        return made

    return make
