"""The conformance suite: what every plugin must hold to, as plain functions without pytest.

Three doors give the same report: ``dti check NAME``, ``pytest --pyargs dti_core.conformance
--dti-plugin NAME``, and one import line in a plugin's own tests. New mandatory checks come only
with a minor release of core.
"""

from typing import Final

CONFORMANCE_VERSION: Final = 1
"""Raised with every minor release of core that adds or sharpens a check."""
