"""Determinism: the same facts give the same bytes, wherever and in whatever order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from dti_core.conformance.apart import PLACES, run_apart
from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import cases
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Found, Tried, for_all
from dti_core.pipeline import Evaluation
from dti_core.report.json_text import to_json
from dti_core.report.tabular import to_csv


@check(
    "determinism.rows",
    title="The order of the rows of a source changes no byte of the result",
    why="Two clerks who sort the same table differently must publish the same ranking.",
    guards="facts",
)
def rows(subject: Subject) -> Iterable[str]:
    """Collect and evaluate files whose rows stand in two orders."""
    return for_all(subject, cases, _changed_by_order, fewer=3)


def _changed_by_order(tried: Tried) -> Iterator[Found]:
    first, second = map(_forms, (tried.collected, tried.collect(_dealt(tried.lines))))
    for form in first:
        if first[form] != second[form]:
            yield Found(
                f"the {form} is another one when the rows of the source are in another order: "
                f"{_difference(first[form], second[form])}: let dti_collect_metrics give what a "
                "row says, wherever it stands"
            )


def _dealt(given: list[dict[str, str]]) -> list[dict[str, str]]:
    """Shuffle rows like cards: the rows of a unit no longer stand together."""
    return [each for start in range(3) for each in given[::-1][start::3]]


def _forms(evaluation: Evaluation) -> dict[str, str]:
    return {"JSON": _without_inputs(evaluation), "CSV": to_csv(evaluation).decode()}


def _without_inputs(evaluation: Evaluation) -> str:
    """Leave out the hash of the source, which is another one by right."""
    result = json.loads(to_json(evaluation), parse_float=str, parse_int=str)
    del result["recipe"]["inputs"]
    return json.dumps(result, ensure_ascii=False, indent=1)


@check(
    "determinism.surroundings",
    title="Hash seed, locale, time zone, threads and engine change no byte of the result",
    why="Whoever recomputes a published ranking does it on another computer.",
    guards="result",
)
def surroundings(subject: Subject) -> Iterable[str]:
    """Run the plugin in two processes whose surroundings are far apart."""
    _ = subject.plugin  # what cannot be loaded here cannot be run apart
    first, second = (each.results for each in run_apart(subject))
    told = " and ".join(" ".join(f"{name}={each}" for name, each in one.items()) for one in PLACES)
    for form in sorted({*first, *second}):
        here, there = (_without_addresses(each.get(form, "")) for each in (first, second))
        if here != there:
            yield f"{form}: {_difference(here, there)} (under {told})"


def _without_addresses(text: str) -> str:
    """Pass over the addresses of objects in error messages."""
    return re.sub(r"0x[0-9a-f]+", "0x", text)


def _difference(first: str, second: str) -> str:
    for here, there in zip_longest(first.splitlines(), second.splitlines(), fillvalue=""):
        if here != there:
            return f"“{here.strip()[:200]}” or “{there.strip()[:200]}”"
    return "other line ends"


CHECKS: Final[tuple[Check, ...]] = (rows, surroundings)
