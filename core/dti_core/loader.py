"""Finding and loading plugins: list without importing, import only what is asked for.

A plugin that is broken is an error value, never a dead host. Nothing is kept between calls.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import metadata
from inspect import getattr_static, isfunction
from types import ModuleType
from typing import Final

import pluggy

from dti_core import defaults, hookspecs
from dti_core.errors import PluginUnavailable, Problem
from dti_core.plugin import Plugin

GROUP: Final = "dti.plugins"
"""The entry point group in which distributions name their plugins."""

REQUIRED: Final = "dti_register_frameworks"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the metadata of an installed distribution say of a plugin; nothing is imported."""

    name: str
    distribution: str
    version: str
    entry_point: metadata.EntryPoint


def list_plugins() -> list[Listed]:
    """List every installed plugin by name; a name that stands twice is listed twice."""
    found = [
        Listed(each.name, each.dist.name, each.dist.version, each)
        for each in metadata.entry_points(group=GROUP)
        if each.dist is not None
    ]
    return sorted(found, key=lambda each: (each.name, each.distribution))


def load_plugin(name: str) -> Plugin:
    """Load one plugin by its name.

    :raises PluginUnavailable: not installed, named by two distributions, or broken inside.
    """
    listed = list_plugins()
    named = [each for each in listed if each.name == name]
    if not named:
        raise _not_installed(name, [each.name for each in listed])
    if len(named) > 1:
        distributions = ", ".join(f"{each.distribution} {each.version}" for each in named)
        raise _unavailable("plugin.two-distributions", plugin=name, distributions=distributions)
    return load_listed(named[0])


def load_listed(listed: Listed) -> Plugin:
    """Import and register a listed plugin.

    :raises PluginUnavailable: importing fails, or the module breaks the contract of the hooks.
    """
    module = _import(listed)
    problems = [*_version_problems(listed, module), *_name_problems(listed, module)]
    if problems:
        raise PluginUnavailable(problems)
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(defaults)
    try:
        manager.register(module, listed.name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise _unavailable("plugin.hook-invalid", listed, error=error) from error
    return Plugin(listed.name, listed.distribution, listed.version, manager)


def _import(listed: Listed) -> ModuleType:
    try:
        with redirect_stdout(sys.stderr):  # standard output holds the result alone
            return listed.entry_point.load()  # type: ignore[no-any-return]
    except ModuleNotFoundError as error:
        own = listed.entry_point.module.partition(".")[0]
        if error.name and error.name.partition(".")[0] == own:
            raise _unavailable("plugin.module-missing", listed, module=error.name) from error
        raise _unavailable("plugin.needs-module", listed, module=error.name) from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also SystemExit, and the engine's panics
        reason = f"{type(error).__name__}: {error}"
        raise _unavailable("plugin.import-failed", listed, error=reason) from error


def _version_problems(listed: Listed, module: ModuleType) -> Iterator[Problem]:
    declared = getattr(module, "DTI_API_VERSION", None)
    newest = hookspecs.API_VERSION
    if declared is None:
        yield _problem("plugin.api-version-missing", listed, newest=newest)
    elif declared not in (newest, newest - 1):
        yield _problem("plugin.api-version", listed, declared=declared, newest=newest)


def _name_problems(listed: Listed, module: ModuleType) -> Iterator[Problem]:
    """Find hooks that pluggy would pass over in silence: misspelt, unmarked or missing ones."""
    known = [name for name, each in vars(hookspecs).items() if _is_hook(name, each)]
    functions = dict(_functions(module))
    marked = {name for name, each in functions.items() if hasattr(each, "dti_impl")}
    for name, each in functions.items():
        if _is_hook(name, each) and name not in known:
            close = get_close_matches(name, known, 1)
            yield _problem("plugin.hook-unknown", listed, hook=name, known=(close or known)[0])
        elif _is_hook(name, each) and name not in marked:
            yield _problem("plugin.hook-unmarked", listed, hook=name)
    if REQUIRED not in marked:
        yield _problem("plugin.hook-missing", listed, hook=REQUIRED)


def _functions(plugin: object) -> Iterator[tuple[str, object]]:
    """Yield functions and methods; nothing else is looked into, nor any property run."""
    for name in dir(plugin):
        each = getattr_static(plugin, name)
        if isinstance(each, (staticmethod, classmethod)):
            each = each.__func__
        if isfunction(each):
            yield name, each


def _is_hook(name: str, each: object) -> bool:
    return name.startswith(f"{hookspecs.PROJECT}_") and isfunction(each)


def _not_installed(name: str, known: list[str]) -> PluginUnavailable:
    close = get_close_matches(name, known, 1)
    if close:
        return _unavailable("plugin.did-you-mean", plugin=name, close=close[0])
    listed = ", ".join(known) or "—"
    return _unavailable("plugin.not-installed", plugin=name, known=listed, python=sys.executable)


def _problem(key: str, listed: Listed, **values: object) -> Problem:
    where = {
        "plugin": listed.name,
        "distribution": listed.distribution,
        "version": listed.version,
    }
    return Problem(key, where | values)


def _unavailable(key: str, listed: Listed | None = None, **values: object) -> PluginUnavailable:
    return PluginUnavailable([_problem(key, listed, **values) if listed else Problem(key, values)])
