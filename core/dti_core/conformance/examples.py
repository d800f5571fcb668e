"""Worked examples: facts → what the clause gives, in YAML that an official can read and write.

A plugin keeps them in ``examples/*.yaml`` of its package. Every number is exact decimal text;
what is not named under ``expect`` is not compared.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from dti_core.base import Model, Name, Points, Text
from dti_core.conformance.yaml_lines import Place, WrongYaml, read_yaml
from dti_core.models import Level
from dti_core.sources import Source

NOTHING: Final = "—"
"""Stands for *no value*, *no rank*, *no tier*, *not applicable*."""

Figure = Points | Annotated[str, Field(pattern=f"^{NOTHING}$")]
"""A number in ten-thousandths, or that there is none."""


class Row(BaseModel):
    """One row of tidy input, its cells as text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Name
    indicator: Text = ""
    value: Text = ""
    denominator: Text = ""
    points: Text = ""
    status: Text = ""
    reason: Text = ""
    group: Text = ""
    evidence: Text = ""
    explanation: Text = ""
    max_points: Text = ""
    replacement: Text = ""


class InRanking(Model):
    """What a unit has in one ranking: points, value as shown, rank."""

    points: Figure | None = None
    max_points: Figure | None = None
    value: Figure | None = None
    rank: Text | None = None


class Expected(InRanking):
    """What a unit has: of each indicator and each main indicator its points, in every ranking."""

    tier: Text | None = None
    indicators: Mapping[str, Figure] = {}
    dimensions: Mapping[str, Figure] = {}
    rankings: Mapping[str, InRanking] = {}


class Example(Model):
    """One worked example, with the clause that gives its result.

    ``calendar`` states every milestone of the level in that year: its id, then kind, word and day
    (``entry_deadline before 30/11/2024``), or kind and ``—`` where the clause names no day.
    ``refused`` stands in the place of ``expect`` where every row of the facts, or the year, is
    refused: the key of the message that says so.
    """

    example: Name
    clause: Name
    level: Level
    year: int
    interpret: Mapping[str, str] = {}
    facts: Annotated[tuple[Row, ...], Field(min_length=1)]
    expect: Mapping[Name, Expected] = {}
    refused: Text = ""
    calendar: Mapping[str, Name] = {}
    place: Text = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if bool(self.expect) == bool(self.refused):
            raise ValueError("say under expect what units have, or under refused why they have not")
        return self

    def source(self) -> Source:
        """Return the facts as a tidy file."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(Row.model_fields))
        writer.writeheader()
        writer.writerows(row.model_dump() for row in self.facts)
        return Source(self.place, data=text.getvalue().encode())


def read_examples(folder: Path) -> Iterator[Example]:
    """Read every file of a folder; a folder that is not there holds none.

    :raises WrongYaml: with every fault of a file, each with its line.
    """
    for path in sorted(folder.glob("*.yaml")):
        yield from read_file(path)


def read_file(path: Path) -> list[Example]:
    """Read one file of worked examples.

    :raises WrongYaml: it is no list of examples; every fault with its line.
    """
    data, lines = read_yaml(path)
    if not isinstance(data, list):
        raise WrongYaml(f"{path.name}, line 1: a list of examples, each starting with “- example:”")
    for number, each in enumerate(data):
        if isinstance(each, dict):
            each["place"] = f"{path.name}, line {lines[(number,)]}"
    try:
        return TypeAdapter(list[Example]).validate_python(data)
    except ValidationError as error:
        faults = (_fault(path, each, data, lines) for each in error.errors(include_url=False))
        raise WrongYaml("\n".join(dict.fromkeys(faults))) from error


def _fault(path: Path, error: Mapping[str, Any], data: Any, lines: Mapping[Place, int]) -> str:
    """Say which line, which key and what would be right."""
    place = _written(error["loc"], data)
    line = next(lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines)
    key = ".".join(map(str, place[1:]))
    message = str(error["msg"])
    if error["type"] == "extra_forbidden":
        close = get_close_matches(str(place[-1]), KEYS, 1)
        message = f"there is no such key; did you mean “{close[0]}”?" if close else "no such key"
    return f"{path.name}, line {line}: {key}: {message}"


def _written(loc: Sequence[Any], data: Any) -> Place:
    """Keep of a fault's location what stands in the file, without the names of types."""
    place: list[str | int] = []
    for step in loc:
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if in_list or (isinstance(data, dict) and step in data):
            data = data[step]
        elif isinstance(data, dict) and step in KEYS:
            data = None
        else:
            continue
        place.append(step)
    return tuple(place)


KEYS: Final = tuple(
    dict.fromkeys(
        name for model in (Example, Expected, Row) for name in model.model_fields if name != "place"
    )
)
"""Every key that a file may hold."""
