"""What a plugin declares not to hold: data with a reason, and strict.

``conformance.toml`` in the plugin's package::

    [[deviations]]
    check = "exclusion.policy"
    state = "unsupported"          # or "not_implemented"
    reason = "…"
    clause = "Điều 8"              # "" where the deviation is the program's, not the law's
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from dti_core.base import Model, Name, Text


class Deviation(Model):
    """One check that the plugin says it does not pass; passing it all the same is a failure."""

    check: Name
    state: Literal["unsupported", "not_implemented"]
    reason: Name
    clause: Text = ""


class _File(Model):
    deviations: tuple[Deviation, ...] = ()


def read_deviations(path: Path) -> Iterator[Deviation]:
    """Read the declared deviations; a plugin without the file declares none.

    :raises ValueError: the file is no TOML, or a deviation is not complete.
    """
    if path.exists():
        yield from _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).deviations
