"""What a row shows: the indicator, what it asks for, and what was said of it at other stages."""

from __future__ import annotations

from dti_core.forms.answers import NOTHING
from dti_core.forms.entering import shown_answer, what_to_enter
from dti_core.forms.leaf import Leaf
from dti_core.messages import text

DEEPEST = 3
"""How far a sub-indicator is moved in."""


def row_id(leaf: Leaf, key: str) -> None:
    """Write the hidden id of the row."""
    leaf.form.text(leaf.number, key, leaf.row.id)


def code(leaf: Leaf, key: str) -> str | None:
    """Write the code as text, so that 1.10 stays what it is."""
    return leaf.text(key, leaf.indicator.code, "text")


def name(leaf: Leaf, key: str) -> str | None:
    """Write the name."""
    return leaf.text(key, leaf.indicator.name, f"depth{min(leaf.row.depth, DEEPEST)}")


def condition(leaf: Leaf, key: str) -> str | None:
    """Write what is to be done, its condition, and what shows it."""
    each = leaf.indicator
    proof = each.evidence and text("form.proof", evidence=each.evidence)
    return leaf.text(key, "\n".join(filter(None, (each.action, each.condition, proof))), "small")


def enter(leaf: Leaf, key: str) -> str | None:
    """Write what is entered and what it earns."""
    setup = leaf.form.setup
    return leaf.text(key, what_to_enter(leaf.indicator, setup.framework, setup.year), "small")


def limit(leaf: Leaf, key: str) -> None:
    """Write the maximum."""
    leaf.form.number(leaf.number, key, leaf.indicator.max_points, "cell", "number", "centre")


def appraiser(leaf: Leaf, key: str) -> str | None:
    """Write who appraises the indicator."""
    default = leaf.form.setup.framework.appraiser
    return leaf.text(key, leaf.indicator.appraiser or (default.name if default else ""), "small")


def earlier(leaf: Leaf, key: str) -> str | None:
    """Write what was said at another stage: measured, earned, or in words."""
    stage, _, part = key.partition(".")
    filling = leaf.form.filling
    answer = filling.others[stage].get(leaf.indicator.code, NOTHING)
    if part == "points":
        known = filling.figures.get(stage)
        points = known.points.get(leaf.indicator.code) if known else None
        leaf.form.number(leaf.number, key, points, "cell", "grey", "points")
        return None
    if part == "given":
        return leaf.text(key, shown_answer(answer, leaf.indicator), "grey", "centre")
    words = filter(None, (answer.evidence, answer.explanation))
    return leaf.text(key, "\n".join(words), "grey", "small")
