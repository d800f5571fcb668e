"""Units: brought as a file, listed as they are on a day, merged and split."""

from dti_core.store.units.importing import Imported, import_units
from dti_core.store.units.lineage import NewUnit, merge, split
from dti_core.store.units.listing import Listed, listed, units_on
from dti_core.store.units.table import UnitTable, read_units

__all__ = [
    "Imported",
    "Listed",
    "NewUnit",
    "UnitTable",
    "import_units",
    "listed",
    "merge",
    "read_units",
    "split",
    "units_on",
]
