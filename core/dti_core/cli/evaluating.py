"""``dti evaluate``: request → evaluation → one file or standard output."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dti_core.cli.output import note, write_result
from dti_core.errors import usage_error
from dti_core.loader import load_plugin
from dti_core.sources import Source

if TYPE_CHECKING:
    from dti_core.models import Framework
    from dti_core.pipeline import Evaluation
    from dti_core.plugin import Plugin

BINARY: Final = ("parquet", "xlsx")
FORMATS: Final = ("table", "json", "csv", *BINARY)


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked to have evaluated."""

    plugin: str
    level: str | None
    year: int | None
    inputs: list[str] = field(default_factory=list)
    annex: Path | None = None
    interpret: list[str] = field(default_factory=list)


def evaluate_request(request: Request) -> Evaluation:
    """Evaluate what was asked for, telling on stderr what was assumed and what was found."""
    from dti_core.pipeline import evaluate

    plugin, framework, year = find_framework(request)
    framework = with_annex(plugin, framework, request.annex, illustrative=not request.inputs)
    if request.annex and not request.inputs:
        raise usage_error("usage.annex-without-input")
    note_discrepancies(framework)
    evaluation = evaluate(plugin, framework, year, [_source(name) for name in request.inputs])
    note_facts(evaluation)
    return evaluation


def note_facts(evaluation: Evaluation) -> None:
    """Tell what the user must know of the facts before reading the result."""
    if evaluation.facts.illustrative:
        note("note.illustrative")
    evidence, bare = evaluation.framework.evidence, evaluation.without_evidence
    if len(evaluation.missing):
        units = evaluation.missing["unit"].n_unique()
        note("note.missing", facts=len(evaluation.missing), units=units)
    if evidence is not None and bare is not None and len(bare):
        units, clause = bare["unit"].n_unique(), evidence.citation.clause
        note("note.without-evidence", facts=len(bare), units=units, clause=clause)


def with_annex(
    plugin: Plugin, framework: Framework, annex: Path | None, *, illustrative: bool
) -> Framework:
    """Put the annex that was brought under a framework, or where allowed a made-up one.

    :raises UsageError: the decision carries its annex.
    :raises InvalidFacts: the annex is wrong.
    """
    from dti_core.models import Detail

    if annex is None and framework.detail is not Detail.OUTLINE:
        return framework
    if framework.detail is Detail.INDICATORS:
        raise usage_error("usage.annex-in-plugin", plugin=plugin.name)
    from dti_core.annex import bring

    if annex is not None:
        return bring(framework, Source(str(annex), annex))
    path = framework.illustrative_annex
    if path is None or not illustrative:
        return framework  # an outline, which the pipeline refuses
    note("note.illustrative-annex", name=path.name)
    return bring(framework, Source(path.name, path), illustrative=True)


def find_framework(request: Request) -> tuple[Plugin, Framework, int]:
    """Load the plugin and choose level and year, telling which where they were not given."""
    plugin = load_plugin(request.plugin)
    framework = plugin.framework(request.level, request.year, parse_choices(request.interpret))
    year = framework.decision.first_year if request.year is None else request.year
    if request.level is None:
        note("note.level", level=framework.level, name=framework.name)
    if request.year is None:
        note("note.year", year=year)
    return plugin, framework, year


def note_discrepancies(framework: Framework) -> None:
    """Tell where the decision's own figures differ at this level, and how much else there is."""
    figures = [each for each in framework.discrepancies if each.declared_value is not None]
    for each in figures:
        found = {"declared": each.declared, "found": each.found, "used": each.used}
        note("note.discrepancy", id=each.id, clause=each.citation.clause, **found)
    others = len(framework.discrepancies) - len(figures)
    if others:
        note("note.discrepancies", others=others)


def parse_choices(given: list[str]) -> dict[str, str]:
    """Read ``ID=OPTION`` arguments.

    :raises UsageError: an argument of another form.
    """
    choices: dict[str, str] = {}
    for each in given:
        interpretation, equals, option = each.partition("=")
        if not equals or not interpretation or not option:
            raise usage_error("usage.interpret-form", given=each)
        interpretation, option = interpretation.strip(), option.strip()
        if choices.setdefault(interpretation, option) != option:
            raise usage_error("usage.interpret-twice", id=interpretation)
    return choices


def evaluate_to(
    request: Request,
    form: str | None,
    output: Path | None,
    held: tuple[str | None, date | None] = (None, None),
) -> None:
    """Evaluate and write the result whole, or not at all.

    :param held: up to which stage, and on which day, a cycle's own facts are taken where no input
        is given; without a stage and without such a cycle the illustrative facts are.
    """
    evaluation = _held(request, *held) or evaluate_request(request)
    write_evaluation(evaluation, form, output)


def _held(request: Request, stage: str | None, today: date | None) -> Evaluation | None:
    """Evaluate what the cycle in the store holds; None where there is no such cycle.

    :raises UsageError: a stage is asked for, and there is none, or an input is given too.
    """
    if stage is not None and (request.inputs or request.annex or request.interpret):
        raise usage_error("usage.stage-or-input")
    if request.inputs or request.annex or request.interpret:
        return None
    from dti_core.cli.holding import evaluate_held

    return evaluate_held(request.plugin, (request.level, request.year), stage, today)


def write_evaluation(evaluation: Evaluation, form: str | None, output: Path | None) -> None:
    """Write a result whole, or not at all; the name of the file tells the format not asked for."""
    suffix = output.suffix[1:].lower() if output else ""
    form = form or (suffix if suffix in FORMATS else "table")
    content = _rendered(evaluation, form, plain=output is not None)
    write_result(content, output, binary=form in BINARY)


def _rendered(evaluation: Evaluation, form: str, *, plain: bool) -> bytes:
    if form == "json":
        from dti_core.report.json_text import to_json

        return to_json(evaluation)
    if form == "table":
        from dti_core.report.terminal import to_table

        return to_table(evaluation, plain=plain)
    if form == "xlsx":
        from dti_core.report.workbook import to_xlsx

        return to_xlsx(evaluation)
    from dti_core.report.tabular import to_csv, to_parquet

    return to_csv(evaluation) if form == "csv" else to_parquet(evaluation)


def _source(name: str) -> Source:
    if name == "-":
        return Source("stdin", data=sys.stdin.buffer.read())
    return Source(name, Path(name))
