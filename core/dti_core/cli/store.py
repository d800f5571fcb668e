"""``dti init``, ``unit``, ``audit``, ``backup`` and ``restore``: the commands and their options."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dti_core.cli.options import (
    Command,
    Debug,
    Group,
    Language,
    LevelName,
    ListFormat,
    Output,
    Replace,
    Today,
    Who,
    Why,
    to_day,
)
from dti_core.messages import text

unit_app = typer.Typer(
    name="unit",
    cls=Group,
    options_metavar=text("metavar.options"),
    subcommand_metavar=text("metavar.command"),
    help=text("help.unit"),
    rich_markup_mode=None,
)
audit_app = typer.Typer(
    name="audit",
    cls=Group,
    options_metavar=text("metavar.options"),
    subcommand_metavar=text("metavar.command"),
    help=text("help.audit"),
    rich_markup_mode=None,
)

Codes = Annotated[
    list[str], typer.Argument(metavar=text("metavar.codes"), help=text("option.unit-codes"))
]
Code = Annotated[str, typer.Argument(metavar=text("metavar.code"), help=text("option.unit-code"))]
NewGroup = Annotated[
    str | None, typer.Option("--group", metavar=text("metavar.text"), help=text("option.group"))
]
BackupFile = Annotated[
    Path, typer.Argument(metavar=text("metavar.file"), help=text("option.backup-file"))
]
Start = Annotated[
    date | None,
    typer.Option("--from", parser=to_day, metavar=text("metavar.day"), help=text("option.from")),
]
Form = Annotated[ListFormat | None, typer.Option("--format", help=text("option.list-format"))]


def init(lang: Language = None, debug: Debug = False) -> None:  # noqa: FBT002
    from dti_core.cli.storing import make_store

    make_store()


def backup(
    file: BackupFile,
    replace: Replace = False,  # noqa: FBT002
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.storing import write_backup

    write_backup(file, replace=replace)


def restore(
    file: BackupFile,
    replace: Replace = False,  # noqa: FBT002
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.storing import bring_backup

    bring_backup(file, who, replace=replace)


@unit_app.command(
    "import",
    help=text("help.unit-import"),
    cls=Command,
    options_metavar=text("metavar.options"),
)
def import_units(
    file: Annotated[
        str, typer.Argument(metavar=text("metavar.file"), help=text("option.units-file"))
    ],
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.naming import import_file

    import_file(file, today, who)


@unit_app.command(
    "list", help=text("help.unit-list"), cls=Command, options_metavar=text("metavar.options")
)
def list_units(
    level: LevelName = None,
    every: Annotated[bool, typer.Option("--all", help=text("option.all-units"))] = False,  # noqa: FBT002
    form: Form = None,
    output: Output = None,
    today: Today = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.naming import show_units

    show_units(level, today, form and form.value, output, every=every)


@unit_app.command(
    help=text("help.unit-merge"), cls=Command, options_metavar=text("metavar.options")
)
def merge(
    units: Codes,
    into: Annotated[
        str, typer.Option("--into", metavar=text("metavar.code"), help=text("option.into"))
    ],
    name: Annotated[
        str, typer.Option("--name", metavar=text("metavar.text"), help=text("option.unit-name"))
    ],
    level: LevelName = None,
    group: NewGroup = None,
    start: Start = None,
    today: Today = None,
    who: Who = None,
    why: Why = "",
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.naming import merge_units

    merge_units(units, (into, name, level, group), start or today, who, why)


@unit_app.command(
    help=text("help.unit-split"), cls=Command, options_metavar=text("metavar.options")
)
def split(
    unit: Code,
    into: Annotated[
        list[str],
        typer.Option("--into", metavar=text("metavar.code-name"), help=text("option.into-several")),
    ],
    level: LevelName = None,
    group: NewGroup = None,
    start: Start = None,
    today: Today = None,
    who: Who = None,
    why: Why = "",
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.naming import split_unit

    split_unit(unit, into, (level, group), start or today, who, why)


@audit_app.command(
    help=text("help.audit-show"), cls=Command, options_metavar=text("metavar.options")
)
def show(
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar=text("metavar.code"), help=text("option.audit-unit")),
    ] = None,
    indicator: Annotated[
        str | None,
        typer.Option(
            "--indicator", metavar=text("metavar.code"), help=text("option.audit-indicator")
        ),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option("--last", min=1, metavar=text("metavar.count"), help=text("option.last")),
    ] = None,
    form: Form = None,
    output: Output = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.auditing import show_trail

    show_trail(unit, indicator, last, form and form.value, output)


@audit_app.command(
    help=text("help.audit-verify"), cls=Command, options_metavar=text("metavar.options")
)
def verify(
    noted: Annotated[
        str | None,
        typer.Option("--noted", metavar=text("metavar.hash"), help=text("option.noted")),
    ] = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.auditing import verify_trail

    verify_trail(noted)


def add_store(app: typer.Typer) -> None:
    """Add these commands to those of ``dti``."""
    for command, told in (
        (init, text("help.init")),
        (backup, text("help.backup")),
        (restore, text("help.restore")),
    ):
        app.command(help=told, cls=Command, options_metavar=text("metavar.options"))(command)
    app.add_typer(unit_app)
    app.add_typer(audit_app)
