"""JSON lines → records of text, every number as the text that stands in the file."""

from __future__ import annotations

import json

from dti_core.errors import InvalidFacts, Problem

Record = dict[str, str | None]


def parse(text: str, file: str) -> tuple[list[int], list[Record]]:
    """Read one flat object from each line that is not blank.

    :return: the number of each record's line, and the records.
    :raises InvalidFacts: with every line that is no flat object.
    """
    rows: list[int] = []
    records: list[Record] = []
    problems: list[Problem] = []
    for row, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append(_record(line))
            rows.append(row)
        except (ValueError, TypeError, RecursionError):
            problems.append(Problem("read.json", {}, file, row))
    if problems:
        raise InvalidFacts(problems)
    return rows, records


def _record(line: str) -> Record:
    record = json.loads(line, parse_float=str, parse_int=str)
    if not isinstance(record, dict):
        raise TypeError(record)
    return {key: _cell(value) for key, value in record.items()}


def _cell(value: object) -> str | None:
    if isinstance(value, bool):
        return str(int(value))
    if value is None or isinstance(value, str):
        return value
    raise TypeError(value)
