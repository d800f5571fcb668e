"""The plugin that was written from the documentation, built and installed beside the built core."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

collect_ignore = ["dti-thunghiem"]  # its own tests run where it is installed

PROJECT = Path(__file__).parent / "dti-thunghiem"


@pytest.fixture(scope="session")
def written(make_throwaway):
    """Return an environment with core and the plugin, and a copy of the project in it."""
    environment = make_throwaway("written")
    project = environment.folder / PROJECT.name
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__"))
    environment.install(project)
    return environment, project
