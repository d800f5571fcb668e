"""Ranking: places follow the exact values, ties share, and nothing else has a say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Final

from dti_core.conformance.cases import Case, as_facts
from dti_core.conformance.check import Check, check
from dti_core.conformance.drawing import cases
from dti_core.conformance.exactly import exact_value, of_formulas
from dti_core.conformance.subject import Subject
from dti_core.conformance.trying import Found, Row, Tried, for_all
from dti_core.models import Block, Framework, Ranking

Values = Mapping[str, Fraction]


@check(
    "ranking.order",
    title="Ranks are those of the exact values, within the ranking's scope",
    why="The order is what is published; one wrong place is a wrong decision.",
    guards="rank",
)
def order(subject: Subject) -> Iterable[str]:
    """Rank every unit again by the formula on its own sums, as fractions."""
    return for_all(subject, cases, _misplaced)


def _misplaced(tried: Tried) -> Iterator[Found]:
    asked = of_formulas(tried)
    for ranking in tried.framework.rankings:
        values: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for code, row in tried.rows.items():
            alone = asked[ranking.code, code]
            if alone.fault:
                return  # arithmetic.value tells
            if alone.ratio is not None and competes(tried.framework, ranking, row["status"]):
                values[row["group"] if ranking.scope == "group" else ""][code] = alone.ratio
        wanted = {code: rank for each in values.values() for code, rank in _ranks(each, ranking)}
        for code, row in tried.rows.items():
            rank = row[f"{ranking.code}.rank"]
            if rank != wanted.get(code):
                yield Found(
                    f"ranking {ranking.code}: {code} has rank {rank} and not {wanted.get(code)}, "
                    "the place of its exact value: let dti_score look at one unit only"
                )


def competes(framework: Framework, ranking: Ranking, status: str) -> bool:
    """Tell whether a unit of a status has a rank in a ranking at all."""
    unranked = {each.code for each in framework.statuses if not each.ranked}
    return ranking.scope != "none" and status not in unranked


def _ranks(values: Values, ranking: Ranking) -> Iterator[tuple[str, int]]:
    """Give each unit one more than the number of better ones; dense: of better values."""
    for code, mine in values.items():
        better: Iterable[Fraction] = (each for each in values.values() if each > mine)
        yield code, 1 + len(set(better) if ranking.ties == "dense" else list(better))


@check(
    "ranking.exact",
    title="Of two units with the same maximum, the one with more points stands before the other",
    why="Values that are equal only after rounding are not equal.",
    guards="rank",
)
def exact(subject: Subject) -> Iterable[str]:
    """Compare units that are equal but for some points, often for the last decimal of one."""
    return for_all(subject, cases, _not_before)


def _not_before(tried: Tried) -> Iterator[Found]:
    for ranking in tried.framework.rankings:
        for one, other in combinations(tried.rows.values(), 2):
            for more, less in ((one, other), (other, one)):
                if _has_more(tried.framework, ranking, more, less):
                    better, worse = (exact_value(each, ranking) for each in (more, less))
                    if better is not None and worse is not None and better <= worse:
                        yield Found(
                            f"ranking {ranking.code}: {more['unit']} has more points than "
                            f"{less['unit']} and not a higher value ({better}, {worse}): let "
                            "dti_score give the exact ratio, core rounds what is shown",
                            (more["unit"], less["unit"]),
                        )


def _has_more(framework: Framework, ranking: Ranking, more: Row, less: Row) -> bool:
    """Tell whether one unit has more in a main indicator, and nowhere less, of the same maxima."""
    gains: list[int] = []
    for each in framework.dimensions:
        if ranking.dimensions and each.code not in ranking.dimensions:
            continue
        gain: int = more[f"points:{each.code}"] - less[f"points:{each.code}"]
        if more[f"max_points:{each.code}"] != less[f"max_points:{each.code}"]:
            return False
        if each.block is not Block.SCALE and (gain or more[f"points:{each.code}"]):
            return False  # a cap, or nothing left to take from, may make them equal
        gains.append(gain)
    return min(gains) >= 0 and max(gains) > 0


@check(
    "ranking.ties",
    title="Units with equal facts share value and rank",
    why="Two units that did the same are in the same place, whatever they are called.",
    guards="rank",
)
def ties(subject: Subject) -> Iterable[str]:
    """Compare units that report the same."""
    return for_all(subject, cases, _told_apart)


def _told_apart(tried: Tried) -> Iterator[Found]:
    alike: dict[object, list[str]] = defaultdict(list)
    for each in tried.case.units:
        alike[frozenset(each.facts), each.group, each.status].append(each.code)
    for codes in alike.values():
        for ranking in tried.framework.rankings:
            figures = {code: _place(tried.rows[code], ranking) for code in codes}
            if len(set(figures.values())) > 1:
                yield Found(
                    f"ranking {ranking.code}: units with the same facts have different places "
                    f"{sorted(map(str, set(figures.values())))}: let dti_score use points only",
                    tuple(codes),
                )


def _place(row: Row, ranking: Ranking) -> tuple[object, object]:
    return row[f"{ranking.code}.value"], row[f"{ranking.code}.rank"]


@check(
    "ranking.permutation",
    title="Units in another order and under other codes have the same values and ranks",
    why="A place is for what a unit did, not for its name or its line in a list.",
    guards="rank",
)
def permutation(subject: Subject) -> Iterable[str]:
    """Evaluate every case once more, from its end to its beginning, each unit named as the next."""
    return for_all(subject, cases, _depends_on_order, fewer=3)


def _depends_on_order(tried: Tried) -> Iterator[Found]:
    units = tried.case.units
    named = {one.code: next_one.code for one, next_one in pairwise((*units, units[0]))}
    backwards = tuple(replace(each, code=named[each.code]) for each in reversed(units))
    rows = tried.evaluate(as_facts(Case(tried.case.year, backwards))).units.rows(named=True)
    turned = {each["unit"]: each for each in rows}
    for code, row in tried.rows.items():
        for ranking in tried.framework.rankings:
            before, after = (_place(each, ranking) for each in (row, turned[named[code]]))
            if before != after:
                yield Found(
                    f"ranking {ranking.code}: the facts of {code} have value and rank {before}, "
                    f"and {after} as {named[code]} in a list turned over: let dti_score use "
                    "points only"
                )


@check(
    "ranking.statuses",
    title="Every unit appears once; one that is not ranked keeps its value and has no rank",
    why="A unit that is out of competition must not push another one down, nor disappear.",
    guards="unit status",
)
def statuses(subject: Subject) -> Iterable[str]:
    """Collect a file with units of every status, and look for each of them."""
    return for_all(subject, cases, _not_as_reported, fewer=3)


def _not_as_reported(tried: Tried) -> Iterator[Found]:
    known, framework = tried.in_a_file.units, tried.framework
    rows: Sequence[Row] = tried.collected.units.rows(named=True)
    found = {each["unit"]: each for each in rows}
    if sorted(each["unit"] for each in rows) != sorted(each.code for each in known):
        yield Found(
            f"{len(known)} units are in the source and {len(rows)} rows in the result: "
            "let dti_collect_metrics give each unit once"
        )
        return
    for unit in known:
        row = found[unit.code]
        if row["status"] != unit.status:
            yield Found(
                f"{unit.code} has the status “{unit.status}” in the source and “{row['status']}” "
                "in the result: let dti_collect_metrics give it",
                (unit.code,),
            )
        for ranking in framework.rankings:
            fault = _wrongly_treated(framework, ranking, row)
            if fault:
                yield Found(f"ranking {ranking.code}: {unit.code} {fault}", (unit.code,))


def _wrongly_treated(framework: Framework, ranking: Ranking, row: Row) -> str:
    """Say what is wrong about the value and rank of a unit of some status, "" if nothing is."""
    rank, whole = row[f"{ranking.code}.rank"], row[f"{ranking.code}.max_points"]
    status = row["status"] or "none"
    if whole and exact_value(row, ranking) is None:
        return f"has no value (its status: {status}): let dti_score look at points only"
    if rank is not None and not competes(framework, ranking, row["status"]):
        return f"has rank {rank}, though it is not ranked (its status: {status})"
    return ""


CHECKS: Final[tuple[Check, ...]] = (order, exact, ties, permutation, statuses)
