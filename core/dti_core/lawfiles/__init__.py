"""Reading a decision from its data files: ``decision.toml``, ``indicators.csv``, ``listed.csv``.

The files hold the law as a clerk can compare it with the decision. ``"@ID"`` anywhere stands for
the option in force of the interpretation ``ID``, so that another reading changes data, not code.
"""

from dti_core.lawfiles.frameworks import read_frameworks
from dti_core.lawfiles.rows import ANNEX_COLUMNS, read_indicator, to_parameters
from dti_core.lawfiles.tables import read_calendar, read_tiers

__all__ = [
    "ANNEX_COLUMNS",
    "read_calendar",
    "read_frameworks",
    "read_indicator",
    "read_tiers",
    "to_parameters",
]
