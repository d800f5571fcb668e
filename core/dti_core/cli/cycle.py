"""``dti cycle``, ``form``, ``appraise`` and ``exclude``: the commands and their options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import typer

from dti_core.cli.options import (
    Annex,
    Choices,
    Command,
    Debug,
    Group,
    Language,
    LevelName,
    ListFormat,
    Output,
    PluginName,
    ResultFormat,
    Today,
    Who,
    Why,
    Year,
    to_day,
)
from dti_core.messages import text

T = TypeVar("T", bound=Callable[..., Any])


class StageName(StrEnum):
    """The stages of facts."""

    SELF = "self"
    ROUND1 = "round1"
    EXPLANATION = "explanation"
    ROUND2 = "round2"
    FINAL = "final"


def group(name: str) -> typer.Typer:
    return typer.Typer(
        name=name,
        cls=Group,
        options_metavar=text("metavar.options"),
        subcommand_metavar=text("metavar.command"),
        help=text(f"help.{name}"),
        rich_markup_mode=None,
    )


cycle_app = group("cycle")

Plugin = Annotated[
    str | None,
    typer.Option("--plugin", metavar=text("metavar.name"), help=text("option.cycle-plugin")),
]
Level = LevelName
OfUnit = Annotated[str, typer.Argument(metavar=text("metavar.code"), help=text("option.unit-code"))]
OfUnits = Annotated[
    list[str] | None,
    typer.Argument(metavar=text("metavar.codes"), help=text("option.unit-codes")),
]
AcceptRest = Annotated[bool, typer.Option("--accept-rest", help=text("option.accept-rest"))]
Version = Annotated[
    int | None,
    typer.Option("--version", min=1, metavar=text("metavar.count"), help=text("option.version")),
]
EveryUnit = Annotated[bool, typer.Option("--all", help=text("option.every-unit"))]
Stage = Annotated[StageName | None, typer.Option("--stage", help=text("option.stage"))]
Form = Annotated[ListFormat | None, typer.Option("--format", help=text("option.list-format"))]
Result = Annotated[ResultFormat | None, typer.Option("--format", help=text("option.format"))]


def command(app: typer.Typer, name: str, key: str) -> Callable[[T], T]:
    """Name a command and give it its help."""
    named: Callable[[T], T] = app.command(
        name, help=text(f"help.{key}"), cls=Command, options_metavar=text("metavar.options")
    )
    return named


@command(cycle_app, "open", "cycle-open")
def open_cycle(
    plugin: PluginName,
    level: Annotated[
        str, typer.Option("--level", metavar=text("metavar.level"), help=text("option.level"))
    ],
    year: Annotated[
        int, typer.Option("--year", metavar=text("metavar.year"), help=text("option.cycle-year"))
    ],
    annex: Annex = None,
    interpret: Choices = None,
    until: Annotated[
        list[str] | None,
        typer.Option("--until", metavar=text("metavar.stage-day"), help=text("option.until")),
    ] = None,
    chair: Annotated[
        str, typer.Option("--chair", metavar=text("metavar.name"), help=text("option.chair"))
    ] = "",
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import open_for

    open_for((plugin, level, year), (annex, interpret or [], until or [], chair), today, who)


@command(cycle_app, "status", "cycle-status")
def status(
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    form: Form = None,
    output: Output = None,
    today: Today = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk, show_status

    show_status(Desk(plugin, level, year, today), form and form.value, output)


@command(cycle_app, "advance", "cycle-advance")
def advance(
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    accept_rest: AcceptRest = False,  # noqa: FBT002
    why: Why = "",
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk, advance_cycle

    advance_cycle(Desk(plugin, level, year, today, who), why, accept_rest=accept_rest)


@command(cycle_app, "lock-exception", "cycle-lock-exception")
def lock_exception(
    unit: OfUnit,
    until: Annotated[
        date,
        typer.Option(
            "--until", parser=to_day, metavar=text("metavar.day"), help=text("option.until-day")
        ),
    ],
    why: Why = "",
    stage: Stage = None,
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk, except_unit

    desk = Desk(plugin, level, year, today, who)
    except_unit(desk, unit, stage.value if stage else "self", until, why)


@command(cycle_app, "assign", "cycle-assign")
def assign(
    name: Annotated[
        str, typer.Argument(metavar=text("metavar.name"), help=text("option.appraiser"))
    ],
    indicator: Annotated[
        str,
        typer.Option("--indicator", metavar=text("metavar.code"), help=text("option.of-indicator")),
    ] = "",
    chair: Annotated[bool, typer.Option("--chair", help=text("option.is-chair"))] = False,  # noqa: FBT002
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk, assign_to

    assign_to(Desk(plugin, level, year, today, who), name, indicator, chair=chair)


@command(cycle_app, "progress", "cycle-progress")
def progress(
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    form: Result = None,
    output: Output = None,
    today: Today = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.concluding import show_progress
    from dti_core.cli.cycling import Desk

    show_progress(Desk(plugin, level, year, today), form and form.value, output)


@command(cycle_app, "publish", "cycle-publish")
def publish(
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    form: Result = None,
    output: Output = None,
    why: Why = "",
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.concluding import publish_result
    from dti_core.cli.cycling import Desk

    publish_result(Desk(plugin, level, year, today, who), why, form and form.value, output)


@command(cycle_app, "correct", "cycle-correct")
def correct(
    why: Why = "",
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.concluding import correct_result
    from dti_core.cli.cycling import Desk

    correct_result(Desk(plugin, level, year, today, who), why)


@command(cycle_app, "result", "cycle-result")
def result(
    version: Version = None,
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    output: Output = None,
    today: Today = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.concluding import show_result
    from dti_core.cli.cycling import Desk

    show_result(Desk(plugin, level, year, today), version, output)


def add_cycle(app: typer.Typer) -> None:
    """Add these commands to those of ``dti``."""
    app.add_typer(cycle_app)
