"""The third door: this plugin holds to every check of the suite."""

from dti_core.conformance.test_conformance import *  # noqa: F403
