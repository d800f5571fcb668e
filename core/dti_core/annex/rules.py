"""The rule of a row: what cannot be read in it, and what no fact could ever reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from dti_core.annex.table import BLOCKS, DIFFERENCE, Row
from dti_core.errors import Problem
from dti_core.lawfiles.rows import split
from dti_core.messages import known
from dti_core.models import Exclusion, ExclusionPolicy, Framework
from dti_core.rules import DueDate, Rule, Steps, ZeroDenominator, parse_rule


def wrong_rule(row: Row, framework: Framework) -> Iterator[Problem]:
    """Yield the faults of the rule of an indicator, and of its parameters."""
    table = {each.kind: each for each in framework.kinds}
    if row.kind not in table:
        words = [*table, *BLOCKS, DIFFERENCE]
        close = ", ".join(get_close_matches(row.kind, words, 2) or table)
        key = "annex.unknown-rule" if row.kind else "annex.rule-missing"
        yield row.problem(key, "rule", given=row["rule"], known=close)
        return
    yield from _doubles(row)
    try:
        rule = parse_rule(row.kind, row.parameters, framework.kinds)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            yield _parameter(row, table[row.kind], fault)
    else:
        yield from _unreachable(row, rule)
        yield from _excluding(row, rule, framework.exclusion)


def _excluding(row: Row, rule: Rule, exclusion: Exclusion | None) -> Iterator[Problem]:
    """Find a rule that leaves its indicator out where the decision lets none be left out."""
    if exclusion is None or exclusion.policy is not ExclusionPolicy.REFUSED:
        return
    if rule.zero_denominator is ZeroDenominator.NOT_APPLICABLE:
        told = {"clause": exclusion.citation.clause, "why": exclusion.why}
        yield row.problem("annex.rule-excludes", "parameters", **told)


def _doubles(row: Row) -> Iterator[Problem]:
    names = Counter(each.partition("=")[0].strip().lower() for each in split(row["parameters"]))
    for name, times in names.items():
        if times > 1:
            yield row.problem("annex.parameter-twice", "parameters", name=name)


def _parameter(row: Row, kind: type[Rule], fault: Any) -> Problem:
    """Say what is wrong with a parameter, and how it is written."""
    name = str(fault["loc"][0]) if fault["loc"] else ""
    values: dict[str, object] = {"name": name, "rule": row.kind}
    if not name:
        values["reason"] = known(f"annex.whole.{row.kind}", str(fault["msg"]))
        return row.problem("annex.parameters", "parameters", **values)
    if fault["type"] == "extra_forbidden":
        names = ", ".join(get_close_matches(name, kind.model_fields, 1) or kind.model_fields)
        return row.problem("annex.unknown-parameter", "parameters", **values, known=names)
    values["form"] = known(f"annex.form.{name}", str(fault["msg"]))
    if fault["type"] == "missing":
        return row.problem("annex.parameter-missing", "parameters", **values)
    given = row.parameters.get(name, "")
    return row.problem("annex.parameter-value", "parameters", **values, given=given)


def _unreachable(row: Row, rule: Rule) -> Iterator[Problem]:
    """Find steps that no fact can tell apart, or whose maximum nobody can earn."""
    if isinstance(rule, Steps) and rule.steps[0].share < 1:
        best = str(rule.steps[0].share)
        yield row.problem("annex.steps-never-full", "parameters", share=best)
    if isinstance(rule, DueDate) and rule.late == 1:
        yield row.problem("annex.due-date-idle", "parameters")
