"""The shared conformance suite on this plugin."""

from dti_core.conformance.test_conformance import *  # noqa: F403
