"""``dti_score``: two int64 expressions over a tally, or exit code 3; never a wrong number."""

import pytest

PLUGIN = "plugin “minhhoa” 1.0"

SCORE = """
from dti_core.valuing import Value

@hookimpl
def dti_score(framework, ranking):
    {}
"""

WRONG = {
    "a-float": ("return 0.5", "must return Value, not float."),
    "names-of-columns": (
        "return Value('points', 'max_points')",
        "returns field numerator as str; it must be narwhals.Expr.",
    ),
    "a-number-below": (
        "return Value(nw.col('points'), 200_000)",
        "returns field denominator as int; it must be narwhals.Expr.",
    ),
    "raises": ("raise LookupError('mất tệp')", "failed: LookupError: mất tệp"),
    "exits": ("import sys; sys.exit(0)", "failed: SystemExit: 0"),
}


@pytest.mark.parametrize(("body", "fault"), WRONG.values(), ids=WRONG)
def test_anything_but_two_expressions_is_the_plugins_fault(environment, body, fault):
    environment.install("minhhoa", SCORE.format(body))
    environment.evaluate("minhhoa").fails(3, f"{PLUGIN}: hook dti_score {fault}")


def test_a_library_panic_in_a_hook_is_the_plugins_fault(environment):
    """The engine's panics are no ``Exception``, and still no traceback for a person."""
    body = "import polars; raise polars.exceptions.PanicException('hỏng')"
    environment.install("minhhoa", SCORE.format(body))
    environment.evaluate("minhhoa").fails_telling(3, f"{PLUGIN}: hook dti_score failed: ", "hỏng")


FLOATS = {
    "numerator": ("nw.col('points') / 2", "nw.col('max_points')"),
    "denominator": ("nw.col('points')", "nw.col('max_points').cast(nw.Float64)"),
}


@pytest.mark.parametrize(("numerator", "denominator"), FLOATS.values(), ids=FLOATS)
def test_a_formula_that_gives_floats_is_refused(environment, numerator, denominator):
    environment.install("minhhoa", SCORE.format(f"return Value({numerator}, {denominator})"))
    environment.evaluate("minhhoa").fails(
        3, f"{PLUGIN}: the dti_score formula of ranking overall gives no integers."
    )


LARGE = {
    "both": ("nw.col('points') * 10**5", "nw.col('max_points') * 10**5"),
    "numerator-over-one": ("nw.col('points') * 10**10", "nw.lit(1)"),
    "below-zero": ("nw.col('points') * -(10**7)", "nw.col('max_points')"),
}


@pytest.mark.parametrize(("numerator", "denominator"), LARGE.values(), ids=LARGE)
def test_numbers_too_large_to_stay_exact_are_refused(environment, numerator, denominator):
    environment.install("minhhoa", SCORE.format(f"return Value({numerator}, {denominator})"))
    environment.evaluate("minhhoa").fails(
        3,
        f"{PLUGIN}: the dti_score formula of ranking overall gives numbers too large to compare "
        "exactly.",
    )


def test_a_column_that_is_not_there_is_named(environment):
    environment.install("minhhoa", SCORE.format("return Value(nw.col('diem'), nw.lit(1))"))
    environment.evaluate("minhhoa").fails_telling(
        3, f"{PLUGIN}: a formula or rule cannot be computed: ", "diem"
    )


INTEGERS = {
    "literals-of-an-engines-smaller-integer": (
        "nw.when(nw.col('points') >= 150_000).then(nw.lit(200_000)).otherwise(nw.lit(0))",
        "nw.col('max_points')",
        ["100.00", "0.00"],
    ),
    "a-literal-below": ("nw.col('points')", "nw.lit(400_000)", ["37.50", "6.25"]),
}


@pytest.mark.parametrize(("numerator", "denominator", "values"), INTEGERS.values(), ids=INTEGERS)
def test_integers_of_any_size_give_the_exact_value_or_are_refused(
    environment, numerator, denominator, values
):
    """A literal is 32 bits wide in one engine and 64 in another: no value may wrap round."""
    environment.install("minhhoa", SCORE.format(f"return Value({numerator}, {denominator})"))
    run = environment.evaluate("minhhoa")
    if run.exit_code == 0:
        assert [row.split(",")[6] for row in run.out.splitlines()[1:]] == values
    else:
        run.fails_telling(3, PLUGIN, "dti_score")


def test_nothing_stands_for_points_over_applicable_maximum(environment):
    environment.install("minhhoa", SCORE.format("return None"))
    run = environment.evaluate("minhhoa")
    assert [row.split(",")[6] for row in run.out.splitlines()[1:]] == ["75.00", "12.50"]
