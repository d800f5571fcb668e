"""A framework made in a test as the subject of the conformance suite."""

from __future__ import annotations

from importlib.metadata import EntryPoint

from running import InTest, as_plugin

from dti_core.conformance.subject import Subject
from dti_core.loader import GROUP, Listed
from dti_core.models import Framework, Tiers
from dti_core.valuing import Value


def subject_of(
    framework: Framework,
    tiers: Tiers | None = None,
    formula: Value | None = None,
    cases: int = 3,
) -> Subject:
    """Stand in for an installed plugin: no distribution, no folder, no deviations."""
    name = "minh-hoa"
    entry_point = EntryPoint(name, "dti_minh_hoa", GROUP)
    subject = Subject(Listed(name, "dti-minh-hoa", "0.1.0", entry_point), cases)
    vars(subject).update(
        plugin=as_plugin(InTest(framework, tiers, formula)),
        frameworks=(framework,),
        scorable=(framework,),
        deviations=(),
    )
    return subject
