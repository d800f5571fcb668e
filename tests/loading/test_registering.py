"""``dti_register_frameworks``: frameworks, one for each decision and level, or exit code 3."""

import json

import pytest

PLUGIN = "plugin “minhhoa” 1.0"
HOOK = f"{PLUGIN}: hook dti_register_frameworks"

REGISTER = """
@hookimpl
def dti_register_frameworks(choices):
    good = read_frameworks(DATA / "0", choices)
    {}
"""

RETURNS = {
    "nothing": ("pass", "must return list[Framework], not NoneType."),
    "a-dict": ("return {'xa': good}", "must return list[Framework], not dict."),
    "a-generator": ("yield from good", "must return list[Framework], not generator."),
    "a-list-with-something-else": ("return [*good, 'xa']", "must return Framework, not str."),
    "raises": ("raise LookupError('mất tệp')", "failed: LookupError: mất tệp"),
    "exits": ("import sys; sys.exit(0)", "failed: SystemExit: 0"),
}


@pytest.mark.parametrize(("body", "fault"), RETURNS.values(), ids=RETURNS)
def test_anything_but_frameworks_is_the_plugins_fault(environment, body, fault):
    environment.install("minhhoa", REGISTER.format(body))
    environment.evaluate("minhhoa").fails(3, f"{HOOK} {fault}")


def test_an_empty_list_is_refused(environment):
    environment.install("minhhoa", REGISTER.format("return []"))
    environment.evaluate("minhhoa").fails_telling(3, HOOK, "list[Framework]")


def test_data_that_break_a_rule_of_the_models_are_the_plugins_fault(environment):
    body = "return [each.rebuilt(dimensions=()) for each in good]"
    environment.install("minhhoa", REGISTER.format(body))
    environment.evaluate("minhhoa").fails_telling(3, f"{HOOK} failed", "there is nothing to score")


def test_a_wrong_return_is_told_in_vietnamese_by_default(environment):
    environment.install("minhhoa", REGISTER.format("pass"))
    environment.dti("evaluate", "--plugin", "minhhoa", lang="").fails(
        3, f"{HOOK} phải trả về list[Framework], không phải NoneType."
    )


OLD, NEW = ("1/QĐ-MH", 2021, 2023, "xa"), ("2/QĐ-MH", 2024, 2025, "xa")


@pytest.mark.parametrize(("year", "number"), [(2023, OLD[0]), (2024, NEW[0])], ids=["old", "new"])
def test_the_year_picks_the_decision_and_the_result_names_it(environment, year, number):
    environment.install("minhhoa", laws=[OLD, NEW])
    run = environment.dti(
        "evaluate", "--plugin", "minhhoa", "--level", "xa", "--year", str(year), "--format", "json"
    )
    assert run.exit_code == 0
    result = json.loads(run.out)
    assert result["decision"]["number"] == result["recipe"]["decision"] == number


def test_a_year_of_neither_decision_is_refused_and_both_intervals_named(environment):
    environment.install("minhhoa", laws=[OLD, NEW])
    run = environment.dti("evaluate", "--plugin", "minhhoa", "--year", "2026")
    run.fails(
        2,
        "no decision of plugin “minhhoa” answers for the year 2026. "
        "Intervals: 1/QĐ-MH: 2021–2023; 2/QĐ-MH: 2024–2025.",
    )


@pytest.mark.parametrize(
    "second",
    [("2/QĐ-MH", 2023, 2025, "xa"), ("2/QĐ-MH", 2020, 2030, "xa")],
    ids=["in-one-year", "around"],
)
def test_two_decisions_of_one_level_and_year_are_refused(environment, second):
    environment.install("minhhoa", laws=[OLD, second])
    environment.evaluate("minhhoa").fails(
        3, f"{PLUGIN}: two decisions for level xa answer for the same year."
    )


def test_one_framework_given_twice_is_refused_too(environment):
    environment.install("minhhoa", REGISTER.format("return good * 2"))
    environment.evaluate("minhhoa").fails(
        3, f"{PLUGIN}: two decisions for level xa answer for the same year."
    )


def test_one_year_of_two_levels_is_no_overlap(environment):
    environment.install("minhhoa", laws=[NEW, (*NEW[:3], "huyen")])
    assert environment.evaluate("minhhoa").exit_code == 0


CALENDAR = """
@hookimpl
def dti_calendar(framework, year):
    import datetime as dt
    from dti_core.models import Calendar, Milestone
    day = {"date": dt.date(year, 12, 1), "day": "to", "citation": {"clause": "Điều 1"}}
    one = Milestone(id="cong-bo", kind="publication", name="Công bố", **day)
    return Calendar(year=year, milestones=(one,))
"""


@pytest.mark.parametrize("command", ["frameworks", "calendar"])
def test_a_level_that_only_the_other_decision_has_is_passed_over(environment, command):
    """2021–2023 there is a set for xã, 2024–2025 one for huyện: 2025 asks for the latter."""
    environment.install("minhhoa", CALENDAR, laws=[OLD, (*NEW[:3], "huyen")])
    run = environment.dti(command, "--plugin", "minhhoa", "--year", "2025")
    assert (run.exit_code, run.err) == (0, "")
    assert {"frameworks": "2/QĐ-MH", "calendar": "01/12/2025"}[command] in run.out


def test_a_calendar_without_a_year_shows_the_first_decisions_levels(environment):
    environment.install("minhhoa", CALENDAR, laws=[OLD, (*NEW[:3], "huyen")])
    run = environment.dti("calendar", "--plugin", "minhhoa")
    assert (run.exit_code, run.err) == (0, "No --year given: using 2021.\n")
    assert "01/12/2021" in run.out


def test_a_choice_that_the_plugin_ignores_is_the_plugins_fault(environment):
    environment.install("minhhoa", REGISTER.format("return read_frameworks(DATA / '0', {})"))
    assert environment.evaluate("minhhoa", "--interpret", "missing=zero").exit_code == 0
    environment.evaluate("minhhoa", "--interpret", "missing=refuse").fails(
        3, f"{HOOK} did not put the chosen interpretations missing in force."
    )


def test_a_choice_that_the_plugin_puts_in_force_reaches_the_evaluation(environment):
    environment.install("minhhoa")
    environment.evaluate("minhhoa", "--interpret", "missing=refuse").fails(
        1,
        "unit “MH-02” lacks indicator A.1, and the interpretation in force refuses missing facts.",
    )


RULE = """
from dti_core.rules import Earned, YesNo

class YesNoOfOurOwn(YesNo):
    kind = "yes_no"
    def earned(self, year):
        {}

@hookimpl
def dti_register_frameworks(choices):
    return read_frameworks(DATA / "0", choices, [YesNoOfOurOwn])
"""
RULES = {
    "raises": ("raise LookupError('mất tệp')", "LookupError: mất tệp"),
    "exits": ("import sys; sys.exit(0)", "SystemExit: 0"),
    "wrong-type": ("return 1, 2", "tuple"),
}


@pytest.mark.parametrize(("body", "reason"), RULES.values(), ids=RULES)
def test_a_rule_kind_of_the_plugins_own_that_fails_is_the_plugins_fault(environment, body, reason):
    environment.install("minhhoa", RULE.format(body))
    environment.evaluate("minhhoa").fails_telling(3, PLUGIN, reason)
