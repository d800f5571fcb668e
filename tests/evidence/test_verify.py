"""Whatever happens to a file in the vault, hashing it anew finds it and says whose it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from specimens import FILES, given, hash_of

from dti_core.evidence import Place, Vault, VaultFailed, add, take, verify, withdraw
from dti_core.messages import use_language
from dti_core.store.tables import Cycle, Evidence, Unit

NOW = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)
NAMES = ("a.pdf", "b.png", "c.gif", "d.txt")


@pytest.fixture
def filled(store, vault):
    """A store with four files; the second is shown by another unit too."""
    shown = take(vault, list(map(given, NAMES)))
    with store.write("an", NOW) as write:
        write.add([Unit(code=f"DV-0{n}", name=f"Đơn vị {n}", level="xa") for n in (1, 2)], "test")
        write.add(
            [Cycle(plugin="x", level="xa", year=2024, state="opened", opened_on=date(2025, 1, 1))],
            "test",
        )
        add(write, Place(1, 1), ["I.1"], shown)
        add(write, Place(1, 2), ["I.2"], shown[1:2])
    return store


def place_of(name: str) -> str:
    return Vault.path(hash_of(FILES[f".{name[-3:]}"]))


def found_in(store, vault, progress=None):
    with store.read() as session:
        return verify(session, vault, progress)


def remove(path, tmp_path):
    path.unlink()


def alter(path, tmp_path):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def cut(path, tmp_path):
    path.write_bytes(path.read_bytes()[:-1])


def lead_out(path, tmp_path):
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")


TAMPERING = {
    "missing": remove,
    "altered": alter,
    "other-size": cut,
    "leads-out": lead_out,
}


def test_what_is_as_it_was_has_no_fault(filled, vault):
    told = []
    found = found_in(filled, vault, lambda *each: told.append(each))
    assert (found.files, found.problems, found.notes) == (4, [], [])
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("key", TAMPERING)
def test_tampering_with_a_file_is_found(key, filled, vault, folder, tmp_path):
    TAMPERING[key](folder / place_of("b.png"), tmp_path)
    (problem,) = found_in(filled, vault).problems
    assert (problem.key, problem.file) == (f"evidence.{key}", place_of("b.png"))
    use_language("en")
    shown = str(problem)
    use_language("vi")
    assert place_of("b.png") in shown
    if key != "leads-out":
        assert "DV-01 I.1 “b.png”; DV-02 I.2 “b.png”" in shown


def test_a_folder_in_the_place_of_a_file_is_found(filled, vault, folder):
    path = folder / place_of("a.pdf")
    path.unlink()
    path.mkdir()
    assert len(found_in(filled, vault).problems) == 1


def test_everything_is_told_at_once(filled, vault, folder, tmp_path):
    for name, tamper in zip(NAMES, TAMPERING.values(), strict=True):
        tamper(folder / place_of(name), tmp_path)
    found = found_in(filled, vault)
    assert {each.key.removeprefix("evidence.") for each in found.problems} == {*TAMPERING}


def test_what_no_row_names_is_noted_and_no_fault(filled, vault, folder):
    for name in ("incoming/0123", "note.txt", "aa/" + "a" * 64):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    found = found_in(filled, vault)
    assert found.problems == []
    assert {(each.key.removeprefix("evidence."), each.file) for each in found.notes} == {
        ("leftover", "incoming/0123"), ("stray", "note.txt"), ("stray", "aa/" + "a" * 64),
    }  # fmt: skip


def test_what_is_withdrawn_is_hashed_too(filled, vault, folder):
    with filled.write("an", NOW) as write:
        withdraw(write, write.session.get(Evidence, 1), "nhầm")
    (folder / place_of("a.pdf")).unlink()
    assert [each.key for each in found_in(filled, vault).problems] == ["evidence.missing"]


@pytest.mark.parametrize("where", ["nowhere", "a.file/below", "empty"])
def test_another_folder_than_the_vault_is_told_as_that(where, filled, tmp_path):
    """A wrong address or a disk that is not there is no loss of every single file."""
    (tmp_path / "a.file").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    with pytest.raises(VaultFailed) as told:
        found_in(filled, Vault(str(tmp_path / where)))
    assert told.value.problems[0].key == "evidence.no-vault"
