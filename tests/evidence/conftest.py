"""What the tests of evidence share: the databases, and a vault of each kind."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import uuid4

import pytest

HERE = Path(__file__).parent
# importlib mode puts no test folder on the path
sys.path[:0] = [str(HERE), str(HERE.parent)]

from databases import databases, kind, store, url  # noqa: E402, F401

from dti_core.evidence import Vault  # noqa: E402


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "vault"


@pytest.fixture
def vault(folder):
    """A vault in a folder."""
    return Vault(str(folder))


@pytest.fixture(params=["folder", "memory"])
def any_vault(request, folder):
    """A vault of either kind that needs no server; one in a bucket has a test of its own."""
    return Vault(str(folder) if request.param == "folder" else f"memory://{uuid4().hex}")
