"""Watching what a plugin does beside its work: clock, environment, network, files, output.

Three instruments, each put in once for a process of its own (:mod:`dti_core.conformance.apart`):
the interpreter's audit events, its profiler, which sees every call of a C function with the frame
that calls, and the environment's and streams' own methods. What core and the libraries that it
imports do is not the plugin's doing: only calls with a frame of the plugin's folder count.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

CLOCKS: Final = frozenset(
    {
        *("time.time", "time.time_ns", "time.clock_gettime", "time.clock_gettime_ns"),
        *("time.localtime", "time.gmtime", "time.ctime"),
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    }
)
WRITES: Final = frozenset(
    {
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link"),
        *("os.symlink", "os.chmod", "os.chown", "os.utime", "tempfile.mkstemp"),
        *("tempfile.mkdtemp", "shutil.rmtree", "shutil.move", "shutil.copyfile"),
    }
)
PROGRAMS: Final = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"}
)
WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LIBRARY: Final = sysconfig.get_paths()["stdlib"]
CORE: Final = str(Path(importlib.import_module("dti_core").__path__[0]))


class Watch:
    """Notes what the code in a folder does, as ``what: how, file:line``."""

    def __init__(self, folder: Path) -> None:
        """Watch the code of a plugin's package."""
        self.folder = str(folder) + os.sep
        self.seen: dict[tuple[str, str], None] = {}

    def install(self) -> None:
        """Put the instruments in; there is no way to take the audit hook out again."""
        sys.addaudithook(self._audit)
        _listen(type(os.environ), ("__getitem__", "__iter__"), self._environment)
        sys.stdout, sys.stderr = _Heard(self, "stdout"), _Heard(self, "stderr")
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)

    def note(self, what: str, how: str, frame: FrameType | None, *, at_once: bool = True) -> None:
        """Note what was done if the plugin did it.

        :param at_once: only Python's own library stands between; else any other one may.
        """
        place = self._blamed(frame, at_once=at_once)
        if place:
            self.seen.setdefault((what, f"{how} in {place}"))

    def _blamed(self, frame: FrameType | None, *, at_once: bool) -> str:
        for each in _frames(frame):
            file = each.f_code.co_filename
            if file.startswith(self.folder):
                return f"{Path(file).name}, line {each.f_lineno}"
            imports = "importlib" in file
            own = file.startswith((CORE, "<string>"))
            foreign = not file.startswith((LIBRARY, "<frozen ")) or "site-packages" in file
            if imports or own or (at_once and foreign):
                return ""
        return ""

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and _writes(arguments):
            self.note("files", f"writes {arguments[0]}", sys._getframe(1), at_once=False)  # noqa: SLF001
        elif event in WRITES:
            self.note("files", event, sys._getframe(1), at_once=False)  # noqa: SLF001
        elif event.startswith(("socket.", "urllib.", "http.client.")) or event in PROGRAMS:
            self.note("network", event, sys._getframe(1), at_once=False)  # noqa: SLF001
        elif event in {"os.putenv", "os.unsetenv"}:
            self.note("environment", event, sys._getframe(1))  # noqa: SLF001

    def _profile(self, frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and _name(called) in CLOCKS:
            self.note("clock", _name(called), frame)

    def _environment(self, arguments: tuple[Any, ...]) -> None:
        how = f"reads {arguments[0]}" if arguments else "reads all of it"
        self.note("environment", how, sys._getframe(2))  # noqa: SLF001


class _Heard(io.TextIOBase):
    """A stream that notes who writes to it, and passes nothing on."""

    def __init__(self, watch: Watch, name: str) -> None:
        self.watch, self.called = watch, name

    def write(self, text: str) -> int:
        """Note what is written."""
        self.watch.note("output", f"writes to {self.called}", sys._getframe(1))  # noqa: SLF001
        return len(text)


def _listen(kind: type, methods: tuple[str, ...], note: Callable[[tuple[Any, ...]], None]) -> None:
    """Let methods of a class tell before they do their work."""
    for name in methods:
        setattr(kind, name, _telling(getattr(kind, name), note))


def _telling(
    method: Callable[..., Any], note: Callable[[tuple[Any, ...]], None]
) -> Callable[..., Any]:
    def told(self: object, *arguments: Any) -> Any:
        note(arguments)
        return method(self, *arguments)

    return told


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(flags & WRITING)


def _name(called: Any) -> str:
    """Name a C function by its module, or by its class where it is a method of one."""
    name = getattr(called, "__qualname__", "")
    return name if "." in name else f"{getattr(called, '__module__', '')}.{name}"
