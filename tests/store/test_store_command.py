"""The commands of the store as processes: who, where, and what is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

HIDE = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Hidden())
sys.argv = ["dti", *{arguments!r}]
from dti_core.cli import main
main()
"""


def without(names: set[str], *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run the command as if packages were not installed."""
    code = HIDE.format(names=names, arguments=list(arguments))
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False,
        env=environment or None, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["sqlmodel", "sqlalchemy", "alembic"])
@pytest.mark.parametrize("command", ["init", "unit list", "restore x"])
def test_without_the_extra_the_user_is_told_what_to_install(command, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = without({name}, *command.split())
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install 'dti-core[cycle]'" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_the_driver_of_postgresql_the_user_is_told_what_to_install(monkeypatch):
    monkeypatch.setenv("DTI_DATABASE_URL", "postgresql://an@127.0.0.1/x")
    ran = without({"psycopg"}, "init")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install 'dti-core[cycle,postgres]'" in ran.stderr


@pytest.mark.parametrize("command", ["--help", "unit --help", "audit verify --help", "init --help"])
def test_help_needs_no_database_and_no_library_for_it(command):
    ran = without({"sqlmodel", "sqlalchemy", "alembic", "polars"}, *command.split())
    assert (ran.returncode, ran.stderr) == (0, "")


def test_without_an_address_the_database_is_in_this_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DTI_DATABASE_URL", raising=False)
    ran = without(set(), "init")
    assert ran.returncode == 0, ran.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["dti.db"]


def test_the_login_name_is_who_did_it(process, databases, tmp_path):
    url = databases.make("sqlite")
    file = tmp_path / "units.csv"
    file.write_text("unit,level\nDV-01,xa\n", encoding="utf-8")
    assert process("unit", "import", file, url=url, LOGNAME="nguyen-an").code == 0
    assert ",nguyen-an," in process("audit", "show", "--format", "csv", url=url).out


@pytest.mark.parametrize("who", ["", "  ", "a\nb"])
def test_somebody_must_have_done_it(who, process, databases, tmp_path):
    file = tmp_path / "units.csv"
    file.write_text("unit,level\nDV-01,xa\n", encoding="utf-8")
    ran = process("unit", "import", file, "--who", who, url=databases.make("sqlite"))
    assert (ran.code, ran.out) == (2, "")
    assert "--who" in ran.err


def test_a_day_that_is_none_is_a_usage_error(process, databases):
    ran = process("unit", "list", "--today", "31/02/2025", url=databases.make("sqlite"))
    assert (ran.code, ran.out) == (2, "")
    assert "--today" in ran.err
