"""A contributor's plugin: data files and a small module with hooks, loaded as the program does.

Each test writes what its decision says as a contributor would: pieces of ``decision.toml``, rows of
``indicators.csv`` and facts; the hooks stand in ``hooks/``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from itertools import count
from pathlib import Path

import pytest

from dti_core.loader import GROUP, Listed, load_listed
from dti_core.models import Framework
from dti_core.pipeline import Evaluation, evaluate
from dti_core.plugin import Plugin
from dti_core.sources import Source

# pytest's importlib mode puts no test folder on the path; decisions.py stands beside this.
sys.path.insert(0, str(Path(__file__).parent))

from decisions import HEAD

HOOKS = Path(__file__).parent / "hooks"
NUMBERS = count(1)


@dataclass(frozen=True)
class Result:
    """An evaluation, by unit."""

    evaluation: Evaluation

    def of(self, *columns: str) -> dict[str, object]:
        """Return of each unit one column of the result, or a tuple of several."""
        rows = self.evaluation.units.select("unit", *columns).rows()
        return {row[0]: row[1:] if len(columns) > 1 else row[1] for row in rows}

    @property
    def points(self) -> dict[tuple[str, str], int | None]:
        """The points of each unit and indicator, None where it is not applicable."""
        scored = self.evaluation.scored.select("unit", "indicator", "applicable", "points")
        rows = scored.collect().rows()
        return {(unit, code): points if counts else None for unit, code, counts, points in rows}


@dataclass(frozen=True)
class Contributed:
    """A loaded plugin."""

    plugin: Plugin

    def framework(self, year: int = 2024) -> Framework:
        return self.plugin.framework("xa", year)

    def evaluate(self, facts: str, year: int = 2024) -> Result:
        """Evaluate facts, written as the lines of a CSV file."""
        source = Source("so-lieu.csv", data=facts.strip().encode())
        return Result(evaluate(self.plugin, self.framework(year), year, [source]))


@pytest.fixture
def contributed(tmp_path, monkeypatch):
    """Write a decision of each year and load the plugin that they make."""
    loaded = []

    def call(laws: Mapping[int, tuple[str, str]], hooks: str = "plain", **files: str):
        module = f"dti_shape_{next(NUMBERS)}"
        package = tmp_path / module
        package.mkdir()
        shutil.copy(HOOKS / f"{hooks}.py", package / "__init__.py")
        for year, (law, rows) in laws.items():
            folder = package / "data" / str(year)
            folder.mkdir(parents=True)
            head = HEAD.format(number=f"{year % 100:02d}/QĐ-MH", year=year)
            (folder / "decision.toml").write_text(head + law, encoding="utf-8")
            if rows:
                (folder / "indicators.csv").write_text(rows, encoding="utf-8")
            for name, text in files.items():
                (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        loaded.append(module)
        entry_point = EntryPoint("minh-hoa", module, GROUP)
        return Contributed(load_listed(Listed("minh-hoa", "dti-minh-hoa", "0.1", entry_point)))

    yield call
    for module in loaded:
        sys.modules.pop(module)


@pytest.fixture
def decided(contributed):
    """Write and load the one decision of 2024."""

    def call(law: str, rows: str = "", hooks: str = "plain", **files: str) -> Contributed:
        return contributed({2024: (law, rows)}, hooks, **files)

    return call
