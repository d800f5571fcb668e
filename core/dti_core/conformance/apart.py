"""A plugin in a process of its own: other hash seed, locale, time zone and engine, and watched.

``python -m dti_core.conformance.apart`` takes the plugin's metadata as JSON on standard input and
writes what it gives, with what it was seen doing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Final

from dti_core.conformance.subject import Subject
from dti_core.loader import GROUP, Listed
from dti_core.models import Framework
from dti_core.pipeline import evaluate
from dti_core.report.json_text import to_json
from dti_core.report.tabular import to_csv
from dti_core.trace import trace

PLACES: Final[tuple[Mapping[str, str], ...]] = (
    {
        "PYTHONHASHSEED": "1",
        "TZ": "EAST-14",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "POLARS_MAX_THREADS": "1",
    },
    {
        "PYTHONHASHSEED": "4242",
        "TZ": "WEST+11",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "POLARS_ENGINE_AFFINITY": "streaming",
    },
)
"""Surroundings that must not matter: far apart in everything that could."""

LEFT_BEHIND: Final = frozenset(
    {"LANG", "LANGUAGE", "DTI_LANG", "LC_CTYPE", "PYTHONSTARTUP", *PLACES[0], *PLACES[1]}
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: by level and format its text, and what the plugin was seen doing."""

    results: Mapping[str, str]
    seen: tuple[tuple[str, str], ...]


def run_apart(subject: Subject) -> tuple[Ran, ...]:
    """Run a plugin in every place, at the same time; the last one is watched.

    :raises RuntimeError: a process ends without a result.
    """
    kept: dict[str, tuple[Ran, ...]] = vars(subject)
    if "apart" not in kept:
        with tempfile.TemporaryDirectory() as folder:
            started = [_start(subject, each, folder) for each in PLACES]
            kept["apart"] = tuple(_finish(each) for each in started)
    return kept["apart"]


def _start(subject: Subject, place: Mapping[str, str], folder: str) -> subprocess.Popen[bytes]:
    inherited = {name: each for name, each in os.environ.items() if name not in LEFT_BEHIND}
    paths = os.pathsep.join(str(Path(each).resolve()) for each in sys.path if each)
    started = subprocess.Popen(
        [sys.executable, "-m", "dti_core.conformance.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**inherited, "PYTHONPATH": paths, **place},
    )
    listed = subject.listed
    told = [listed.name, listed.distribution, listed.version, listed.entry_point.value]
    watched = place is PLACES[-1]
    if started.stdin:
        started.stdin.write(json.dumps({"listed": told, "watched": watched}).encode())
        started.stdin.close()
        started.stdin = None
    return started


def _finish(started: subprocess.Popen[bytes]) -> Ran:
    out, err = started.communicate()
    if started.returncode:
        raise RuntimeError(f"a process of its own ended: {err.decode(errors='replace')[-1000:]}")
    given = json.loads(out)
    return Ran(given["results"], tuple(map(tuple, given["seen"])))


def main() -> None:
    """Run the plugin that standard input names."""
    given = json.loads(sys.stdin.buffer.read())
    name, distribution, version, value = given["listed"]
    subject = Subject(Listed(name, distribution, version, EntryPoint(name, value, GROUP)))
    out, seen = sys.stdout.buffer, dict[tuple[str, str], None]()
    if given["watched"]:
        seen = _watch(subject)
    results = dict(_results(subject))
    sys.setprofile(None)
    out.write(json.dumps({"results": results, "seen": list(seen)}).encode())
    out.flush()


def _watch(subject: Subject) -> dict[tuple[str, str], None]:
    from dti_core.conformance.watching import Watch

    watch = Watch(subject.folder)
    watch.install()
    return watch.seen


def _results(subject: Subject) -> Iterator[tuple[str, str]]:
    """Give every result of the illustrative data; what fails is told as text too."""
    try:
        frameworks = [each for each in subject.scorable if each.leaves]
        for number, framework in enumerate(frameworks, 1):
            for form, text in _forms(subject, framework):
                yield f"{framework.level} {number} {form}", text
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # that it fails here and not there is a finding
        yield "error", f"{type(error).__name__}: {error}"


def _forms(subject: Subject, framework: Framework) -> Iterator[tuple[str, str]]:
    year = framework.decision.first_year
    evaluation = evaluate(subject.plugin, framework, year, [])
    yield "JSON", to_json(evaluation).decode()
    yield "CSV", to_csv(evaluation).decode()
    for unit in evaluation.units["unit"].to_list()[:3]:
        yield f"trace of {unit}", "\n".join(each.sentence for each in trace(evaluation, unit).steps)
    yield "calendar", str(subject.plugin.calendar(framework, year))


if __name__ == "__main__":
    main()
