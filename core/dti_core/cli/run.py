"""Running a command: every fault becomes a message and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from dti_core.errors import DtiError
from dti_core.messages import text

USAGE = 2
INTERNAL = 3
INTERRUPTED = 130
READER_GONE = 141
FAULTS = {
    "MissingParameter": "run.missing-option",
    "NoSuchOption": "run.no-such-option",
    "BadParameter": "run.bad-value",
}
"""What a person can do wrong on the command line, by the library's name for it."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command of the arguments (of the process, where none are given).

    :return: 0 done; 1 bad input; 2 usage, or a plugin that cannot be loaded; 3 a plugin that
        misbehaved, or a fault of the program itself; as shells have it, 130 interrupted and 141
        where whoever read the output has gone.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return _call(arguments)
    except DtiError as error:
        _traceback(arguments)
        _tell(error)
        return error.exit_code
    except (BrokenPipeError, SystemExit):
        # Whoever read the output has gone (the library for options exits for that); nothing more
        # can be told there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001
        _traceback(arguments)
        _say(text("run.internal", error=f"{type(error).__name__}: {error}"))
        return INTERNAL


def _call(arguments: Sequence[str]) -> int:
    from typer.exceptions import Exit, TyperException

    from dti_core.cli.app import app

    try:
        code = app(list(arguments) or ["--help"], standalone_mode=False)
        sys.stdout.flush()
    except Exit as end:
        return end.exit_code
    except TyperException as error:
        _say(text("run.usage", error=_usage_fault(error)))
        return USAGE
    return code if isinstance(code, int) else 0  # the library gives back the code of an Exit


def _usage_fault(error: Any) -> str:
    """Say in the language in use what the command-line library says in English."""
    parameter = getattr(error, "param", None)
    option = getattr(error, "option_name", None) or (parameter and "/".join(parameter.opts))
    key = FAULTS.get(type(error).__name__)
    if key is None or option is None:
        return str(error.format_message())
    close = getattr(error, "possibilities", None) or ["--help"]
    if parameter is not None and parameter.param_type_name == "argument":
        return text("run.missing-argument", argument=parameter.metavar or parameter.name)
    if parameter is not None:
        close = parameter.get_help_record(error.ctx)[:1]
    return text(key, option=option, close=", ".join(close))


def _tell(error: DtiError) -> None:
    for problem in error.problems:
        _say(str(problem))
    if error.total > 1:
        _say(text("run.total", total=error.total, shown=len(error.problems)))


def _traceback(arguments: Sequence[str]) -> None:
    if "--debug" in arguments:
        traceback.print_exc()


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201
