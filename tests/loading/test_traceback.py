"""A traceback is for whoever mends the plugin: with ``--debug`` and never without."""

import pytest

RAISE = "raise LookupError('mất tệp')"
HOOK = "@hookimpl\ndef {}: " + RAISE

FAULTS = {
    "import": (RAISE, 2, "LookupError: mất tệp"),
    "hook": (HOOK.format("dti_score(framework, ranking)"), 3, "LookupError: mất tệp"),
    "facts": (
        """
        @hookimpl
        def dti_collect_metrics(framework, year, sources):
            from dti_core.errors import InvalidFacts, Problem
            raise InvalidFacts([Problem("fact.no-unit", row=3)])
        """,
        1,
        "row 3: the unit is missing.",
    ),
}


@pytest.mark.parametrize(("code", "exit_code", "reason"), FAULTS.values(), ids=FAULTS)
def test_only_debug_shows_the_traceback(environment, code, exit_code, reason):
    environment.install("minhhoa", code)
    plain = environment.evaluate("minhhoa")
    plain.fails_telling(exit_code, reason)

    debug = environment.evaluate("minhhoa", "--debug")
    assert (debug.exit_code, debug.out) == (exit_code, "")
    assert debug.err.startswith("Traceback (most recent call last):\n")
    assert debug.err.endswith(plain.err)


def test_the_traceback_leads_to_the_line_in_the_plugin(environment):
    environment.install("minhhoa", RAISE)
    run = environment.dti("--debug", "evaluate", "--plugin", "minhhoa")
    assert str(environment.site / "dti_minhhoa" / "__init__.py") in run.err
    assert "LookupError: mất tệp\n\nThe above exception was the direct cause of" in run.err
