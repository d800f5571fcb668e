"""The plugin holds to every check of the conformance suite."""

from dti_core.conformance.test_conformance import *  # noqa: F403
