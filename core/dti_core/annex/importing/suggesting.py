"""What the words of an indicator suggest about its rule; nobody but a person decides it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dti_core.annex.importing.wordings import wordings
from dti_core.messages import catalogue

NOTES = "vi"
"""The data of a plugin are Vietnamese, whatever language messages are in."""


def in_vietnamese(key: str, **values: object) -> str:
    """Return a message for the data of a plugin."""
    return catalogue(NOTES).gettext(key).format(**values)


def to_fill_in(missing: list[str], words: str | None) -> str:
    """Write what a person has to fill in; "" where nothing is.

    :param missing: what is wanting beside the rule.
    :param words: the texts of an indicator without a rule; None where it has one.
    """
    wanted = list(missing)
    if words is not None:
        found = "; ".join(dict.fromkeys(suggestions(words)))
        key = "annex.import-note-suggested" if found else "annex.import-note-rule"
        wanted.append(in_vietnamese(key, **({"found": found} if found else {})))
    return in_vietnamese("annex.import-note", what="; ".join(wanted)) if wanted else ""


def suggestions(words: str) -> Iterator[str]:
    """Yield kinds with parameters and the words that suggest them."""
    kinds = set()
    for each in wordings()["suggestions"]:
        found = re.search(each["pattern"], words.lower())
        if found is None or each["kind"] in kinds:
            continue
        kinds.add(each["kind"])
        parameters = each.get("parameters", "").format("", *found.groups())
        named = ", ".join(filter(None, (each["kind"], parameters)))
        quoted = " ".join(found[0].split()).strip("-+•.; ")
        yield f"{named} (“{quoted}”)"
