"""What all core tests share: where their own modules are, and how many examples they try.

``DTI_HYPOTHESIS_PROFILE=deep`` (or ``--hypothesis-profile=deep``) tries many more examples.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dti_core.messages import DEFAULT_LANGUAGE, use_language

# pytest's importlib mode puts no test folder on the path; oracle, frameworks … stand beside this.
sys.path.insert(0, str(Path(__file__).parent))

# Building a whole framework with its facts is slow by hypothesis' measure.
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "default",
    deadline=None,
    max_examples=40,
    derandomize="CI" in os.environ,
    suppress_health_check=SLOW,
)
settings.register_profile(
    "quick", deadline=None, max_examples=10, derandomize=True, suppress_health_check=SLOW
)
settings.register_profile("deep", deadline=None, max_examples=1_000, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("DTI_HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def _vietnamese():
    """Each test starts in the default language and leaves none behind."""
    use_language(DEFAULT_LANGUAGE)
    yield
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture(params=["vi", "en"])
def language(request, _vietnamese):
    """Both languages, one after the other."""
    use_language(request.param)
    return request.param
