"""The columns of a form, by the decision, the stage and what was said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dti_core.forms.answers import Answers
from dti_core.forms.setup import Setup
from dti_core.messages import text
from dti_core.models import Detail, ExclusionPolicy, Framework
from dti_core.rules import FactType

INPUTS: Final = (
    *("value", "denominator", "points", "status", "reason", "max_points", "replacement"),
    *("evidence", "explanation"),
)
"""The columns that are filled in, named as in tidy input."""

NUMBERS: Final = ("value", "denominator", "points", "max_points")
HELPERS: Final = ("state", "applies", "part", "whole", "guess", "rest")
"""The hidden columns of the steps of a formula."""

WIDTHS: Final[Mapping[str, float]] = (
    {"code": 7, "name": 26, "condition": 34, "enter": 24, "limit": 7, "appraiser": 14}
    | {"value": 11, "denominator": 10, "points": 8, "score": 8, "difference": 9, "check": 15}
    | {"status": 12, "reason": 14, "max_points": 8, "replacement": 14}
    | {"evidence": 22, "explanation": 20}
)
"""In characters: together they fit on a page that can still be read."""

SHOWN_WIDTHS: Final[Mapping[str, float]] = {"given": 12, "points": 8, "note": 22}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, which stands in the hidden heading, its heading and its width.

    ``stage``: it shows what was said at another stage; ``key`` is then ``STAGE.FIELD``.
    """

    key: str
    heading: str
    width: float
    stage: str = ""
    hidden: bool = False

    @property
    def is_input(self) -> bool:
        """Whether it is filled in."""
        return self.key in INPUTS


def columns(setup: Setup, others: Mapping[str, Answers]) -> tuple[Column, ...]:
    """Return the columns of a form in order; ``others`` are the answers of earlier stages."""
    shown = [each for stage, answers in others.items() for each in _shown(stage, answers)]
    visible = [_column(key, setup) for key in _asked(setup)]
    filled = [_column(key, setup) for key in _filled(setup, others)]
    helpers = [Column(key, "", 0, hidden=True) for key in HELPERS if setup.measures]
    return (Column("id", "", 0, hidden=True), *visible, *shown, *filled, *helpers)


def _asked(setup: Setup) -> Iterator[str]:
    """Yield what a form says of each indicator."""
    leaves = [leaf for _, leaf in setup.framework.leaves]
    yield from ("code", "name")
    if any(leaf.action or leaf.condition or leaf.evidence for leaf in leaves):
        yield "condition"
    if setup.measures:
        yield "enter"
    yield "limit"
    if setup.appraises and (setup.framework.appraiser or any(leaf.appraiser for leaf in leaves)):
        yield "appraiser"


def _column(key: str, setup: Setup) -> Column:
    name = "comment" if key == "explanation" and setup.appraises else key
    return Column(key, text(f"form.column.{name}"), WIDTHS[key])


def _shown(stage: str, answers: Answers) -> Iterator[Column]:
    """Yield the columns of another stage: what was measured, its points, the words to it."""
    has_words = any(each.evidence or each.explanation for each in answers.values())
    names = ["note"] if stage == "explanation" else ["given", "points"]
    names += ["note"] if has_words and names != ["note"] else []
    for name in names:
        heading = text(f"form.shown.{name}", stage=text(f"form.stage.{stage}"))
        yield Column(f"{stage}.{name}", heading, SHOWN_WIDTHS[name], stage)


def _filled(setup: Setup, others: Mapping[str, Answers]) -> Iterator[str]:
    if setup.measures:
        accepted = {leaf.rule.accepts for _, leaf in setup.framework.leaves}
        if accepted != {FactType.POINTS} or setup.framework.information:
            yield "value"
        if FactType.SHARE in accepted:
            yield "denominator"
        yield from ("points", "score")
        if others and setup.appraises:
            yield "difference"
        yield "check"
        yield from _of_exclusion(setup.framework)
    if not setup.appraises:
        yield "evidence"
    yield "explanation"


def _of_exclusion(framework: Framework) -> Iterator[str]:
    """Yield what is filled in of an indicator that is not assessed as it stands."""
    known = statuses(framework)
    if known or framework.statuses:
        yield from ("status", "reason")
    if len(known) > 1:
        yield "max_points"
    if "replaced" in known:
        yield "replacement"


def statuses(framework: Framework) -> tuple[str, ...]:
    """Return what the decision lets a row say of its indicator: na, replaced, reduced."""
    policy = framework.exclusion.policy if framework.exclusion else ExclusionPolicy.DEDUCT
    if policy is ExclusionPolicy.REFUSED:
        return ()
    replaced = ("replaced",) if policy is ExclusionPolicy.DEDUCT_OR_REPLACE else ()
    reduced = ("reduced",) if framework.detail is Detail.DIMENSIONS else ()
    return ("na", *replaced, *reduced)
