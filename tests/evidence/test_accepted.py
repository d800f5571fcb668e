"""A file is what its name says and nothing that runs, or it is refused with the reason."""

from __future__ import annotations

import os
import re
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from specimens import (
    ALIKE,
    DANGEROUS,
    FILES,
    archive,
    given,
    hash_of,
    locked,
    office,
    ole,
    with_macros,
    workbook,
)

from dti_core.evidence import ACCEPTED, LARGEST, EvidenceRefused, Given, VaultFailed, examine, take
from dti_core.evidence.taking import _kept
from dti_core.messages import use_language
from dti_core.sources import Source

ROOT = Path(__file__).parents[2]


def refusal(what: Given, **options: int) -> str:
    with pytest.raises(EvidenceRefused) as told:
        examine(what, **options)
    (problem,) = told.value.problems
    assert problem.file
    return problem.key.removeprefix("evidence.")


def test_there_is_a_specimen_of_every_kind():
    assert FILES.keys() == ACCEPTED.keys()


def test_the_page_for_people_names_every_kind():
    page = (ROOT / "docs" / "explanation" / "evidence.md").read_text("utf-8")
    table = page.partition("## How it is kept")[0].partition("A file has at most 50 MB")
    assert LARGEST == 50 * 2**20
    assert table[1]
    assert {f".{each}" for each in re.findall(r"`([a-z0-9]{3,4})`", table[0])} == {*ACCEPTED}


@pytest.mark.parametrize("suffix", ACCEPTED)
def test_a_file_of_an_accepted_kind_is_accepted(suffix):
    content = FILES[suffix]
    shown = examine(given(f"Báo cáo{suffix.upper()}", content))
    assert (shown.sha256, shown.size) == (hash_of(content), len(content))
    assert shown.name == f"Báo cáo{suffix.upper()}"
    assert shown.media_type == ACCEPTED[suffix].media_type


@pytest.mark.parametrize("real", ACCEPTED)
def test_a_file_under_the_name_of_another_kind_is_refused(real):
    alike = set().union(*(each for each in ALIKE if real in each), {real})
    for suffix in ACCEPTED.keys() - alike:
        key = refusal(given(f"x{suffix}", FILES[real]))
        assert key in {"other-content", "damaged"}, suffix


def test_text_is_no_message_before_it_has_a_header():
    assert refusal(given("x.eml", b"Kinh gui\n")) == "other-content"


@pytest.mark.parametrize("suffix", ACCEPTED)
@pytest.mark.parametrize("content", DANGEROUS.values(), ids=DANGEROUS)
def test_what_runs_is_refused_under_every_name(content, suffix):
    assert refusal(given(f"x{suffix}", content)) in {"executable", "other-content"}


@pytest.mark.parametrize("name", ["windows", "linux", "shell", "page", "shortcut"])
def test_what_runs_is_called_by_its_name(name):
    assert refusal(given("x.pdf", DANGEROUS[name])) == "executable"


@pytest.mark.parametrize(
    "name",
    ["x.exe", "x.html", "x.svg", "x.zip", "x.rar", "x.docm", "x.xlsm", "x.js", "x.pdf.exe", "x",
     "pdf", "x.pdf/", ".", "", "x.vbs\u202e.", "x.\u202efdp.scr"],
)  # fmt: skip
def test_other_kinds_are_refused_by_name(name):
    assert refusal(Given(Source(name or "-", data=FILES[".pdf"]))) == "suffix"


def test_a_refusal_lists_what_is_accepted():
    use_language("en")
    with pytest.raises(EvidenceRefused, match="pdf, docx, xlsx"):
        examine(given("x.zip", b"PK\3\4"))
    use_language("vi")


def test_a_locked_document_is_refused():
    assert refusal(given("x.xlsx", locked())) == "encrypted"
    assert refusal(given("x.xls", locked())) == "encrypted"
    flagged = bytearray(workbook())
    flagged[flagged.index(b"PK\1\2") + 8] |= 1
    assert refusal(given("x.xlsx", bytes(flagged))) == "encrypted"


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".docx", office("word/document.xml", **{"word/vbaProject.bin": b"x"})),
        (".odt", archive({"mimetype": ACCEPTED[".odt"].media_type, "Basic/script-lc.xml": "x"})),
        (".doc", with_macros(ole("WordDocument"))),
    ],
    ids=["office", "open-document", "old"],
)
def test_macros_are_refused(suffix, content):
    assert refusal(given(f"x{suffix}", content)) == "macros"


@pytest.mark.parametrize("size", [4, 100, 1000, 4000])
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".odt"])
def test_half_a_document_is_damaged(suffix, size):
    content = FILES[suffix]
    cut = content[: min(size, len(content) - 30)]
    assert refusal(given(f"x{suffix}", cut)) == "damaged"


def test_an_archive_of_endless_parts_is_not_unfolded():
    """It would fit into the limit of bytes, and take a hundred times as much memory."""
    parts = {f"{number:x}": b"" for number in range(20_000)}
    assert refusal(given("x.docx", office("word/document.xml", **parts))) == "damaged"


def test_a_document_that_unpacks_to_more_than_a_gibibyte_is_refused():
    bomb = bytearray(office("word/document.xml"))
    place = bomb.rindex(b"PK\1\2") + 24
    bomb[place : place + 4] = (2**30 + 1).to_bytes(4, "little")
    assert refusal(given("x.docx", bytes(bomb))) == "damaged"


@settings(deadline=None)  # the first one imports what looks
@examples(st.sampled_from(sorted(ACCEPTED)), st.data())
def test_no_content_makes_the_look_fail_otherwise(suffix, data):
    """Whatever a file holds it is accepted or refused, never a traceback."""
    content = bytearray(FILES[suffix])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        assert examine(given(f"x{suffix}", bytes(content))).size == len(content)
    except EvidenceRefused:
        return


@pytest.mark.parametrize(
    "content",
    [b"a\0b", b"\x1b[2J", "a\0b".encode("utf-16"), b"\xff\xfea", b"\xff\xfe\x00\xd8a\0", bytes(9)],
    ids=["null", "escape", "wide-null", "half-letter", "lone-surrogate", "nulls"],
)
def test_what_is_no_text_is_no_text_file(content):
    assert refusal(given("x.txt", content)) == "other-content"


def test_text_of_older_encodings_is_text():
    assert examine(given("x.txt", "Đơn vị".encode("cp1258", "ignore"))).media_type == "text/plain"


def test_an_empty_file_is_refused():
    assert refusal(given("x.pdf", b"")) == "empty"


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "x.pdf"
    with path.open("wb") as file:
        file.truncate(2**42)  # four tebibytes of nothing: reading them would take an hour
    with pytest.raises(EvidenceRefused) as told:
        examine(Given(Source("x.pdf", path)))
    (problem,) = told.value.problems
    assert problem.key == "evidence.too-large"
    assert problem.values == {"size": "4194304.0", "largest": "50"}, "its size was asked for"
    assert refusal(given("x.pdf", b"%PDF-" + bytes(100)), largest=104) == "too-large"
    assert examine(given("x.pdf", b"%PDF-" + bytes(100)), largest=105).size == 105


def test_a_file_is_never_in_memory_as_a_whole(tmp_path, vault):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", os.urandom(40 * 2**20))
    tracemalloc.start()
    try:
        (shown,) = take(vault, [Given(Source("x.docx", path))])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert vault.size(shown.sha256) == path.stat().st_size
    assert peak < 8 * 2**20, f"{peak / 2**20:.0f} MiB"


@pytest.mark.parametrize("which", ["pipe", "folder", "nothing"])
def test_what_is_no_file_is_refused_at_once(which, tmp_path):
    path = tmp_path / "x.pdf"
    if which == "pipe":
        os.mkfifo(path)
    elif which == "folder":
        path.mkdir()
    expected = "unreadable" if which == "nothing" else "no-file"
    assert refusal(Given(Source("x.pdf", path))) == expected


def test_everything_wrong_is_told_at_once_and_nothing_is_kept(vault):
    brought = [given("a.pdf"), given("b.exe", b"MZ"), given("c.png", b"x"), Given("file:///etc")]
    with pytest.raises(EvidenceRefused) as told:
        take(vault, brought)
    assert [each.key.removeprefix("evidence.") for each in told.value.problems] == [
        "suffix", "other-content", "link",
    ]  # fmt: skip
    assert [each.file for each in told.value.problems] == ["b.exe", "c.png", "file:///etc"]
    assert vault.names() == []


def test_a_file_that_changes_between_the_looks_is_not_kept(tmp_path, vault):
    path = tmp_path / "x.pdf"
    path.write_bytes(FILES[".pdf"])
    source = Source("x.pdf", path)
    shown = examine(Given(source))
    path.write_bytes(FILES[".pdf"][::-1])
    with pytest.raises(VaultFailed, match=r"x\.pdf: ") as told:
        _kept(vault, source, shown)
    assert told.value.problems[0].key == "evidence.changes"
    assert vault.names() == []


def test_a_title_is_given_the_suffix_of_the_file():
    content = FILES[".pdf"]
    assert examine(given("/x/q.PDF", content, "Quyết định số 12")).name == "Quyết định số 12.pdf"
    assert examine(given("/x/q.PDF", content, "Báo cáo v1.2")).name == "Báo cáo v1.2.pdf"
    assert examine(given("/x/q.PDF", content, "Báo cáo.pdf")).name == "Báo cáo.pdf"
    assert refusal(given("/x/q.exe", content, "Báo cáo")) == "suffix"


def test_the_name_that_is_given_tells_the_kind_too():
    assert refusal(given("q.pdf", FILES[".pdf"], "q.png")) == "other-content"
