"""Evidence of a cycle: which indicators have files or links, and what these are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlmodel import col, select

from dti_core.cycle.running import Running
from dti_core.store.tables import Evidence

if TYPE_CHECKING:
    from sqlmodel import Session


def shown_names(session: Session, running: Running) -> Mapping[tuple[int, str], list[str]]:
    """Return the names of what shows an indicator, by unit and indicator."""
    replaced = select(Evidence.replaces).where(col(Evidence.replaces).is_not(None))
    mine = select(Evidence).where(Evidence.cycle == running.cycle.id)
    mine = mine.where(col(Evidence.withdrawn).is_(False), col(Evidence.id).not_in(replaced))
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for each in session.exec(mine.order_by(col(Evidence.id))):
        found[each.unit, each.indicator].append(each.link or each.name)
    return found
