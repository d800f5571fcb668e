"""What the tests of a cycle share: the databases, and forms that are filled in by a spreadsheet."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent
# importlib mode puts no test folder on the path
sys.path[:0] = [str(HERE), str(TESTS), str(TESTS / "forms")]

from databases import databases, dti, kind, process, store, url  # noqa: E402, F401
