"""The pytest door: ``pytest --pyargs dti_core.conformance --dti-plugin NAME``.

Registered as a pytest plugin by the distribution, because a ``conftest.py`` of an installed
package is read too late to add an option. Each check is one test of its own; importing
``test_conformance`` into a plugin's own tests is the third door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

OPTION = "--dti-plugin"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the plugin."""
    group = parser.getgroup("dti")
    group.addoption(OPTION, metavar="NAME", help="the plugin that the conformance suite tests")
