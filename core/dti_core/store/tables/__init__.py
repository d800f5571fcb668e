"""The tables of the store. Points are ten-thousandths, text is NFC, times are UTC."""

from typing import Final

from dti_core.store.tables.base import Row, Versioned, canonical, state_columns, table_of
from dti_core.store.tables.cycles import (
    STAGES,
    Appraiser,
    Cycle,
    Exclusion,
    LockException,
    Phase,
)
from dti_core.store.tables.facts import Blob, Evidence, Fact, Result
from dti_core.store.tables.trail import NO_HASH, AuditHead, AuditLine
from dti_core.store.tables.units import Succession, Unit

AUDITED: Final = (
    *(Unit, Succession, Blob, Cycle, Phase, LockException),
    *(Appraiser, Exclusion, Fact, Evidence, Result),
)
"""The tables whose every row the trail tells of; each refers only to those before it."""

FROZEN: Final = (Succession, Fact, Result, AuditLine)
"""The tables whose rows are never changed nor removed; triggers see to it."""

__all__ = [
    "AUDITED",
    "FROZEN",
    "NO_HASH",
    "STAGES",
    "Appraiser",
    "AuditHead",
    "AuditLine",
    "Blob",
    "Cycle",
    "Evidence",
    "Exclusion",
    "Fact",
    "LockException",
    "Phase",
    "Result",
    "Row",
    "Succession",
    "Unit",
    "Versioned",
    "canonical",
    "state_columns",
    "table_of",
]
