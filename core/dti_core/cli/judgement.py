"""``dti appraise`` and ``dti exclude``: the commands and their options."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dti_core.cli.options import Debug, Language, LevelName, Today, Who, Why, Year, to_day
from dti_core.messages import text

Plugin = Annotated[
    str | None,
    typer.Option("--plugin", metavar=text("metavar.name"), help=text("option.cycle-plugin")),
]
OfUnit = Annotated[str, typer.Argument(metavar=text("metavar.code"), help=text("option.unit-code"))]


def _value(name: str, key: str) -> Any:
    return typer.Option(name, metavar=text("metavar.text"), help=text(f"option.{key}"))


def appraise(
    unit: OfUnit,
    indicator: Annotated[
        str | None,
        typer.Argument(metavar=text("metavar.code"), help=text("option.appraised")),
    ] = None,
    points: Annotated[str | None, _value("--points", "points")] = None,
    value: Annotated[str | None, _value("--value", "value")] = None,
    denominator: Annotated[str | None, _value("--denominator", "denominator")] = None,
    status: Annotated[str | None, _value("--status", "unit-status")] = None,
    accept: Annotated[bool, typer.Option("--accept", help=text("option.accept"))] = False,  # noqa: FBT002
    settle: Annotated[bool, typer.Option("--settle", help=text("option.settle"))] = False,  # noqa: FBT002
    name: Annotated[
        str, typer.Option("--as", metavar=text("metavar.name"), help=text("option.as"))
    ] = "",
    why: Why = "",
    plugin: Plugin = None,
    level: LevelName = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk
    from dti_core.cli.judging import Judgement, appraise_unit

    given = {"points": points, "value": value, "denominator": denominator, "status": status}
    cells = {column: each for column, each in given.items() if each is not None}
    judgement = Judgement(indicator, cells, name, why, accepts=accept, settles=settle)
    appraise_unit(Desk(plugin, level, year, today, who), unit, judgement)


def exclude(
    unit: OfUnit,
    indicator: Annotated[
        str, typer.Argument(metavar=text("metavar.code"), help=text("option.excluded"))
    ],
    document: Annotated[str, _value("--document", "document")] = "",
    on: Annotated[
        date | None,
        typer.Option("--on", parser=to_day, metavar=text("metavar.day"), help=text("option.on")),
    ] = None,
    original: Annotated[
        Path | None,
        typer.Option("--file", metavar=text("metavar.file"), help=text("option.original")),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help=text("option.undo"))] = False,  # noqa: FBT002
    why: Why = "",
    plugin: Plugin = None,
    level: LevelName = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk
    from dti_core.cli.judging import exclude_from, include_again

    desk = Desk(plugin, level, year, today, who)
    if undo:
        include_again(desk, unit, indicator, why)
    else:
        exclude_from(desk, unit, indicator, (document, on, original, why))
