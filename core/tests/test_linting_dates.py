"""Windows and deadlines over several years: shared days, days of no year, steps out of order."""

from __future__ import annotations

import pytest
from frameworks import decision, interpretation
from linted import DATES, Decided, decided, found, moved, ruled

from dti_core.linting.dates import years


def _told(made: Decided, year: int | None = None) -> list[tuple[str, str, str]]:
    return [(each.code, each.subject, each.message) for each in found(made, year)]


def _window(start: tuple, end: tuple) -> list[tuple]:
    return [("window_start", *start), ("window_end", *end)]


LONG = decision(last_year=2040)


def test_a_window_that_ends_on_the_day_of_its_start_shares_that_day():
    """From 01/11 of the year before to 01/11: one day of two years."""
    dates = _window(("01/11", -1, "from"), ("01/11", 0, "to"))
    [(code, subject, message)] = _told(decided(dates=dates))
    assert (code, subject) == ("DTI301", "window_end")
    assert "ngày 01/11/2024" in message
    assert "năm 2024" in message
    assert "năm 2025" in message


def test_a_window_that_ends_before_that_day_shares_none():
    dates = _window(("01/11", -1, "from"), ("01/11", 0, "before"))
    assert _told(decided(dates=dates)) == []


@pytest.mark.parametrize(
    ("end", "days"),
    [("30/12", "ngày 31/12/2024"), ("15/11", "46 ngày từ 16/11/2024 đến 31/12/2024")],
)
def test_days_after_a_window_belong_to_no_year(end, days):
    [(code, subject, message)] = _told(decided(dates=moved("window_end", end)))
    assert (code, subject) == ("DTI302", "window_end")
    assert days in message


def test_a_leap_day_that_only_some_years_lose_is_found():
    """01/03 to 28/02: the 29th of February belongs to no year."""
    dates = _window(("01/03", 0, "from"), ("28/02", 1, "to"))
    law = decision(first_year=2024, last_year=2040)
    [(code, _, message)] = _told(decided(dates=dates, decision=law))
    assert code == "DTI302"
    assert "ngày 29/02/2028" in message


@pytest.mark.parametrize("first", range(2021, 2025))
def test_the_years_looked_at_hold_a_leap_day_whatever_the_first(first):
    dates = _window(("01/03", 0, "from"), ("28/02", 1, "to"))
    law = decision(first_year=first, last_year=2040)
    assert "DTI302" in {code for code, _, _ in _told(decided(dates=dates, decision=law))}


def test_a_decision_of_one_year_has_no_other_window():
    law = decision(first_year=2024, last_year=2024)
    dates = _window(("01/11", -1, "from"), ("15/11", 0, "to"))
    assert _told(decided(dates=dates, decision=law)) == []


def test_the_years_are_the_decisions_own():
    assert years(LONG, None) == [2024, 2025, 2026, 2027, 2028]
    assert years(LONG, 2030) == [2029, 2030, 2031]
    assert years(LONG, 2024) == [2024, 2025]
    assert years(decision(last_year=2024), None) == [2024]


def test_a_year_asked_for_is_compared_with_the_one_before_it():
    dates = _window(("01/11", -1, "from"), ("01/11", 0, "to"))
    [(_, _, message)] = _told(decided(dates=dates, decision=LONG), 2040)
    assert "ngày 01/11/2039" in message


OUT_OF_ORDER = {
    "entry before the window ends": (moved("entry_deadline", "30/12"), "entry_deadline", "window"),
    "entry after appraisal": (moved("entry_deadline", "16/02", 1), "appraisal", "entry_deadline"),
    "publication before approval": (moved("publication", "27/02", 1), "publication", "approval"),
    "approval before appraisal": (moved("approval", "14/02", 1), "approval", "appraisal"),
    "published before it is entered": (
        [each for each in moved("publication", "29/01", 1) if each[0][:3] != "app"],
        "publication",
        "entry_deadline",
    ),
    "opened after the entry deadline": (
        [*DATES, ("opening", "31/01", 1, "to")],
        "entry_deadline",
        "opening",
    ),
    "explained before any appraisal": (
        [*DATES, ("explanation", "14/02", 1, "to")],
        "explanation",
        "appraisal",
    ),
}


@pytest.mark.parametrize("case", OUT_OF_ORDER.values(), ids=OUT_OF_ORDER)
def test_a_step_that_comes_before_its_ground_is_out_of_order(case):
    dates, subject, before = case
    [(code, found_subject, message)] = _told(decided(dates=dates))
    assert (code, found_subject) == ("DTI305", subject)
    assert f"Mốc {before}" in message


IN_ORDER = {
    "one day for two steps": moved("appraisal", "30/01", 1),
    "before a day ends the day before": [
        *(each for each in DATES if each[0] != "entry_deadline"),
        ("entry_deadline", "15/02", 1, "before"),
        ("opening", "14/02", 1, "to"),
    ],
    "two rounds with an explanation between": [
        *DATES,
        ("explanation", "20/02", 1, "to"),
        ("appraisal", "25/02", 1, "to", "appraisal-2"),
    ],
    "a second opening, for the appraisers": [
        *DATES,
        ("opening", "15/01", 1, "to"),
        ("opening", "05/02", 1, "to", "for-appraisers"),
    ],
    "no dates at all": None,
}


@pytest.mark.parametrize("dates", IN_ORDER.values(), ids=IN_ORDER)
def test_steps_in_order_are_no_finding(dates):
    assert _told(decided(dates=dates)) == []


def test_a_second_appraisal_after_the_approval_is_out_of_order():
    dates = [*DATES, ("appraisal", "05/03", 1, "to", "appraisal-2")]
    subjects = {(code, subject) for code, subject, _ in _told(decided(dates=dates))}
    assert subjects == {("DTI305", "approval"), ("DTI305", "publication")}


def test_a_deadline_that_had_passed_is_told_in_the_first_year_only():
    dates = [*DATES, ("progress_report", "01/01", 0, "to")]
    assert [each[:2] for each in _told(decided(dates=dates))] == [("DTI306", "progress_report")]
    assert _told(decided(dates=dates, decision=LONG), 2030) == []


def test_without_a_day_in_force_the_day_of_the_decision_counts():
    dates = [*DATES, ("progress_report", "01/01", 0, "to")]
    law = decision(in_force_from=None)
    assert [each[0] for each in _told(decided(dates=dates, decision=law))] == ["DTI306"]
    assert _told(decided(dates=dates, decision=decision(in_force_from=None, date=None))) == []


def test_a_due_day_is_compared_with_the_window_and_the_day_in_force():
    late = ruled("due_date", due="31/12", year_offset=-1)
    assert [each[0] for each in _told(late)] == ["DTI606", "DTI607"]
    assert _told(ruled("due_date", due="01/02")) == []
    assert _told(ruled("due_date", dates=None, due="31/12", year_offset=-1))[0][0] == "DTI607"


def test_an_interpretation_of_the_day_acknowledges_it():
    dates = _window(("01/11", -1, "from"), ("01/11", 0, "to"))
    told = interpretation(id="day", lint=["DTI301"])
    [shared, note] = found(decided(dates=dates, interpretations=[told]))
    assert (shared.code, shared.acknowledged, shared.fails) == ("DTI301", "day", False)
    assert note.code == "DTI801"
