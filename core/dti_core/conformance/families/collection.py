"""Collection: what a source says, all of it, and nothing else; what is wrong is refused by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dti_core.conformance.cases import Fact
from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import Field, cases
from dti_core.conformance.spoiling import Spoilt, spoilt
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Found, Row, Tried, for_all, grounds
from dti_core.conformance.varying import ladders
from dti_core.errors import DtiError, InvalidFacts
from dti_core.facts import Facts
from dti_core.models import Indicator
from dti_core.rules import FactType
from dti_core.rules.base import shown


@check(
    "collection.complete",
    title="Every unit and fact of a source is in the facts, and nothing else",
    why="A row that gets lost on the way is a unit's work that does not count.",
    guards="facts",
)
def complete(subject: Subject) -> Iterable[str]:
    """Collect files of generated facts, and compare what comes back."""
    yield from for_all(subject, cases, _lost, fewer=3)
    yield from for_all(subject, ladders, _lost, fewer=3)


def _lost(tried: Tried) -> Iterator[Found]:
    known, facts = tried.in_a_file.units, tried.collected.facts
    written = Counter((unit.code, fact) for unit in known for fact in unit.facts)
    read = Counter((row["unit"], _fact(row)) for row in _rows(facts))
    for unit, fact in written - read:
        yield Found(f"{fact.indicator} of {unit} does not come back as it was: {fact}", (unit,))
    for unit, fact in read - written:
        yield Found(f"{fact.indicator} of {unit} is not in the source: {fact}", (unit,))
    wanted = sorted((each.code, each.group, each.status) for each in known)
    units = facts.units.collect().rows(named=True)
    given = sorted((each["unit"], each["group"], each["status"]) for each in units)
    if wanted != given:
        yield Found(f"the units in the source are {wanted}, those collected {given}")


def _fact(row: Row) -> Fact:
    names = ("indicator", "value", "denominator", "points", "reason", "max_points", "replacement")
    return Fact(*(row[name] for name in names))


def _rows(facts: Facts) -> list[dict[str, Any]]:
    return facts.rows.collect().rows(named=True)


@check(
    "collection.refusals",
    title="A source that is wrong gives InvalidFacts that name the field",
    why="A wrong figure that is taken is published; one that is refused is mended.",
    guards="facts",
)
def refusals(subject: Subject) -> Iterable[str]:
    """Collect sources that are wrong in one way each."""
    for ground in grounds(subject):
        for each in spoilt(ground):
            fault = _taken(subject, ground, each)
            if fault:
                yield f"{ground.framework.level}: {each.name}: {fault}"


def _taken(subject: Subject, ground: Field, each: Spoilt) -> str:
    try:
        subject.plugin.collect(ground.framework, ground.year, [each.source])
    except InvalidFacts as error:
        told = {problem.column for problem in error.problems} | set(str(error).split())
        named = any(field in told for field in each.fields)
        wanted = " or ".join(each.fields)
        return "" if named else f"the refusal does not name the field {wanted}: {error}"
    except DtiError as error:
        return f"{type(error).__name__} and not InvalidFacts: {error}"
    return "it is taken: raise InvalidFacts with the file, the row and the column"


@check(
    "collection.illustrative",
    title="Without sources, made-up data come, say so, and show every rule kind in use",
    why="Who tries the program out must see what it does, and never take it for a real result.",
    guards="facts",
)
def illustrative(subject: Subject) -> Iterable[str]:
    """Collect without sources at every level that has illustrative data."""
    for ground in grounds(subject):
        facts = _made_up(subject, ground)
        if isinstance(facts, Facts):
            for fault in _illustrative(facts, ground):
                yield f"{ground.framework.level}: {fault}"


def _illustrative(facts: Facts, ground: Field) -> Iterator[str]:
    if not facts.illustrative:
        yield "the data of the plugin do not say that they are made up: set illustrative=True"
    rows = _rows(facts)
    shown_kinds = {
        leaf.rule.kind
        for row in rows
        for leaf in _leaves(ground).get(row["indicator"], ())
        if row["value"] is not None or leaf.rule.accepts == FactType.POINTS
    }
    kinds = {leaf.rule.kind for _, leaf in ground.leaves}
    for kind in sorted(kinds - shown_kinds):
        yield f"no row of the illustrative data is measured by the rule {kind}: add one"


def _leaves(ground: Field) -> Mapping[str, tuple[Indicator, ...]]:
    return {leaf.code: (leaf,) for _, leaf in ground.leaves}


@check(
    "collection.facts",
    title="Facts are valid: known units and indicators, each once, with what its rule measures",
    why="Everything after this step trusts the facts.",
    guards="facts",
)
def valid(subject: Subject) -> Iterable[str]:
    """Look at every row of the illustrative data as the plugin collects them."""
    for ground in grounds(subject):
        facts = _made_up(subject, ground)
        if isinstance(facts, InvalidFacts):
            yield f"{ground.framework.level}: {facts}"
        elif facts is not None:
            for fault in _invalid(facts, ground):
                yield f"{ground.framework.level}: {fault}"


def _made_up(subject: Subject, ground: Field) -> Facts | InvalidFacts | None:
    """Collect the illustrative data of a level, or what is wrong with them; None: it has none."""
    path = ground.framework.illustrative
    if path is None or not path.exists():
        return None  # structure.levels tells
    try:
        return subject.plugin.collect(ground.framework, ground.year, [])
    except InvalidFacts as error:
        return error


def _invalid(facts: Facts, ground: Field) -> Iterator[str]:
    rows, units = _rows(facts), facts.units.collect().rows(named=True)
    groups = {each["unit"]: each["group"] for each in units}
    yield from _doubles("the unit {}", (each["unit"] for each in units))
    yield from _doubles("{}", (f"{row['indicator']} of {row['unit']}" for row in rows))
    leaves = {leaf.code: leaf for _, leaf in ground.leaves}
    for row in rows:
        place = f"{row['indicator']} of {row['unit']}"
        if row["unit"] not in groups:
            yield f"{place}: the unit is not among the units"
        elif row["indicator"] not in leaves:
            yield f"{place}: there is no such indicator"
        else:
            fault = _fault(row, leaves[row["indicator"]], groups[row["unit"]])
            if fault:
                yield f"{place}: {fault}"


def _doubles(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{what.format(name)} is there {times} times"


def _fault(row: Row, leaf: Indicator, group: str) -> str:
    """Say what is wrong about a row, "" if nothing is."""
    fact = _fact(row)
    if leaf.groups and group not in leaf.groups:
        return f"it does not exist for the group “{group}”"
    given = [fact.value is not None, fact.points is not None, fact.status == "na"]
    if given.count(True) != 1:
        return "it has not exactly one of value, points and a reason to leave it out"
    if fact.points is not None:
        most = leaf.max_points if fact.max_points is None else fact.max_points
        outside = not 0 <= fact.points <= most
        return f"{shown(fact.points)} points are outside 0 … {shown(most)}" if outside else ""
    return "" if fact.value is None else _wrong_value(fact.value, fact.denominator, leaf)


def _wrong_value(value: int, denominator: int | None, leaf: Indicator) -> str:
    measures = leaf.rule.accepts
    if measures == FactType.POINTS:
        return "its points are awarded, and there is a value"
    if (measures == FactType.SHARE) != (denominator is not None):
        return "a share has a denominator, and nothing else has"
    if measures != FactType.DATE and value < 0:
        return "its value is below zero"
    above = denominator is not None and value > denominator
    return "its value is above its denominator" if above else ""


CHECKS: Final[tuple[Check, ...]] = (valid, complete, refusals, illustrative)
