"""What a mutant is: a plugin with one place of one file changed.

Data files are changed as data, not as text: ``decision.toml`` as the dictionary that it holds, a
CSV table as its rows. A *place* is the way to a value through them, keys and numbers of rows.
"""

from __future__ import annotations

import copy
import csv
import io
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli_w

Place = tuple[str | int, ...]
LAW: Final = "data/decision.toml"


class Action(StrEnum):
    """What is done at a place; ``WRITE`` puts a text in the place of the whole file."""

    SET = "set"
    DROP = "drop"
    DOUBLE = "double"
    SWAP = "swap"
    WRITE = "write"
    KEEP = "keep"


class Change(NamedTuple):
    """A change of data: where, what is put there (for ``SWAP`` the other place), and how."""

    place: Place
    value: Any = None
    action: Action = Action.SET


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file of a plugin, and the words by which people know it."""

    plugin: str
    file: str
    operator: str
    where: str
    before: str
    after: str
    change: Change

    def __str__(self) -> str:
        return f"{self.plugin} {self.operator}: {self.file} {self.where}: {self.words}"

    @property
    def words(self) -> str:
        """What stood there, and what stands there now."""
        if self.change.action in {Action.DROP, Action.DOUBLE}:
            return f"{self.change.action}: {_short(self.before)}"
        return f"{_short(self.before)} → {_short(self.after)}"

    def write(self, package: Path) -> None:
        """Make the change in a copy of the plugin's package."""
        path = package / self.file
        if self.change.action is Action.WRITE:
            path.write_text(self.change.value, encoding="utf-8")
        else:
            path.write_text(as_text(path, changed(read(path), self.change)), encoding="utf-8")


def unchanged(plugin: str, file: str) -> Mutant:
    """Make what differs from the plugin in nothing but that one file was read and written."""
    return Mutant(plugin, file, "none", "", "", "", Change((), action=Action.KEEP))


def mutant(plugin: str, file: str, operator: str, data: Any, change: Change) -> Mutant:
    """Describe a change of data for people."""
    before = at(data, change.place)
    after = at(data, change.value) if change.action is Action.SWAP else change.value
    where = named(data, change.place)
    return Mutant(plugin, file, operator, where, _told(before), _told(after), change)


def read(path: Path) -> Any:
    """Read a data file: a dictionary, or rows each a dictionary."""
    text = path.read_text(encoding="utf-8")
    return (
        tomllib.loads(text) if path.suffix == ".toml" else list(csv.DictReader(io.StringIO(text)))
    )


def as_text(path: Path, data: Any) -> str:
    """Write what :func:`read` has read."""
    if path.suffix == ".toml":
        return tomli_w.dumps(data)
    text = io.StringIO()
    with path.open(encoding="utf-8", newline="") as file:
        heading = next(csv.reader(file))
    table = csv.DictWriter(text, heading, lineterminator="\n")
    table.writeheader()
    table.writerows(data)
    return text.getvalue()


def changed(data: Any, change: Change) -> Any:
    """Return a copy of the data with the change made."""
    if change.action is Action.KEEP:
        return data
    data = copy.deepcopy(data)
    holder, key = at(data, change.place[:-1]), change.place[-1]
    if change.action is Action.SET:
        holder[key] = change.value
    elif change.action is Action.DROP:
        del holder[key]
    elif change.action is Action.DOUBLE:
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        other, there = at(data, change.value[:-1]), change.value[-1]
        holder[key], other[there] = other[there], holder[key]
    return data


def at(data: Any, place: Iterable[str | int]) -> Any:
    """Return what stands at a place, None where a key is not there."""
    for step in place:
        data = data.get(step) if isinstance(data, dict) else data[step]
    return data


def named(data: Any, place: Place) -> str:
    """Write a place with names for the numbers of rows: ``milestones[so+xa publication].date``."""
    parts: list[str] = []
    for step in place:
        data = data.get(step) if isinstance(data, dict) else data[step]
        parts.append(f".{step}" if isinstance(step, str) else f"[{_row(data)}]")
    return "".join(parts).removeprefix(".")


NAMES: Final = ("code", "id", "status", "number", "level", "name")


def _row(entry: dict[str, Any]) -> str:
    """Name a row by its levels and the first thing that identifies it."""
    levels = "+".join(entry.get("levels") or [])
    if "code" in entry:
        levels = levels or entry.get("level", "")
    own = next((str(entry[each]) for each in NAMES if entry.get(each)), "")
    return " ".join(each for each in (levels, own) if each)


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return _row(value) or ", ".join(f"{key}={_told(each)}" for key, each in value.items())
    return "—" if value in (None, "") else str(value)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
