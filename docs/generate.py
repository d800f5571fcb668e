"""Writes the generated parts of the documentation; with ``--check`` fails where one is stale.

Six pages of ``reference/``, and in other pages what stands between
``<!-- generated: SECTION PLUGIN -->`` (``all``: every plugin of the repository) and
``<!-- /generated -->``.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from comparison import side_by_side
from decision_tables import discrepancies, interpretations, levels, table

from dti_core import facts, hookspecs, linting, loader, messages, models, rules
from dti_core.cli.app import app
from dti_core.conformance import CONFORMANCE_VERSION
from dti_core.conformance.suite import CHECKS
from dti_core.sources import Source
from dti_core.valuing import Value

DOCS = Path(__file__).parent
NOTE = "<!-- Made by docs/generate.py: change the source and run it, not this page. -->"
SECTIONS = {each.__name__: each for each in (levels, interpretations, discrepancies, side_by_side)}
SECTION = re.compile(r"(<!-- generated: (\w+) (\S+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
FIELD = re.compile(r"^:(param|return|raises) ?([\w.]*): *")
ROLE = re.compile(r":\w+:`([^`]*)`|``([^`]*)``")
DETAIL = re.compile(r"Annotated\[(.*?), (?:BeforeValidator|Field)\(.*?\)\]")

WRITTEN = f"""\
Parameters stand in the column `parameters`, as `key=value; key=value`. A `Ratio` is written `1/2`,
`50%` or `0.5`; `Points` as decimal text, `12.5`; a `DayOfYear` as `31/01`; the steps as
`2:1, 1:1/2` (from 2 on everything, from 1 on half); `ZeroDenominator` is one of
{", ".join(f"`{each}`" for each in rules.ZeroDenominator)}. Every kind takes, with effect
where it measures a share:"""

EXIT_CODES = """\
`--lang`, else the environment variable `DTI_LANG`, chooses the language of help and messages.
Exit codes: 0 done; 1 bad input; 2 usage, or a plugin that cannot be loaded; 3 a plugin that
misbehaved, or a fault of the program itself."""

SEVERITIES = """\
An *error* or a *warning* that nobody tells of gives exit code 1, a *note* never does. Words in
braces stand for values; [Messages](errors.md) has both languages. With `--format json`:

```text
{"plugin", "levels": [{"decision", "level", "name", "findings": [
    {"code", "severity", "subject", "clause", "message", "settle", "acknowledged"}]}]}
```

What does not apply is `null`; so are decision, level and name where the data could not be built."""

DOORS = """\
`dti check NAME` runs them all. A check fails with one line for each fault; what to do about it is
in [How to read a report](../how-to/read-a-report.md), what the suite is and how it changes in
[Conformance](../explanation/conformance.md). `guards` names the concept that the check protects."""

GROUPS = {
    "read": "A source cannot be read. Exit code 1.",
    "fact": "A row of facts is wrong. Exit code 1.",
    "annex": "An annex is wrong (exit code 1); the words of its form and of `dti annex check`.",
    "lint": "What `dti lint` says; [Findings](lint.md) lists its codes with their severity.",
    "store": "About the database: where it is, its revision, who was first. Exit code 2, or 1.",
    "unit": "A file of units, a merger or a split is wrong (exit code 1); what was done.",
    "audit": "The audit trail, or a row beside it, was altered (exit code 1); its words.",
    "backup": "A backup is damaged (exit code 1) or would replace something (2); what was done.",
    "evidence": "A file or link is refused, the vault is not whole (exit code 1); what was done.",
    "cycle": "The cycle does not allow it now, or not like this (exit code 1); its words.",
    "form": "A form is wrong (exit code 1); the words of forms and of `dti form`.",
    "plugin": "A plugin cannot be loaded (exit code 2), or broke the contract of a hook (3).",
    "usage": "What was asked for does not exist or cannot be. Exit code 2.",
    "run": "About the run as a whole.",
    "note": "Told beside the result; no fault.",
}


def prose(doc: str | None) -> str:
    """Turn a docstring into Markdown: fields become list items, roles become code."""
    lines: list[str] = []
    for line in inspect.cleandoc(doc or "").splitlines():
        if field := FIELD.match(line):
            what = f"raises `{field[2]}`" if field[1] == "raises" else f"`{field[2] or 'return'}`"
            lines.append(f"- {what}: {line[field.end() :]}")
        elif line.startswith("    "):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return ROLE.sub(lambda found: f"`{found[1] or found[2]}`", "\n".join(lines))


def bare(annotation: str) -> str:
    """Write a type without what a model does to its values."""
    return DETAIL.sub(r"\1", annotation)


def catalogue(language: str) -> dict[str, str]:
    """Return the messages of a language by key, in the order of its catalogue."""
    path = messages.LOCALE_DIR / language / "LC_MESSAGES" / f"{messages.DOMAIN}.po"
    with path.open("rb") as file:
        found = {each.id: each.string for each in read_po(file) if each.id}
    return {key: text.replace("{{", "{").replace("}}", "}") for key, text in found.items()}


def hooks() -> Iterator[str]:
    """Describe every hook, and the types that hooks take and give."""
    yield f"# Hooks\n\n{NOTE}\n\n`API_VERSION` {hookspecs.API_VERSION}. {prose(hookspecs.__doc__)}"
    for name, function in vars(hookspecs).items():
        if name.startswith("dti_"):
            needed = "Required." if name == loader.REQUIRED else "Optional."
            signature = str(inspect.signature(function)).replace("'", "")
            yield f"## `{name}`\n\n```text\n{name}{signature}\n```\n\n{needed}"
            yield prose(function.__doc__)
    yield "## Types\n\n`Points` are ten-thousandths as an `int`, or decimal text."
    public = [getattr(models, name) for name in models.__all__]
    for kind in (Source, facts.Facts, facts.Input, Value, *public):
        yield f"### `{kind.__module__}.{kind.__name__}`\n\n{prose(kind.__doc__)}"
        fields = inspect.get_annotations(kind).items()
        lines = [f"{name}: {bare(how)}" for name, how in fields]
        lines = [str(each) for each in kind] if issubclass(kind, StrEnum) else lines
        yield "\n".join(f"- `{line}`" for line in lines if ":param" not in kind.__doc__)
    for name in ("FACT_COLUMNS", "UNIT_COLUMNS"):
        columns = (f"- `{column}: {kind}`" for column, kind in getattr(facts, name).items())
        yield f"### `dti_core.facts.{name}`\n\n" + "\n".join(columns)


def rules_of_core() -> Iterator[str]:
    """Describe every rule kind of core: what it measures, its parameters, its sentence."""
    yield f"# Rule kinds\n\n{NOTE}\n\n{prose(rules.__doc__)}\n\n{WRITTEN}"
    yield parameters(rules.Rule)
    sentences = catalogue("vi")
    for kind in rules.KINDS:
        yield f"## `{kind.kind}`\n\n*{sentences[f'kind.{kind.kind}']}*\n\n{prose(kind.__doc__)}"
        yield f"Measures: `{kind.measures}`{'; points fall when the value rises' * kind.fall}."
        yield parameters(kind)
        keys = [key for key in sentences if f"{key}.".startswith(f"rule.{kind.kind}.")]
        yield "\n\n".join(f"> {sentences[key]}" for key in keys)


def parameters(kind: type[rules.Rule]) -> str:
    """List the parameters that a kind adds."""
    rows = []
    for name, annotation in inspect.get_annotations(kind).items():
        if field := kind.model_fields.get(name):
            default = "required" if field.is_required() else f"`{field.default}`"
            rows.append([f"`{name}`", f"`{bare(annotation)}`", default])
    return table(["parameter", "type", "default"], rows)


def commands() -> Iterator[str]:
    """Show the help of every command in both languages."""
    yield f"# Commands\n\n{NOTE}\n\n{EXIT_CODES}"
    for command in paths(app):
        yield f"## `{' '.join(['dti', *command])}`"
        for language in messages.LANGUAGES:
            call = [Path(sys.executable).with_name("dti"), *command, "--help"]
            environment = os.environ | {"DTI_LANG": language}
            shown = subprocess.check_output(call, encoding="utf-8", env=environment)  # noqa: S603
            yield f"```text\n{shown}```"


def paths(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command: of a group, then of what is in it."""
    yield path
    for command in group.registered_commands:
        yield (*path, command.name or command.callback.__name__)
    for each in group.registered_groups:
        yield from paths(each.typer_instance, (*path, each.typer_instance.info.name))


def errors() -> Iterator[str]:
    """List what the program tells on stderr, in both languages."""
    yield f"# Messages\n\n{NOTE}\n\nWords in braces stand for values."
    vi, en = catalogue("vi"), catalogue("en")
    for group, about in GROUPS.items():
        rows = [[f"`{key}`", vi[key], en[key]] for key in vi if key.startswith(f"{group}.")]
        if rows:
            yield f"## `{group}`\n\n{about}\n\n{table(['key', 'vi', 'en'], rows)}"


def lint() -> Iterator[str]:
    """List the codes of the linter by family, each with its severity and what would settle it."""
    yield f"# Findings of `dti lint`\n\n{NOTE}\n\n{prose(linting.__doc__)}\n\n{SEVERITIES}"
    en = catalogue("en")
    modules = (sys.modules[linting.refused.__module__], *linting.FAMILIES)
    about = {re.search(r"\(DTI(\d)", each.__doc__)[1]: prose(each.__doc__) for each in modules}
    for family, codes in groupby(linting.CODES, key=lambda code: code[3]):
        rows = [
            [f"`{code}`", str(linting.CODES[code]), en[f"lint.{code}"], en[f"lint.{code}.settle"]]
            for code in codes
        ]
        yield f"## DTI{family}xx\n\n{about[family]}"
        yield table(["code", "severity", "finding", "settled by"], rows)


def checks() -> Iterator[str]:
    """List the checks of the conformance suite by family, with why each matters."""
    yield f"# Checks\n\n{NOTE}\n\n`CONFORMANCE_VERSION` {CONFORMANCE_VERSION}. {DOORS}"
    vi = catalogue("vi")
    for family, group in groupby(CHECKS, key=lambda check: check.family):
        of_family = list(group)
        yield f"## {family}\n\n{prose(sys.modules[of_family[0].find.__module__].__doc__)}"
        rows = [
            [f"`{each.id}`", each.title, vi.get(f"check.{each.id}", ""), each.why, each.guards]
            for each in of_family
        ]
        yield table(["check", "what holds", "vi", "why", "guards"], rows)


def fill(found: re.Match[str]) -> str:
    """Make the text of one generated section, about one plugin or all of this repository."""
    start, section, name, end = found.groups()
    folders = sorted(each.name for each in DOCS.parent.glob("plugins/dti_*"))
    names = [each.removeprefix("dti_") for each in folders] if name == "all" else [name]
    return f"{start}{SECTIONS[section](list(map(loader.load_plugin, names)))}\n{end}"


def main(arguments: Sequence[str]) -> int:
    """Write what is stale, or only name it; 1 where ``--check`` found any."""
    texts = {}
    for parts in (hooks, rules_of_core, commands, errors, lint, checks):
        page = DOCS / "reference" / f"{parts.__name__.partition('_')[0]}.md"
        texts[page] = "\n\n".join(filter(None, parts())) + "\n"
    for page in {*DOCS.rglob("*.md"), *DOCS.parent.glob("plugins/*/README.md")} - texts.keys():
        texts[page] = SECTION.sub(fill, page.read_text("utf-8"))
    stale = [page for page in texts if not page.exists() or page.read_text("utf-8") != texts[page]]
    for page in stale:
        sys.stdout.write(f"{page.relative_to(DOCS.parent)}\n")
        if "--check" not in arguments:
            page.write_text(texts[page], "utf-8", newline="\n")
    return int("--check" in arguments and bool(stale))


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    sys.exit(main(sys.argv[1:]))
