"""A form speaks Vietnamese, whatever language the command that makes it speaks."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from functools import wraps
from typing import ParamSpec, TypeVar

from dti_core.messages import use_language

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def in_vietnamese(call: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let every text that a function looks up be Vietnamese, and nothing after it."""

    @wraps(call)
    def spoken(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        context = copy_context()
        context.run(use_language, "vi")
        return context.run(call, *args, **kwargs)

    return spoken
