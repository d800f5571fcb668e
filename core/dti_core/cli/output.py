"""Standard output, standard error and files: a result is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from dti_core.errors import Problem, usage_error
from dti_core.messages import text, visible


def note(key: str, **values: object) -> None:
    """Tell something beside the result, on stderr."""
    print(visible(text(key, **values)), file=sys.stderr)  # noqa: T201


def note_problem(problem: Problem) -> None:
    """Tell a fault that does not stand in the way, with its place, on stderr."""
    print(problem, file=sys.stderr)  # noqa: T201


def write_result(content: bytes, output: Path | None, *, binary: bool = False) -> None:
    """Write to a file, atomically, or to standard output.

    :raises UsageError: the file cannot be written, or a binary result would go to a terminal.
    """
    if output is None and binary and sys.stdout.isatty():
        raise usage_error("usage.binary-terminal")
    try:
        if output is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        _write_file(content, output.resolve())
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        reason = getattr(error, "strerror", None) or error
        raise usage_error("usage.cannot-write", output=output or "stdout", error=reason) from error
    note("note.written", output=output)


def _write_file(content: bytes, output: Path) -> None:
    """Replace a file by a whole one; what is no file (a device, a pipe) is written to as it is."""
    if output.exists() and not output.is_file() and not output.is_dir():
        output.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(0o666 & ~_umask())
        draft.replace(output)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
