"""``dti new-plugin``: asks what was not given, and writes a plugin's package."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typer

from dti_core import newplugin
from dti_core.cli.output import note, write_result
from dti_core.errors import DtiError
from dti_core.loader import list_plugins
from dti_core.messages import text

ANSWERS: Final[Mapping[str, tuple[Callable[[str], Any], str]]] = {
    "issuer": (newplugin.read_line, ""),
    "number": (newplugin.read_line, ""),
    "levels": (newplugin.read_levels, "so,huyen,xa"),
    "tiers": (newplugin.read_tiers, ""),
    "rankings": (newplugin.read_rankings, ""),
}
"""What can be given or asked: how it is read, and what it is where nobody says."""


def start_plugin(
    name: str,
    directory: Path | None,
    given: Mapping[str, str | None],
    year: int | None,
    *,
    defaults: bool,
) -> None:
    """Write the package of a new plugin and tell what comes next.

    :param given: the answers of the command line by their names in :data:`ANSWERS`.
    :param defaults: ask nothing; neither is anything asked where nobody is at the keyboard.
    :raises UsageError: an answer that cannot be, or a directory that is not empty.
    """
    newplugin.read_name(name)
    read = {key: ANSWERS[key][0](each) for key, each in given.items() if each is not None}
    asks = not defaults and sys.stdin.isatty()
    for key, (reader, default) in ANSWERS.items():
        if key not in read:
            read[key] = _ask(key, reader, default) if asks else reader(default)
    year = datetime.now().astimezone().year if year is None else year
    plugin = newplugin.NewPlugin(name, year, **read)
    directory = Path(plugin.distribution) if directory is None else directory
    files = newplugin.make(plugin, directory)
    _warn_of_the_same(name)
    made = text("new-plugin.made", directory=directory, files=len(files), plugin=name)
    write_result(f"{made}\n".encode(), None)


def _ask(key: str, reader: Callable[[str], Any], default: str) -> Any:
    """Ask until the answer can be used."""

    def read(answer: str) -> Any:
        try:
            return reader(answer)
        except DtiError as error:
            raise typer.BadParameter(str(error)) from error

    question = text(f"new-plugin.{key}")
    try:
        return typer.prompt(
            question, default=default, show_default=bool(default), value_proc=read, err=True
        )
    except typer.Abort as error:  # Ctrl-C, as the library tells it
        raise KeyboardInterrupt from error


def _warn_of_the_same(name: str) -> None:
    """Tell that a plugin of this name is installed: the two cannot be installed together."""
    for each in list_plugins():
        if each.name == name:
            note("note.plugin-taken", plugin=name, distribution=each.distribution)
