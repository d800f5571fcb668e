"""The language of this run: ``--lang``, else ``DTI_LANG``, else Vietnamese."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence

from dti_core import messages

OPTION = "--lang"


def choose_language(arguments: Sequence[str]) -> None:
    """Put a language in force before any help text is built; a wrong one is refused later."""
    language = _asked(arguments) or os.environ.get("DTI_LANG", "")
    if language in messages.LANGUAGES:
        messages.use_language(language)
    # The command-line library asks gettext's default domain for its own few words.
    gettext.bindtextdomain(messages.DOMAIN, messages.LOCALE_DIR)
    gettext.textdomain(messages.DOMAIN)
    os.environ["LANGUAGE"] = messages.current_language()


def _asked(arguments: Sequence[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument == OPTION:
            return arguments[place + 1] if place + 1 < len(arguments) else ""
        if argument.startswith(f"{OPTION}="):
            return argument.partition("=")[2]
    return ""
