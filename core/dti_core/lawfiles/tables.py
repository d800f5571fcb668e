"""Milestones and tiers of ``decision.toml``."""

from __future__ import annotations

from pathlib import Path

from dti_core.base import DayOfYear
from dti_core.lawfiles.readings import Data, for_level, meanings, read_law, resolve
from dti_core.models import Calendar, Framework, Milestone, Tiers


def read_calendar(folder: Path, framework: Framework, year: int) -> Calendar | None:
    """Read the milestones of one level and year; those without a date keep their place.

    :return: None where the decision fixes no dates for the level.

    :raises ValueError: a milestone is wrong.
    """
    found = [_milestone(each, year) for each in _of_framework(folder, framework, "milestones")]
    if not found:
        return None
    dated = iter(sorted((each for each in found if each.date), key=lambda each: str(each.date)))
    ordered = (next(dated) if each.date else each for each in found)
    return Calendar(year=year, milestones=tuple(ordered))


def read_tiers(folder: Path, framework: Framework) -> Tiers | None:
    """Read the tiers of one level, and the statuses that override them; None where there are none.

    :raises ValueError: the tiers do not cover 0 … 100 % once.
    """
    tiers = _of_framework(folder, framework, "tiers")
    if not tiers:
        return None
    overrides = _of_framework(folder, framework, "overrides")
    return Tiers.model_validate({"tiers": tiers, "overrides": overrides})


def _of_framework(folder: Path, framework: Framework, table: str) -> list[Data]:
    entries = for_level(read_law(folder), table, framework.level)
    known = meanings(framework.interpretations)
    return [resolve(each, known) for each in entries]


def _milestone(data: Data, year: int) -> Milestone:
    fields = {key: data[key] for key in data if key not in {"date", "year_offset"}}
    if "date" in data:
        day = DayOfYear.model_validate(data["date"])
        fields["date"] = day.of(year + data.get("year_offset", 0))
    return Milestone.model_validate(fields)
