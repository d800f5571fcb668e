"""Texts for people, looked up by key in the gettext catalogues of ``locale/``.

Code names a message by its key and gives the values to fill in; the Vietnamese and the English
wording live in ``locale/{vi,en}/LC_MESSAGES/dti.po``. The language is chosen once, at the edge.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

DOMAIN: Final = "dti"
LOCALE_DIR: Final = Path(__file__).parent / "locale"
LANGUAGES: Final = ("vi", "en")
DEFAULT_LANGUAGE: Final = "vi"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def use_language(language: str) -> None:
    """Choose the language of every later :func:`text` in this context (``vi`` or ``en``)."""
    _language.set(language)


def current_language() -> str:
    """Return the language in use."""
    return _language.get()


def text(key: str, /, **values: object) -> str:
    """Return the message of a key in the language in use, with its values filled in."""
    return catalogue(_language.get()).gettext(key).format_map(_Values(values))


class _Values(dict[str, object]):
    """A value that a plugin forgot stays visible as its name; a message is never lost for it."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def visible(line: str) -> str:
    """Replace control characters, which may stand in a file but never reach a terminal."""
    if line.isprintable():
        return line
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)


def known(key: str, other: str) -> str:
    """Return the message of a key that need not be in the catalogue, else the other text."""
    message = catalogue(_language.get()).gettext(key)
    return other if message == key else message


def decimal_text(number: str) -> str:
    """Write exact decimal text as the language in use writes it (decimal comma in Vietnamese)."""
    return number.replace(".", ",") if _language.get() == "vi" else number


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Load the catalogue of one language, once."""
    return gettext.translation(DOMAIN, LOCALE_DIR, [language])
