"""What to enter for an indicator, in one or two sentences, and an answer as people write it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from dti_core.forms.answers import Answer
from dti_core.forms.formulas import KINDS
from dti_core.messages import decimal_text, text
from dti_core.models import Framework, Indicator
from dti_core.numbers import ONE, half_up, to_short_decimal
from dti_core.rules import (
    CountAgainst,
    DueDate,
    FactType,
    ReverseShare,
    Share,
    Steps,
)
from dti_core.rules.base import shown
from dti_core.rules.counts import EPOCH

PERCENT: Final = 100


def what_to_enter(leaf: Indicator, framework: Framework, year: int) -> str:
    """Say what is entered, what it earns, and what happens where nothing is below the line."""
    rule, most = leaf.rule, shown(leaf.max_points)
    known = type(rule) in KINDS
    sentences = [text(f"form.enter.{rule.accepts.value}", max_points=most)]
    sentences += _earned(leaf, framework, year) if known else [text("form.enter.own")]
    if known and rule.accepts == FactType.SHARE:
        sentences.append(text(f"form.enter.zero.{rule.zero_denominator.value}"))
    return " ".join(filter(None, sentences))


def _earned(leaf: Indicator, framework: Framework, year: int) -> Iterator[str]:
    """Say how the points of a kind of core's come about."""
    rule, most = leaf.rule, shown(leaf.max_points)

    def part(share: Fraction) -> str:
        units = leaf.max_points // framework.point_unit
        return shown(half_up(units * share.numerator, share.denominator) * framework.point_unit)

    match rule:
        case Share():
            yield from _of_share(rule)
        case ReverseShare():
            yield text(f"form.enter.reverse.{rule.partial}")
        case CountAgainst():
            minimum = shown(rule.minimum)
            yield text(f"form.enter.count.{rule.partial}", minimum=minimum, max_points=most)
        case Steps():
            sign = " %" if rule.of == "share" else ""
            for step in rule.steps:
                floor = f"{shown(step.at_least)}{sign}"
                yield text("form.enter.step", at_least=floor, points=part(step.share))
        case DueDate():
            due, late = f"{rule.due_day(year):%d/%m/%Y}", part(rule.late)
            key = "form.enter.due" if rule.last_day_counts else "form.enter.due-before"
            yield text(key, due=due, max_points=most, late=late)
        case _:
            pass  # said already: yes or no, awarded points


def _of_share(rule: Share) -> Iterator[str]:
    if rule.floor is not None:
        yield text("form.enter.floor", share=percent(rule.floor))
    if rule.full_from is not None:
        yield text("form.enter.full-from", share=percent(rule.full_from))


def percent(ratio: Fraction) -> str:
    """Write a ratio as a percentage of at most two decimals, or as a fraction where it has more."""
    hundred = ratio * PERCENT
    if (hundred * PERCENT).denominator != 1:
        return str(ratio)
    return f"{decimal_text(to_short_decimal(int(hundred * ONE)))} %"


def day(value: int) -> date:
    """Return the day that a value counts."""
    return EPOCH + timedelta(days=value // ONE)


def shown_answer(answer: Answer, leaf: Indicator) -> str:
    """Write what was said of an indicator: the measured value, or why there is none."""
    if answer.status:
        words = text(f"form.status.{answer.status}")
        parts = [words, answer.replacement, answer.reason]
        return "; ".join(each for each in parts if each)
    if answer.value is None:
        return ""
    return shown_value(answer.value, answer.denominator, leaf.rule.accepts)


def shown_value(value: int, denominator: int | None, accepts: FactType) -> str:
    """Write a measured value as a clerk would."""
    if accepts == FactType.YES_NO:
        return text("form.yes" if value else "form.no")
    if accepts == FactType.DATE:
        return f"{day(value):%d/%m/%Y}"
    if denominator is None:
        return shown(value)
    if denominator == PERCENT * ONE:
        return f"{shown(value)} %"
    return f"{shown(value)}/{shown(denominator)}"
