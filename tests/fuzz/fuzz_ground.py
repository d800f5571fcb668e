"""Where fuzzed files come in: three cycles in a database, one of them in its first round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from dti_core.cycle.advancing import advance
from dti_core.cycle.opening import Opening, open_cycle
from dti_core.cycle.running import Running, Turn, Which, find, law_of, running
from dti_core.cycle.sending import write_forms
from dti_core.models import Framework
from dti_core.plugin import Plugin
from dti_core.sources import Source
from dti_core.store import Store, create_store, open_store
from dti_core.store.tables import Unit
from dti_core.store.units import import_units, read_units

NOW = datetime(2024, 1, 1, tzinfo=UTC)
CYCLES = {
    "hue": Opening("hue", "xa", 2024),
    "haiduong": Opening("haiduong", "huyen", 2023),
    "hatinh": Opening("hatinh", "xa", 2024),
}
DAYS = {
    "hue": date(2024, 11, 20),
    "haiduong": date(2024, 1, 20),
    "hatinh": date(2024, 11, 10),
}
IN_ROUND1 = "hatinh"
"""The cycle whose forms are those of an appraiser; the others report."""


@dataclass(frozen=True)
class Ground:
    """A store with the cycles, each as it stands, the form of a unit of each, and the annexes."""

    store: Store
    cycles: Mapping[str, Running]
    forms: Mapping[str, bytes]
    outline: Framework

    def running(self, name: str) -> Running:
        return self.cycles[name]


def data_of(plugin: str, name: str) -> Path:
    return Path(str(files(f"dti_{plugin}"))) / "data" / "illustrative" / name


@contextmanager
def prepared(folder: Path) -> Iterator[Ground]:
    """Make the database in a folder and open it."""
    url = f"sqlite:///{folder / 'fuzz.db'}"
    create_store(url)
    with open_store(url) as store:
        cycles = {name: _opened(store, name) for name in CYCLES}
        with store.read() as session:
            forms = {
                name: next(write_forms(session, each, _stage(name), [_unit(each)]))[1]
                for name, each in cycles.items()
            }
        yield Ground(store, cycles, forms, _outline())


def _opened(store: Store, name: str) -> Running:
    opening, today = CYCLES[name], DAYS[name]
    annex = data_of(name, f"annex-{opening.level}.csv")
    if annex.exists():
        opening = Opening(name, opening.level, opening.year, Source(annex.name, annex))
    units = f"unit,level\n{name}-1,{opening.level}\n{name}-2,{opening.level}\n"
    with store.write("A", NOW) as write:
        table = read_units(Source("units.csv", data=units.encode()))
        import_units(write, table, today)
        cycle = open_cycle(write, opening, today)
        law = law_of(write.session, cycle)
        as_it_is = running(write.session, cycle, law, today)
        if name == IN_ROUND1:
            advance(Turn(write.session, as_it_is, write), "minh hoạ")
    with store.read() as session:
        which = Which(name, opening.level, opening.year)
        return running(session, find(session, which), law, today)


def _stage(name: str) -> str:
    return "round1" if name == IN_ROUND1 else "self"


def _unit(of: Running) -> Unit:
    mine = (code for code in sorted(of.units) if code.startswith(of.cycle.plugin))
    return of.unit(next(mine))


def _outline() -> Framework:
    """Return a framework that an annex is still to be brought for."""
    from dti_core.loader import load_plugin

    plugin: Plugin = load_plugin("moduc")
    return next(each for each in plugin.frameworks({}) if each.level == "xa")
