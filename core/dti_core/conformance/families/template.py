"""Template: nothing that ``dti new-plugin`` left for a person to write is still unwritten."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from dti_core.conformance.check import check
from dti_core.conformance.subject import Subject

MARKER: Final = "ĐIỀN:"
"""Stands before what to write, in place of a text or in a comment behind another value."""

TEXT_FILES: Final = (".csv", ".md", ".py", ".toml", ".txt", ".yaml", ".yml")
KEYED: Final = (".toml", ".yaml", ".yml")
HEADER: Final = re.compile(r"\s*(\[+[^\[\]]+\]+)\s*(?:#.*)?")
KEY: Final = re.compile(r"([\w.-]+)[\"']?\s*[=:]")


class Place(NamedTuple):
    """Something to write: the file, the key or column there, and what belongs there."""

    file: str
    key: str
    what: str


@check(
    "template.filled_in",
    title="nothing of the template is left to fill in",
    why="what the template says in place of the decision is nobody's law",
    guards="decisions, citations",
)
def filled_in(subject: Subject) -> Iterator[str]:
    lines: dict[Place, list[int]] = {}
    for place, line in (*_in_package(subject.folder), *_in_metadata(subject)):
        lines.setdefault(place, []).append(line)
    for place, found in lines.items():
        where = f"line{'s' * (len(found) > 1)} {', '.join(map(str, found))}" if any(found) else ""
        named = ", ".join(filter(None, (place.file, where, place.key)))
        yield f"{named}: fill in: {place.what}"


def _in_package(folder: Path) -> Iterator[tuple[Place, int]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix not in TEXT_FILES:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if MARKER in text:
            name = path.relative_to(folder.parent).as_posix()
            find = _in_table if path.suffix == ".csv" else _in_lines
            yield from find(name, text.splitlines())


def _in_metadata(subject: Subject) -> Iterator[tuple[Place, int]]:
    """Find what stands in ``pyproject.toml`` (on a line that is not known) and in the readme."""
    distribution = subject.listed.entry_point.dist
    if distribution is None:
        return
    given = distribution.metadata.json
    yield from _in_lines("README.md", str(given.get("description", "")).splitlines())
    for place, _ in _in_lines("", [str(given.get("summary", ""))]):
        yield Place("pyproject.toml", "[project] description", place.what), 0


def _in_table(name: str, lines: Iterable[str]) -> Iterator[tuple[Place, int]]:
    rows = csv.reader(lines)
    heading = next(rows, [])
    for row in rows:
        for column, cell in zip(heading, row, strict=False):
            if MARKER in cell:
                yield Place(name, f"column {column}", _what(cell)), rows.line_num


def _in_lines(name: str, lines: Iterable[str]) -> Iterator[tuple[Place, int]]:
    """Find the marker in lines of text, in TOML and YAML with the key before it."""
    has_keys, table = name.endswith(KEYED), ""
    for number, line in enumerate(lines, 1):
        if header := HEADER.fullmatch(line):
            table = f"{header[1]} "
        before, *found = line.split(MARKER)
        for what in found:
            keys = KEY.findall(before) if has_keys else ()
            yield Place(name, f"{table}{keys[-1]}" if keys else "", _what(MARKER + what)), number
            before = what


def _what(text: str) -> str:
    return text.partition(MARKER)[2].partition('"')[0].strip()


CHECKS: Final = (filled_in,)
