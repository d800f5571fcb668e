"""Identity: entry point, distribution, module and decision are one and the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from dti_core.conformance.check import check
from dti_core.conformance.subject import Subject
from dti_core.errors import PluginUnavailable
from dti_core.hookspecs import API_VERSION


@check(
    "identity.loads",
    title="the plugin can be loaded",
    why="a plugin that cannot be loaded evaluates nothing",
    guards="hooks",
)
def loads(subject: Subject) -> Iterator[str]:
    try:
        subject.plugin  # noqa: B018 - loading is what is tried
    except PluginUnavailable as error:
        yield from map(str, error.problems)


@check(
    "identity.names",
    title="distribution dti-NAME, module dti_NAME and entry point NAME agree",
    why="who reads the name of a plugin in a report must find the package that made it",
    guards="hooks",
)
def names(subject: Subject) -> Iterator[str]:
    name, distribution = subject.name, re.sub(r"[-_.]+", "-", subject.listed.distribution).lower()
    module = subject.listed.entry_point.module.partition(".")[0]
    if distribution != f"dti-{name}":
        yield f"the distribution is {distribution}: call it dti-{name}, as its entry point"
    if module != f"dti_{name}":
        yield f"the entry point {name} names the module {module}: call it dti_{name}"


@check(
    "identity.issuer",
    title="the plugin is named after the issuer of its decisions, in lower-case ASCII",
    why="a plugin carries the decisions of one issuer, and is found by that name",
    guards="Decision",
)
def issuer(subject: Subject) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z0-9]*", subject.name):
        yield f"the name {subject.name} is not of lower-case ASCII letters and figures alone"
    for each in dict.fromkeys(framework.decision.issuer for framework in subject.frameworks):
        if not _made_of(subject.name, _plain(each).split()):
            yield f"the name {subject.name} is not made of words of the issuer, “{each}”"


@check(
    "identity.api_version",
    title="DTI_API_VERSION is a version of the hooks that this core has",
    why="a plugin written for other hooks is misunderstood",
    guards="hooks",
)
def api_version(subject: Subject) -> Iterator[str]:
    declared = getattr(subject.listed.entry_point.load(), "DTI_API_VERSION", None)
    if type(declared) is not int:
        yield f"DTI_API_VERSION is {declared!r}: write the integer {API_VERSION}"
    elif declared not in ACCEPTED:
        yield f"DTI_API_VERSION is {declared}, this core has {API_VERSION}"


ACCEPTED: Final = (API_VERSION, API_VERSION - 1)


@check(
    "identity.decision",
    title="every level of one decision names the same decision",
    why="a result names its decision; two accounts of one decision cannot both be right",
    guards="Decision",
)
def decision(subject: Subject) -> Iterator[str]:
    first = {each.decision.number: each for each in reversed(subject.frameworks)}
    for each in subject.frameworks:
        other = first[each.decision.number]
        if each.decision != other.decision:
            number = each.decision.number or "without a number"
            yield f"levels {other.level} and {each.level} differ about the decision {number}"


def _plain(text: str) -> str:
    """Write Vietnamese in lower-case ASCII letters."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(each for each in letters if not unicodedata.combining(each))


def _made_of(name: str, words: Sequence[str]) -> bool:
    """Tell whether a name is made of beginnings of words, in order; words may be left out."""
    if not name:
        return True
    if not words:
        return False
    first, others = words[0], words[1:]
    starts = (length for length in range(len(first) + 1) if name.startswith(first[:length]))
    return any(_made_of(name[length:], others) for length in starts)


CHECKS: Final = (loads, names, issuer, api_version, decision)
