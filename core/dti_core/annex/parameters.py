"""A rule → the text of its parameters, which reads back as the same rule."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from dti_core.base import is_points
from dti_core.numbers import to_short_decimal
from dti_core.rules import Rule
from dti_core.rules.counts import Step


def parameters_text(rule: Rule) -> str:
    """Write the parameters that are not left at their default, as ``key=value; key=value``."""
    given = (name for name in type(rule).model_fields if _is_given(rule, name))
    return "; ".join(
        f"{name}={_written(getattr(rule, name), scaled=is_points(type(rule), name))}"
        for name in given
    )


def _is_given(rule: Rule, name: str) -> bool:
    field = type(rule).model_fields[name]
    return field.is_required() or getattr(rule, name) != field.get_default(
        call_default_factory=True
    )


def _written(value: Any, *, scaled: bool) -> str:
    if isinstance(value, tuple):
        return ", ".join(_written(each, scaled=False) for each in value)
    if isinstance(value, Step):
        return f"{to_short_decimal(value.at_least)}:{value.share}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and scaled:
        return to_short_decimal(value)
    return str(Fraction(value)) if isinstance(value, Fraction) else str(value)
