"""A page as a session: its files are written and its commands run, in order, in one shell."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from documents import Block, blocks

SEPARATOR = "\x1e"
ELLIPSIS = "…"
CLERK = "docs/tutorial/dien_phieu.py"
NOTHING: Mapping[str, str] = MappingProxyType({})
NOT_OURS = {
    "PYTHONWARNINGS",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "COLUMNS",
    "LANGUAGE",
    "DTI_LANG",
    "DTI_DATABASE_URL",
}


@dataclass(frozen=True)
class Command:
    """A command of a page with the output that the page shows, and what really happened."""

    line: str
    shown: str
    expected: int
    actual: str = ""
    status: int = -1

    def fault(self) -> str:
        """Say how the page and the run differ; nothing where they agree."""
        if self.status == self.expected and matches(self.shown, self.actual):
            return ""
        told = f"exit {self.status}, the page says {self.expected}"
        return f"$ {self.line}\n({told})\n{self.actual}\n--- the page shows:\n{self.shown}"


def matches(shown: str, actual: str) -> bool:
    """Compare line by line; ``…`` on a line of its own stands for any lines, else for any words."""
    pattern = ""
    for line in shown.splitlines():
        words = map(re.escape, line.rstrip().split(ELLIPSIS))
        pattern += "(?:.*\n)*?" if line.strip() == ELLIPSIS else ".*".join(words) + "\n"
    text = "".join(f"{line.rstrip()}\n" for line in actual.splitlines())
    return re.fullmatch(pattern, text) is not None


def commands(block: Block) -> list[Command]:
    """Split a ``console`` block at its prompts."""
    expected = int(block.says.get("exit", "0"))
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE)
    return [Command(line, shown, expected) for line, shown in found]


def run_page(
    page: Path, folder: Path, libraries: Path, meant: Mapping[str, str] = NOTHING
) -> list[Command]:
    """Write the page's files and run its commands in a folder.

    :param libraries: what is installed beside dti, so that pip has nothing to fetch.
    :param meant: what is run in place of what the page can only show an example of.
    """
    script, wanted = [], []
    for block in blocks(page):
        if "file" in block.says:
            script.append(_write(block))
        if "types" in block.says:
            script.append(_type(block))
        if block.language == "console":
            wanted += commands(block)
            script += [f"{each.line}\nprintf '{SEPARATOR}%s\\n' $?" for each in commands(block)]
    told = "\n".join(script)
    for shown, there in meant.items():
        told = told.replace(shown, there)
    output = run_script(told, folder, libraries)
    parts = re.split(rf"{SEPARATOR}(\d+)\n", output)
    done = zip(wanted, parts[0::2], map(int, parts[1::2]), strict=False)
    ran = [Command(each.line, each.shown, each.expected, text, code) for each, text, code in done]
    assert len(ran) == len(wanted), output
    return ran


def _write(block: Block) -> str:
    path = shlex.quote(block.says["file"])
    return f"mkdir -p $(dirname {path})\ncat > {path} <<'END-OF-FILE'\n{block.text}END-OF-FILE"


def _type(block: Block) -> str:
    """Type a table into forms in another spreadsheet program, as the reader does by hand."""
    folder = shlex.quote(block.says["types"])
    return f"python {CLERK} {folder} - <<'END-OF-FILE'\n{block.text}END-OF-FILE"


def run_script(script: str, folder: Path, libraries: Path) -> str:
    """Run a script in a folder; standard error comes with standard output."""
    (folder / "session.sh").write_text(script, encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    environment = kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(libraries),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads a 0 here as the option given on its command line
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    done = subprocess.run(
        ["bash", "session.sh"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.stdout


def link_libraries(folder: Path) -> Path:
    """Show everything that is installed here, but dti and its plugins, under another folder."""
    paths = sysconfig.get_paths()
    for site in {paths["purelib"], paths["platlib"]}:
        for each in Path(site).iterdir():
            own = each.name.startswith(("dti_", "pip", "~")) or each.suffix == ".pth"
            if not own and not (folder / each.name).exists():
                (folder / each.name).symlink_to(each)
    return folder
