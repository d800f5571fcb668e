"""One of a crowd: reports for its units, one after the other, by two people.

Run as a process of its own: ``crowd.py URL FIRST COUNT`` waits for a line, then begins; it writes
the code of every unit whose submission was acknowledged.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

from dti_core.cycle.entering import enter
from dti_core.cycle.releasing import release
from dti_core.cycle.running import Place, Turn, Which, find, law_of, running
from dti_core.forms import Answer
from dti_core.numbers import ONE
from dti_core.store import open_store
from dti_core.store.engine import StoreBusy

DAY, NOW = date(2024, 10, 1), datetime(2024, 10, 1, 8, tzinfo=UTC)
CODES = tuple(map(str, range(1, 9)))
"""The main indicators of Hà Tĩnh's communes."""


def points_of(number: int, code: str) -> int:
    """The points that a unit gives itself: no two units say the same of everything."""
    return ((number * 7 + int(code) * 13) % 90) * ONE + number


def submit(store, law, number: int) -> None:
    answers = {c: Answer(points=points_of(number, c), evidence="Hồ sơ minh hoạ") for c in CODES}
    for who in (f"An {number}", f"Bình {number}"):
        with store.write(who, NOW) as write:
            cycle = find(write.session, Which())
            now = running(write.session, cycle, law, DAY, f"DV-{number}")
            turn, unit = Turn(write.session, now, write), now.unit(f"DV-{number}")
            if who.startswith("An"):
                enter(turn, Place(unit), answers)
            else:
                release(turn, unit)


def submitted(store, law, number: int) -> bool:
    """Submit; who is told that another writes and nothing is saved tries again."""
    try:
        submit(store, law, number)
    except StoreBusy:
        return False
    return True


def main(url: str, first: str, count: str) -> None:
    with open_store(url) as store:
        with store.read() as session:
            law = law_of(session, find(session, Which()))
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        for number in range(int(first), int(first) + int(count)):
            while not submitted(store, law, number):
                print("busy", file=sys.stderr, flush=True)  # noqa: T201
            print(f"DV-{number}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
