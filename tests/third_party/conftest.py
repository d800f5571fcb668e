"""The plugin of a stranger, built and installed beside the built core."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

collect_ignore = ["dti-btttt"]  # its own tests run where it is installed

PROJECT = Path(__file__).parent / "dti-btttt"


@pytest.fixture(scope="session")
def stranger(make_throwaway):
    """Return an environment with core and the plugin, and a copy of the project in it."""
    environment = make_throwaway("stranger")
    project = environment.folder / PROJECT.name
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__"))
    environment.install(project)
    return environment, project
