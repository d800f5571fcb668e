"""The Markdown of the repository: its pages, and the fenced blocks, links and headings in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONTINUED = [
    DOCS / "how-to" / f"{name}.md"
    for name in (
        "read-a-report",  # first: it starts with what is installed
        "add-a-rule-kind",
        "another-tier-system",
        "another-ranking",
        "calendar-across-the-year",
        "write-a-collector",
        "declare-a-deviation",
    )
]
"""Pages that go on where the tutorial of a new decision ends."""

YEAR = DOCS / "tutorial" / "a-year.md"
OF_A_CYCLE = [
    DOCS / "how-to" / f"{name}.md"
    for name in (
        "grant-an-exception",
        "exclude-an-indicator",
        "several-appraisers",
        "report-progress",
        "import-a-foreign-form",
        "move-to-postgresql",
    )
]
"""Pages that go on where the tutorial of a whole year ends."""

FENCE = re.compile(r"^```(\w*) *([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what else its first line says (``key=value``), its text."""

    page: Path
    line: int
    language: str
    says: dict[str, str]
    text: str


def pages() -> list[Path]:
    """Return every page that people read: at the root, in docs/ and beside each distribution."""
    folders = (ROOT, ROOT / "core", *sorted(ROOT.glob("plugins/dti_*")))
    beside = [page for folder in folders for page in sorted(folder.glob("*.md"))]
    return [*beside, *sorted(DOCS.rglob("*.md"))]


def name(page: Path) -> str:
    """Name a page as a reader does."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, found.start()) + 1,
            found[1],
            dict(each.partition("=")[::2] for each in found[2].split()),
            found[3],
        )
        for found in FENCE.finditer(text)
    ]


def links(page: Path) -> list[str]:
    """Return the targets of links and images outside fenced blocks and code."""
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))
    return LINK.findall(text)


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings, as code hosts make them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}
