"""What evidence is called: a name that every system can keep, a link that is no more than one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

LONGEST_NAME: Final = 120
MOST_BYTES: Final = 240
"""Of a name in UTF-8; file systems keep up to 255."""

LONGEST_SUFFIX: Final = 10
LONGEST_LINK: Final = 2_000
NAMELESS: Final = "tai-lieu"

UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
"""Categories of letters that are not seen, or turn the order of those that are."""

FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
DEVICES: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE
)
"""What Windows takes for a device, whatever follows behind a dot."""


def safe_name(given: str) -> str:
    """Make a name safe on every system; folders before it are left out, its suffix is kept.

    :return: NFC text of 1 to 120 letters, the same for what is safe already.
    """
    last = re.split(r"[/\\]", given)[-1]
    stem, dot, suffix = _seen(last).rpartition(".")
    if not dot or not suffix.strip() or len(suffix) > LONGEST_SUFFIX:
        stem, suffix = _seen(last), ""
    stem, suffix = stem.strip(". "), suffix.strip()
    name = _shortened(stem or NAMELESS, f".{suffix}" if suffix else "")
    return f"_{name}" if DEVICES.fullmatch(name.partition(".")[0].strip()) else name


def shown_name(given: str) -> str:
    """Make the name of a link safe: one line of at most 120 letters."""
    return _seen(given).strip()[:LONGEST_NAME].rstrip()


def suffix_of(name: str) -> str:
    """Return the end of a name that tells its kind, in small letters: ``.pdf``, or nothing."""
    _, dot, suffix = name.rpartition(".")
    return f"{dot}{suffix}".lower() if dot else ""


def _seen(text: str) -> str:
    """Leave what can be seen, with single blanks, in NFC."""
    kept = (
        each for each in _nfc(text) if unicodedata.category(each) not in UNSEEN or each in "\t\n"
    )
    return _nfc(FORBIDDEN.sub("_", " ".join("".join(kept).split())))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _shortened(stem: str, suffix: str) -> str:
    stem = stem[: LONGEST_NAME - 1 - len(suffix)]  # one letter is left for what marks a device
    room = MOST_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + suffix


def link_fault(link: str) -> str | None:
    """Return the key of what is wrong with a link; None where it is one to http or https."""
    if len(link) > LONGEST_LINK:
        return "evidence.link-long"
    if not link.isprintable() or " " in link or "\\" in link:
        return "evidence.link-letters"
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018 - refuses what is no number
    except ValueError:
        return "evidence.link"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "evidence.link"
    return "evidence.link-password" if "@" in parts.netloc else None
