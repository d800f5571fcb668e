"""An honest plugin, and how to make a liar of it.

A :class:`Lie` is the plugin in ``honest/`` with a few edits. :func:`install` copies it, makes the
edits, builds the wheel and unpacks it into a folder of its own on ``sys.path``: a distribution
like any other, with its metadata and its RECORD, gone again when the block ends.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Any, Final

from hatchling.builders.wheel import WheelBuilder

from dti_core.conformance.subject import Subject, find_subject

HONEST = Path(__file__).parent / "honest"
NAME, PACKAGE = "minhhoa", "dti_minhhoa"
PROJECT = "pyproject.toml"
MODULE = f"{PACKAGE}/__init__.py"
DECISION = f"{PACKAGE}/data/decision.toml"
INDICATORS = f"{PACKAGE}/data/indicators.csv"
EXAMPLES = f"{PACKAGE}/examples/minhhoa.yaml"

CASES: Final = 10
"""Generated cases of a check: a liar is caught by fewer than an honest plugin is asked."""

Edit = Callable[[Path], None]
"""Changes something in a copy of the project."""


@dataclass(frozen=True)
class Lie:
    """A saboteur: the honest plugin with one lie, and the ids of the checks that it fails.

    :param edits: made in the project before it is built.
    :param after: edits made where it is installed.
    :param stops: it cannot be used, so that beside the checks in ``fails`` there are others that
        could not run.
    :param plugin: the name of its entry point.
    """

    name: str
    fails: frozenset[str]
    edits: tuple[Edit, ...]
    after: tuple[Edit, ...] = ()
    stops: bool = False
    plugin: str = NAME

    def __str__(self) -> str:
        return self.name


HONESTY: Final = Lie("Honesty", frozenset(), ())
"""The plugin as it is."""


def lie(name: str, fails: str, *edits: Edit, **more: Any) -> Lie:
    """Make a saboteur; ``fails`` are ids of checks, separated by blanks."""
    return Lie(name, frozenset(fails.split()), edits, **more)


def swap(file: str, old: str, new: str) -> Edit:
    """Replace words that stand in a file exactly once."""

    def edit(project: Path) -> None:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} holds {text.count(old)} times: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def append(file: str, text: str) -> Edit:
    """Write something at the end of a file."""

    def edit(project: Path) -> None:
        with (project / file).open("a", encoding="utf-8") as end:
            end.write(dedent(text))

    return edit


def code(text: str) -> Edit:
    """Write Python at the end of the plugin's module; a hook defined again takes its place."""
    return append(MODULE, "\n\n" + dedent(text))


def altered(text: str, before: str = "") -> Edit:
    """Register frameworks that a body of a function makes of each ``framework`` of the data.

    It may call ``unchecked(model, **changes)``, which gets round the checks of the models.
    """
    return code("\n".join((dedent(before), REGISTER, indent(dedent(text), "    "))))


REGISTER: Final = """
@hookimpl
def dti_register_frameworks(choices):
    return [altered(each) for each in read_frameworks(DATA, choices)]

def unchecked(model, **changes):
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    return type(model).model_construct(**fields | changes)

def altered(framework):
"""


def add(file: str, text: str) -> Edit:
    """Write a file, also in place of one that is there."""

    def edit(project: Path) -> None:
        path = project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")

    return edit


def remove(file: str) -> Edit:
    """Delete a file."""

    def edit(project: Path) -> None:
        (project / file).unlink()

    return edit


def rename(file: str, new: str) -> Edit:
    """Give a file or folder another name."""

    def edit(project: Path) -> None:
        (project / file).rename(project / new)

    return edit


@contextmanager
def install(folder: Path, each: Lie = HONESTY) -> Iterator[Subject]:
    """Install a saboteur, or the honest plugin, for as long as the block lasts."""
    site = unpack(build(folder, each.edits), folder / "site")
    for edit in each.after:
        edit(site)
    with on_path(site):
        yield find_subject(each.plugin, CASES)


def build(folder: Path, edits: Iterable[Edit] = ()) -> Path:
    """Build the wheel of the edited plugin."""
    project = copy(folder / "project", edits)
    wheels = WheelBuilder(str(project)).build(directory=str(folder), versions=["standard"])
    return Path(next(wheels))


def copy(project: Path, edits: Iterable[Edit] = ()) -> Path:
    """Copy the honest project and edit the copy."""
    shutil.copytree(HONEST, project, ignore=shutil.ignore_patterns("__pycache__"))
    for edit in edits:
        edit(project)
    return project


def unpack(wheel: Path, site: Path) -> Path:
    """Install a wheel; one of Python alone has only to be unpacked."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


@contextmanager
def on_path(site: Path) -> Iterator[None]:
    """Put a folder first on the path, of this process and of those that it starts."""
    before = os.environ.get("PYTHONPATH")
    sys.path.insert(0, str(site))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(site), *([before] if before else [])])
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(site))
        os.environ.pop("PYTHONPATH")
        if before:
            os.environ["PYTHONPATH"] = before
        _forget(site)


def _forget(site: Path) -> None:
    """Unload what came from a folder: the next saboteur has modules of the same names."""
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(str(site)):
            del sys.modules[name]
    importlib.invalidate_caches()
