"""Standard output, standard error and files: a result is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from dti_core.errors import usage_error
from dti_core.messages import text


def note(key: str, **values: object) -> None:
    """Tell something beside the result, on stderr."""
    print(text(key, **values), file=sys.stderr)  # noqa: T201


def write_result(content: bytes, output: Path | None, *, binary: bool = False) -> None:
    """Write to a file, atomically, or to standard output.

    :raises UsageError: the file cannot be written, or a binary result would go to a terminal.
    """
    if output is not None:
        _write_file(content, output.resolve())
        note("note.written", output=output)
        return
    if binary and sys.stdout.isatty():
        raise usage_error("usage.binary-terminal")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _write_file(content: bytes, output: Path) -> None:
    """Replace a file by a whole one; what is no file (a device, a pipe) is written to as it is."""
    if output.exists() and not output.is_file() and not output.is_dir():
        output.write_bytes(content)
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise usage_error("usage.cannot-write", output=output, error=error.strerror) from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(0o666 & ~_umask())
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise usage_error("usage.cannot-write", output=output, error=error.strerror) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
