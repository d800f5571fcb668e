"""YAML → plain values, every scalar as the text that stands there, with the line of each place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]


class WrongYaml(ValueError):
    """A file of worked examples is wrong; the message names file and line."""


def read_yaml(path: Path) -> tuple[Any, dict[Place, int]]:
    """Read a file: numbers stay text, so that no float ever stands for a decimal.

    :return: the value, and for the path of each place in it the line (1-based).
    :raises WrongYaml: no YAML, or a key that stands twice.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise WrongYaml(f"{path.name}, line {line}: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongYaml(f"{path.name}: {error}") from error
    if node is None:
        return None, {}
    lines = dict(_lines(node, ()))
    return _value(node, path), lines


def _value(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, path) for each in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    value: dict[str, Any] = {}
    for key, each in node.value:
        if key.value in value:
            line = key.start_mark.line + 1
            raise WrongYaml(f"{path.name}, line {line}: {key.value} stands twice")
        value[key.value] = _value(each, path)
    return value


def _lines(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for number, each in enumerate(node.value):
            yield from _lines(each, (*place, number))
    elif isinstance(node, yaml.MappingNode):
        for key, each in node.value:
            yield (*place, key.value), key.start_mark.line + 1
            yield from _lines(each, (*place, key.value))
