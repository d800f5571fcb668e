"""What the tests of the documents share: a copy of the source to install from, and the libraries.

Pages are run as they stand. Only the environment is ours: pip finds the libraries that the tests
run with, so that nothing is fetched.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

# pytest's importlib mode puts no test folder on the path; documents and shell_session stand here.
sys.path.insert(0, str(Path(__file__).parent))

from documents import ROOT
from shell_session import link_libraries, run_page

NOT_SOURCE = shutil.ignore_patterns("tests", "__pycache__", ".*", "dist", "*.mo")
COMPILED = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="session")
def libraries(tmp_path_factory):
    """Everything installed beside dti itself, for PYTHONPATH."""
    return link_libraries(tmp_path_factory.mktemp("libraries"))


def copy_source(folder: Path) -> Path:
    """Copy what a user gets: both kinds of distribution, the version they share, the documents."""
    for part in ("core", "plugins", "docs"):
        shutil.copytree(ROOT / part, folder / part, ignore=_left_out)
    shutil.copy(ROOT / "VERSION", folder)
    return folder


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Keep the whole template of a new plugin, which has tests and hidden files of its own."""
    return (COMPILED if "template" in Path(folder).parts else NOT_SOURCE)(folder, names)


@pytest.fixture
def source(tmp_path):
    """A fresh copy of the source."""
    return copy_source(tmp_path)


@pytest.fixture(scope="session")
def ran(tmp_path_factory, libraries):
    """Run a page, once, in a copy of the source: its commands with what happened, and where."""
    done = {}

    def run(page: Path):
        if page not in done:
            folder = copy_source(tmp_path_factory.mktemp(page.stem))
            done[page] = run_page(page, folder, libraries), folder
        return done[page]

    return run
