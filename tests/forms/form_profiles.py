"""How many examples are tried; ``DTI_HYPOTHESIS_PROFILE=deep`` tries many more."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

DEEP = os.environ.get("DTI_HYPOTHESIS_PROFILE") == "deep"


def tried(usual: int, deep: int) -> settings:
    """Return settings for tests of whole forms.

    To shrink one takes minutes and tells little more than the form that was found.
    """
    return settings(
        deadline=None,
        max_examples=deep if DEEP else usual,
        derandomize="CI" in os.environ,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
