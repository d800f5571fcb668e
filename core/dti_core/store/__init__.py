"""The store: a database of units, cycles and facts in which every change leaves its trail.

Needs the extra ``dti-core[cycle]``; importing this package takes the time that its libraries take.
"""

from dti_core.store.engine import StoreBusy, StoreFailed
from dti_core.store.opening import DEFAULT_URL, VARIABLE, Store, create_store, open_store
from dti_core.store.stale import Stale
from dti_core.store.writing import Write

__all__ = [
    "DEFAULT_URL",
    "VARIABLE",
    "Stale",
    "Store",
    "StoreBusy",
    "StoreFailed",
    "Write",
    "create_store",
    "open_store",
]
