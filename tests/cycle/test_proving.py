"""Evidence by the commands: brought while a unit reports, frozen afterwards, never lost."""

from __future__ import annotations

import json

import pytest
from clerk import Clerk

CLERK = Clerk("moduc", "xa")
DAY, LATER = "2024-10-01", "2024-11-20"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def run(dti, url, tmp_path, monkeypatch):
    """A cycle of Mộ Đức's communes is open; files lie in the folder of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DTI_EVIDENCE_URL", str(tmp_path / "kho"))

    def call(*arguments: object, today: str = DAY):
        day = () if arguments == ("evidence", "verify") else ("--today", today)
        return dti(*arguments, *day, url=url)

    call("unit", "import", CLERK.write_units(tmp_path / "units.csv"))
    where = ("--plugin", "moduc", "--level", "xa", "--year", 2024)
    assert call("cycle", "open", *where, "--annex", CLERK.annex).code == 0
    (tmp_path / "a.pdf").write_bytes(PDF)
    return call


def listed(run, *options: str) -> list[dict[str, object]]:
    return json.loads(run("evidence", "list", "--format", "json", *options).out)


def test_files_and_links_show_several_indicators(run):
    link = "https://example.org/bao-cao"
    added = run(
        "evidence", "add", "XA-01", "a.pdf", link, "--indicator", "1.1", "--indicator", "1.2"
    )
    assert added.code == 0, added.err
    shown = [(row["indicator"], row["evidence"]) for row in listed(run)]
    assert shown == [("1.1", "a.pdf"), ("1.1", link), ("1.2", "a.pdf"), ("1.2", link)]


def test_a_newer_file_names_what_it_replaces_and_the_old_one_stays(run, tmp_path):
    run("evidence", "add", "XA-01", "a.pdf", "--indicator", "1.1")
    (tmp_path / "b.pdf").write_bytes(PDF + b"% b\n")
    assert run("evidence", "replace", "1", "b.pdf").code == 0
    assert [row["evidence"] for row in listed(run)] == ["b.pdf"]
    every = listed(run, "--all")
    assert [(row["evidence"], row["replaced_by"]) for row in every] == [
        ("a.pdf", 2),
        ("b.pdf", None),
    ]
    assert "2" in run("evidence", "verify").out


def test_withdrawing_needs_a_reason_and_hides_nothing(run):
    run("evidence", "add", "XA-01", "a.pdf", "--indicator", "1.1")
    assert run("evidence", "withdraw", "1").code == 1
    assert run("evidence", "withdraw", "1", "--why", "nhầm tệp").code == 0
    assert listed(run) == []
    assert [row["withdrawn"] for row in listed(run, "--all")] == [True]


def test_the_same_file_under_two_units_is_told(run):
    run("evidence", "add", "XA-01", "a.pdf", "--indicator", "1.1")
    second = run("evidence", "add", "XA-02", "a.pdf", "--indicator", "1.1")
    assert second.code == 0
    assert "XA-01, XA-02" in second.err


def test_every_fault_is_told_and_nothing_is_recorded(run):
    wrong = run("evidence", "add", "XA-01", "a.pdf", "--indicator", "9.9", "--indicator", "8.8")
    assert wrong.code == 1
    assert "9.9" in wrong.err
    assert "8.8" in wrong.err
    assert listed(run) == []


def test_after_the_deadline_evidence_is_locked(run):
    locked = run("evidence", "add", "XA-01", "a.pdf", "--indicator", "1.1", today=LATER)
    assert locked.code == 1
    assert "14/11/2024" in locked.err


def test_while_the_council_appraises_evidence_is_frozen(run):
    run("evidence", "add", "XA-01", "a.pdf", "--indicator", "1.1")
    assert run("cycle", "advance", "--why", "minh hoạ").code == 0
    for command in (
        ("add", "XA-01", "a.pdf", "--indicator", "1.2"),
        ("withdraw", "1", "--why", "x"),
    ):
        frozen = run("evidence", *command)
        assert frozen.code == 1
        assert "giữ nguyên" in frozen.err
    assert [row["evidence"] for row in listed(run)] == ["a.pdf"]


def test_a_file_that_was_altered_behind_its_back_is_told(run, tmp_path):
    run("evidence", "add", "XA-01", "a.pdf", "--indicator", "1.1")
    (kept,) = (each for each in (tmp_path / "kho").rglob("*") if each.is_file())
    kept.chmod(0o600)
    kept.write_bytes(PDF.replace(b"1 0 obj", b"2 0 obj"))
    altered = run("evidence", "verify")
    assert altered.code == 1
    assert "XA-01" in altered.err


def test_a_file_is_evidence_enough_to_release(run, tmp_path):
    """Mộ Đức asks for evidence, or for a word why there is none (II.5.2.a)."""
    forms = tmp_path / "forms"
    run("form", "export", "XA-11", "-d", forms)
    (form,) = forms.iterdir()
    CLERK.fill(form, explains=False)
    assert run("form", "import", form, "--commit", "--who", "A").code == 0
    assert "7.2" in run("form", "release", "XA-11", "--who", "B").err
    run("evidence", "add", "XA-11", "a.pdf", "--indicator", "7.2")
    released = run("form", "release", "XA-11", "--who", "B")
    assert released.code == 0, released.err
