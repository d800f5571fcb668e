"""Worked examples: what a clause gives, computed by a person, is what the program gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from dti_core.conformance.check import check
from dti_core.conformance.examples import NOTHING, Example, Figure, InRanking
from dti_core.conformance.law import calendar_of
from dti_core.conformance.subject import Subject, with_annex
from dti_core.errors import InvalidFacts, UsageError
from dti_core.messages import decimal_text
from dti_core.models import Calendar, Milestone
from dti_core.numbers import to_short_decimal
from dti_core.pipeline import Evaluation, evaluate
from dti_core.rules import SumOf


@check(
    "worked_examples.hold",
    title="every worked example gives what it says",
    why="a person worked the result out from the clause; the program must agree",
    guards="points, values, tiers, ranks",
)
def hold(subject: Subject) -> Iterator[str]:
    for each in subject.worked:
        find = _unlike_refused if each.refused else _differences
        for fault in find(subject, each):
            yield f"{each.place} ({each.example}): {fault}"


@check(
    "worked_examples.cover",
    title="there is a worked example for every kind of rule in use",
    why="a kind that nobody has worked out by hand has been checked by nobody",
    guards="rules",
)
def cover(subject: Subject) -> Iterator[str]:
    shown = {(each.level, code) for each in subject.worked for code in _compared(each)}
    for framework in subject.scorable:
        if framework.annex is not None:
            continue  # an illustrative annex is nobody's law
        of_kind = dict[str, list[str]]()
        for _, leaf in framework.leaves:
            of_kind.setdefault(leaf.rule.kind, []).append(leaf.code)
        for kind, codes in of_kind.items():
            if kind != SumOf.kind and not any(code in codes for _, code in shown):
                yield f"{framework.level}: no example has points of a {kind}, such as {codes[0]}"
    if not subject.worked:
        yield "there are no worked examples: write examples/*.yaml in the package"


@check(
    "worked_examples.sound",
    title="every worked example cites a clause, compares something, and stands once",
    why="an example that compares nothing passes whatever the program does",
    guards="citations",
)
def sound(subject: Subject) -> Iterator[str]:
    decisions = [each.decision for each in subject.frameworks]
    titles = Counter((each.example, each.level) for each in subject.worked)
    for each in subject.worked:
        if not any(decision.has_clause(each.clause) for decision in decisions):
            yield f"{each.place}: clause {each.clause} is not in the decision's list of clauses"
        for unit, expected in each.expect.items():
            if not expected.model_fields_set:
                yield f"{each.place}: nothing is expected of {unit}"
        if titles[each.example, each.level] > 1:
            yield f"{each.place}: “{each.example}” stands more than once"
    facts = Counter(
        (each.level, each.year, each.facts, str(each.interpret)) for each in subject.worked
    )
    for (level, *_), times in facts.items():
        if times > 1:
            yield f"{level}: the same facts stand in {times} examples: put them into one"


def _compared(example: Example) -> Iterator[str]:
    for each in example.expect.values():
        yield from each.indicators


def _unlike_refused(subject: Subject, example: Example) -> Iterator[str]:
    """Evaluate what is to be refused: for that reason alone, and every row that has one."""
    try:
        _evaluated(subject, example)
    except (InvalidFacts, UsageError) as error:
        found = [each.key for each in error.problems]
        yield from (
            f"{key} found, {example.refused} expected" for key in {*found} - {example.refused}
        )
        refused = {each.row for each in error.problems} - {None}
        if refused and len(refused) < len(example.facts):
            yield f"{len(refused)} of {len(example.facts)} rows are refused"
    else:
        yield f"it is evaluated, {example.refused} expected"


def _evaluated(subject: Subject, example: Example) -> Evaluation:
    plugin, choices = subject.plugin, dict(example.interpret)
    framework = with_annex(plugin.framework(example.level, example.year, choices))
    return evaluate(plugin, framework, example.year, [example.source()])


def _differences(subject: Subject, example: Example) -> Iterator[str]:
    evaluation = _evaluated(subject, example)
    framework = evaluation.framework
    yield from _dates(example, calendar_of(subject, framework, example.year))
    rows = {row["unit"]: row for row in evaluation.units.rows(named=True)}
    for unit, expected in example.expect.items():
        if unit not in rows:
            yield f"unit {unit} has no fact"
            continue
        row, first = rows[unit], framework.rankings[0].code
        yield from _in_ranking(f"{unit}: ", expected, row, first, evaluation)
        for code, each in expected.rankings.items():
            yield from _in_ranking(f"{unit}, {code}: ", each, row, code, evaluation)
        if expected.tier is not None and expected.tier != (row["tier"] or NOTHING):
            yield f"{unit}: tier {expected.tier} expected, {row['tier'] or NOTHING} found"
        yield from _points(unit, expected.indicators, evaluation)
        for code, figure in expected.dimensions.items():
            yield from _in_dimension(f"{unit}: main indicator {code}", code, figure, row)


def _dates(example: Example, calendar: Calendar | None) -> Iterator[str]:
    """Compare a calendar where one is stated, milestone by milestone: none more, none less."""
    found = {each.id: _milestone(each) for each in calendar.milestones} if calendar else {}
    stated = example.calendar
    for each in dict.fromkeys((*stated, *found)) if stated else ():
        one, other = (milestones.get(each, NOTHING) for milestones in (stated, found))
        if one != other:
            yield f"milestone {each}: {one} expected, {other} found"


def _milestone(each: Milestone) -> str:
    bound = NOTHING if each.date is None else f"{each.day} {each.date:%d/%m/%Y}"
    return f"{each.kind} {bound}"


def _in_dimension(who: str, code: str, figure: Figure, row: Mapping[str, Any]) -> Iterator[str]:
    if f"points:{code}" in row:
        yield from _compare(who, figure, row[f"points:{code}"])
    else:
        yield f"{who}: there is no such main indicator"


def _in_ranking(
    who: str, expected: InRanking, row: Mapping[str, Any], code: str, evaluation: Evaluation
) -> Iterator[str]:
    """Compare points, maximum, the value as shown and the rank in one ranking."""
    if f"{code}.points" not in row:
        yield f"{who}there is no such ranking"
        return
    decimals = 10 ** (4 - evaluation.framework.value_decimals)
    found = {name: row[f"{code}.{name}"] for name in ("points", "max_points", "value")}
    if found["value"] is not None:
        found["value"] *= decimals
    for name, figure in found.items():
        yield from _compare(f"{who}{name}", getattr(expected, name), figure)
    rank = row[f"{code}.rank"]
    if expected.rank is not None and expected.rank != (NOTHING if rank is None else str(rank)):
        yield f"{who}rank {expected.rank} expected, {NOTHING if rank is None else rank} found"


def _points(unit: str, expected: Mapping[str, Figure], evaluation: Evaluation) -> Iterator[str]:
    mine = evaluation.scored.filter(nw.col("unit") == unit).collect().rows(named=True)
    found = {row["indicator"]: row["points"] if row["applicable"] else None for row in mine}
    for code, figure in expected.items():
        if code not in found:
            yield f"{unit}: indicator {code} has no fact"
        else:
            yield from _compare(f"{unit}: {code}", figure, found[code])


def _compare(what: str, expected: Figure | None, found: int | None) -> Iterator[str]:
    if expected is not None and expected != (NOTHING if found is None else found):
        yield f"{what}: {_written(expected)} expected, {_written(found)} found"


def _written(figure: Figure | None) -> str:
    if figure is None or isinstance(figure, str):
        return NOTHING
    return decimal_text(to_short_decimal(figure))


CHECKS: Final = (hold, cover, sound)
