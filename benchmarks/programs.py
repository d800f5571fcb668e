"""The programs that are compared, the sizes of their input, and what each one writes."""

import csv
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
DTI = str(Path(sysconfig.get_path("scripts")) / "dti")
OF_COMMUNES = ["--plugin", "hue", "--level", "xa", "--year", "2024"]
BY_HAND = ("polars", "table", "pandas", "fraction")
PROGRAMS = ("dti", *BY_HAND)

COMMUNES = 3_321
SIZES = {"small": COMMUNES, "large": 10 * COMMUNES}
FIGURES = ("rank", "points", "max_points", "value")

Results = dict[str, dict[str, Decimal]]


@dataclass(frozen=True)
class Facts:
    """Synthetic input of one size, in a folder of its own."""

    size: str
    folder: Path

    def make(self) -> None:
        """Write the input."""
        files = [str(self.folder / name) for name in ("facts.parquet", "rules.csv")]
        script = [sys.executable, str(HERE / "synthetic.py"), str(SIZES[self.size]), *files]
        subprocess.run(script, check=True)  # noqa: S603

    def command(self, program: str) -> list[str]:
        """Return the command by which a program evaluates this input."""
        facts, rules = (str(self.folder / name) for name in ("facts.parquet", "rules.csv"))
        if program == "dti":
            return [DTI, "evaluate", *OF_COMMUNES, "--format", "csv", "--input", facts]
        return [sys.executable, str(HERE / f"by_hand_{program}.py"), facts, rules]

    def output(self, program: str) -> Path:
        """Return the file that holds what a program wrote."""
        return self.folder / f"{program}.csv"

    def results(self, program: str) -> Results:
        """Return the figures of each unit, as exactly as the program wrote them."""
        with self.output(program).open(encoding="utf-8", newline="") as table:
            return {row["unit"]: dict(_figures(row)) for row in csv.DictReader(table)}


def _figures(row: dict[str, str]) -> Iterator[tuple[str, Decimal]]:
    return ((name, Decimal(row[name])) for name in FIGURES)
