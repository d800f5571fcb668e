"""Mergers and splits: the old units end, the new ones begin, and each knows what it came from."""

from __future__ import annotations

from datetime import date

import pytest
from samples import NOW, TODAY, unit
from sqlmodel import select

from dti_core.errors import InvalidFacts
from dti_core.store.tables import Unit
from dti_core.store.trail import verify
from dti_core.store.units import NewUnit, listed, merge, split, units_on

DAY = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


@pytest.fixture
def four(store):
    with store.write("an", NOW) as write:
        write.add([unit(n, group="Nhóm A") for n in (1, 2, 3)], "unit.import")
        write.add([unit(4, group="Nhóm B")], "unit.import")
    return store


def codes(store, day) -> list[str]:
    with store.read() as session:
        assert verify(session).problems == []
        return [each.code for each in units_on(session, day)]


def lineage(store) -> dict[str, tuple]:
    with store.read() as session:
        found = listed(session)
    return {
        f"{each.unit.code}@{each.unit.id}": (
            each.unit.valid_from, each.unit.valid_to, each.predecessors, each.successors
        )
        for each in found
    }  # fmt: skip


def test_a_merger_ends_the_old_and_begins_the_new_on_its_day(four):
    with four.write("an", NOW) as write:
        new = merge(write, ["DV-01", "DV-02"], NewUnit("DV-09", "Đơn vị mới"), DAY, "Nghị quyết 1")
    assert (new.level, new.group) == ("xa", "Nhóm A")
    assert codes(four, BEFORE) == ["DV-01", "DV-02", "DV-03", "DV-04"]
    assert codes(four, DAY) == ["DV-03", "DV-04", "DV-09"]
    found = lineage(four)
    assert found["DV-01@1"] == (None, DAY, (), ("DV-09",))
    assert found["DV-09@5"] == (DAY, None, ("DV-01", "DV-02"), ())


def test_the_new_unit_may_have_the_code_of_an_old_one(four):
    with four.write("an", NOW) as write:
        merge(write, ["DV-01", "DV-02"], NewUnit("DV-01", "Đơn vị mới"), DAY)
    found = lineage(four)
    assert found["DV-01@1"] == (None, DAY, (), ("DV-01",))
    assert found["DV-01@5"] == (DAY, None, ("DV-01", "DV-02"), ())
    assert codes(four, BEFORE) == ["DV-01", "DV-02", "DV-03", "DV-04"]
    assert codes(four, DAY) == ["DV-01", "DV-03", "DV-04"]
    with four.read() as session:
        old = session.exec(select(Unit).where(Unit.id == 1)).one()
    assert old.name == "Đơn vị minh hoạ 01", "the old row is not rewritten"


def test_a_split_makes_several_and_goes_on(four):
    """Parts of a split can be merged later: the lineage is a graph, as reorganisations are."""
    with four.write("an", NOW) as write:
        parts = split(write, "DV-01", [NewUnit("DV-11", "Một"), NewUnit("DV-12", "Hai")], DAY)
    assert [(each.code, each.group) for each in parts] == [("DV-11", "Nhóm A"), ("DV-12", "Nhóm A")]
    later = date(2026, 1, 1)
    with four.write("an", NOW) as write:
        merge(write, ["DV-12", "DV-02"], NewUnit("DV-13", "Ba"), later)
    found = lineage(four)
    assert found["DV-01@1"][3] == ("DV-11", "DV-12")
    assert found["DV-12@6"] == (DAY, later, ("DV-01",), ("DV-13",))
    assert found["DV-13@7"][2] == ("DV-12", "DV-02")


def test_the_trail_tells_of_a_merger_with_its_document(four, dti, url):
    ran = dti(
        *("unit", "merge", "DV-01", "DV-02", "--into", "DV-09", "--name", "Đơn vị mới"),
        *("--from", "01/07/2025", "--who", "Bình", "--why", "Nghị quyết số 1"),
        url=url,
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Từ 01/07/2025, DV-01, DV-02 thành DV-09.\n"
    shown = dti("audit", "show", "--format", "csv", url=url).out
    assert shown.count("Bình,sáp nhập đơn vị") == 5
    assert shown.count("Nghị quyết số 1") == 5
    every = dti("unit", "list", "--all", "--format", "csv", url=url).out
    assert "DV-01,Đơn vị minh hoạ 01,xa,Nhóm A,,2025-07-01,,DV-09" in every


def test_the_split_command(four, dti, url):
    ran = dti(
        *("unit", "split", "DV-01", "--into", "DV-11=Một", "--into", "DV-12 = Hai = 2"),
        *("--today", "2025-07-01"),
        url=url,
    )
    assert ran.out == "Từ 01/07/2025, DV-01 thành DV-11, DV-12.\n"
    listed_ = dti("unit", "list", "--today", "2025-07-01", "--format", "csv", url=url).out
    assert "DV-12,Hai = 2,xa,Nhóm A" in listed_


FAULTS = {
    "unknown": (["DV-01", "DV-99"], {}, "không có đơn vị “DV-99”"),
    "close": (["DV-01", "DV-O2"], {}, "Có phải ý bạn là: DV-02"),
    "one-alone": (["DV-01", "DV-01"], {}, "ít nhất hai"),
    "code-in-use": (["DV-01", "DV-02"], {"code": "DV-03"}, "đang là của “Đơn vị minh hoạ 03”"),
    "no-name": (["DV-01", "DV-02"], {"name": ""}, "cả mã và tên"),
    "groups-differ": (["DV-01", "DV-04"], {}, "--group"),
}


@pytest.mark.parametrize(("units", "new", "told"), FAULTS.values(), ids=FAULTS)
def test_a_merger_that_cannot_be_is_refused(units, new, told, four):
    into = NewUnit(**({"code": "DV-09", "name": "Đơn vị mới"} | new))
    with pytest.raises(InvalidFacts) as error, four.write("an", NOW) as write:
        merge(write, units, into, DAY)
    assert told in str(error.value)
    assert codes(four, DAY) == ["DV-01", "DV-02", "DV-03", "DV-04"]


def test_what_has_ended_cannot_end_again(four):
    with four.write("an", NOW) as write:
        merge(write, ["DV-01", "DV-02"], NewUnit("DV-09", "Đơn vị mới"), DAY)
    for day, told in ((DAY, "kế thừa: DV-09"), (BEFORE, "đã có ngày kết thúc 01/07/2025")):
        with pytest.raises(InvalidFacts, match=told), four.write("an", NOW) as write:
            merge(write, ["DV-01", "DV-03"], NewUnit("DV-10", "Khác"), day)
    with pytest.raises(InvalidFacts, match="mới có từ chính ngày"), four.write("an", NOW) as write:
        split(write, "DV-09", [NewUnit("DV-11", "Một"), NewUnit("DV-12", "Hai")], DAY)


def test_every_fault_of_a_split_is_told(four, dti, url):
    into = ("--into", "DV-02=Một", "--into", "DV-03=Hai")
    ran = dti("unit", "split", "DV-01", *into, url=url)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("Chọn mã khác") == 2
    assert dti("unit", "split", "DV-01", "--into", "DV-11=Một", url=url).code == 1
    assert dti("unit", "split", "DV-01", "--into", "không có dấu bằng", url=url).code == 2


def test_a_file_that_names_an_ended_unit_is_told_what_it_became(four, dti, url, tmp_path):
    with four.write("an", NOW) as write:
        merge(write, ["DV-01", "DV-02"], NewUnit("DV-09", "Đơn vị mới"), TODAY)
    file = tmp_path / "units.csv"
    file.write_text("unit,level\nDV-01,xa\nDV-03,xa\n", encoding="utf-8")
    ran = dti("unit", "import", file, "--today", "2025-07-01", url=url)
    assert ran.code == 1
    assert "dòng 2, cột “unit”: đơn vị “DV-01” chỉ có từ – đến trước 15/01/2025" in ran.err
    assert "kế thừa: DV-09" in ran.err
    ran = dti("unit", "import", file, "--today", "2025-01-14", url=url)
    assert ran.code == 0, "the day before, it was still there"
