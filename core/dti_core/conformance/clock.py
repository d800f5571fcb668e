"""Watching what a piece of code calls: whether it looks at a clock."""

from __future__ import annotations

import datetime as dt
import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

NOW: Final = {"now", "today", "utcnow"}
"""What tells the time among the methods of ``datetime`` and ``date``."""

CLOCKS: Final = {
    *("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"),
    *("localtime", "gmtime", "ctime"),
}
"""What tells the time in the module ``time``."""


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect the clocks that are looked at in this thread while the block lasts."""
    seen: list[str] = []

    def look(_frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and _is_clock(called):
            seen.append(f"{_owner(called)}.{called.__name__}")

    before, collecting = sys.getprofile(), gc.isenabled()
    gc.disable()  # hypothesis times every collection of garbage, in whatever thread it falls
    sys.setprofile(look)
    try:
        yield seen
    finally:
        sys.setprofile(before)
        if collecting:
            gc.enable()


def _is_clock(called: Any) -> bool:
    name = getattr(called, "__name__", "")
    owner = getattr(called, "__self__", None)
    if isinstance(owner, type):
        return name in NOW and issubclass(owner, dt.date)
    return owner is time and name in CLOCKS


def _owner(called: Any) -> str:
    return str(called.__self__.__name__)
