"""The plugin under test, with what every check needs of it, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.annex import bring
from dti_core.conformance.deviations import Deviation, read_deviations
from dti_core.loader import Listed, list_plugins, load_listed, load_plugin
from dti_core.models import Detail, Framework
from dti_core.plugin import Plugin
from dti_core.sources import Source

if TYPE_CHECKING:
    from dti_core.conformance.examples import Example


CASES: Final = 25
DEEP_CASES: Final = 500
"""How many generated cases a check tries: always, and in a deep run."""


@dataclass(frozen=True)
class Subject:
    """An installed plugin.

    :param listed: what its distribution's metadata say; nothing is imported before a check asks.
    :param cases: how many generated cases a check tries.
    """

    listed: Listed
    cases: int = CASES

    @cached_property
    def plugin(self) -> Plugin:
        """The loaded plugin.

        :raises PluginUnavailable: it cannot be loaded.
        """
        return load_listed(self.listed)

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.listed.name

    @cached_property
    def folder(self) -> Path:
        """The folder of the plugin's package, with its data files; nothing is imported.

        :raises ModuleNotFoundError: there is no such package.
        """
        package = self.listed.entry_point.module.partition(".")[0]
        found = find_spec(package)
        if found is None or found.origin is None:
            raise ModuleNotFoundError(name=package)
        return Path(found.origin).parent

    @cached_property
    def frameworks(self) -> tuple[Framework, ...]:
        """Every framework as the plugin registers it."""
        return tuple(self.plugin.frameworks())

    @cached_property
    def scorable(self) -> tuple[Framework, ...]:
        """Every framework that can score: an outline with its illustrative annex."""
        return tuple(with_annex(each) for each in self.frameworks)

    @cached_property
    def worked(self) -> tuple[Example, ...]:
        """The worked examples of the plugin, from ``examples/*.yaml`` in its package."""
        from dti_core.conformance.examples import read_examples

        return tuple(read_examples(self.folder / "examples"))

    @cached_property
    def deviations(self) -> tuple[Deviation, ...]:
        """What the plugin declares not to hold, from ``conformance.toml`` in its package."""
        return tuple(read_deviations(self.folder / "conformance.toml"))


def with_annex(framework: Framework) -> Framework:
    """Return a framework that can score: an outline with its illustrative annex."""
    path = framework.illustrative_annex
    if framework.detail is not Detail.OUTLINE or path is None:
        return framework
    return bring(framework, Source(path.name, path), illustrative=True)


def find_subject(name: str, cases: int = CASES) -> Subject:
    """Find an installed plugin without importing it.

    :raises PluginUnavailable: it is not installed, or two distributions name it.
    """
    named = [each for each in list_plugins() if each.name == name]
    if len(named) != 1:
        load_plugin(name)  # which tells what is wrong with the name
    return Subject(named[0], cases)


def each_level(
    frameworks: Iterable[Framework], find: Callable[[Framework], Iterable[str]]
) -> Iterator[str]:
    """Yield what is wrong at each level, with the level in front."""
    for framework in frameworks:
        for fault in find(framework):
            yield f"{framework.level}: {fault}"
