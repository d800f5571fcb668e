"""What commands share: their options, the formats of results, their help in the language in use."""

from __future__ import annotations

from datetime import date, datetime
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


class Command(_InLanguage, TyperCommand):  # type: ignore[misc]
    """A command."""


class Group(_InLanguage, TyperGroup):  # type: ignore[misc]
    """A command that has commands of its own."""


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


class ReportFormat(StrEnum):
    """How a conformance report is written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class FormFormat(StrEnum):
    """How a form to fill in is written."""

    XLSX = "xlsx"
    CSV = "csv"


class CalendarFormat(StrEnum):
    """How a calendar is written."""

    TABLE = "table"
    JSON = "json"
    ICS = "ics"


class ListFormat(StrEnum):
    """How a list from the store is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class LintFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


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


def to_day(written: str) -> date:
    """Read a day as ISO 8601 or as the decisions write it.

    :raises ValueError: it is neither; typer tells.
    """
    form = "%d/%m/%Y" if "/" in written else "%Y-%m-%d"
    return datetime.strptime(written, form).date()  # noqa: DTZ007


Today = Annotated[
    date | None,
    typer.Option("--today", parser=to_day, metavar=text("metavar.day"), help=text("option.today")),
]
Who = Annotated[
    str | None, typer.Option("--who", metavar=text("metavar.name"), help=text("option.who"))
]
Why = Annotated[str, typer.Option("--why", metavar=text("metavar.text"), help=text("option.why"))]
Replace = Annotated[bool, typer.Option("--replace", help=text("option.replace"))]
Language = Annotated[LanguageName | None, typer.Option("--lang", help=text("option.lang"))]
Debug = Annotated[bool, typer.Option("--debug", help=text("option.debug"))]
