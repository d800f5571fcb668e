"""Packaging: what is installed is all that is needed, and nothing else is."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, version
from pathlib import Path
from typing import Final

from dti_core.conformance.check import check
from dti_core.conformance.subject import Subject

PUBLIC: Final = {
    f"dti_core.{name}"
    for name in (
        *("conformance", "errors", "facts", "hookspecs", "lawfiles"),
        *("models", "rules", "sources", "valuing"),
    )
}
"""What a plugin may import of core; of the suite any module."""

ADDRESS: Final = re.compile(
    r"--(?:extra-)?index-url|--find-links|(?:^|[/.])pypi\.|/simple/?\b|registry\.", re.IGNORECASE
)
"""How a package registry is addressed."""

TEXT: Final = {".py", ".toml", ".csv", ".yaml", ".md", ".txt", ".cfg", ".ini", ".json"}


@check(
    "packaging.files",
    title="the wheel records all that is in the package, with worked examples and py.typed",
    why="what the wheel leaves out is missing only on other people's machines",
    guards="plugin",
)
def files(subject: Subject) -> Iterator[str]:
    recorded, present = set(_recorded(subject)), set(_present(subject.folder))
    for name, wanted in WANTED.items():
        if not any(re.fullmatch(wanted, each) for each in recorded & present):
            yield f"there is no {name} in the distribution: add it to the package"
    for each in sorted(present - recorded):
        yield f"{each} is in the package, but the wheel does not record it"
    for each in sorted(recorded - present):
        yield f"{each} is recorded by the wheel, but it is not in the package"


WANTED: Final = {
    "py.typed": r"py\.typed",
    "examples/*.yaml": r"examples/.+\.yaml",
}


def _recorded(subject: Subject) -> Iterator[str]:
    """Yield the files of the package that the distribution records, as seen from the package.

    An editable installation records only where the package is: there its folder is the record.
    """
    if _is_editable(_distribution(subject)):
        yield from _present(subject.folder)
    for each in _distribution(subject).files or ():
        if each.parts[0] == subject.folder.name and _is_source(Path(each)):
            yield "/".join(each.parts[1:])


def _present(folder: Path) -> Iterator[str]:
    paths = (each for each in folder.rglob("*") if each.is_file() and _is_source(each))
    return (each.relative_to(folder).as_posix() for each in paths)


def _is_source(path: Path) -> bool:
    return path.suffix != ".pyc" and "__pycache__" not in path.parts


def _is_editable(distribution: Distribution) -> bool:
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    return bool(origin.get("dir_info", {}).get("editable"))


def _distribution(subject: Subject) -> Distribution:
    found = subject.listed.entry_point.dist
    if found is None:
        raise LookupError(f"no distribution gives the entry point {subject.name}")
    return found


@check(
    "packaging.core",
    title="the distribution depends on dti-core, from a version and below a version",
    why="a new core may read the same data otherwise; the year's ranking must not change by it",
    guards="plugin",
)
def core(subject: Subject) -> Iterator[str]:
    needed = _distribution(subject).requires or []
    mine = [each for each in needed if CORE.match(each) and "extra ==" not in each]
    bounds = [bound for each in mine for bound in BOUND.findall(each.partition(";")[0])]
    signs = {sign for sign, _ in bounds}
    if not mine:
        yield "nothing says that it needs dti-core: depend on “dti-core>=X,<Y”"
    elif not signs & LOWER or not signs & UPPER:
        yield f"{mine[0]} is not bounded on both sides: depend on “dti-core>=X,<Y”"
    elif not all(_holds(*each) for each in bounds):
        yield f"{mine[0]} leaves out dti-core {version('dti-core')}, by which it is tested"


CORE: Final = re.compile(r"dti[-_.]core(?![\w.-])", re.IGNORECASE)
LOWER: Final = {">=", ">", "~=", "=="}
UPPER: Final = {"<", "<=", "~=", "=="}
BOUND: Final = re.compile(r"(>=|<=|<|>|==|~=|!=)\s*(\d[\w.*]*)")


def _holds(sign: str, bound: str) -> bool:
    """Tell whether this core is on the right side of a bound, by its figures alone."""
    here, there = _figures(version("dti-core")), _figures(bound)
    return {">=": here >= there, "~=": here >= there, "<": here < there}.get(sign, True)


def _figures(text: str) -> tuple[int, ...]:
    figures = [int(each) for each in re.findall(r"\d+", text)]
    return (*figures, 0, 0, 0)[:3]


@check(
    "packaging.imports",
    title="the plugin imports no other plugin, and of core only what is public",
    why="what core does not promise may change, and no decision depends on another one's program",
    guards="plugin",
)
def imports(subject: Subject) -> Iterator[str]:
    for path in sorted(subject.folder.rglob("*.py")):
        where = path.relative_to(subject.folder)
        tree = ast.parse(path.read_bytes())
        for line, module in sorted({found for node in ast.walk(tree) for found in _imported(node)}):
            if module.startswith("dti_") and not _may_import(module, subject.folder.name):
                yield f"{where}, line {line}: it imports {module}: {_instead(module)}"


def _imported(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield what a statement imports, also by name at run time, with its line."""
    if isinstance(node, ast.Import):
        yield from ((node.lineno, each.name) for each in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.lineno, node.module
        if node.module == "dti_core":
            yield from ((node.lineno, f"dti_core.{each.name}") for each in node.names)
    elif isinstance(node, ast.Call) and _called(node.func) in {"import_module", "__import__"}:
        named = (each for each in node.args[:1] if isinstance(each, ast.Constant))
        yield from ((node.lineno, str(each.value)) for each in named)


def _called(function: ast.expr) -> str:
    return str(getattr(function, "attr", None) or getattr(function, "id", ""))


def _may_import(module: str, own: str) -> bool:
    top = module.partition(".")[0]
    of_the_suite = module.startswith("dti_core.conformance.")
    return top == own or module == "dti_core" or module in PUBLIC or of_the_suite


def _instead(module: str) -> str:
    if module.startswith("dti_core"):
        return f"take it from one of {', '.join(sorted(PUBLIC))}"
    return "a decision stands alone"


@check(
    "packaging.registry",
    title="neither the metadata nor the files name a package registry",
    why="where a package comes from is decided by whoever installs it",
    guards="plugin",
)
def registry(subject: Subject) -> Iterator[str]:
    for each in _distribution(subject).requires or []:
        if "@" in each.partition(";")[0]:
            yield f"the requirement “{each}” names an address: name a version instead"
    for path in sorted(each for each in subject.folder.rglob("*") if each.suffix in TEXT):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if ADDRESS.search(line):
                where = f"{path.relative_to(subject.folder)}, line {number}"
                yield f"{where}: it names a package registry: leave that to the installation"


CHECKS: Final = (files, core, imports, registry)
