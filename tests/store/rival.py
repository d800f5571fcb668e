"""One of several writers at once: started with a database, a name, what to do and how often.

Waits for a line, so that all begin together; prints what became of it as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

from samples import NOW, entry, unit

from dti_core.store import Stale, Store, open_store
from dti_core.store.cells import latest, record
from dti_core.store.tables import Unit


def rename(store: Store, name: str, times: int) -> dict:
    """Change the first unit again and again, each time what was read before."""
    told: Counter[str] = Counter()
    saved = 0
    while saved < times:
        with store.read() as session:
            seen = session.get(Unit, 1)
        try:
            with store.write(name, NOW) as write:
                write.change(seen, "unit.import", name=f"{name} {saved}")
            saved += 1
        except Stale as error:
            told.update(each.who for each in error.changes)
    return {"saved": saved, "told": told}


def enter(store: Store, name: str, times: int) -> dict:
    """Enter the next number into one cell, each time one more than was read before."""
    told: Counter[str] = Counter()
    saved = 0
    cell = entry().cell
    while saved < times:
        with store.read() as session:
            seen = latest(session, 1, "self").get(cell)
        value, version = (seen.value, seen.version) if seen else (0, 0)
        try:
            with store.write(name, NOW) as write:
                record(write, [entry(value + 1, version=version + 1, explanation=name)], "test")
            saved += 1
        except Stale as error:
            told.update(each.who for each in error.changes)
    return {"saved": saved, "told": told}


def add(store: Store, name: str, times: int) -> dict:
    """Add units that nobody else adds."""
    for number in range(times):
        with store.write(name, NOW) as write:
            write.add([unit(code=f"{name}-{number}")], "unit.import")
    return {"saved": times}


if __name__ == "__main__":
    url, name, what, times = sys.argv[1:]
    with open_store(url) as store:
        store.engine.connect().close()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        deed = {"rename": rename, "enter": enter, "add": add}[what]
        sys.stdout.write(json.dumps(deed(store, name, int(times))))
