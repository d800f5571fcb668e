"""Evidence of units: several for an indicator, versions that name each other, nothing removed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from specimens import FILES, given, hash_of
from sqlmodel import select

from dti_core.evidence import (
    EvidenceRefused,
    Given,
    Place,
    Vault,
    add,
    listed,
    replace,
    shared,
    take,
    verify,
    withdraw,
)
from dti_core.store import Stale
from dti_core.store.blobs import keep
from dti_core.store.tables import AuditLine, Blob, Cycle, Evidence, Unit
from dti_core.store.trail import verify as verify_trail

NOW = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
HERE, THERE = Place(1, 1), Place(1, 2)


@pytest.fixture
def filled(store):
    with store.write("an", NOW) as write:
        names = [f"Đơn vị minh hoạ {number:02d}" for number in (1, 2, 3)]
        write.add(
            [Unit(code=f"DV-{n:02d}", name=name, level="xa") for n, name in enumerate(names, 1)],
            "test",
        )
        opened = {"plugin": "minh-hoa", "level": "xa", "state": "opened"}
        years = [Cycle(year=year, opened_on=date(2025, 1, 1), **opened) for year in (2024, 2025)]
        write.add(years, "test")
    return store


def added(store, vault, place, indicators, *what: Given, who: str = "an") -> list[Evidence]:
    shown = take(vault, what)
    with store.write(who, NOW) as write:
        return add(write, place, indicators, shown)


def rows(store, *choice, **options):
    with store.read() as session:
        return listed(session, 1, *choice, **options)


def lines(store, what: str) -> list[AuditLine]:
    with store.read() as session:
        chosen = select(AuditLine).where(AuditLine.what == what).order_by(AuditLine.id)
        return list(session.exec(chosen))


def is_whole(store, vault: Vault) -> bool:
    with store.read() as session:
        return not verify_trail(session).problems and not verify(session, vault).problems


def test_one_file_serves_several_indicators(filled, any_vault):
    brought = given("Báo cáo.pdf"), Given("https://example.vn/x", "Cổng")
    made = added(filled, any_vault, HERE, ["I.1", "I.2", "I.1"], *brought)
    assert [(each.indicator, each.name) for each in made] == [
        ("I.1", "Báo cáo.pdf"), ("I.2", "Báo cáo.pdf"), ("I.1", "Cổng"), ("I.2", "Cổng"),
    ]  # fmt: skip
    with filled.read() as session:
        (blob,) = session.exec(select(Blob))
    sha256, size = hash_of(FILES[".pdf"]), len(FILES[".pdf"])
    assert (blob.sha256, blob.size, blob.content) == (sha256, size, None)
    assert any_vault.names() == [blob.path]
    assert [(each.unit, each.size) for each in rows(filled)] == [
        ("DV-01", size), ("DV-01", None), ("DV-01", size), ("DV-01", None),
    ]  # fmt: skip
    assert is_whole(filled, any_vault)


def test_every_row_has_its_line_in_the_trail(filled, vault):
    (row,) = added(filled, vault, HERE, ["I.1"], given("a.pdf"), who="binh")
    blob, line = lines(filled, "evidence.add")
    assert (blob.table, line.table, line.key) == ("blob", "evidence", str(row.id))
    assert (line.who, line.at, line.cycle, line.unit, line.indicator) == ("binh", NOW, 1, 1, "I.1")
    assert (line.new["sha256"], line.new["added_by"]) == (row.sha256, "binh")


def test_what_shows_it_already_is_left_out(filled, vault):
    brought = given("a.pdf"), Given("https://example.vn/x")
    added(filled, vault, HERE, ["I.1"], *brought)
    again = added(filled, vault, HERE, ["I.1", "I.2"], given("b.pdf"), *brought)
    found = [(each.indicator, each.name) for each in again]
    assert found == [("I.2", "b.pdf"), ("I.2", "example.vn")], "of two alike the first counts"
    assert added(filled, vault, THERE, ["I.1"], *brought), "another unit is another matter"


def test_evidence_is_listed_by_unit_and_indicator(filled, vault):
    added(filled, vault, THERE, ["I.1"], given("a.pdf"))
    added(filled, vault, HERE, ["I.2", "I.1"], given("b.png"))
    added(filled, vault, Place(2, 1), ["I.1"], given("c.gif"))
    found = [(each.unit, each.row.indicator, each.row.name) for each in rows(filled)]
    assert found == [
        ("DV-01", "I.1", "b.png"), ("DV-01", "I.2", "b.png"), ("DV-02", "I.1", "a.pdf"),
    ]  # fmt: skip
    assert [each.row.name for each in rows(filled, 2)] == ["a.pdf"]
    assert [each.row.name for each in rows(filled, None, "I.2")] == ["b.png"]
    assert [each.row.name for each in rows(filled, 1, "I.1")] == ["b.png"]


def test_a_newer_version_names_what_it_replaces(filled, vault):
    first = added(filled, vault, HERE, ["I.1", "I.2"], given("a.pdf"))
    (shown,) = take(vault, [given("b.png")])
    with filled.write("an", LATER) as write:
        second = replace(write, [each.id for each in first], shown, "bản có chữ ký")
    assert [each.replaces for each in second] == [each.id for each in first]
    assert [each.indicator for each in second] == ["I.1", "I.2"]
    assert [each.row.name for each in rows(filled)] == ["b.png", "b.png"]
    every = rows(filled, 1, "I.1", every=True)
    assert [(each.row.name, each.replaced_by) for each in every] == [
        ("a.pdf", second[0].id), ("b.png", None),
    ]  # fmt: skip
    assert {each.why for each in lines(filled, "evidence.replace")} == {"bản có chữ ký"}
    assert len(vault.names()) == 2
    assert is_whole(filled, vault)
    assert len(added(filled, vault, HERE, ["I.1"], given("a.pdf"))) == 1, "and may come back"


def test_what_has_a_newer_one_or_is_gone_is_not_replaced(filled, vault):
    """All of it is told, and nothing is saved."""
    old, gone, fine = added(filled, vault, HERE, ["I.1", "I.2", "I.3"], given("a.pdf"))
    (shown,) = take(vault, [given("b.png")])
    with filled.write("an", LATER) as write:
        (new,) = replace(write, [old.id], shown)
        withdraw(write, gone, "nhầm")
    numbers = [fine.id, old.id, gone.id, 99]
    with pytest.raises(EvidenceRefused) as told, filled.write("an", LATER) as write:
        replace(write, numbers, shown)
    found = [(each.key.removeprefix("evidence."), each.values) for each in told.value.problems]
    assert found == [
        ("is-replaced", {"id": old.id, "by": new.id}),
        ("is-withdrawn", {"id": gone.id}),
        ("unknown", {"id": 99}),
    ]
    assert len(rows(filled, every=True)) == 4


def test_the_very_same_replaces_nothing(filled, vault):
    (old,) = added(filled, vault, HERE, ["I.1"], given("a.pdf"))
    (shown,) = take(vault, [given("b.pdf")])
    with filled.write("an", LATER) as write:
        assert replace(write, [old.id], shown) == []


def test_what_is_withdrawn_stays_with_its_flag(filled, vault):
    (row,) = added(filled, vault, HERE, ["I.1"], given("a.pdf"))
    with filled.write("binh", LATER) as write:
        assert withdraw(write, row, "gửi nhầm tệp")
    assert rows(filled) == []
    (left,) = rows(filled, every=True)
    assert left.row.withdrawn
    assert not left.is_in_force
    (line,) = lines(filled, "evidence.withdraw")
    assert (line.who, line.why, line.new["withdrawn"]) == ("binh", "gửi nhầm tệp", True)
    assert len(vault.names()) == 1, "its file stays too"
    assert len(added(filled, vault, HERE, ["I.1"], given("a.pdf"))) == 1, "and may come back"
    assert is_whole(filled, vault)


def test_withdrawing_needs_a_reason_and_a_fresh_eye(filled, vault):
    (row,) = added(filled, vault, HERE, ["I.1"], given("a.pdf"))
    with filled.read() as session:
        mine = session.get(Evidence, row.id)
    with pytest.raises(EvidenceRefused), filled.write("an", NOW) as write:
        withdraw(write, row, " ")
    with filled.write("binh", LATER) as write:
        withdraw(write, row, "nhầm")
    with pytest.raises(Stale), filled.write("an", LATER) as write:
        withdraw(write, mine, "nhầm")


def test_the_same_file_under_two_units_is_flagged(filled, vault):
    added(filled, vault, HERE, ["I.1", "I.2"], given("a.pdf"), given("own.png"))
    (row,) = added(filled, vault, THERE, ["I.3"], given("copy.pdf"), given("own.gif"))[:1]
    added(filled, vault, Place(2, 3), ["I.1"], given("own.png"))
    with filled.read() as session:
        (found,) = shared(session, 1)
        assert shared(session, 2) == [], "another cycle is another year"
    assert found.sha256 == hash_of(FILES[".pdf"])
    assert found.names == ("a.pdf", "copy.pdf")
    assert found.places == (("DV-01", "I.1"), ("DV-01", "I.2"), ("DV-02", "I.3"))
    with filled.write("an", LATER) as write:
        withdraw(write, row, "tệp của đơn vị khác")
    with filled.read() as session:
        assert shared(session, 1) == []


def test_nothing_of_a_failed_change_is_named(filled, vault):
    """Its file may lie in the vault, where it does no harm."""
    shown = take(vault, [given("a.pdf")])
    with pytest.raises(RuntimeError), filled.write("an", NOW) as write:  # noqa: PT012
        add(write, HERE, ["I.1"], shown)
        raise RuntimeError
    assert rows(filled, every=True) == []
    with filled.read() as session:
        found = verify(session, vault)
    assert (found.files, found.problems) == (0, [])
    assert [each.key for each in found.notes] == ["evidence.stray"]


@pytest.mark.parametrize("first", ["database", "vault"])
def test_an_original_of_the_database_may_be_evidence_too(first, filled, vault):
    """Whichever comes first, each of them finds its bytes."""
    content = FILES[".xlsx"]
    if first == "vault":
        added(filled, vault, HERE, ["I.1"], given("form.xlsx"), given("b.png"))
    with filled.write("an", NOW) as write:
        sha256 = keep(write, content, "test")
    added(filled, vault, HERE, ["I.1"], given("form.xlsx"), given("b.png"))
    with filled.read() as session:
        assert session.get(Blob, sha256).content == content
        assert session.get(Blob, hash_of(FILES[".png"])).content is None, "it is no original"
        assert verify(session, vault).files == 2
    assert vault.hash(sha256) == sha256
    assert is_whole(filled, vault)


def test_a_mended_file_is_told_in_the_trail(filled, vault, folder):
    (row,) = added(filled, vault, HERE, ["I.1"], given("a.pdf"))
    (folder / Vault.path(row.sha256)).write_bytes(b"x")
    added(filled, vault, THERE, ["I.1"], given("a.pdf"))
    (line,) = lines(filled, "evidence.mended")
    assert line.new == {"sha256": row.sha256}
    assert is_whole(filled, vault)
