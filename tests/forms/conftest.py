"""What the tests of forms share: the builders of core's tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dti_core.messages import DEFAULT_LANGUAGE, use_language

HERE = Path(__file__).parent
# importlib mode puts no test folder on the path
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "core" / "tests")]


@pytest.fixture(autouse=True)
def _vietnamese():
    """Each test starts in the default language and leaves none behind."""
    use_language(DEFAULT_LANGUAGE)
    yield
    use_language(DEFAULT_LANGUAGE)
