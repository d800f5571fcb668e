"""A change is one transaction with its lines; a writer who saw an older version changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from samples import LATER, NOW, TODAY, cycle, fill, unit
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from dti_core.store import Stale
from dti_core.store.blobs import keep
from dti_core.store.tables import AuditLine, Blob, Succession, Unit
from dti_core.store.trail import verify


def lines(store):
    with store.read() as session:
        return session.exec(select(AuditLine).order_by(AuditLine.id)).all()


def only(store, kind):
    with store.read() as session:
        return session.exec(select(kind)).one()


def test_a_new_row_is_told_whole_with_who_when_what_and_why(store):
    with store.write("an", NOW) as write:
        write.add([unit()], "unit.import", "Quyết định số 1")
    (line,) = lines(store)
    assert (line.id, line.who, line.at) == (1, "an", NOW)
    assert (line.what, line.why) == ("unit.import", "Quyết định số 1")
    assert (line.table, line.key, line.unit, line.old) == ("unit", "1", 1, None)
    assert line.new == {
        "id": 1, "version": 1, "code": "DV-01", "name": "Đơn vị minh hoạ 01", "level": "xa",
        "group": "", "valid_from": None, "valid_to": None,
    }  # fmt: skip


def test_a_change_tells_what_is_different(store):
    fill(store)
    with store.read() as session:
        seen = session.get(Unit, 2)
    with store.write("binh", LATER) as write:
        assert write.change(seen, "unit.import", name="Đơn vị khác", level="xa")
    line = lines(store)[-1]
    assert line.old == {"name": "Đơn vị minh hoạ 02", "version": 1}
    assert line.new == {"name": "Đơn vị khác", "version": 2}
    assert (seen.name, seen.version) == ("Đơn vị khác", 2), "the writer goes on with what is there"


def test_what_is_as_it_was_leaves_no_line(store):
    fill(store)
    before = lines(store)
    with store.write("binh", LATER) as write:
        seen = write.session.get(Unit, 1)
        assert not write.change(seen, "unit.import", name="Đơn vị minh hoạ 01")
    assert lines(store) == before
    assert seen.version == 1


def test_a_fault_in_the_middle_leaves_nothing(store):
    """Neither the rows before it nor their lines; the next writer goes on where the last ended."""
    fill(store)
    with pytest.raises(RuntimeError), store.write("an", NOW) as write:  # noqa: PT012
        write.add([unit(8)], "unit.import")
        write.finish()
        raise RuntimeError
    with store.write("an", NOW) as write:
        write.add([unit(9)], "unit.import")
    with store.read() as session:
        codes = sorted(session.exec(select(Unit.code)))
        assert codes == ["DV-01", "DV-02", "DV-03", "DV-09"]
        assert verify(session).problems == []


def test_a_stale_writer_is_told_what_changed_by_whom_and_when(store):
    fill(store)
    with store.read() as session:
        mine, other = session.get(Unit, 1), Unit(id=1, version=1, code="DV-01", name="", level="xa")
    with store.write("binh", LATER) as write:
        write.change(other, "unit.import", name="Của Bình", group="Nhóm B")
    with pytest.raises(Stale) as told, store.write("an", NOW) as write:  # noqa: PT012
        write.add([unit(7)], "unit.import")
        write.change(mine, "unit.import", name="Của An")
    changes = {each.column: (each.old, each.new, each.who, each.at) for each in told.value.changes}
    assert changes == {
        "name": ("Đơn vị minh hoạ 01", "Của Bình", "binh", LATER),
        "group": ("", "Nhóm B", "binh", LATER),
    }
    assert (
        "DV-01, “name”: binh đã sửa “Đơn vị minh hoạ 01” thành “Của Bình” lúc 15/01/2025 16:30"
        in (str(told.value))
    )
    with store.read() as session:
        assert session.get(Unit, 1).name == "Của Bình", "nothing is overwritten"
        assert session.exec(select(Unit).where(Unit.code == "DV-07")).first() is None


def test_a_stale_writer_is_told_every_change_since(store):
    fill(store)
    with store.read() as session:
        mine = session.get(Unit, 1)
    for who, name in (("binh", "hai"), ("chi", "ba")):
        with store.write(who, LATER) as write:
            write.change(write.session.get(Unit, 1), "unit.import", name=name)
    with pytest.raises(Stale) as told, store.write("an", NOW) as write:
        write.change(mine, "unit.import", name="bốn")
    assert [(each.old, each.new, each.who) for each in told.value.changes] == [
        ("Đơn vị minh hoạ 01", "hai", "binh"), ("hai", "ba", "chi")]  # fmt: skip


def test_text_is_kept_composed_and_told_as_it_is_kept(store):
    with store.write(unicodedata.normalize("NFD", "Bình"), NOW) as write:
        write.add([unit(name=unicodedata.normalize("NFD", "Đơn vị minh hoạ"))], "unit.import")
    assert only(store, Unit).name == "Đơn vị minh hoạ"
    (line,) = lines(store)
    assert (line.new["name"], line.who) == ("Đơn vị minh hoạ", "Bình")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'x'",
        "DELETE FROM audit",
        "UPDATE succession SET successor = 3",
        "DELETE FROM succession",
        "UPDATE unit SET code = ''",
        "DELETE FROM unit",
    ],
)
def test_the_database_itself_refuses_what_the_program_never_does(statement, store):
    fill(store)
    with store.write("an", NOW) as write:
        write.add([Succession(unit=1, successor=2, on=TODAY)], "unit.merge")
    with pytest.raises(DBAPIError), store.write("an", NOW) as write:
        write.session.connection().exec_driver_sql(statement)


def test_an_original_is_kept_once(store):
    with store.write("an", NOW) as write:
        first = keep(write, b"\0\xff", "test")
        assert keep(write, b"\0\xff", "test") == first
    with store.write("an", NOW) as write:
        keep(write, b"\0\xff", "test")
    blob = only(store, Blob)
    assert (blob.sha256, blob.size, blob.content) == (first, 2, b"\0\xff")
    (line,) = lines(store)
    assert (line.key, line.new) == (first, {"sha256": first, "size": 2, "path": None})


@pytest.mark.parametrize(
    ("who", "now", "name"),
    [("", NOW, "x"), (" ", NOW, "x"), ("an", NOW.replace(tzinfo=None), "x"), ("an", NOW, "a\0b")],
    ids=["nobody", "blank", "no-zone", "null-character"],
)
def test_what_cannot_be_kept_is_refused(who, now, name, store):
    with pytest.raises(ValueError), store.write(who, now) as write:
        write.add([unit(name=name)], "unit.import")
    assert lines(store) == []


def test_readers_see_one_state_while_others_write(store):
    fill(store)
    with store.read() as session:
        assert len(session.exec(select(Unit)).all()) == 3
        with store.write("an", NOW) as write:
            write.add([unit(4), cycle(year=2025)], "test")
        assert len(session.exec(select(Unit.code)).all()) == 3
        assert verify(session).problems == []
    with store.read() as session:
        assert len(session.exec(select(Unit)).all()) == 4
