"""Every page: links resolve, text is NFC, each fenced block is one that a test knows."""

from __future__ import annotations

import doctest
import unicodedata
from urllib.parse import unquote

import pytest
from documents import CONTINUED, DOCS, OF_A_CYCLE, ROOT, YEAR, anchors, blocks, links, name, pages

PAGES = pages()
SNIPPETS = [page for page in PAGES if any(block.language == "pycon" for block in blocks(page))]
RUN = [
    DOCS / "tutorial" / "first-ranking.md",
    DOCS / "tutorial" / "new-decision.md",
    YEAR,
    *OF_A_CYCLE,
    DOCS / "how-to" / "write-a-plugin.md",
    DOCS / "how-to" / "bring-an-annex.md",
    DOCS / "how-to" / "import-an-annex.md",
    *CONTINUED,
]
OUTSIDE = ("http://", "https://", "mailto:")


def test_the_pages_are_found():
    assert {ROOT / "README.md", DOCS / "index.md", ROOT / "core" / "README.md"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_resolve(page):
    broken = []
    for link in links(page):
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if link.startswith(OUTSIDE):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_text_is_nfc(page):
    text = page.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)


def test_every_page_of_the_documentation_can_be_reached_from_the_map():
    seen, waiting = set(), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md" and page.exists():
            seen.add(page)
            paths = (link.partition("#")[0] for link in links(page) if not link.startswith(OUTSIDE))
            waiting += [(page.parent / path).resolve() for path in paths if path]
    assert set(DOCS.rglob("*.md")) <= seen


@pytest.mark.parametrize("page", SNIPPETS, ids=name)
def test_snippets_give_what_they_show(page):
    """Each ``pycon`` block is a doctest; later blocks of a page know the names of earlier ones."""
    names = {}
    runner = doctest.DocTestRunner(verbose=False)
    told = []
    for block in (each for each in blocks(page) if each.language == "pycon"):
        test = doctest.DocTestParser().get_doctest(
            block.text, names, name(page), str(page), block.line
        )
        runner.run(test, out=told.append, clear_globs=False)
        names = test.globs
    assert runner.summarize(verbose=False).attempted
    assert not told, "".join(told)


def test_some_snippets_are_run():
    assert SNIPPETS


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_fenced_block_is_run_or_is_plain_text(page):
    """No command or program stands on a page without a test that runs it."""
    ran = {"text", "pycon"}
    if page in RUN:
        ran |= {"console"}
    if page == ROOT / "README.md":
        ran |= {"sh"}
    unknown = [
        f"{name(page)}:{block.line}"
        for block in blocks(page)
        if block.language not in ran and not block.says.keys() & {"file", "types"}
    ]
    written = [block for block in blocks(page) if block.says.keys() & {"file", "types"}]
    assert not unknown
    assert page in RUN or not written
