"""A vault keeps each file once, under its hash, whole, and inside."""

from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from specimens import FILES, given, hash_of

from dti_core.errors import UsageError
from dti_core.evidence import Vault, VaultFailed, examine, take
from dti_core.evidence.vault import INCOMING

CONTENT = FILES[".pdf"]
SHA256 = hash_of(CONTENT)
PLACE = f"{SHA256[:2]}/{SHA256}"


def keep(vault: Vault, content: bytes = CONTENT) -> bool:
    return vault.keep(io.BytesIO(content), hash_of(content))


def refusal(action, *given_values) -> str:
    with pytest.raises(VaultFailed) as told:
        action(*given_values)
    (problem,) = told.value.problems
    assert str(told.value)
    return problem.key.removeprefix("evidence.")


def test_what_is_kept_can_be_read_and_lies_under_its_hash(any_vault):
    assert any_vault.size(SHA256) is None
    assert not keep(any_vault)
    assert any_vault.size(SHA256) == len(CONTENT)
    assert any_vault.hash(SHA256) == SHA256
    with any_vault.open(SHA256) as file:
        assert file.read() == CONTENT
    assert any_vault.names() == [PLACE]


def test_the_same_file_is_kept_once(any_vault):
    shown = take(any_vault, [given("a.pdf"), given("b.pdf"), given("a.pdf")])
    assert {each.sha256 for each in shown} == {SHA256}
    assert [each.name for each in shown] == ["a.pdf", "b.pdf", "a.pdf"]
    assert any_vault.names() == [PLACE]


def test_a_file_that_is_there_is_not_written_again(vault, folder):
    keep(vault)
    before = (folder / PLACE).stat()
    keep(vault)
    assert (folder / PLACE).stat() == before or os.name == "nt"


@pytest.mark.parametrize("damage", [b"", b"x", CONTENT[::-1]], ids=["empty", "short", "altered"])
def test_a_damaged_one_is_noticed_and_mended(vault, folder, damage):
    keep(vault)
    (folder / PLACE).write_bytes(damage)
    (shown,) = take(vault, [given("a.pdf")])
    assert shown.was_damaged
    assert (folder / PLACE).read_bytes() == CONTENT
    assert vault.names() == [PLACE]


def test_what_is_not_of_its_hash_is_not_kept(any_vault):
    assert refusal(any_vault.keep, io.BytesIO(b"other"), SHA256) == "changes"
    assert any_vault.names() == []


def test_many_who_keep_the_same_at_once_keep_it_once(folder):
    content = os.urandom(2**20)
    with ThreadPoolExecutor(8) as threads:
        kept = threads.map(lambda _: keep(Vault(str(folder)), content), range(24))
        assert not any(kept), "nobody sees the half of another"
    assert Vault(str(folder)).names() == [Vault.path(hash_of(content))]


@pytest.mark.parametrize(
    "name",
    ["", "../../etc/passwd", "/etc/passwd", SHA256.upper(), SHA256[:-1], f"{SHA256}\n",
     f"{SHA256[:-3]}/..", "g" * 64],
)  # fmt: skip
def test_a_place_is_made_of_a_hash_and_nothing_else(name, vault):
    for action in (Vault.path, vault.size, vault.open, vault.hash):
        with pytest.raises(ValueError):
            action(name)
    with pytest.raises(ValueError):
        vault.keep(io.BytesIO(b""), name)


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / SHA256).write_bytes(CONTENT)
    return folder


def test_a_link_for_a_file_is_not_followed(vault, folder, outside):
    (folder / PLACE).parent.mkdir(parents=True)
    (folder / PLACE).symlink_to(outside / SHA256)
    assert refusal(vault.open, SHA256) == "leads-out"
    assert refusal(vault.size, SHA256) == "leads-out"
    assert refusal(keep, vault) == "leads-out"
    assert vault.names() == [PLACE], "and is seen"


def test_a_link_for_a_folder_is_not_followed(vault, folder, outside):
    folder.mkdir()
    (folder / PLACE[:2]).symlink_to(outside)
    assert refusal(vault.open, SHA256) == "leads-out"
    assert refusal(keep, vault) == "leads-out"
    (folder / PLACE[:2]).unlink()
    (folder / INCOMING).symlink_to(outside)
    assert refusal(keep, vault) == "leads-out"
    assert [each.name for each in outside.iterdir()] == [SHA256], "nothing was written there"


def test_links_in_a_circle_end(vault, folder):
    keep(vault)
    (folder / "loop").symlink_to(folder)
    (folder / "aa").mkdir(exist_ok=True)
    (folder / "aa" / "self").symlink_to("self")
    assert PLACE in vault.names()
    assert len(vault.names()) <= 3


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    """The administrator chose it; what is inside was chosen by nobody."""
    (tmp_path / "disk").mkdir()
    folder.symlink_to(tmp_path / "disk")
    vault = Vault(str(folder))
    keep(vault)
    assert vault.hash(SHA256) == SHA256
    assert (tmp_path / "disk" / PLACE).exists()


def test_a_folder_of_here_stays_the_same_elsewhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    vault = Vault("evidence")
    monkeypatch.chdir("/")
    keep(vault)
    assert (tmp_path / "evidence" / PLACE).exists()


def test_a_vault_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert refusal(keep, Vault(str(tmp_path / "file"))) == "vault"
    with pytest.raises(VaultFailed, match=r"a\.pdf: "):
        take(Vault(str(tmp_path / "file")), [given("a.pdf")])


def test_a_full_disk_leaves_no_half_file(vault, folder, tmp_path):
    """A limit of the system on the size of files stands for the disk."""
    content = os.urandom(3 * 2**20)
    child = os.fork()
    if child == 0:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
        try:
            keep(vault, content)
        except VaultFailed:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert vault.names() == []


def test_what_is_not_there_cannot_be_opened(any_vault):
    assert refusal(any_vault.open, SHA256) == "vault"


@pytest.mark.parametrize(
    ("url", "key"),
    [("nowhere://x/y", "no-address"), ("/", "no-address"), ("memory://", "no-address"),
     ("gdrive://x/y", "no-driver")],
)  # fmt: skip
def test_a_wrong_address_is_told(url, key):
    with pytest.raises(UsageError) as told:
        Vault(url)
    assert told.value.problems[0].key == f"evidence.{key}"


def test_nothing_is_made_before_it_is_needed(vault, folder):
    assert vault.names() == []
    assert vault.size(SHA256) is None
    assert examine(given("a.pdf")).sha256 == SHA256
    assert not Path(folder).exists()
