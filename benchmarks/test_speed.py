"""Measures, prints the ratios, and writes them to docs/explanation/performance.md.

No time is asserted: a busy machine is no fault of the program.
"""

import os
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from statistics import median

from programs import BY_HAND, COMMUNES, DTI, PROGRAMS, SIZES, Facts
from running import Cost, measure

DOCUMENT = Path(__file__).parents[1] / "docs" / "explanation" / "performance.md"
MARKERS = ("<!-- measured: tox -e bench -->\n", "<!-- end of measured -->\n")
ROUNDS = {"small": 9, "large": 7}
ROUNDS_IN_PYTHON = {"small": 3, "large": 1}
ROUNDS_OF_HELP = 21

NO_AIM = "–"
NAMES = {
    "polars": "(a) polars by hand",
    "table": "(a′) the same with main indicators",
    "pandas": "(b) pandas by hand",
    "fraction": "(c) exact Python",
}

Costs = dict[str, list[Cost]]


def test_speed(inputs, caches, tmp_path):
    costs = {size: _interleaved(inputs[size], caches) for size in SIZES}
    helped = _help(tmp_path, caches)
    measured = "\n".join([*_table(inputs, costs, helped), "", _versions(), ""])
    print(f"\n{measured}")
    before, after = DOCUMENT.read_text(encoding="utf-8").split(MARKERS[0])
    after = after.split(MARKERS[1])[1]
    text = f"{before}{MARKERS[0]}{measured}{MARKERS[1]}{after}"
    DOCUMENT.write_text(text, encoding="utf-8")


def _interleaved(facts: Facts, caches: Path) -> Costs:
    """Run the programs in turn, so that what else the machine does meets all of them."""
    costs: Costs = {program: [] for program in PROGRAMS}
    for turn in range(ROUNDS[facts.size]):
        for program in PROGRAMS:
            if program != "fraction" or turn < ROUNDS_IN_PYTHON[facts.size]:
                command = facts.command(program)
                costs[program].append(measure(command, facts.output(program), caches))
    return costs


def _help(folder: Path, caches: Path) -> Costs:
    commands = {"dti": [DTI, "--help"], "typer": [sys.executable, "-c", "import typer"]}
    costs: Costs = {name: [] for name in commands}
    for _ in range(ROUNDS_OF_HELP + 1):
        for name, command in commands.items():
            costs[name].append(measure(command, folder / f"{name}.txt", caches))
    return {name: each[1:] for name, each in costs.items()}  # the first one compiled


def _table(inputs: dict[str, Facts], costs: dict[str, Costs], helped: Costs) -> Iterator[str]:
    small, large = costs.values()
    yield f"| `dti evaluate` ÷ … | {COMMUNES:,} communes | {10 * COMMUNES:,} communes | aim |"
    yield "|---|---:|---:|---|"
    aims = {"polars": "at most 2; 1.5", "pandas": "below 1"}
    for program in BY_HAND:
        ratios = [_ratio(each, "dti", program, "seconds") for each in (small, large)]
        yield _row(f"time of {NAMES[program]}", ratios, aims.get(program, NO_AIM))
    for program in ("polars", "table"):
        ratios = [_ratio(each, "dti", program, "processor") for each in (small, large)]
        yield _row(f"processor time of {NAMES[program]}", ratios, NO_AIM)
    for program, aim in (("polars", "at most 2"), ("table", NO_AIM)):
        ratios = [_ratio(each, "dti", program, "memory") for each in (small, large)]
        yield _row(f"peak memory of {NAMES[program]}", ratios, aim)
    growth = _median(large["dti"], "seconds") / _median(small["dti"], "seconds")
    yield _row("its own time on a tenth of the rows", [None, growth], "at most 10")
    ratio = _ratio(helped, "dti", "typer", "seconds")
    yield _row("`dti --help` ÷ `python -c 'import typer'`", [ratio, None], "at most 1.5")
    for program in ("polars", "pandas"):
        shares = [f"{_misplaced(facts, program):.0%}" for facts in inputs.values()]
        yield _row(f"communes that {NAMES[program]} ranks otherwise", shares, NO_AIM)


def _row(what: str, figures: list[float | str | None], aim: str) -> str:
    shown = [each if isinstance(each, str) else _shown(each) for each in figures]
    return f"| {what} | {' | '.join(shown)} | {aim} |"


def _shown(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def _median(costs: list[Cost], what: str) -> float:
    return median(getattr(cost, what) for cost in costs)


def _ratio(costs: Costs, one: str, other: str, what: str) -> float:
    """Take the median over the rounds of the ratio within a round."""
    rounds = zip(costs[one], costs[other], strict=False)  # exact Python has fewer rounds
    return median(getattr(mine, what) / getattr(theirs, what) for mine, theirs in rounds)


def _misplaced(facts: Facts, program: str) -> float:
    exact, rounded = facts.results("dti"), facts.results(program)
    other = sum(exact[unit]["rank"] != rounded[unit]["rank"] for unit in exact)
    return other / len(exact)


def _versions() -> str:
    names = ("polars", "pandas", "narwhals", "pydantic", "typer")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    rounds = " and ".join(str(ROUNDS[size]) for size in SIZES)
    return (
        f"Medians of {rounds} interleaved rounds (exact Python: fewer) on {os.cpu_count()} "
        f"processors; Python {python_version()}, {libraries}."
    )
