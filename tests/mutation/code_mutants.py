"""Mutants of a plugin's Python, as cosmic-ray makes them."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import count
from pathlib import Path
from typing import Final

from mutants import Action, Change, Mutant

OPERATOR: Final = "python"
SIGNS: Final = 2
"""How many of the signs that may replace another one are tried."""


def code_mutants(plugin: str, package: Path) -> Iterator[Mutant]:
    """Yield every mutant of every module, without what never runs."""
    for path in sorted(package.rglob("*.py")):
        source, file = path.read_text(encoding="utf-8"), path.relative_to(package).as_posix()
        seen = {_running(source)}
        for after in _mutated(source):
            if _running(after) not in seen:
                seen.add(_running(after))
                yield _described(plugin, file, source, after)


def _mutated(source: str) -> Iterator[str]:
    """Apply every operator that needs no settings at every place that it finds.

    cosmic-ray puts a dozen signs in the place of one, all of them as wrong: two are enough.
    """
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    made = Counter[tuple[str, int]]()
    for name in sorted(operator_names()):
        operator, family = get_operator(name), name.rpartition("_")[0] or name
        if name == "core/NoOp" or operator.arguments():
            continue
        for occurrence in count():
            after = mutate_code(source, operator(), occurrence)
            if after is None:
                break
            made[family, occurrence] += 1
            if made[family, occurrence] <= SIGNS:
                yield after


def _running(source: str) -> str:
    """Write the program without its annotations, which stay text and never run."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def _described(plugin: str, file: str, source: str, after: str) -> Mutant:
    old, new = source.splitlines(), after.splitlines()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    _, top, end, begin, stop = next(each for each in steps if each[0] != "equal")
    before, now = (" ".join(each).strip() for each in (old[top:end], new[begin:stop]))
    change = Change((), after, Action.WRITE)
    return Mutant(plugin, file, OPERATOR, f"line {top + 1}", before or "—", now or "—", change)
