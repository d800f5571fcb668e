"""``dti lint``: the findings about a decision, as text for an official or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.cli.evaluating import parse_choices, with_annex
from dti_core.cli.output import write_result
from dti_core.cli.showing import selected
from dti_core.errors import DtiError, PluginMisbehaved, Problem, usage_error
from dti_core.linting import Finding, Linted, Severity, lint, refused
from dti_core.loader import load_plugin
from dti_core.messages import text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dti_core.models import Framework
    from dti_core.plugin import Plugin

INDENT: Final = 4


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked to have read."""

    plugin: str
    level: str | None = None
    year: int | None = None
    annex: Path | None = None
    interpret: Sequence[str] = ()


def lint_decision(request: Request, form: str) -> None:
    """Write what is found at the levels asked for.

    :raises DtiError: something is found that neither a discrepancy nor an interpretation tells.
    """
    linted = _linted(request)
    write_result(WRITERS[form](request.plugin, linted), None)
    failing = sum(finding.fails for each in linted for finding in each.findings)
    if failing:
        raise DtiError([Problem("lint.unacknowledged", {"findings": failing})])


def _linted(request: Request) -> Sequence[Linted]:
    """Lint every level, as levels may share a table, and keep those asked for."""
    plugin, choices = load_plugin(request.plugin), parse_choices(list(request.interpret))
    try:
        frameworks = plugin.frameworks(choices)
    except PluginMisbehaved as error:
        return refused(error)
    places = _places(request, frameworks)
    if request.annex is not None:
        frameworks = _with_annex(plugin, frameworks, places, request.annex)
    linted = lint(plugin, frameworks, request.year)
    return [linted[place] for place in places]


def _places(request: Request, frameworks: Sequence[Framework]) -> Sequence[int]:
    """Return where the frameworks stand that are asked for.

    :raises UsageError: there is no such level or year.
    """
    level, year = request.level, request.year
    _, wanted = selected(request.plugin, level, year, list(request.interpret))
    known = [(each.decision, each.level) for each in wanted]
    of_level = [(each.decision, each.level) in known for each in frameworks]
    return [place for place, asked in enumerate(of_level) if asked]


def _with_annex(
    plugin: Plugin, frameworks: Sequence[Framework], places: Sequence[int], annex: Path
) -> list[Framework]:
    """Put the annex under the one level that it is for."""
    if len(places) > 1:
        raise usage_error("usage.annex-level")
    brought = list(frameworks)
    for place in places:
        brought[place] = with_annex(plugin, brought[place], annex, illustrative=False)
    return brought


def _text(plugin: str, linted: Sequence[Linted]) -> bytes:
    from dti_core.report.console import rendered

    shown = rendered([part for each in linted for part in _block(plugin, each)])
    return b"\n".join(line.rstrip() for line in shown.split(b"\n"))


def _block(plugin: str, linted: Linted) -> Iterator[RenderableType]:
    """Write one level: each finding with what would settle it, then the notes, then the count."""
    from rich.text import Text

    yield Text(_heading(plugin, linted), style="bold")
    weighty = [each for each in linted.findings if each.severity is not Severity.NOTE]
    for each in weighty:
        yield from _finding(each)
    notes = [each for each in linted.findings if each.severity is Severity.NOTE]
    for _, same in groupby(notes, key=lambda each: each.code):
        yield from _notes(list(same))
    yield _indented(_total(linted.findings), 1)
    yield Text("")


def _heading(plugin: str, linted: Linted) -> str:
    from dti_core.report.console import number_of

    framework = linted.framework
    if framework is None:
        level = f" ({linted.level})" if linted.level else ""
        return text("lint.heading-refused", plugin=plugin, level=level)
    decision = framework.decision
    return text(
        "lint.heading",
        number=number_of(decision),
        name=framework.name,
        level=framework.level,
        years=f"{decision.first_year}–{decision.last_year}",
    )


def _finding(finding: Finding) -> Iterator[RenderableType]:
    yield _indented(_line(finding), 1)
    yield _indented(f"{text('lint.settle')}: {finding.settle}", 2)
    if finding.acknowledged:
        yield _indented(f"{text('lint.acknowledged')}: {finding.acknowledged}", 2)


def _notes(notes: Sequence[Finding]) -> Iterator[RenderableType]:
    """Write notes of one code, and once what would settle them."""
    for each in notes:
        yield _indented(_line(each), 1)
    yield _indented(f"{text('lint.settle')}: {notes[0].settle}", 2)


def _line(finding: Finding) -> str:
    clause = f" [{finding.clause}]" if finding.clause else ""
    severity = text(f"lint.severity.{finding.severity}")
    return f"{finding.code} {severity}{clause}: {finding.message}"


def _indented(line: str, depth: int) -> RenderableType:
    from rich.padding import Padding

    from dti_core.report.console import cell

    return Padding(cell(line), (0, 0, 0, INDENT * depth), expand=False)


def _total(findings: Sequence[Finding]) -> str:
    if not findings:
        return text("lint.nothing")
    counted = Counter(each.severity for each in findings)
    acknowledged = sum(bool(each.acknowledged) for each in findings)
    return text(
        "lint.total",
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        notes=counted[Severity.NOTE],
        acknowledged=acknowledged,
    )


def _json(plugin: str, linted: Sequence[Linted]) -> bytes:
    import orjson

    result = {"plugin": plugin, "levels": [_level(each) for each in linted]}
    return orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _level(linted: Linted) -> dict[str, object]:
    framework = linted.framework
    return {
        "decision": framework.decision.number if framework else None,
        "level": linted.level or None,
        "name": framework.name if framework else None,
        "findings": [_written(each) for each in linted.findings],
    }


def _written(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "subject": finding.subject,
        "clause": finding.clause or None,
        "message": finding.message,
        "settle": finding.settle,
        "acknowledged": finding.acknowledged or None,
    }


WRITERS: Final[Mapping[str, Callable[[str, Sequence[Linted]], bytes]]] = {
    "text": _text,
    "json": _json,
}
