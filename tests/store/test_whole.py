"""Some changes of a transaction, all or none: what is refused leaves nothing, the rest stays."""

from __future__ import annotations

from contextlib import suppress

from samples import NOW, entry, fill, unit
from sqlmodel import select

from dti_core.store.cells import latest, record
from dti_core.store.tables import Unit
from dti_core.store.trail import verify


class RefusedError(Exception):
    """What is raised in the middle of changes."""


def test_what_is_refused_leaves_no_row_and_no_line(store):
    fill(store)
    with store.write("an", NOW) as write:
        record(write, [entry()], "test")
        with suppress(RefusedError), write.whole():
            write.add([unit(9)], "test")
            record(write, [entry(indicator="I.2")], "test")
            raise RefusedError
        with write.whole():
            write.add([unit(4)], "test")
            record(write, [entry(indicator="I.3")], "test")
    with store.read() as session:
        codes = session.exec(select(Unit.code).order_by(Unit.id)).all()
        cells = {each.indicator for each in latest(session, 1).values()}
        found = verify(session)
    assert codes == ["DV-01", "DV-02", "DV-03", "DV-04"]
    assert cells == {"I.1", "I.3"}
    assert found.problems == []
    assert found.count == 3 + 1 + 1 + 2
