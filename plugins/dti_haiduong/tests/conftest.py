"""The plugin under test, loaded once."""

from __future__ import annotations

import pytest

from dti_core.loader import load_plugin


@pytest.fixture(scope="session")
def haiduong():
    return load_plugin("haiduong")
