"""Structure: the tree of indicators adds up, its codes are unique, its readings matter."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from dti_core.conformance.check import check
from dti_core.conformance.law import indicators
from dti_core.conformance.meaning import Meaning, meaning
from dti_core.conformance.readings import options
from dti_core.conformance.subject import Subject, each_level
from dti_core.errors import DtiError, InvalidFacts, PluginMisbehaved
from dti_core.models import Detail, Framework
from dti_core.numbers import to_short_decimal

STRANGE: Final = {"no-such-interpretation": "no-such-option"}


@check(
    "structure.registers",
    title="the plugin gives its frameworks, each with what it is scored by",
    why="what does not hold together is refused before anything is scored",
    guards="Framework",
)
def registers(subject: Subject) -> Iterator[str]:
    try:
        for each in subject.scorable:
            if each.detail is Detail.OUTLINE:
                yield f"{each.level}: nothing can be scored: name an illustrative annex"
            yield from (f"{each.level}: {fault}" for fault in _listed_nowhere(each))
    except (PluginMisbehaved, InvalidFacts) as error:
        yield from map(str, error.problems)


def _listed_nowhere(framework: Framework) -> Iterator[str]:
    own = {each.code for each in framework.dimensions}
    for each in framework.listed:
        if each.dimension not in own:
            yield f"{each.code} is listed under {each.dimension}, which the level has not"


@check(
    "structure.sums",
    title="the maxima of the sub-items add up to their indicator's",
    why="points that nobody can get lower every value",
    guards="Indicator",
)
def sums(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for each in indicators(framework):
            total = sum(item.max_points for item in each.items)
            if each.items and total != each.max_points:
                figures = _points(each.max_points), _points(total)
                yield "{}: {} points, its sub-items {}: correct one".format(each.code, *figures)

    yield from each_level(subject.scorable, find)


@check(
    "structure.declared",
    title="what the decision declares is what is found, or a discrepancy tells it",
    why="a reader who counts must come to the same figures, or be told why not",
    guards="Discrepancy",
)
def declared(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        told = set(_told(framework))
        for about, figure, found in dict.fromkeys((*_differing(framework), *_apart(framework))):
            if (about, figure, found) not in told:
                figures = f"{figure} declared, {found} found"
                yield f"{about}: {figures}: write a discrepancy, or correct the table"

    yield from each_level(subject.scorable, find)


@check(
    "structure.told",
    title="a discrepancy tells figures that do differ so",
    why="a contradiction that is not there discredits the decision",
    guards="Discrepancy",
)
def told(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        counted = {about for about, *_ in _counted(framework)}
        differing = {*_differing(framework), *_summed(framework)}
        for about, figure, found in _told(framework):
            if about in counted and (about, figure, found) not in differing:
                yield f"a discrepancy tells {about} {figure} and {found}: they do not differ so"

    yield from each_level(subject.scorable, find)


def _told(framework: Framework) -> Iterator[tuple[str, str, str]]:
    for each in framework.discrepancies:
        if each.declared_value is not None:
            yield each.about, str(each.declared_value), str(each.found_value)


def _counted(framework: Framework) -> Iterator[tuple[str, str | None, str]]:
    """Yield what can be counted: about what, the declared figure if any, the found one."""
    inside = [each for each in framework.dimensions if each.in_scale]
    yield "dimensions", _figure(framework.declared.dimensions), str(len(inside))
    parts = [("", framework.declared, inside)]
    parts += [(f":{each.code}", each.declared, [each]) for each in inside if each.declared]
    for part, figures, dimensions in parts:
        leaves = [each for dimension in dimensions for each in dimension.indicators]
        if framework.detail is Detail.INDICATORS:
            yield f"indicators{part}", _figure(figures.indicators), str(len(leaves))
        if framework.detail is not Detail.OUTLINE:
            total = sum(each.max_points for each in leaves)
            yield f"max_points{part}", _points(figures.max_points), to_short_decimal(total)


def _differing(framework: Framework) -> Iterator[tuple[str, str, str]]:
    for about, figure, found in _counted(framework):
        if figure is not None and figure != found:
            yield about, figure, found


def _summed(framework: Framework) -> Iterator[tuple[str, str | None, str]]:
    """Yield what the decision declares of the whole, and what it declares of the parts."""
    parts = [each.declared for each in framework.dimensions if each.in_scale]
    counts = [each.indicators for each in parts if each and each.indicators is not None]
    maxima = [each.max_points for each in parts if each and each.max_points is not None]
    yield "indicators", _figure(framework.declared.indicators), str(sum(counts))
    yield "max_points", _points(framework.declared.max_points), to_short_decimal(sum(maxima))


def _apart(framework: Framework) -> Iterator[tuple[str, str, str]]:
    """Yield what is declared of the whole and of every part, where the parts do not add up."""
    parts = [each.declared for each in framework.dimensions if each.in_scale]
    for about, figure, found in _summed(framework):
        complete = all(each and getattr(each, about) is not None for each in parts)
        if parts and complete and figure is not None and figure != found:
            yield about, figure, found


def _figure(count: int | None) -> str | None:
    return None if count is None else str(count)


def _points(scaled: int | None) -> str | None:
    return None if scaled is None else to_short_decimal(scaled)


@check(
    "structure.codes",
    title="no code stands twice, nor two that look alike",
    why="a fact is entered for a code; one that can be mistaken for another lands elsewhere",
    guards="Indicator",
)
def codes(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for what, found in _codes(framework).items():
            for code in found:
                if code != unicodedata.normalize("NFC", code).strip() or not code.isprintable():
                    yield f"{what} {code!r}: write it in NFC, without blanks around it"
            for alike in _alike(found):
                yield f"{what}: {alike} cannot be told apart: give one of them another code"

    yield from each_level(subject.scorable, find)


def _codes(framework: Framework) -> dict[str, list[str]]:
    reported = [each.code for each in indicators(framework)]
    reported += [each.code for each in framework.information]
    return {
        "main indicator": [each.code for each in framework.dimensions],
        "indicator": reported,
        "listed indicator": [each.code for each in framework.listed],
        "ranking": [each.code for each in framework.rankings],
        "status": [each.code for each in framework.statuses],
        "interpretation": [each.id for each in framework.interpretations],
        "discrepancy": [each.id for each in framework.discrepancies],
    }


def _alike(found: Iterable[str]) -> Iterator[str]:
    """Yield codes that differ at most in case, width or blanks."""
    by_look: dict[str, list[str]] = {}
    for code in found:
        look = "".join(unicodedata.normalize("NFKC", code).casefold().split())
        by_look.setdefault(look, []).append(code)
    return (" and ".join(each) for each in by_look.values() if len(each) > 1)


@check(
    "structure.levels",
    title="each level stands once in a decision, under a name of its own, with its data",
    why="a unit is evaluated by the set of its own level",
    guards="Level",
)
def levels(subject: Subject) -> Iterator[str]:
    for what in ("level", "name"):
        stands = Counter((each.decision.number, getattr(each, what)) for each in subject.frameworks)
        for (number, each), times in stands.items():
            if times > 1:
                yield f"{number}: the {what} {each} stands {times} times"
    for framework in subject.frameworks:
        for path in (framework.illustrative, framework.illustrative_annex):
            if path is not None and not path.is_file():
                yield f"{framework.level}: there is no file {path.name}: add it to the package"


@check(
    "structure.options",
    title="every option of every interpretation has an effect of its own",
    why="an authority that chooses an option must get what it chose",
    guards="Interpretation",
)
def effects(subject: Subject) -> Iterator[str]:
    in_force = meaning(subject, subject.frameworks)
    for interpretation, (first, *others) in options(subject).items():
        meanings = {first: in_force}
        for option in others:
            try:
                frameworks = subject.plugin.frameworks({interpretation: option})
                meanings[option] = meaning(subject, frameworks)
            except DtiError as error:
                yield from (f"{interpretation}={option}: {each}" for each in error.problems)
        for one, other in combinations(meanings, 2):
            if meanings[one] == meanings[other]:
                yield f"{interpretation}: {one} and {other} give the same: use @{interpretation}"
        yield from _at_other_levels(interpretation, list(meanings.values()))


def _at_other_levels(interpretation: str, meanings: Sequence[Sequence[Meaning]]) -> Iterator[str]:
    """Compare the levels at which a question is asked with those at which the answer matters."""
    for mine in zip(*meanings, strict=False):
        framework = mine[0].framework
        asked = interpretation in mine[0].asked
        if asked and all(each == mine[0] for each in mine):
            yield f"{framework.level}: {interpretation} has no effect there: leave it out"
        if not asked and any(each != mine[0] for each in mine):
            yield f"{framework.level}: {interpretation} has an effect there: ask it there too"


@check(
    "structure.choices",
    title="choices that are not of the decision are passed over",
    why="a plugin of several decisions is given the choices of all of them",
    guards="Interpretation",
)
def choices(subject: Subject) -> Iterator[str]:
    known = list(subject.frameworks)
    try:
        chosen = subject.plugin.manager.hook.dti_register_frameworks(choices=STRANGE)
    except Exception as error:  # noqa: BLE001 - whatever the plugin raises is the fault
        yield f"an unknown choice raises {type(error).__name__}: {error}: pass it over"
        return
    if list(chosen) != known:
        yield "an unknown choice changes the frameworks: pass it over"


@check(
    "structure.repeatable",
    title="registering twice gives equal frameworks, also after a choice",
    why="what one run chose must not reach the next",
    guards="Framework",
)
def repeatable(subject: Subject) -> Iterator[str]:
    for interpretation, ids in options(subject).items():
        subject.plugin.manager.hook.dti_register_frameworks(choices={interpretation: ids[-1]})
    if subject.plugin.frameworks() != list(subject.frameworks):
        yield "the frameworks are others than at first: keep nothing between two calls"


CHECKS: Final = (*(registers, sums, declared, told, codes, levels, effects, choices, repeatable),)
