"""``dti_tier`` and ``dti_calendar``: the models, or exit code 3."""

import pytest

PLUGIN = "plugin “minhhoa” 1.0"

TIER = """
from dti_core.models import Tier, Tiers

ALL = Tier(name="Đạt", lower="0", citation={{"clause": "Điều 1"}})

@hookimpl
def dti_tier(framework):
    {}
"""

TIERS = {
    "a-list": ("return [ALL]", "must return Tiers, not list."),
    "one-tier": ("return ALL", "must return Tiers, not Tier."),
    "a-generator": ("yield ALL", "must return Tiers, not generator."),
    "raises": ("raise LookupError('mất tệp')", "failed: LookupError: mất tệp"),
}


@pytest.mark.parametrize(("body", "fault"), TIERS.values(), ids=TIERS)
def test_anything_but_tiers_is_the_plugins_fault(environment, body, fault):
    environment.install("minhhoa", TIER.format(body))
    environment.evaluate("minhhoa").fails(3, f"{PLUGIN}: hook dti_tier {fault}")


def test_tiers_that_leave_values_out_are_the_plugins_fault(environment):
    body = "return Tiers(tiers=[ALL.model_copy(update={'lower': 50})])"
    environment.install("minhhoa", TIER.format(body))
    environment.evaluate("minhhoa").fails_telling(
        3, f"{PLUGIN}: hook dti_tier failed: Value error, the lowest tier starts at 0"
    )


def test_tiers_reach_the_result(environment):
    environment.install("minhhoa", TIER.format("return Tiers(tiers=[ALL])"))
    run = environment.evaluate("minhhoa")
    assert [row.split(",")[7] for row in run.out.splitlines()[1:]] == ["Đạt", "Đạt"]


CALENDAR = """
import datetime as dt
from dti_core.models import Calendar, Milestone

def _calendar(year):
    day = {{"date": dt.date(year, 12, 1), "day": "to", "citation": {{"clause": "Điều 1"}}}}
    one = Milestone(id="cong-bo", kind="publication", name="Công bố", **day)
    return Calendar(year=year, milestones=(one,))

@hookimpl
def dti_calendar(framework, year):
    {}
"""

CALENDARS = {
    "a-list": ("return list(_calendar(year).milestones)", "must return Calendar, not list."),
    "another-year": (
        "return _calendar(year - 1)",
        "returns field year as 2023; it must be 2024.",
    ),
    "raises": ("raise LookupError('mất tệp')", "failed: LookupError: mất tệp"),
}


@pytest.mark.parametrize(("body", "fault"), CALENDARS.values(), ids=CALENDARS)
def test_anything_but_the_calendar_of_the_year_is_the_plugins_fault(environment, body, fault):
    environment.install("minhhoa", CALENDAR.format(body))
    run = environment.dti("calendar", "--plugin", "minhhoa", "--year", "2024")
    run.fails(3, f"{PLUGIN}: hook dti_calendar {fault}")


def test_the_calendar_of_the_year_is_shown(environment):
    environment.install("minhhoa", CALENDAR.format("return _calendar(year)"))
    run = environment.dti("calendar", "--plugin", "minhhoa", "--year", "2024")
    assert (run.exit_code, run.err) == (0, "")
    assert "to 01/12/2024, that day included" in run.out


@pytest.mark.parametrize("code", ["", CALENDAR.format("return None")], ids=["no-hook", "nothing"])
def test_a_decision_that_fixes_no_dates(environment, code):
    environment.install("minhhoa", code)
    run = environment.dti("calendar", "--plugin", "minhhoa", "--year", "2024")
    run.fails(2, "the decision of plugin “minhhoa” fixes no dates.")
