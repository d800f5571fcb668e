"""Forms: how long one takes to write, and many to read beside what reading must cost at least."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from statistics import median

from python_calamine import CalamineWorkbook

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "tests" / "forms"), str(HERE.parent / "core" / "tests")]

from form_cases import illustrative, setup_of  # noqa: E402 - found by the line above

from dti_core.forms import Filling, FormReader, check, export, figures  # noqa: E402
from dti_core.sources import Source  # noqa: E402

FORMS = 200


def seconds(call, times: int = 5) -> float:
    """Processor time, for a machine that others use too."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        call()
        taken.append(time.process_time() - started)
    return median(taken)


def test_forms():
    setup, batch = setup_of("hue", "huyen"), illustrative("hue", "huyen")
    known = figures(setup, batch)
    fillings = [
        Filling(unit, mine, figures={"self": known[unit.code]}) for unit, mine in batch.items()
    ]
    written = [export(setup, each) for each in fillings]
    one = seconds(lambda: export(setup, fillings[0]), 30)
    print(f"\na form of {len(setup.framework.leaves)} indicators: {one * 1000:.0f} ms to write")
    assert one < 0.05

    content = [written[number % len(written)] for number in range(FORMS)]
    sources = [Source(f"{n}.xlsx", data=each) for n, each in enumerate(content)]
    reader = FormReader(setup.framework, plugin="hue", year=setup.year)

    def by_hand():
        for each in content:
            book = CalamineWorkbook.from_filelike(io.BytesIO(each))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

    least = seconds(by_hand)
    ours = seconds(lambda: [reader.read(each) for each in sources])
    forms = [reader.read(each) for each in sources[: len(written)]]
    checked = seconds(lambda: check(forms, setup.framework, setup.year))
    print(f"{FORMS} forms: calamine alone {least:.2f} s, refused or read {ours:.2f} s")
    print(f"{len(forms)} forms checked together: {checked * 1000:.0f} ms")
    assert ours < 5 * least
