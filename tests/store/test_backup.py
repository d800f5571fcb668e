"""Backups are whole, of one moment, verified, and go back into either kind of database."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from databases import KINDS
from samples import LATER, NOW, TODAY, entry, fill, unit
from sqlmodel import select

from dti_core.store import open_store
from dti_core.store.backup import BrokenBackup, back_up, restore
from dti_core.store.blobs import keep
from dti_core.store.cells import record
from dti_core.store.copying import counts
from dti_core.store.engine import opened
from dti_core.store.migrating import REVISIONS, migrate
from dti_core.store.tables import Appraiser, AuditLine, Evidence, Result, Row, Unit
from dti_core.store.trail import verify


def everything(url: str) -> dict[str, list[tuple]]:
    """Return every row of every table."""
    with open_store(url) as store, store.read() as session:
        return {
            table.name: [tuple(row) for row in session.connection().execute(
                table.select().order_by(*table.primary_key))]
            for table in Row.metadata.sorted_tables
        }  # fmt: skip


def fill_all(store) -> None:
    """Rows of many types: numbers to the edge, bytes, JSON, days, times, references to itself."""
    fill(store)
    with store.write("an", NOW) as write:
        record(write, [entry(2**63 - 1), entry(None, indicator="I.2", points=-1)], "test")
        write.change(write.session.get(Unit, 2), "unit.import", valid_to=TODAY)
        content = keep(write, b"\0\xff" * 100, "test")
        first = Result(cycle=1, recipe={"ă": [1, None]}, content=content, published_on=TODAY)
        write.add([first], "test")
        write.add([Result(cycle=1, version=2, recipe={}, content=content, published_on=TODAY,
                          replaces=first.id)], "test")  # fmt: skip
        write.add([Appraiser(cycle=1, name="Phòng A", chair=True)], "test")
        given = {"cycle": 1, "unit": 1, "indicator": "I.1", "added_by": "an", "added_at": NOW}
        write.add([Evidence(name="a", sha256=content, **given)], "test")
        write.add([Evidence(name="b", link="https://vi.du", replaces=1, **given)], "test")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup.db"


@pytest.mark.parametrize("target", KINDS)
def test_what_was_saved_comes_back_into_either_kind(target, store, url, databases, file):
    """All but the last line, which tells of the restoring."""
    fill_all(store)
    saved = back_up(store, file)
    before = everything(url)
    other = databases.make(target, empty=True)
    found = restore(other, file, "binh", LATER)
    after = everything(other)
    line, heads = after["audit"].pop(), (before.pop("audit_head"), after.pop("audit_head"))
    assert after == before
    assert (line[0], line[2], line[3]) == (len(before["audit"]) + 1, "binh", "backup.restore")
    assert heads[0][0][1] + 1 == heads[1][0][1]
    assert found.rows == saved.rows == {name: len(rows) for name, rows in before.items()}
    assert all(saved.rows[name] for name in ("unit", "fact", "blob", "result", "evidence"))
    with open_store(other) as restored, restored.write("chi", LATER) as write:
        write.add([unit(9)], "unit.import")
    with open_store(other) as restored, restored.read() as session:
        assert verify(session).problems == []


def test_a_backup_is_one_file_and_itself_a_store(store, file, dti):
    fill_all(store)
    back_up(store, file)
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert dti("audit", "verify", url=f"sqlite:///{file}").code == 0
    assert "DV-01" in dti("unit", "list", url=f"sqlite:///{file}").out


def test_backups_while_others_write_are_of_one_moment_each(store, url, file):
    script = str(Path(__file__).with_name("rival.py"))
    with subprocess.Popen(
        [sys.executable, script, url, "an", "add", "250"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as writer:  # fmt: skip
        assert writer.stdout.readline() == "ready\n"
        writer.stdin.write("\n")
        writer.stdin.flush()
        sizes = []
        while writer.poll() is None and len(sizes) < 8:
            found = back_up(store, file, replace=True)
            assert found.rows["unit"] == found.trail.count
            sizes.append(found.rows["unit"])
        writer.communicate(timeout=120)
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 1, "it went on writing between them"


def test_nothing_is_replaced_unless_told(store, url, file, dti):
    fill(store)
    assert dti("backup", file, url=url).code == 0
    saved = file.read_bytes()
    again = dti("backup", file, url=url)
    assert (again.code, again.out) == (2, "")
    assert "--replace" in again.err
    assert file.read_bytes() == saved
    full = dti("restore", file, url=url)
    assert (full.code, full.out) == (2, "")
    assert "--replace" in full.err
    before = everything(url)
    assert dti("restore", file, "--replace", "--who", "Bình", url=url).code == 0
    assert everything(url)["audit"][:-1] == before["audit"]
    assert dti("backup", file, "--replace", url=url).code == 0


def test_replacing_takes_away_what_came_after_the_backup_and_says_so(store, url, file):
    fill(store)
    back_up(store, file)
    with store.write("an", LATER) as write:
        write.add([unit(9)], "unit.import")
    with store.read() as session:
        replaced = verify(session)
    restore(url, file, "binh", LATER, replace=True)
    with store.read() as session:
        assert session.exec(select(Unit).where(Unit.code == "DV-09")).first() is None
        last = session.exec(select(AuditLine).order_by(AuditLine.id)).all()[-1]
        assert verify(session).problems == []
    assert last.new == {"replaced_lines": replaced.count, "replaced_hash": replaced.hash}


def test_a_reader_sees_either_state_while_everything_is_replaced(store, url, file):
    fill(store)
    back_up(store, file)
    with store.write("an", LATER) as write:
        write.add([unit(9)], "unit.import")
    with store.read() as session:
        old = counts(session.connection())
        restore(url, file, "binh", LATER, replace=True)
        assert counts(session.connection()) == old
        assert verify(session).problems == []


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scramble(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xaa" * 4096 * 3
    file.write_bytes(content)


def execute(*statements: str):
    def deed(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for each in statements:
                connection.execute(each)
            connection.commit()

    return deed


DAMAGE = {
    "cut-short": (cut, "bị hỏng"),
    "scrambled": (scramble, ""),
    "no-database": (lambda file: file.write_text("unit,level\n"), "bị hỏng"),
    "empty": (lambda file: file.write_bytes(b""), "không phải bản sao lưu"),
    "other-database": (
        lambda file: (file.unlink(), execute("CREATE TABLE a (b)")(file)), "không phải bản sao lưu"
    ),
    "line-altered": (execute("UPDATE audit SET who = 'x' WHERE id = 2"), "dòng 2 đã bị sửa"),
    "lines-cut-off": (execute("DELETE FROM audit WHERE id > 2"), "thiếu từ dòng 3"),
    "row-altered": (execute("UPDATE unit SET name = 'x'"), "bảng unit"),
    "row-removed": (execute("DELETE FROM cycle"), "bảng cycle"),
    "row-without-what-it-names": (
        execute("DELETE FROM cycle", "INSERT INTO phase VALUES (1,1,7,'self',null,null,null,'x')"),
        "bị hỏng",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "told"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_backup_is_refused_and_the_database_stays(damage, told, url, file, dti):
    with open_store(url) as store:
        fill(store)
        back_up(store, file)
    before = everything(url)
    damage(file)
    ran = dti("restore", file, "--replace", url=url)
    assert (ran.code, ran.out) == (1, ""), ran.err
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert everything(url) == before


def test_a_database_that_is_not_what_its_trail_says_is_not_saved_as_if_it_were(store, sql, file):
    fill(store)
    sql("UPDATE unit SET name = 'x' WHERE id = 1")
    with pytest.raises(BrokenBackup, match="bảng unit, hàng 1"):
        back_up(store, file)
    assert list(file.parent.iterdir()) == []


def test_an_older_backup_is_brought_up_to_date(url, databases, file):
    older = databases.make("sqlite", empty=True)
    with opened(older) as engine:
        migrate(engine, REVISIONS[0])
    shutil.copyfile(older.removeprefix("sqlite:///"), file)
    restore(url, file, "an", NOW)
    with open_store(url) as store, store.read() as session:
        assert verify(session).count == 1


def test_what_cannot_be_read_or_written_is_told(store, url, tmp_path, dti):
    missing = dti("restore", tmp_path / "không có.db", url=url)
    assert (missing.code, missing.out) == (2, "")
    assert "không đọc được" in missing.err
    nowhere = dti("backup", tmp_path / "không có" / "x.db", url=url)
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "Traceback" not in missing.err + nowhere.err
