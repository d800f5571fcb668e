"""What the smoke test of the fuzzing shares with the long run."""

from __future__ import annotations

import sys
from pathlib import Path

# importlib mode puts no test folder on the path
sys.path.insert(0, str(Path(__file__).parent))
