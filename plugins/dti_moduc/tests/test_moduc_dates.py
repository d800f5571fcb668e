"""Who decides when: identity, years, calendar, appraisers and numbering of the plan."""

from __future__ import annotations

import datetime as dt

import pytest

from dti_core.errors import UsageError
from dti_core.loader import load_plugin
from dti_core.models import MilestoneKind

LEVELS = ("xa", "huyen")


@pytest.fixture(scope="module")
def moduc():
    return load_plugin("moduc")


def test_the_calendar_of_the_communes(moduc):
    """II.5.2, III.3.d, III.1.b: two rounds with an explanation between, and two deadlines."""
    calendar = moduc.calendar(moduc.framework("xa", 2024), 2024)
    assert [(each.id, each.kind, each.date, each.day_counts) for each in calendar.milestones] == [
        ("self-assessment", MilestoneKind.ENTRY_DEADLINE, dt.date(2024, 11, 15), False),
        ("appraisal-1", MilestoneKind.APPRAISAL, None, None),
        ("explanation", MilestoneKind.EXPLANATION, None, None),
        ("appraisal-2", MilestoneKind.APPRAISAL, None, None),
        ("ranking-advice", MilestoneKind.APPROVAL, dt.date(2024, 11, 30), False),
        ("publication", MilestoneKind.PUBLICATION, None, None),
    ]


def test_the_calendar_of_the_district_is_the_provinces(moduc):
    calendar = moduc.calendar(moduc.framework("huyen", 2024), 2024)
    kinds = ["entry_deadline", "appraisal", "explanation", "appraisal"]
    assert [each.kind for each in calendar.milestones] == kinds
    assert all("tỉnh" in each.decided_by for each in calendar.milestones)


def test_the_decision_and_its_years(moduc):
    """The number and the day are blank in the source, and the plan says so itself."""
    decision = moduc.framework("xa", None).decision
    assert (decision.number, decision.date, decision.in_force_from) == ("", None, None)
    assert "để trống trong nguồn" in decision.source
    assert (decision.first_year, decision.last_year) == (2024, 2024)
    for year in (2023, 2025):
        with pytest.raises(UsageError, match="2024"):
            moduc.framework("xa", year)
    assert moduc.framework("xa", 2025, {"last-year": "2025"}).decision.last_year == 2025


def test_the_two_sections_5_2_are_told_apart(moduc):
    for level in LEVELS:
        framework = moduc.framework(level, 2024)
        ids = [each.id for each in framework.decision.clauses if each.id.startswith("II.5.2 ")]
        assert ids == ["II.5.2 (quy trình)", "II.5.2 (công bố)"]
        [double] = [each for each in framework.discrepancies if each.about == "numbering"]
        assert double.citation.clause == "II.5.2 (công bố)"


def test_who_appraises(moduc):
    names = {level: moduc.framework(level, 2024).appraiser.name for level in LEVELS}
    assert names == {"xa": "Hội đồng Thẩm định huyện", "huyen": "Hội đồng thẩm định cấp tỉnh"}
