"""Purity: a hook is a function of its arguments, and does nothing but answer."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from typing import Any, Final

from dti_core.conformance.apart import run_apart
from dti_core.conformance.cases import as_source
from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import cases
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import corpus, grounds
from dti_core.models import Framework

INSTEAD: Final = {
    "clock": "take the year from the argument",
    "environment": "let the authority choose by an interpretation",
    "network": "leave fetching to the source that the user names",
    "files": "give facts; reports are written by core",
    "output": "raise InvalidFacts to tell a person, or say nothing",
}
"""What to do in the place of what a hook must not do."""


@check(
    "purity.input",
    title="Hooks leave their arguments as they are",
    why="What one hook changes, the next one and the report would take for the law.",
    guards="hooks",
)
def arguments(subject: Subject) -> Iterable[str]:
    """Call every hook with arguments that are compared afterwards."""
    choices = {each.id: each.in_force for each in _interpretations(subject)}
    yield from _edited(subject, "dti_register_frameworks", choices=choices)
    for place, ground in enumerate(grounds(subject)):
        framework, year = ground.framework, ground.year
        given = {"framework": framework}
        for ranking in framework.rankings:
            yield from _edited(subject, "dti_score", **given, ranking=ranking)
        yield from _edited(subject, "dti_tier", **given)
        yield from _edited(subject, "dti_calendar", **given, year=year)
        sources = [as_source(corpus(subject, cases, place, ground)[0].lines)]
        yield from _edited(subject, "dti_collect_metrics", **given, year=year, sources=sources)


def _interpretations(subject: Subject) -> Iterator[Any]:
    return (each for framework in subject.frameworks for each in framework.interpretations)


def _edited(subject: Subject, hook: str, **given: Any) -> Iterator[str]:
    """Call a hook, and tell which of its arguments is no longer what it was."""
    before = copy.deepcopy({name: _inside(each) for name, each in given.items()})
    with redirect_stdout(io.StringIO()):
        getattr(subject.plugin.manager.hook, hook)(**given)
    for name, each in given.items():
        if _inside(each) != before[name]:
            yield f"{hook} changes its argument {name}: work on a copy"


def _inside(given: object) -> object:
    """Return what an argument holds, also where it says that it is frozen."""
    if isinstance(given, Framework):
        return {name: getattr(given, name) for name in type(given).model_fields}
    if isinstance(given, list):
        return [(each.name, each.path, each.data) for each in given]
    return dict(given) if isinstance(given, Mapping) else given


def _seen(subject: Subject, what: str) -> Iterator[str]:
    _ = subject.plugin
    for kind, how in run_apart(subject)[-1].seen:
        if kind == what:
            yield f"{how}: {INSTEAD[what]}"


@check(
    "purity.clock",
    title="Hooks read no clock",
    why="A result that depends on today cannot be recomputed tomorrow.",
    guards="hooks",
)
def clock(subject: Subject) -> Iterable[str]:
    """Watch the plugin in a process of its own."""
    return _seen(subject, "clock")


@check(
    "purity.environment",
    title="Hooks read no environment variable",
    why="What decides about a result stands in the recipe, and the environment does not.",
    guards="hooks",
)
def environment(subject: Subject) -> Iterable[str]:
    """Watch the plugin in a process of its own."""
    return _seen(subject, "environment")


@check(
    "purity.network",
    title="Hooks ask no network and start no program",
    why="An evaluation runs where there is no network, and tells nobody what it evaluates.",
    guards="hooks",
)
def network(subject: Subject) -> Iterable[str]:
    """Watch the plugin in a process of its own."""
    return _seen(subject, "network")


@check(
    "purity.files",
    title="Hooks write no files",
    why="An evaluation leaves nothing behind that the next one could find.",
    guards="hooks",
)
def files(subject: Subject) -> Iterable[str]:
    """Watch the plugin in a process of its own."""
    return _seen(subject, "files")


@check(
    "purity.output",
    title="Hooks print nothing",
    why="Standard output holds the result, for the next program to read.",
    guards="hooks",
)
def output(subject: Subject) -> Iterable[str]:
    """Watch the plugin in a process of its own."""
    return _seen(subject, "output")


CHECKS: Final[tuple[Check, ...]] = (arguments, clock, environment, network, files, output)
