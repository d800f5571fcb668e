"""The national index, loaded as any plugin, evaluated on the figures that were published."""

from __future__ import annotations

import csv
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from dti_core.loader import GROUP, Listed, load_listed
from dti_core.pipeline import evaluate
from dti_core.sources import Source

HERE = Path(__file__).parent

# pytest's importlib mode puts no test folder on the path; national_dti.py stands beside this.
sys.path.insert(0, str(HERE))


@pytest.fixture
def evaluated():
    """Evaluate the published facts of a year."""
    entry_point = EntryPoint("national-dti", "national_dti", GROUP)
    plugin = load_listed(Listed("national-dti", "dti-national", "0.1", entry_point))

    def call(year: int):
        facts = HERE / "data" / str(year) / "facts.csv"
        return evaluate(plugin, plugin.framework(None, year), year, [Source(facts.name, facts)])

    return call


@pytest.fixture
def published():
    """Read what was published for a year: of each unit a row."""

    def call(year: int) -> dict[str, dict[str, str]]:
        path = HERE / "data" / str(year) / "published.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return {row["unit"]: row for row in csv.DictReader(file)}

    return call
