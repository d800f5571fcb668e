"""``dti annex``: its commands and their options, as :mod:`dti_core.cli.app` has the others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dti_core.cli.options import (
    Choices,
    Command,
    Debug,
    FormFormat,
    Group,
    Language,
    LevelName,
    Output,
    PluginName,
    Year,
)
from dti_core.messages import text

annex_app = typer.Typer(
    name="annex",
    cls=Group,
    options_metavar=text("metavar.options"),
    subcommand_metavar=text("metavar.command"),
    help=text("help.annex"),
    rich_markup_mode=None,
)


@annex_app.callback()
def _annex(lang: Language = None, debug: Debug = False) -> None:  # noqa: FBT002
    """Take the options that may stand before a command; the edge has read them already."""


@annex_app.command(
    help=text("help.annex-template"), cls=Command, options_metavar=text("metavar.options")
)
def template(
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    form: Annotated[
        FormFormat | None, typer.Option("--format", help=text("option.form-format"))
    ] = None,
    output: Output = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.annexing import write_template
    from dti_core.cli.evaluating import Request

    request = Request(plugin, level, year, interpret=interpret or [])
    write_template(request, form and form.value, output)


@annex_app.command(
    help=text("help.annex-check"), cls=Command, options_metavar=text("metavar.options")
)
def check(
    annex: Annotated[
        Path, typer.Argument(metavar=text("metavar.file"), help=text("option.annex-file"))
    ],
    plugin: PluginName,
    level: LevelName = None,
    year: Year = None,
    interpret: Choices = None,
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.annexing import check_annex
    from dti_core.cli.evaluating import Request

    check_annex(Request(plugin, level, year, annex=annex, interpret=interpret or []), annex)


@annex_app.command(
    "import", help=text("help.annex-import"), cls=Command, options_metavar=text("metavar.options")
)
def import_(
    file: Annotated[
        Path, typer.Argument(metavar=text("metavar.file"), help=text("option.import-file"))
    ],
    directory: Annotated[
        Path,
        typer.Option(
            "--plugin-dir", metavar=text("metavar.directory"), help=text("option.plugin-dir")
        ),
    ],
    level: Annotated[
        str | None,
        typer.Option("--level", metavar=text("metavar.level"), help=text("option.import-level")),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar=text("metavar.name"), help=text("option.sheet")),
    ] = None,
    clause: Annotated[
        str | None,
        typer.Option("--clause", metavar=text("metavar.text"), help=text("option.clause")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=text("option.import-force"))] = False,  # noqa: FBT002
    lang: Language = None,
    debug: Debug = False,  # noqa: FBT002
) -> None:
    from dti_core.cli.importing import Request, import_annex

    import_annex(Request(file, directory, level, sheet, clause, force))
