"""Missing: what was not reported is a state of its own, never silently zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dti_core.conformance.cases import Case, Unit, as_rows, as_source
from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import EVERYTHING, Field, unit_code
from dti_core.conformance.exactly import exact_value
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Find, Found, Tried, for_all, grounds
from dti_core.conformance.varying import gaps, instead_of
from dti_core.errors import InvalidFacts
from dti_core.models import Indicator
from dti_core.pipeline import evaluate


def _for_all(subject: Subject, find: Find) -> Iterable[str]:
    """Try cases with gaps where the decision lets what is missing score nothing."""
    return for_all(subject, gaps, find, fewer=4, where=lambda ground: ground.may_miss)


@check(
    "missing.value",
    title="What is missing scores nothing and stays in the denominator",
    why="A unit must not rise by keeping a bad figure to itself.",
    guards="missing",
)
def value(subject: Subject) -> Iterable[str]:
    """Compare a unit that earned nothing with one whose report is missing."""
    return _for_all(subject, _unlike_zero)


def _unlike_zero(tried: Tried) -> Iterator[Found]:
    for pair in tried.case.pairs:
        zero, missing = (tried.rows[unit] for unit in pair[:2])
        for ranking in tried.framework.rankings:
            before, after = (exact_value(row, ranking) for row in (zero, missing))
            if before != after:
                yield Found(
                    f"ranking {ranking.code}: {pair.indicator} is missing and the value is "
                    f"{after}; with nothing earned in it, {before}: let dti_score use points and "
                    "max_points only, in which what is missing counts",
                    pair[:2],
                )


@check(
    "missing.listed",
    title="What is missing is listed by unit and indicator, and is no zero",
    why="The appraisal office asks for what is missing; a zero that nobody reported hides it.",
    guards="missing",
)
def listed(subject: Subject) -> Iterable[str]:
    """Collect a file with gaps, and compare the list with them."""
    return _for_all(subject, _unlisted)


def _unlisted(tried: Tried) -> Iterator[Found]:
    told = set(tried.collected.missing.select("unit", "indicator").rows())
    for unit in tried.in_a_file.units:
        absent = {(unit.code, code) for code in _wanted(tried.ground, unit)}
        absent -= {(unit.code, each.indicator) for each in unit.facts}
        for _, code in sorted({each for each in told if each[0] == unit.code} ^ absent):
            state = "missing" if (unit.code, code) in absent else "reported"
            yield Found(
                f"{code} of {unit.code} is {state} in the source, and not in the result: "
                "let dti_collect_metrics give a row for what was reported, and for nothing else",
                (unit.code,),
            )


def _wanted(ground: Field, unit: Unit) -> Iterator[str]:
    return (leaf.code for each, leaf in ground.of_group(unit.group) if each.in_scale)


@check(
    "missing.refused",
    title="Where the decision does not let anything be missing, it is refused by name",
    why="An evaluation of half the reports looks like one of all.",
    guards="missing",
)
def refused(subject: Subject) -> Iterable[str]:
    """Leave out one report of a unit that reported everything."""
    for ground in grounds(subject):
        if not ground.may_miss:
            for each, leaf in ground.of_group(ground.groups[0]):
                if each.in_scale:
                    yield from _taken(subject, ground, leaf)


def _taken(subject: Subject, ground: Field, leaf: Indicator) -> Iterator[str]:
    group, framework = ground.groups[0], ground.framework
    facts = instead_of(EVERYTHING.cook(ground, group), None, leaf.code)
    if not facts:
        return  # a file tells of a unit by its reports
    case = Case(ground.year, (Unit(unit_code(1), facts, group),))
    source = as_source(as_rows(case, framework))
    try:
        evaluate(subject.plugin, framework, ground.year, [source])
    except InvalidFacts as error:
        if any(leaf.code in map(str, each.values.values()) for each in error.problems):
            return
        yield f"{framework.level}: {leaf.code} is missing, and the refusal does not name it"
    else:
        yield (
            f"{framework.level}: {leaf.code} is missing, and is taken for reported: let "
            "dti_collect_metrics give no row for it"
        )


CHECKS: Final[tuple[Check, ...]] = (value, listed, refused)
