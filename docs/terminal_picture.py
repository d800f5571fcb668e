"""Writes docs/images/evaluate-hue.svg: what a terminal shows after ``dti evaluate --plugin hue``.

Run it again when the output changes: ``python docs/terminal_picture.py``.
"""

import os
import pty
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

COMMAND = ["dti", "evaluate", "--plugin", "hue", "--level", "huyen"]
PICTURE = Path(__file__).parent / "images" / "evaluate-hue.svg"
WIDTH = 96


def shown_on_terminal(command: list[str]) -> str:
    """Run a command on a pseudo-terminal and return all that it showed, colours included."""
    os.environ |= {"COLUMNS": str(WIDTH), "LINES": "60", "TERM": "xterm-256color"}
    chunks: list[bytes] = []

    def keep(descriptor: int) -> bytes:
        chunks.append(os.read(descriptor, 65536))
        return chunks[-1]

    sys.stdout.flush()
    pty.spawn(command, keep)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def main() -> None:
    """Write the picture without the web fonts that the library would link to."""
    console = Console(record=True, width=WIDTH, file=Path(os.devnull).open("w"))  # noqa: SIM115
    console.print(Text(f"$ {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(shown_on_terminal(COMMAND)))
    svg = console.export_svg(title="dti", unique_id="dti")
    svg = svg.replace("<!-- Generated with Rich https://www.textualize.io -->", "")
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    PICTURE.write_text(re.sub(r"[ \t]+\n", "\n", svg), encoding="utf-8")


if __name__ == "__main__":
    main()
