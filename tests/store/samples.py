"""What the tests of the store put into it; every unit is visibly made up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from dti_core.store.cells import Entry
from dti_core.store.tables import Cycle, Unit

NOW = datetime(2025, 1, 15, 8, 30, 0, 123456, tzinfo=UTC)
TODAY = date(2025, 1, 15)
LATER = NOW + timedelta(hours=1)
ONE = 10_000

UNITS = """\
unit,unit_name,level,group
DV-01,Đơn vị minh hoạ 01,xa,Nhóm A
DV-02,Đơn vị minh hoạ 02,xa,Nhóm A
DV-03,Đơn vị minh hoạ 03,xa,Nhóm B
"""


def unit(number: int = 1, **values) -> Unit:
    given = {"code": f"DV-{number:02d}", "name": f"Đơn vị minh hoạ {number:02d}", "level": "xa"}
    return Unit(**(given | values))


def cycle(**values) -> Cycle:
    given = {"plugin": "minh-hoa", "level": "xa", "year": 2024, "state": "opened"}
    return Cycle(**(given | {"opened_on": TODAY} | values))


def entry(value: int | None = ONE, **values) -> Entry:
    given = {"cycle": 1, "unit": 1, "indicator": "I.1", "stage": "self", "value": value}
    return Entry(**(given | values))


def fill(store, units: int = 3) -> None:
    """Put units and a cycle into a store."""
    with store.write("an", NOW) as write:
        write.add([unit(number) for number in range(1, units + 1)], "unit.import")
        write.add([cycle()], "test")
