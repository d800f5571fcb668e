"""Names are safe on every system, whatever somebody calls a file; links are links."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dti_core.evidence import EvidenceRefused, Given, examine, safe_name
from dti_core.evidence.naming import suffix_of

NASTY = st.text(
    st.one_of(
        st.sampled_from('./\\:*?"<>|\0\n\r\t\u202e\u2066\u200b\ufeff\u0301\u0323\u0338đĐệỮ ~-'),
        st.characters(),
    ),
    max_size=300,
)
DEVICES = ["con", "NUL.txt", "com1.pdf", "LPT9", "aux.tar.gz", "COM¹.pdf", "conin$", "prn .pdf"]


@settings(deadline=None)
@given(NASTY)
@example("<\u0338.pdf")
@example("\u202e.\u202e")
@example("a" * 119 + ".pdf")
@example("ệ" * 200 + ".pdf")
def test_a_name_is_one_safe_name_of_every_system(given_name):
    name = safe_name(given_name)
    assert 1 <= len(name) <= 120
    assert len(name.encode()) <= 255
    assert name == unicodedata.normalize("NFC", name)
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f\x7f]', name)
    assert not {unicodedata.category(each) for each in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert name == name.strip(". "), "neither hidden nor cut by Windows"
    assert PurePosixPath(name).parts == PureWindowsPath(name).parts == (name,)
    assert not is_device(name)
    assert safe_name(name) == name, "what is safe stays"


def is_device(name: str) -> bool:
    stem = name.partition(".")[0].strip().casefold()
    return bool(re.fullmatch(r"con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]", stem))


@settings(deadline=None)
@given(NASTY, st.sampled_from([".pdf", ".docx", ".XLSX"]))
def test_the_suffix_is_kept_however_long_the_name(stem, suffix):
    assert safe_name(stem + suffix).endswith(suffix)


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_of_windows_is_made_a_name(name):
    assert safe_name(name).startswith("_")
    assert not is_device(safe_name(name))


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("Quyết định 12.pdf", "Quyết định 12.pdf"),
        (unicodedata.normalize("NFD", "Quyết định.pdf"), "Quyết định.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("..pdf", "tai-lieu.pdf"),
        (".pdf", "tai-lieu.pdf"),
        ("  a \n b .pdf ", "a b.pdf"),
        ("a: b?.pdf", "a_ b_.pdf"),
        ("", "tai-lieu"),
    ],
)
def test_a_name_is_made_safe(given_name, name):
    assert safe_name(given_name) == name


@settings(deadline=None)
@given(NASTY)
def test_what_is_looked_at_is_the_suffix_of_the_name_that_is_kept(given_name):
    name = safe_name(given_name)
    assert suffix_of(name) in {"", f".{name.rpartition('.')[2].lower()}"}


@pytest.mark.parametrize(
    "link",
    [
        "https://example.vn/a?b=c#d",
        "HTTP://example.vn:8080",
        "https://đơn-vị.example.vn/Quyết-định.pdf",
        "http://[::1]/x",
    ],
)
def test_a_link_is_accepted(link):
    shown = examine(Given(f" {link}\n", "Cổng thông tin"))
    assert (shown.link, shown.name, shown.sha256) == (link, "Cổng thông tin", None)


def test_a_link_without_a_name_is_called_by_its_server():
    assert examine(Given("https://example.vn/a/b")).name == "example.vn"
    assert examine(Given("https://example.vn/a/b", "\u202e ")).name == "example.vn"


def test_a_link_is_kept_in_nfc():
    link = unicodedata.normalize("NFD", "https://example.vn/Quyết")
    assert examine(Given(link)).link == "https://example.vn/Quyết"


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("javascript:alert(1)", "link"),
        ("data:text/html,x", "link"),
        ("file:///etc/passwd", "link"),
        ("ftp://example.vn/x", "link"),
        ("//example.vn/x", "link"),
        ("example.vn/x", "link"),
        ("https://", "link"),
        ("https://:80/", "link"),
        ("https://example.vn:port/", "link"),
        ("https://example.vn:99999/", "link"),
        ("https://[::1/", "link"),
        ("", "link"),
        ("https://a:b@example.vn/", "link-password"),
        ("https://a@example.vn/", "link-password"),
        ("https://example.vn/a b", "link-letters"),
        ("https://example.vn\\@x.vn/", "link-letters"),
        ("https://example.vn/\u202ex", "link-letters"),
        ("java\nscript:alert(1)", "link-letters"),
        ("https://example.vn/\0", "link-letters"),
        ("https://example.vn/" + "a" * 2000, "link-long"),
    ],
)
def test_what_is_no_link_to_a_page_is_refused(link, key):
    with pytest.raises(EvidenceRefused) as told:
        examine(Given(link))
    assert told.value.problems[0].key == f"evidence.{key}"


@settings(deadline=None)
@given(NASTY)
def test_no_text_makes_the_look_at_links_fail_otherwise(text):
    try:
        link = examine(Given(f"https://{text}")).link
    except EvidenceRefused:
        return
    assert link.startswith("https://")
    assert link.isprintable()
