"""``dti form``, ``appraise`` and ``exclude``: the commands and their options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dti_core.cli.cycle import (
    EveryUnit,
    Level,
    OfUnit,
    OfUnits,
    Plugin,
    Stage,
    command,
    group,
)
from dti_core.cli.judgement import appraise, exclude
from dti_core.cli.options import Debug, Language, Output, Replace, Today, Who, Why, Year
from dti_core.messages import text

form_app = group("form")


class ConflictName(StrEnum):
    """What becomes of a cell that somebody else has changed meanwhile."""

    STOP = "stop"
    SKIP = "skip"
    UPDATE = "update"


AppraiserName = Annotated[
    str, typer.Option("--as", metavar=text("metavar.name"), help=text("option.as"))
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar=text("metavar.file"), help=text("option.mapping")),
]
UnitOfFile = Annotated[
    str, typer.Option("--unit", metavar=text("metavar.code"), help=text("option.unit-of-file"))
]
Paths = Annotated[
    list[Path], typer.Argument(metavar=text("metavar.files"), help=text("option.form-files"))
]


@command(form_app, "export", "form-export")
def export_forms(
    directory: Annotated[
        Path,
        typer.Option(
            "--directory", "-d", metavar=text("metavar.directory"), help=text("option.form-folder")
        ),
    ],
    units: OfUnits = None,
    every: EveryUnit = False,  # noqa: FBT002
    stage: Stage = None,
    appraiser: AppraiserName = "",
    replace: Replace = False,  # noqa: FBT002
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.cycling import Desk
    from dti_core.cli.forming import Wanted, write_all

    wanted = Wanted(units or [], every, stage and stage.value, appraiser)
    write_all(Desk(plugin, level, year, today), wanted, directory, replace=replace)


@command(form_app, "import", "form-import")
def import_forms(
    paths: Paths,
    commit: Annotated[bool, typer.Option("--commit", help=text("option.commit"))] = False,  # noqa: FBT002
    conflicts: Annotated[
        ConflictName, typer.Option("--conflicts", help=text("option.conflicts"))
    ] = ConflictName.STOP,
    mapping: MappingFile = None,
    unit: UnitOfFile = "",
    appraiser: AppraiserName = "",
    plugin: Plugin = None,
    level: Level = None,
    year: Year = None,
    today: Today = None,
    who: Who = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.adopting import Theirs, adopt_all
    from dti_core.cli.cycling import Desk
    from dti_core.cli.receiving import bring_all

    desk, theirs = Desk(plugin, level, year, today, who), Theirs(mapping, unit, appraiser)
    foreign, own = theirs.apart(paths)
    code = bring_all(desk, own, conflicts.value, commit=commit) if own else 0
    code |= adopt_all(desk, foreign, theirs, commit=commit) if foreign else 0
    raise typer.Exit(code)


@command(form_app, "mapping", "form-mapping")
def mapping_file(
    output: Output = None,
    replace: Replace = False,  # noqa: FBT002
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.adopting import write_mapping

    write_mapping(output, replace=replace)


@command(form_app, "release", "form-release")
def release(
    units: OfUnits = None,
    every: EveryUnit = False,  # noqa: FBT002
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
    from dti_core.cli.forming import release_units

    release_units(Desk(plugin, level, year, today, who), units or [], why, every=every)


@command(form_app, "withdraw", "form-withdraw")
def withdraw(
    unit: OfUnit,
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
    from dti_core.cli.forming import withdraw_unit

    withdraw_unit(Desk(plugin, level, year, today, who), unit, why)


def add_forms(app: typer.Typer) -> None:
    """Add these commands to those of ``dti``."""
    app.add_typer(form_app)
    for name, call in (("appraise", appraise), ("exclude", exclude)):
        command(app, name, name)(call)
