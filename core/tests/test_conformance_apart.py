"""A plugin in a process of its own, and what the watch there sees of it and of nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from textwrap import dedent

import pytest

from dti_core.conformance.apart import PLACES, run_apart
from dti_core.conformance.subject import Subject
from dti_core.loader import GROUP, Listed

START = """
from pathlib import Path
from dti_core.conformance.watching import Watch
import sys
out, watch = sys.stdout, Watch(Path(sys.argv[1]))
watch.install()
import watched
sys.setprofile(None)
print(*(kind for kind, _ in watch.seen), file=out, flush=True)
"""

SEEN = {
    "time.time": ("import time\ntime.time()", "clock"),
    "a clock under another name": ("from time import time as now\nnow()", "clock"),
    "today": ("import datetime\ndatetime.date.today()", "clock"),
    "now": ("from datetime import datetime\ndatetime.now()", "clock"),
    "getenv": ("import os\nos.getenv('HOME')", "environment"),
    "environ": ("import os\nos.environ['PATH']", "environment"),
    "all of the environment": ("import os\ndict(os.environ)", "environment"),
    "putenv": ("import os\nos.environ['DTI_X'] = '1'", "environment"),
    "socket": ("import socket\nsocket.socket().close()", "network"),
    "a name looked up": (
        "import socket\ntry: socket.getaddrinfo('localhost', 1)\nexcept OSError: pass",
        "network",
    ),
    "a program": ("import subprocess, sys\nsubprocess.run([sys.executable, '-V'])", "network"),
    "a file written": ("open('mới.txt', 'w').close()", "files"),
    "a path written": ("from pathlib import Path\nPath('mới.txt').write_text('x')", "files"),
    "a folder made": ("import os\nos.mkdir('mới')", "files"),
    "a temporary file": ("import tempfile\ntempfile.mkstemp()", "files"),
    "print": ("print('x')", "output"),
    "stderr": ("import sys\nsys.stderr.write('x')", "output"),
    "a warning": ("import warnings\nwarnings.warn('x')", "output"),
    "logging": ("import logging\nlogging.warning('x')", "output"),
}
UNSEEN = {
    "a file read": "open(__file__).close()",
    "a date": "import datetime\ndatetime.date(2024, 1, 2).isoformat()",
    "a stamp that is given": "import datetime\ndatetime.datetime.fromtimestamp(0)",
    "a library that is imported": "import polars, pydantic, narwhals, decimal, zoneinfo",
    "work of a library": "import polars as pl\npl.DataFrame({'a': [1]}).lazy().collect()",
    "core at work": "from dti_core.messages import text\ntext('rule.other')",
}


def seen(source: str, tmp_path) -> list[str]:
    """Run a module under the watch, in a process of its own."""
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "__init__.py").write_text(dedent(source), encoding="utf-8")
    command = [sys.executable, "-c", START, str(folder)]
    environment = os.environ | {"TMPDIR": str(tmp_path), "PYTHONWARNINGS": "default"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(("source", "kind"), SEEN.values(), ids=SEEN)
def test_the_watch_sees_what_a_plugin_does_beside_its_work(source, kind, tmp_path):
    assert kind in seen(source, tmp_path)


@pytest.mark.parametrize("source", UNSEEN.values(), ids=UNSEEN)
def test_the_watch_sees_nothing_in_honest_work(source, tmp_path):
    assert seen(source, tmp_path) == []


def subject_in(folder, source: str, monkeypatch) -> Subject:
    (folder / "dti_rieng").mkdir()
    (folder / "dti_rieng" / "__init__.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return Subject(Listed("rieng", "dti-rieng", "1", EntryPoint("rieng", "dti_rieng", GROUP)))


def test_every_place_has_its_own_surroundings(tmp_path, monkeypatch):
    told = "import os, time\nraise RuntimeError(os.environ['PYTHONHASHSEED'] + time.tzname[0])"
    ran = run_apart(subject_in(tmp_path, told, monkeypatch))
    wanted = [f"{each['PYTHONHASHSEED']}{each['TZ'][:4]}" for each in PLACES]
    assert [place in each.results["error"] for place, each in zip(wanted, ran, strict=True)] == [
        True,
        True,
    ]


def test_what_was_left_in_the_environment_does_not_come_along(tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    told = (
        "import os\nraise RuntimeError(str((os.environ.get('LANG'), os.environ['PYTHONHASHSEED'])))"
    )
    ran = run_apart(subject_in(tmp_path, told, monkeypatch))
    assert ["(None, '1')" in ran[0].results["error"], "7" in ran[1].results["error"]] == [
        True,
        False,
    ]
