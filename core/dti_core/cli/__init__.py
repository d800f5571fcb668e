"""The ``dti`` command. Importing this module is cheap; each command imports what it needs."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command that the arguments name; the language is known before the first help text."""
    gc.disable()  # the process is short: what it makes lives until it ends
    from dti_core.cli.language import choose_language
    from dti_core.cli.run import run

    choose_language(sys.argv[1:])
    code = run()
    gc.freeze()  # and need not be searched on the way out
    sys.exit(code)
