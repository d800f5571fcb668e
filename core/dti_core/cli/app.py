"""The commands and their options: what they are called and what their help says.

Nothing here does the work: each command imports its module when it runs, so that help is instant.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from dti_core.messages import text


class _InLanguage:
    """What the library says of itself in every help text, in the language in use."""

    def format_usage(self: Any, ctx: typer.Context, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, text("help.usage"))

    def get_help_option(self, ctx: typer.Context) -> Any:
        option: Any = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = text("option.help")
        return option


class _Command(_InLanguage, TyperCommand):  # type: ignore[misc]
    pass


class _Group(_InLanguage, TyperGroup):  # type: ignore[misc]
    pass


class LanguageName(StrEnum):
    """The languages of messages."""

    VI = "vi"
    EN = "en"


class ResultFormat(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


class TableFormat(StrEnum):
    """How a table is written."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class CalendarFormat(StrEnum):
    """How a calendar is written."""

    TABLE = "table"
    JSON = "json"
    ICS = "ics"


PluginName = Annotated[
    str, typer.Option("--plugin", metavar=text("metavar.name"), help=text("option.plugin"))
]
LevelName = Annotated[
    str | None, typer.Option("--level", metavar=text("metavar.level"), help=text("option.level"))
]
Year = Annotated[
    int | None, typer.Option("--year", metavar=text("metavar.year"), help=text("option.year"))
]
Inputs = Annotated[
    list[str] | None,
    typer.Option("--input", metavar=text("metavar.file"), help=text("option.input")),
]
Annex = Annotated[
    Path | None, typer.Option("--annex", metavar=text("metavar.file"), help=text("option.annex"))
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=text("metavar.file"), help=text("option.output")),
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--interpret", metavar=text("metavar.choice"), help=text("option.interpret")),
]
Language = Annotated[LanguageName | None, typer.Option("--lang", help=text("option.lang"))]
Debug = Annotated[bool, typer.Option("--debug", help=text("option.debug"))]

app = typer.Typer(
    name="dti",
    cls=_Group,
    options_metavar=text("metavar.options"),
    subcommand_metavar=text("metavar.command"),
    help=text("help.dti"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _dti(lang: Language = None, debug: Debug = False) -> None:  # noqa: FBT002
    """Take the options that may stand before a command; the edge has read them already."""


@app.command(help=text("help.evaluate"), cls=_Command, options_metavar=text("metavar.options"))
def evaluate(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    inputs: Inputs = None,
    annex: Annex = None,
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
    evaluate_to(request, form and form.value, output)


@app.command(help=text("help.explain"), cls=_Command, options_metavar=text("metavar.options"))
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


@app.command(help=text("help.plugins"), cls=_Command, options_metavar=text("metavar.options"))
def plugins(lang: Language = None, debug: Debug = False) -> None:  # noqa: FBT002
    from dti_core.cli.showing import show_plugins

    show_plugins()


@app.command(help=text("help.frameworks"), cls=_Command, options_metavar=text("metavar.options"))
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


@app.command(help=text("help.appraisers"), cls=_Command, options_metavar=text("metavar.options"))
def appraisers(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    annex: Annex = None,
    form: Annotated[
        TableFormat | None, typer.Option("--format", help=text("option.table-format"))
    ] = None,
    output: Output = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.appraising import show_appraisers

    show_appraisers(plugin, level, year, annex, form and form.value, output)


@app.command(
    help=text("help.interpretations"), cls=_Command, options_metavar=text("metavar.options")
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


@app.command(help=text("help.calendar"), cls=_Command, options_metavar=text("metavar.options"))
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
