"""200 workbooks of units → a ranked workbook: `dti` by its store beside a script by hand.

Prints the ratio of whole processes, measured in turn within one run, and writes it to
docs/explanation/performance.md. No time is asserted: a busy machine is no fault of the program.
"""

import csv
import os
import shutil
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import pytest
from programs import DTI, HERE
from python_calamine import CalamineWorkbook
from running import Cost, measure

sys.path[:0] = [str(HERE.parent / "tests" / "forms"), str(HERE.parent / "core" / "tests")]

from form_cases import illustrative, setup_of  # noqa: E402 - found by the line above

from dti_core.forms import Filling, Unit, export, figures  # noqa: E402

DOCUMENT = HERE.parent / "docs" / "explanation" / "performance.md"
MARKERS = ("<!-- measured: forms -->\n", "<!-- end of forms -->\n")
WHICH = ["--plugin", "hue", "--level", "xa", "--year", "2024"]
DAY = ["--today", "2024-11-20"]
FORMS, ROUNDS = 200, 5
STEPS = ("import", "evaluate", "by hand")

Costs = dict[str, list[Cost]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """200 forms as units send them back, the units, and a store in which their cycle is open."""
    made = tmp_path_factory.mktemp("forms")
    setup = setup_of("hue", "xa")
    (made / "forms").mkdir()
    with (made / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "unit_name", "level", "group"])
        samples = islice(cycle(illustrative("hue", "xa").items()), FORMS)
        for number, (like, answers) in enumerate(samples):
            unit = Unit(f"XA-{number:03d}", f"Xã minh hoạ {number:03d}", like.group)
            writer.writerow([unit.code, unit.name, "xa", unit.group])
            known = figures(setup, {unit: answers})[unit.code]
            form = export(setup, Filling(unit, answers, figures={"self": known}))
            (made / "forms" / f"{unit.code}.xlsx").write_bytes(form)
    environment = os.environ | {"DTI_DATABASE_URL": f"sqlite:///{made / 'empty.db'}"}
    units = ["unit", "import", str(made / "units.csv")]
    for step in (["init"], units, ["cycle", "open", *WHICH, *DAY]):
        subprocess.run([DTI, *step], env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return made


def test_folder(folder, caches, monkeypatch):
    store = folder / "dti.db"
    monkeypatch.setenv("DTI_DATABASE_URL", f"sqlite:///{store}")
    costs: Costs = {step: [] for step in STEPS}
    for _ in range(ROUNDS + 1):
        for old in folder.glob("dti.db*"):
            old.unlink()
        shutil.copyfile(folder / "empty.db", store)
        for step in STEPS:
            output = folder / f"{step.replace(' ', '-')}.txt"
            costs[step].append(measure(_command(step, folder), output, caches))
        assert _points(folder / "ranked.xlsx") == _points(folder / "by-hand.xlsx")
    told = _told({step: each[1:] for step, each in costs.items()})  # the first one compiled
    print(f"\n{told}")
    before, after = DOCUMENT.read_text(encoding="utf-8").split(MARKERS[0])
    after = after.split(MARKERS[1])[1]
    DOCUMENT.write_text(f"{before}{MARKERS[0]}{told}{MARKERS[1]}{after}", encoding="utf-8")


def _command(step: str, folder: Path) -> list[str]:
    forms, ranked = str(folder / "forms"), str(folder / "ranked.xlsx")
    if step == "import":
        return [DTI, "form", "import", forms, "--commit", "--who", "A", *DAY]
    if step == "evaluate":
        return [DTI, "evaluate", *WHICH, *DAY, "--output", ranked]
    script = str(HERE / "by_hand_folder.py")
    return [sys.executable, script, forms, str(folder / "by-hand.xlsx")]


def _points(path: Path) -> dict[str, float]:
    """Read the points of each unit, whichever program wrote them."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    unit, points = (rows[0].index(name) for name in ("Mã đơn vị", "Điểm"))
    return {row[unit]: round(row[points], 2) for row in rows[1:] if row[unit]}


def _told(costs: Costs) -> str:
    rows = [
        ("`dti form import FOLDER --commit`", ("import",)),
        ("`dti evaluate … --output ranked.xlsx`", ("evaluate",)),
        ("the sum", ("import", "evaluate")),
    ]
    lines = ["| ÷ by hand | time | processor time | aim |", "|---|---:|---:|---|"]
    for name, steps in rows:
        ratios = [f"{_ratio(costs, steps, what):.1f}" for what in ("seconds", "processor")]
        aim = "at most 2" if len(steps) > 1 else "–"
        lines.append(f"| {name} | {ratios[0]} | {ratios[1]} | {aim} |")
    by_hand = median(each.seconds for each in costs["by hand"])
    lines += ["", f"Medians of {ROUNDS} rounds; by hand {by_hand:.2f} s.", ""]
    return "\n".join(lines)


def _ratio(costs: Costs, steps: tuple[str, ...], what: str) -> float:
    """Take the median over the rounds of the ratio within a round."""
    rounds = range(ROUNDS)
    return median(
        sum(getattr(costs[step][n], what) for step in steps) / getattr(costs["by hand"][n], what)
        for n in rounds
    )
