"""The plugin under each other reading that an authority may choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dti_core.conformance.subject import Subject
from dti_core.errors import PluginMisbehaved

if TYPE_CHECKING:
    from dti_core.models import Framework

Chosen = tuple[str, "Sequence[Framework] | PluginMisbehaved"]


def options(subject: Subject) -> dict[str, list[str]]:
    """Return the ids of the options of each interpretation, the one in force first."""
    found: dict[str, list[str]] = {}
    for framework in subject.frameworks:
        for each in framework.interpretations:
            others = [option.id for option in each.options if option.id != each.in_force]
            found.setdefault(each.id, [each.in_force, *others])
    return found


def each_choice(subject: Subject) -> Iterator[Chosen]:
    """Yield every single choice, written ``id=option``, with the frameworks under it.

    A plugin that fails under a choice gives the failure.
    """
    for interpretation, ids in options(subject).items():
        for option in ids:
            name = f"{interpretation}={option}"
            try:
                yield name, subject.plugin.frameworks({interpretation: option})
            except PluginMisbehaved as error:
                yield name, error
