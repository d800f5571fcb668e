"""What the table has to fit: the decision whose plugin takes it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """What the plugin's data say of the decision so far.

    :param levels: the levels that it evaluates.
    :param dimensions: codes and names of its main indicators.
    :param clauses: the clauses that it lists.
    :param readings: what each ``@ID`` stands for.
    """

    levels: Sequence[str]
    dimensions: Mapping[str, str]
    clauses: Sequence[str]
    readings: Mapping[str, object]


@dataclass(frozen=True)
class Wish:
    """What whoever imports says of the file.

    :param level: the level that it is for; None: it says so itself, or there is only one.
    :param sheet: the sheet of a workbook; None: the only one that holds a table.
    :param clause: the clause that the indicators stand under; None: as the titles say.
    """

    level: str | None = None
    sheet: str | None = None
    clause: str | None = None
