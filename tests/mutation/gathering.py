"""All mutants of a plugin, and the part of them that a run tries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from code_mutants import code_mutants
from law_figures import FIGURES
from law_words import WORDS
from mutants import LAW, Mutant, mutant, read
from table_mutants import ROWS

PLUGINS = ("haiduong", "hatinh", "hue", "moduc", "nghean")
EACH = 8
"""How many mutants of one operator in one plugin a run tries, if not all."""


def package_of(plugin: str) -> Path:
    """Find the package of an installed plugin; nothing is imported."""
    found = find_spec(f"dti_{plugin}")
    if found is None or found.origin is None:
        raise ModuleNotFoundError(name=f"dti_{plugin}")
    return Path(found.origin).parent


def tables_of(package: Path) -> list[str]:
    """Name the tables of the law: indicators, listed ones, annexes; no sample facts."""
    paths = (*package.glob("data/*.csv"), *package.glob("data/illustrative/annex-*.csv"))
    return sorted(each.relative_to(package).as_posix() for each in paths)


def data_mutants(plugin: str, package: Path) -> Iterator[Mutant]:
    """Yield every mutant of the data files, each once."""
    for file in (LAW, *tables_of(package)):
        data = read(package / file)
        for operator, changes in (FIGURES | WORDS if file == LAW else ROWS).items():
            for change in changes(data):
                yield mutant(plugin, file, operator, data, change)


def mutants_of(plugin: str) -> list[Mutant]:
    """Return every mutant of a plugin; one that two operators make is kept once."""
    package = package_of(plugin)
    found = (*code_mutants(plugin, package), *data_mutants(plugin, package))
    return list({(one.file, str(one.change)): one for one in reversed(found)}.values())[::-1]


def sample(mutants: Iterable[Mutant], each: int = EACH) -> list[Mutant]:
    """Choose some of each operator in each plugin: the same ones in every run.

    The choice hangs on the mutant alone, not on how many there are beside it. Python is small
    enough to be tried whole.
    """
    strata: dict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for one in mutants:
        strata[one.plugin, one.operator].append(one)
    chosen = (sorted(found, key=_place)[:each] for found in strata.values())
    return [one for found in chosen for one in found]


def _place(one: Mutant) -> str:
    return sha256(str(one).encode()).hexdigest()
