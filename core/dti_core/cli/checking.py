"""``dti check``: the conformance suite on one installed plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dti_core.cli.output import write_result
from dti_core.errors import usage_error

WRITERS: Final = {"text": "to_text", "json": "to_json", "junit": "to_junit"}


def check_plugin(name: str, form: str, output: Path | None, *, deep: bool) -> int:
    """Run every check, write the report and return the exit code: 1 where something failed.

    :raises PluginUnavailable: there is no such plugin.
    :raises UsageError: what the suite needs is not installed.
    """
    try:
        import hypothesis  # noqa: F401
        import yaml  # noqa: F401
    except ModuleNotFoundError as error:
        raise usage_error("usage.no-conformance", module=error.name) from error
    from dti_core.conformance import report
    from dti_core.conformance.run import run_checks
    from dti_core.conformance.subject import CASES, DEEP_CASES, find_subject
    from dti_core.conformance.suite import CHECKS

    made = run_checks(find_subject(name, DEEP_CASES if deep else CASES), CHECKS)
    write_result(getattr(report, WRITERS[form])(made), output)
    return 0 if made.passed else 1
