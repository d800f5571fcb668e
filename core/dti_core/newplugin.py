"""``NAME`` and a few answers → the package of a new plugin, from the template in ``template/``."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from dti_core.errors import usage_error
from dti_core.models import Level, Tiers

TEMPLATE: Final = Path(__file__).parent / "template"
NAME: Final = re.compile(r"[a-z][a-z0-9]*")
CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
RESERVED: Final = ("core",)
OVERALL: Final = "overall"
HIGHEST: Final = 100


@dataclass(frozen=True, slots=True)
class NewPlugin:
    """What the template asks; each answer as its function below gives it.

    :param name: what ``--plugin`` will take.
    :param tiers: name and lower bound in percent, from the highest to the lowest.
    :param rankings: code and name of each ranking beside the overall one.
    :param issuer: empty where it is left to be filled in, as is ``number``.
    :param year: the first year under evaluation.
    """

    name: str
    year: int
    issuer: str = ""
    number: str = ""
    levels: tuple[Level, ...] = tuple(Level)
    tiers: tuple[tuple[str, str], ...] = ()
    rankings: tuple[tuple[str, str], ...] = ()

    @property
    def distribution(self) -> str:
        """The name of the distribution."""
        return f"dti-{self.name}"


def read_name(given: str) -> str:
    """Return a name that a plugin may have.

    :raises UsageError: not lower-case letters and digits of ASCII, or the name of core.
    """
    if not NAME.fullmatch(given) or given in RESERVED:
        raise usage_error("usage.plugin-name", given=given)
    return given


def read_line(given: str) -> str:
    """Return text that can stand in quotation marks in any of the files.

    :raises UsageError: more than one line, or a character that would need an escape.
    """
    if not given.isprintable() or set(given) & {'"', "\\"}:
        raise usage_error("usage.one-line", given=given)
    return " ".join(given.split())


def read_levels(given: str) -> tuple[Level, ...]:
    """Read ``so,huyen,xa``; the levels stand in that order.

    :raises UsageError: none, or one that there is not.
    """
    wanted, known = set(_parts(given)), [each.value for each in Level]
    if not wanted or not wanted <= set(known):
        raise usage_error("usage.levels", given=given, known=",".join(known))
    return tuple(each for each in Level if each.value in wanted)


def read_tiers(given: str) -> tuple[tuple[str, str], ...]:
    """Read ``Tốt=90,Khá=70,Yếu=0``: names with their lower bounds in percent; nothing is no tiers.

    :raises UsageError: another form, or bounds that do not cover 0 … 100 % once.
    """
    pairs = tuple(_pairs(given))
    if not pairs:
        return ()
    clause = {"clause": "—"}
    tiers = [{"name": name, "lower": lower, "citation": clause} for name, lower in pairs]
    try:
        highest = Tiers.model_validate({"tiers": tiers}).tiers[0]
    except ValueError as error:
        raise usage_error("usage.tiers", given=given) from error
    if highest.lower > HIGHEST:
        raise usage_error("usage.tiers", given=given)
    return pairs


def read_rankings(given: str) -> tuple[tuple[str, str], ...]:
    """Read ``cqs=Chính quyền số,kts=Kinh tế số``: codes and names; nothing is no further ranking.

    :raises UsageError: another form, a code that is no word or stands twice.
    """
    pairs = tuple(_pairs(given))
    codes = [code for code, _ in pairs]
    words = all(CODE.fullmatch(code) for code in codes)
    if not words or len({OVERALL, *codes}) <= len(codes) or not all(name for _, name in pairs):
        raise usage_error("usage.rankings", given=given)
    return pairs


def _parts(given: str) -> list[str]:
    return [each.strip() for each in read_line(given).split(",") if each.strip()]


def _pairs(given: str) -> Iterator[tuple[str, str]]:
    for each in _parts(given):
        left, _, right = each.partition("=")
        yield left.strip(), right.strip()


def make(plugin: NewPlugin, directory: Path) -> list[Path]:
    """Write the package into a directory that is empty or not there, whole or not at all.

    :return: the files, relative to the directory.
    :raises UsageError: something stands there, it cannot be written, or copier is missing.
    """
    run_copy = _copier()
    try:
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise usage_error("usage.not-empty", directory=directory)
        with _draft(directory) as draft:
            run_copy(str(TEMPLATE), draft, data=_answers(plugin), defaults=True, quiet=True)
            _move(draft, directory)
    except OSError as error:
        reason = error.strerror or error
        raise usage_error("usage.cannot-write", output=directory, error=reason) from error
    files = (each for each in directory.rglob("*") if each.is_file())
    return sorted(each.relative_to(directory) for each in files)


def _copier() -> Callable[..., object]:
    try:
        from copier import run_copy
    except ModuleNotFoundError as error:
        raise usage_error("usage.no-copier", module=error.name) from error
    copy: Callable[..., object] = run_copy
    return copy


@contextmanager
def _draft(directory: Path) -> Iterator[Path]:
    """Give a folder to be moved to its place: on the same disk, and gone whatever happens."""
    place = directory.resolve()
    near = next(each for each in (place, *place.parents) if each.is_dir())
    with tempfile.TemporaryDirectory(dir=near, prefix=".new-plugin.") as folder:
        yield Path(folder) / "draft"


def _move(draft: Path, directory: Path) -> None:
    """Put a draft in its place; a directory that is there stays the same one."""
    if not directory.exists():
        directory.parent.mkdir(parents=True, exist_ok=True)
        draft.rename(directory)
        return
    for each in sorted(draft.iterdir()):
        each.rename(directory / each.name)


def _answers(plugin: NewPlugin) -> dict[str, object]:
    return {
        "name": plugin.name,
        "distribution": plugin.distribution,
        "core": bounds(metadata.version("dti-core")),
        "year": plugin.year,
        "issuer": plugin.issuer,
        "number": plugin.number,
        "levels": [each.value for each in plugin.levels],
        "tiers": [{"name": name, "lower": lower} for name, lower in plugin.tiers],
        "rankings": [{"code": code, "name": name} for code, name in plugin.rankings],
    }


def bounds(version: str) -> str:
    """Return the versions of core that promise what this one does.

    Before 1.0 that is up to the next minor release, later up to the next major one.
    """
    major, minor, *rest = version.split(".")
    is_release = all(each.isdigit() for each in rest)
    lowest = f"{major}.{minor}" if is_release else version
    next_one = f"0.{int(minor) + 1}" if major == "0" else str(int(major) + 1)
    return f">={lowest},<{next_one}"
