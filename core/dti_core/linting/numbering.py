"""Codes in sequence: doubles, gaps, order and place (DTI2xx).

A sequence is meant to be complete where the decision gives all of it: the main indicators, the
component indicators, and the parts of one indicator. Levels that read one table (their main
indicators have the same citation) share its numbers, so what a level leaves out is no gap where
another one has it. ``listed`` indicators and general information are partial lists: at
their top nothing is missed, and below a parent that is listed its parts are meant to be all there.
The decision's list of clauses holds only what is cited, so its numbers are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dti_core.linting.findings import Case, Finding
from dti_core.models import Detail, Framework, Indicator, Information, Listed

_TENS: Final = ("", "X", "XX", "XXX")
_UNITS: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_LETTERS: Final = (
    "abcdđeghiklmnopqrstuvxy",
    "abcdeghiklmnopqrstuvxy",
    "abcdefghijklmnopqrstuvwxyz",
)
"""As decisions count points: with *đ*, without it, and by the Latin alphabet."""

SCHEMES: Final = tuple(
    {label: place for place, label in enumerate(labels)}
    for labels in (
        [str(number) for number in range(1, 1000)],
        [tens + units for tens in _TENS for units in _UNITS if tens + units],
        *_LETTERS,
        *(letters.upper() for letters in _LETTERS),
    )
)
"""Ways to count, each from its labels to their places."""


Placed = tuple[str, str, set[str], str]
"""A code, its parent, the codes that a parent may have, and the clause."""


@dataclass(frozen=True, slots=True)
class Sequel:
    """Codes that count up together, in the order in which they stand, with their clauses.

    ``elsewhere``: codes of the same table at other levels.
    """

    clauses: Mapping[str, str]
    complete: bool = True
    elsewhere: frozenset[str] = frozenset()


def find(case: Case) -> Iterator[Finding]:
    """Look at every sequence of codes that the level has."""
    yield from _doubles(case.framework)
    for sequel in (_of_dimensions(case), _of_indicators(case), *_of_lists(case.framework)):
        for prefix, parts in _by_prefix(sequel.clauses).items():
            yield from _gaps(sequel, prefix, parts)
            yield from _order(sequel, prefix, parts)
    yield from _strays(case.framework)


def _doubles(framework: Framework) -> Iterator[Finding]:
    """Yield codes that stand twice where the models do not refuse them."""
    lists: list[Listed | Information] = [*framework.listed, *framework.information]
    clauses = {each.code: each.citation.clause for each in lists}
    for code, times in Counter(each.code for each in lists).items():
        if times > 1:
            yield Finding("DTI201", code, clauses[code], {"times": times})


def _others(case: Case) -> list[Framework]:
    return [each for each in case.levels if each is not case.framework]


def _of_dimensions(case: Case) -> Sequel:
    inside, clause = case.framework.dimensions_in_scale, case.framework.declared.citation.clause
    read = {each.citation for each in inside}
    mates = [each for each in _others(case) if read & {one.citation for one in each.dimensions}]
    elsewhere = frozenset(one.code for each in mates for one in each.dimensions)
    return Sequel({each.code: clause for each in inside}, elsewhere=elsewhere)


def _of_indicators(case: Case) -> Sequel:
    """Return component indicators and their parts: codes may count on from one part to the next."""
    if case.framework.detail is not Detail.INDICATORS:
        return Sequel({})
    inside = case.framework.dimensions_in_scale
    tables = {(each.code, each.citation) for each in inside}
    mates = (one for each in _others(case) for one in each.dimensions)
    same = [one for one in mates if (one.code, one.citation) in tables]
    clauses: dict[str, str] = {}
    for each in inside:
        clauses |= _below(each.indicators, each.citation.clause)
    elsewhere = frozenset(code for one in same for code in _below(one.indicators, ""))
    return Sequel(clauses, elsewhere=elsewhere)


def _below(indicators: Iterable[Indicator], clause: str) -> dict[str, str]:
    """Return the codes of indicators and their parts, each with the clause that holds them all."""
    found: dict[str, str] = {}
    for each in indicators:
        found |= {each.code: clause, **_below(each.items, each.citation.clause)}
    return found


def _of_lists(framework: Framework) -> Iterator[Sequel]:
    for listed in (framework.listed, framework.information):
        for parent in dict.fromkeys(each.parent for each in listed):
            mine = {each.code: each.citation.clause for each in listed if each.parent == parent}
            yield Sequel(mine, complete=bool(parent))


def _by_prefix(codes: Iterable[str]) -> dict[str, list[str]]:
    """Group codes by what stands before their last part: ``5.9.1`` is part 1 of ``5.9.``."""
    found: dict[str, list[str]] = {}
    for code in codes:
        prefix, dot, last = code.rpartition(".")
        found.setdefault(prefix + dot, []).append(last)
    return found


def _schemes(parts: Iterable[str]) -> list[dict[str, int]]:
    return [scheme for scheme in SCHEMES if all(part in scheme for part in parts)]


def _gaps(sequel: Sequel, prefix: str, parts: Sequence[str]) -> Iterator[Finding]:
    """Yield what lies before the last part and is not there, by the way to count that fits best."""
    if not sequel.complete:
        return
    others = _by_prefix(sequel.elsewhere).get(prefix, [])
    known, clause = {*parts, *others}, sequel.clauses[prefix + parts[0]]
    found = [_missing(scheme, known) for scheme in _schemes(known)]
    for run in min(found, key=lambda runs: sum(map(len, runs)), default=[]):
        subject = "-".join(prefix + part for part in dict.fromkeys((run[0], run[-1])))
        yield Finding("DTI202", subject, clause, {"last": prefix + parts[-1]})


def _missing(scheme: dict[str, int], known: set[str]) -> list[list[str]]:
    """Return the runs of parts that are not there; a sequence may start where its first stands."""
    labels, places = list(scheme), sorted(scheme[part] for part in known)
    first = 0 if places[0] <= len(places) else places[0]
    bounds = pairwise([first - 1, *places])
    return [labels[before + 1 : after] for before, after in bounds if after - before > 1]


def _order(sequel: Sequel, prefix: str, parts: Sequence[str]) -> Iterator[Finding]:
    """Yield parts that stand behind a later one."""
    for scheme in _schemes(parts)[:1]:
        for before, after in pairwise(parts):
            if scheme[after] < scheme[before]:
                clause = sequel.clauses[prefix + after]
                yield Finding("DTI203", prefix + after, clause, {"after": prefix + before})


def _strays(framework: Framework) -> Iterator[Finding]:
    """Yield codes below a parent that is not there, or that by their number belong to another."""
    for code, parent, known, clause in (*_in_scale(framework), *_in_lists(framework)):
        owners = {each for each in known if code.startswith(f"{each}.")}
        if known and (parent not in known or (owners and parent not in owners)):
            yield Finding("DTI204", code, clause, {"parent": parent})


def _in_scale(framework: Framework) -> Iterator[Placed]:
    tops = {each.code for each in framework.dimensions}
    for dimension in framework.dimensions:
        siblings = {each.code for each in dimension.indicators}
        for each in dimension.indicators:
            yield each.code, dimension.code, tops, each.citation.clause
            for item in each.items:
                yield item.code, each.code, siblings, item.citation.clause


def _in_lists(framework: Framework) -> Iterator[Placed]:
    tops = {each.code for each in framework.dimensions}
    for listed in framework.listed:
        if not listed.parent:
            yield listed.code, listed.dimension, tops, listed.citation.clause
    for entries in (framework.listed, framework.information):
        codes = {each.code for each in entries}
        for entry in entries:
            if entry.parent:
                yield entry.code, entry.parent, codes, entry.citation.clause
