"""Forks processes that write until they are killed; a fork needs no second to start.

Started with the address of a database. Takes lines ``ROUND TRANSACTIONS POINT``, forks a writer for
each and prints its ``pid``, then ``saved CODE`` for each transaction once it is committed, and at
last ``ended SIGNAL``. Where POINT is not 0 the writer kills itself at the POINT-th moment before or
after a statement or a commit.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from samples import NOW, entry, unit
from sqlalchemy import event

from dti_core.store import open_store
from dti_core.store.cells import record
from dti_core.store.tables import Unit

FACTS = 3
COMPILED: dict = {}
"""What the statements are compiled to, by this process before it forks."""


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def dying(point: int):
    """Make what is called at every moment, and kills the process at one of them."""
    moments = count(1)

    def moment(*_: object) -> None:
        if next(moments) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return moment


def write(url: str, turn: int, transactions: int, point: int) -> None:
    """Each transaction adds a unit with its facts and changes the first unit."""
    moment = dying(point)
    with open_store(url) as store:
        store.engine.update_execution_options(compiled_cache=COMPILED)
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(store.engine, name, moment)
        for number in range(transactions):
            code = f"R{turn}-{number}"
            with store.write("an", NOW) as writing:
                new = unit(code=code)
                writing.add([new], "unit.import")
                facts = [entry(unit=new.id, indicator=f"I.{n}") for n in range(FACTS)]
                record(writing, facts, "test")
                writing.change(writing.session.get(Unit, 1), "unit.import", name=code)
            moment()
            say(f"saved {code}")


def main(url: str) -> None:
    write(url, 0, 1, 0)
    for line in sys.stdin:
        turn, transactions, point = map(int, line.split())
        pid = os.fork()
        if pid == 0:
            say(f"pid {os.getpid()}")
            write(url, turn, transactions, point)
            os._exit(0)
        say(f"ended {os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}")


if __name__ == "__main__":
    main(sys.argv[1])
