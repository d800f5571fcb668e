"""Language: officials read Vietnamese words, in NFC, and never a code of the program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextvars import copy_context
from typing import Final

from dti_core.conformance.check import check
from dti_core.conformance.subject import Subject, each_level
from dti_core.conformance.wording import Wording, wordings
from dti_core.messages import LANGUAGES, use_language
from dti_core.models import Framework, Indicator
from dti_core.numbers import ONE, half_up
from dti_core.rules import Fact, FactType
from dti_core.rules.counts import days

SENTENCE: Final = 4
"""Words, from which on a Vietnamese text has a letter that ASCII has not."""

DATA: Final = {".toml", ".csv", ".yaml"}


@check(
    "language.vietnamese",
    title="what officials read is Vietnamese, with its marks",
    why="“thu tuc” may be a procedure or a secretary",
    guards="messages",
)
def vietnamese(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for each in wordings(subject, framework):
            if len(re.findall(r"[^\W\d_]+", each.text)) >= SENTENCE and each.text.isascii():
                yield f"{_told(each)} has no Vietnamese letter: write it with its marks"

    yield from each_level(subject.scorable, find)


@check(
    "language.nfc",
    title="every data file and every text is in Unicode NFC",
    why="two texts that look alike must be equal, or a fact finds no indicator",
    guards="messages",
)
def nfc(subject: Subject) -> Iterator[str]:
    for path in sorted(each for each in subject.folder.rglob("*") if each.suffix in DATA):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if not unicodedata.is_normalized("NFC", line):
                yield f"{path.relative_to(subject.folder)}, line {number}: save the file in NFC"
    yield from each_level(subject.scorable, lambda framework: _not_nfc(subject, framework))


def _not_nfc(subject: Subject, framework: Framework) -> Iterator[str]:
    for each in wordings(subject, framework):
        if not unicodedata.is_normalized("NFC", each.text):
            yield f"{_told(each)} is not in NFC"


@check(
    "language.characters",
    title="no text holds a character that cannot be seen",
    why="a hidden character survives copying and breaks every search",
    guards="messages",
)
def characters(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for each in wordings(subject, framework):
            hidden = {f"U+{ord(one):04X}" for one in each.text if _is_hidden(one)}
            if hidden:
                yield f"{_told(each)} holds {', '.join(sorted(hidden))}: delete it"

    yield from each_level(subject.scorable, find)


def _is_hidden(character: str) -> bool:
    replaced = character == "\N{REPLACEMENT CHARACTER}"
    return replaced or not (character.isprintable() or character == "\n")


@check(
    "language.names",
    title="whatever has a name is called by words, not by a code",
    why="a report is read by people who do not know the codes",
    guards="messages",
)
def names(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for each in wordings(subject, framework):
            code = each.where.rpartition("=")[2]
            if each.field in {"name", "text"} and _is_code(each.text, code):
                yield f"{_told(each)}: write a name for people"

    yield from each_level(subject.scorable, find)


def _is_code(name: str, code: str) -> bool:
    looks_so = re.fullmatch(r"[A-Z0-9_.\-]+|[a-z]+(?:[_.\-][a-z]+)+", name)
    return name == code or looks_so is not None


@check(
    "language.messages",
    title="every rule explains itself in words, without keys or places left open",
    why="an explanation that shows the program's inside explains nothing",
    guards="trace",
)
def messages(subject: Subject) -> Iterator[str]:
    def find(framework: Framework) -> Iterator[str]:
        for language in LANGUAGES:
            for leaf in _measured(framework):
                sentence = copy_context().run(_explained, language, leaf, framework)
                if _is_raw(sentence, leaf.rule.kind):
                    told = f"{leaf.code} ({leaf.rule.kind}, {language}) is explained as"
                    yield f"{told} “{sentence}”: give the kind an explain of its own"

    yield from each_level(subject.scorable, find)


def _measured(framework: Framework) -> Iterator[Indicator]:
    """Yield what a rule measures; awarded points are explained by core alone."""
    leaves = (leaf for _, leaf in framework.leaves)
    return (leaf for leaf in leaves if leaf.rule.accepts is not FactType.POINTS)


def _explained(language: str, leaf: Indicator, framework: Framework) -> str:
    """Let a rule explain half of its maximum, in one language."""
    use_language(language)
    year, decimals = framework.decision.first_year, framework.point_decimals
    denominator = 2 * ONE if leaf.rule.accepts is FactType.SHARE else None
    points = half_up(leaf.max_points, 2)
    fact = Fact(_value(leaf, year), denominator, leaf.max_points, points, decimals)
    return leaf.rule.explain(fact, year)


def _value(leaf: Indicator, year: int) -> int:
    import datetime as dt

    return days(dt.date(year, 1, 1)) if leaf.rule.accepts is FactType.DATE else ONE


def _is_raw(sentence: str, kind: str) -> bool:
    """Tell of a key of the catalogue, a place left open, or a kind named by its code."""
    is_key = " " not in sentence.strip()
    return is_key or re.search(r"\{\w*\}", sentence) is not None or _names(kind, sentence)


def _names(kind: str, sentence: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", sentence) is not None


def _told(each: Wording) -> str:
    return f"{each.where}: {each.field} “{each.text}”"


CHECKS: Final = (vietnamese, nfc, characters, names, messages)
