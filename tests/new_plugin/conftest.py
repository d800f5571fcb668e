"""``dti new-plugin`` as a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DTI = Path(sys.executable).with_name("dti")


@pytest.fixture
def new(tmp_path):
    """Run the command in a folder of its own; nobody is at the keyboard."""

    def run(*arguments: str, **variables: str):
        return subprocess.run(
            [DTI, "new-plugin", *arguments],
            cwd=tmp_path,
            env=os.environ | {"DTI_LANG": "en", "PYTHONUTF8": "1"} | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run
