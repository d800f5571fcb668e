"""The tables are what the models say, come and go on data, and are looked at when opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from samples import NOW, fill
from sqlalchemy import inspect
from sqlmodel import select

from dti_core.errors import UsageError
from dti_core.store import Store, create_store, open_store
from dti_core.store.backup import back_up
from dti_core.store.engine import READING, opened, transaction
from dti_core.store.migrating import FOLDER, REVISIONS, VERSION_TABLE, migrate
from dti_core.store.tables import AUDITED, FROZEN, AuditHead, AuditLine, Row, Unit, table_of
from dti_core.store.trail import verify


def tables(engine) -> set[str]:
    with transaction(engine, READING) as connection:
        return set(inspect(connection).get_table_names())


def test_the_program_knows_every_revision_in_order():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)
    assert [each.revision for each in script.walk_revisions()] == list(reversed(REVISIONS))


def test_the_revisions_make_what_the_models_say(store):
    """Tables, columns, types, keys and indexes."""
    with transaction(store.engine, READING) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Row.metadata) == []


def test_the_revisions_make_the_conditions_of_the_models(store):
    with transaction(store.engine, READING) as connection:
        looked = inspect(connection)
        made = {
            (table.name, each["name"])
            for table in Row.metadata.sorted_tables
            for each in looked.get_check_constraints(table.name)
        }
    declared = {
        (table.name, each.name)
        for table in Row.metadata.sorted_tables
        for each in table.constraints
        if (each.name or "").startswith("ck_")
    }
    assert made == declared


def test_every_table_is_in_the_trail_or_is_the_trail():
    audited = {*AUDITED, AuditLine, AuditHead}
    assert {table_of(kind) for kind in audited} == set(Row.metadata.sorted_tables)


def test_what_is_frozen_has_a_trigger_against_each_change(store, kind):
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with transaction(store.engine, READING) as connection:
        found = set(connection.exec_driver_sql(names[kind]).scalars())
    assert found == {
        f"frozen_{table_of(each).name}_{change}"
        for each in FROZEN
        for change in ("update", "delete")
    }


def test_revisions_go_up_on_data(empty):
    """Units and their trail of the first revision are still there, and whole, in the last."""
    with opened(empty) as engine:
        assert migrate(engine, REVISIONS[0]) == (None, REVISIONS[0])
        with Store(engine).write("an", NOW) as write:
            write.add([Unit(code="DV-01", name="Đơn vị minh hoạ 01", level="xa")], "unit.import")
        assert migrate(engine) == (REVISIONS[0], REVISIONS[-1])
    with open_store(empty) as store, store.read() as session:
        assert [each.code for each in session.exec(select(Unit))] == ["DV-01"]
        assert verify(session).problems == []


def test_revisions_go_down_on_data_and_up_again(url):
    """Down drops the tables of a revision; what came before it stays."""
    with open_store(url) as store:
        fill(store)
        whole = tables(store.engine)
        for revision in (*reversed(REVISIONS[:-1]), "base"):
            migrate(store.engine, revision)
            has_units = "unit" in tables(store.engine)
            assert has_units == (revision != "base")
            if has_units:
                with store.read() as session:
                    assert len(session.exec(select(Unit)).all()) == 3
        assert tables(store.engine) == {VERSION_TABLE}
        migrate(store.engine)
        assert tables(store.engine) == whole
        with store.read() as session:
            assert verify(session).problems == []


def test_making_twice_changes_nothing(empty, dti):
    first, second = dti("init", url=empty), dti("init", url=empty)
    assert (first.code, second.code) == (0, 0)
    assert "Đã tạo kho dữ liệu" in first.out
    assert "đã ở bản mới nhất" in second.out


def test_without_tables_the_user_is_told_to_make_them(empty, dti, kind):
    ran = dti("unit", "list", url=empty)
    assert (ran.code, ran.out) == (2, "")
    assert "dti init" in ran.err
    if kind == "sqlite":
        assert not Path(empty.removeprefix("sqlite:///")).exists(), "looking makes no file"


def test_an_older_database_is_told_to_be_brought_up(empty, dti):
    with opened(empty) as engine:
        migrate(engine, REVISIONS[0])
    ran = dti("audit", "verify", url=empty)
    assert ran.code == 2
    assert f"({REVISIONS[0]}; chương trình dùng {REVISIONS[-1]})" in ran.err
    assert "dti init" in ran.err
    brought = dti("init", url=empty)
    assert f"từ bản {REVISIONS[0]} lên bản {REVISIONS[-1]}" in brought.out
    assert dti("audit", "verify", url=empty).code == 0


@pytest.mark.parametrize("command", [("init",), ("unit", "list"), ("restore", "x.db", "--replace")])
def test_a_newer_database_is_left_alone(command, url, sql, dti, tmp_path):
    with open_store(url) as store:
        back_up(store, tmp_path / "x.db")
    sql("UPDATE dti_version SET version_num = '9999'")
    given = [tmp_path / each if each == "x.db" else each for each in command]
    ran = dti(*given, url=url)
    assert (ran.code, ran.out) == (2, "")
    assert "9999" in ran.err
    assert "pip install --upgrade dti-core" in ran.err
    assert sql("SELECT version_num FROM dti_version") == [("9999",)]


def test_two_who_make_it_at_once_do_not_collide(empty):
    code = f"from dti_core.store import create_store; print(create_store({empty!r}))"
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [each.communicate(timeout=60)[0].strip() for each in started]
    assert [each.returncode for each in started] == [0, 0, 0]
    newest = REVISIONS[-1]
    assert sorted(told) == [f"('{newest}', '{newest}')"] * 2 + [f"(None, '{newest}')"]


WRONG = {
    "no-address": ("dti.db", "SQLite hay PostgreSQL"),
    "other-database": ("mysql://an@x/y", "SQLite hay PostgreSQL"),
    "memory": ("sqlite://", "sẽ mất"),
    "no-folder": ("sqlite:////khong/co/dti.db", "không mở được"),
    "no-server": ("postgresql://an:matkhau@127.0.0.1:1/x", "không mở được"),
}


@pytest.mark.parametrize(("address", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_address_is_told_without_its_password(address, told):
    with pytest.raises(UsageError) as error:
        create_store(address)
    assert told in str(error.value)
    assert "matkhau" not in str(error.value)


def test_a_file_that_is_no_database_is_told(tmp_path):
    file = tmp_path / "units.csv"
    file.write_text("unit,level\n" * 100)
    with pytest.raises(UsageError, match="không mở được"), open_store(f"sqlite:///{file}"):
        pass
    assert file.read_text() == "unit,level\n" * 100


def test_sqlite_is_opened_as_it_must_be(databases):
    with open_store(databases.make("sqlite")) as store, store.engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        told = [connection.exec_driver_sql(f"PRAGMA {each}").scalar() for each in asked]
    assert told == ["wal", 2, 1, 30_000]


def test_other_tables_in_the_same_database_are_no_matter(url, sql, dti):
    sql("CREATE TABLE alembic_version (version_num TEXT)", "CREATE TABLE other (x INTEGER)")
    assert dti("init", url=url).code == 0
    assert dti("audit", "verify", url=url).code == 0


def test_what_the_address_asks_of_postgresql_is_kept(databases):
    url = databases.make("postgresql") + "&options=-c%20application_name%3Dminh-hoa"
    with open_store(url) as store, store.engine.connect() as connection:
        asked = ("application_name", "lock_timeout")
        told = [connection.exec_driver_sql(f"SHOW {each}").scalar() for each in asked]
    assert told == ["minh-hoa", "30s"]


def test_every_column_that_names_a_row_leads_an_index(store):
    """Without one PostgreSQL looks through a whole table for each row that is removed."""
    with transaction(store.engine, READING) as connection:
        looked = inspect(connection)
        bare = [
            (table.name, column)
            for table in Row.metadata.sorted_tables
            for key in looked.get_foreign_keys(table.name)
            for column in key["constrained_columns"]
            if column not in {each["column_names"][0] for each in looked.get_indexes(table.name)}
        ]
    assert bare == []
