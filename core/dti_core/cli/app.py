"""The commands: what they are called, what they take and what their help says.

Nothing here does the work: each command imports its module when it runs, so that help is instant.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dti_core.cli.annex import annex_app
from dti_core.cli.cycle import StageName, add_cycle
from dti_core.cli.evidence import add_evidence_commands
from dti_core.cli.form import add_forms
from dti_core.cli.options import (
    Annex,
    CalendarFormat,
    Choices,
    Command,
    Debug,
    Group,
    Inputs,
    Language,
    LevelName,
    LintFormat,
    Output,
    PluginName,
    ReportFormat,
    ResultFormat,
    TableFormat,
    Today,
    Year,
)
from dti_core.cli.store import add_store
from dti_core.messages import text

app = typer.Typer(
    name="dti",
    cls=Group,
    options_metavar=text("metavar.options"),
    subcommand_metavar=text("metavar.command"),
    help=text("help.dti"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(annex_app)


@app.callback()
def _dti(lang: Language = None, debug: Debug = False) -> None:  # noqa: FBT002
    """Take the options that may stand before a command; the edge has read them already."""


@app.command(help=text("help.evaluate"), cls=Command, options_metavar=text("metavar.options"))
def evaluate(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    inputs: Inputs = None,
    annex: Annex = None,
    stage: Annotated[
        StageName | None, typer.Option("--stage", help=text("option.evaluate-stage"))
    ] = None,
    today: Today = None,
    form: Annotated[
        ResultFormat | None, typer.Option("--format", help=text("option.format"))
    ] = None,
    output: Output = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.evaluating import Request, evaluate_to

    request = Request(plugin, level, year, inputs or [], annex, interpret or [])
    evaluate_to(request, form and form.value, output, (stage and stage.value, today))


@app.command(help=text("help.explain"), cls=Command, options_metavar=text("metavar.options"))
def explain(
    plugin: PluginName,
    unit: Annotated[
        str, typer.Option("--unit", metavar=text("metavar.code"), help=text("option.unit"))
    ],
    indicator: Annotated[
        str | None,
        typer.Option("--indicator", metavar=text("metavar.code"), help=text("option.indicator")),
    ] = None,
    level: LevelName = None,
    year: Year = None,
    inputs: Inputs = None,
    annex: Annex = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.evaluating import Request
    from dti_core.cli.explaining import explain_unit

    request = Request(plugin, level, year, inputs or [], annex, interpret or [])
    explain_unit(request, unit, indicator)


@app.command(help=text("help.plugins"), cls=Command, options_metavar=text("metavar.options"))
def plugins(lang: Language = None, debug: Debug = False) -> None:  # noqa: FBT002
    from dti_core.cli.showing import show_plugins

    show_plugins()


@app.command(help=text("help.frameworks"), cls=Command, options_metavar=text("metavar.options"))
def frameworks(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    annex: Annex = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.showing import show_frameworks

    show_frameworks(plugin, level, year, interpret or [], annex)


@app.command(help=text("help.appraisers"), cls=Command, options_metavar=text("metavar.options"))
def appraisers(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    annex: Annex = None,
    form: Annotated[
        TableFormat | None, typer.Option("--format", help=text("option.table-format"))
    ] = None,
    output: Output = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.appraising import show_appraisers

    show_appraisers(plugin, level, year, interpret or [], annex, form and form.value, output)


@app.command(
    help=text("help.interpretations"), cls=Command, options_metavar=text("metavar.options")
)
def interpretations(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.showing import show_interpretations

    show_interpretations(plugin, level, year, interpret or [])


@app.command(help=text("help.calendar"), cls=Command, options_metavar=text("metavar.options"))
def calendar(
    plugin: PluginName,
    year: Year = None,
    level: LevelName = None,
    form: Annotated[
        CalendarFormat, typer.Option("--format", help=text("option.calendar-format"))
    ] = CalendarFormat.TABLE,
    output: Output = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.dating import show_calendar

    show_calendar(plugin, level, year, interpret or [], form.value, output)


@app.command(help=text("help.lint"), cls=Command, options_metavar=text("metavar.options"))
def lint(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    annex: Annotated[
        Path | None,
        typer.Option("--annex", metavar=text("metavar.file"), help=text("option.lint-annex")),
    ] = None,
    interpret: Choices = None,
    form: Annotated[
        LintFormat, typer.Option("--format", help=text("option.lint-format"))
    ] = LintFormat.TEXT,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.linting import Request, lint_decision

    lint_decision(Request(plugin, level, year, annex, interpret or []), form.value)


@app.command(help=text("help.check"), cls=Command, options_metavar=text("metavar.options"))
def check(
    plugin: Annotated[
        str, typer.Argument(metavar=text("metavar.name"), help=text("option.plugin"))
    ],
    form: Annotated[
        ReportFormat, typer.Option("--format", help=text("option.report-format"))
    ] = ReportFormat.TEXT,
    output: Output = None,
    deep: Annotated[bool, typer.Option("--deep", help=text("option.deep"))] = False,  # noqa: FBT002
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.checking import check_plugin

    raise typer.Exit(check_plugin(plugin, form.value, output, deep=deep))


@app.command(
    "new-plugin",
    help=text("help.new-plugin"),
    cls=Command,
    options_metavar=text("metavar.options"),
)
def new_plugin(
    name: Annotated[
        str, typer.Argument(metavar=text("metavar.name"), help=text("option.new-name"))
    ],
    directory: Annotated[
        Path | None,
        typer.Option(
            "--directory", "-d", metavar=text("metavar.directory"), help=text("option.directory")
        ),
    ] = None,
    issuer: Annotated[
        str | None,
        typer.Option("--issuer", metavar=text("metavar.text"), help=text("option.new-issuer")),
    ] = None,
    number: Annotated[
        str | None,
        typer.Option("--number", metavar=text("metavar.text"), help=text("option.new-number")),
    ] = None,
    levels: Annotated[
        str | None,
        typer.Option("--levels", metavar=text("metavar.list"), help=text("option.new-levels")),
    ] = None,
    tiers: Annotated[
        str | None,
        typer.Option("--tiers", metavar=text("metavar.list"), help=text("option.new-tiers")),
    ] = None,
    rankings: Annotated[
        str | None,
        typer.Option("--rankings", metavar=text("metavar.list"), help=text("option.new-rankings")),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", min=2000, max=2100, metavar=text("metavar.year"), help=text("option.new-year")
        ),
    ] = None,
    defaults: Annotated[bool, typer.Option("--defaults", help=text("option.defaults"))] = False,  # noqa: FBT002
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.starting import start_plugin

    given = {"issuer": issuer, "number": number, "levels": levels}
    given |= {"tiers": tiers, "rankings": rankings}
    start_plugin(name, directory, given, year, defaults=defaults)


add_store(app)
add_cycle(app)
add_forms(app)
add_evidence_commands(app)
