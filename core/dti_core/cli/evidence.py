"""``dti evidence``: the commands and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from dti_core.cli.cycle import Form, Level, OfUnit, Plugin, command, group
from dti_core.cli.options import Debug, Language, Output, Today, Who, Why, Year
from dti_core.messages import text

evidence_app = group("evidence")

Number = Annotated[
    int, typer.Argument(min=1, metavar=text("metavar.count"), help=text("option.evidence-id"))
]
Indicators = Annotated[
    list[str],
    typer.Option("--indicator", metavar=text("metavar.code"), help=text("option.shows")),
]
OneIndicator = Annotated[
    str | None,
    typer.Option("--indicator", metavar=text("metavar.code"), help=text("option.indicator")),
]
Given = Annotated[
    list[str], typer.Argument(metavar=text("metavar.files"), help=text("option.evidence-files"))
]
Name = Annotated[
    str | None,
    typer.Option("--name", metavar=text("metavar.text"), help=text("option.evidence-name")),
]
Every = Annotated[bool, typer.Option("--all", help=text("option.evidence-all"))]
OnlyUnit = Annotated[
    str | None, typer.Option("--unit", metavar=text("metavar.code"), help=text("option.of-unit"))
]


@command(evidence_app, "add", "evidence-add")
def add(
    unit: OfUnit,
    given: Given,
    indicator: Indicators,
    name: Name = None,
    why: Why = "",
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk
    from dti_core.cli.evidencing import add_evidence

    desk = Desk(plugin, level, year, today, who)
    add_evidence(desk, unit, indicator, (given, name), why)


@command(evidence_app, "replace", "evidence-replace")
def replace(
    number: Number,
    given: Annotated[
        str, typer.Argument(metavar=text("metavar.file"), help=text("option.evidence-files"))
    ],
    name: Name = None,
    why: Why = "",
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk
    from dti_core.cli.evidencing import replace_evidence

    replace_evidence(Desk(plugin, level, year, today, who), number, (given, name), why)


@command(evidence_app, "withdraw", "evidence-withdraw")
def withdraw(
    number: Number,
    why: Why = "",
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk
    from dti_core.cli.evidencing import withdraw_evidence

    withdraw_evidence(Desk(plugin, level, year, today, who), number, why)


@command(evidence_app, "list", "evidence-list")
def list_evidence(
    unit: OnlyUnit = None,
    indicator: OneIndicator = None,
    every: Every = False,  # noqa: FBT002
    form: Form = None,
    output: Output = None,
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk
    from dti_core.cli.evidencing import show_evidence

    where = (unit, indicator, every)
    show_evidence(Desk(plugin, level, year, today), where, form and form.value, output)


@command(evidence_app, "verify", "evidence-verify")
def verify(lang: Language = None, debug: Debug = False) -> None:  # noqa: FBT002
    from dti_core.cli.evidencing import verify_evidence

    verify_evidence()


def add_evidence_commands(app: typer.Typer) -> None:
    """Add these commands to those of ``dti``."""
    app.add_typer(evidence_app)
