"""Shapes 20–22: any scale and three decimals, who appraises, and the dates of a year."""

from __future__ import annotations

import datetime as dt

import pytest
from decisions import HUNDRED, OVERALL, A


@pytest.mark.parametrize("scale", [100, 391, 500, 645, 675, 960, 1000])
def test_a_scale(decided, scale):
    """Shape 20: everything is 100 %, a third of any scale 33.33 %."""
    declared = A.replace("[[dimensions]]", f'[[dimensions]]\nmax_points = "{scale}"')
    third = HUNDRED.replace("100,x,awarded", f"{scale},x,share")
    result = decided(declared + OVERALL, third).evaluate("""
unit,indicator,value,denominator,points
MH-01,A.1,3,3,
MH-02,A.1,1,3,
""")
    whole, part = result.of("overall.points", "overall.value").values()
    assert whole == (scale * 10_000, 10_000)
    assert part == ((scale * 200 + 3) // 6 * 100, 3_333)


def test_points_with_three_decimals(decided):
    """Shape 20: 12.345 awarded, 1/3 and 2/3 of 0.125 rounded half up to three decimals."""
    annex = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Điểm thẩm định,20.125,x,awarded,,Phụ lục
A.2,A,Tỷ lệ,0.125,x,share,,Phụ lục
"""
    three = A + OVERALL + "\n[policies]\npoint_decimals = 3\n"
    result = decided(three, annex).evaluate("""
unit,indicator,value,denominator,points
MH-01,A.1,,,12.345
MH-01,A.2,1,3,
MH-02,A.1,,,20.125
MH-02,A.2,2,3,
""")
    assert result.points == {
        ("MH-01", "A.1"): 123_450,
        ("MH-01", "A.2"): 420,
        ("MH-02", "A.1"): 201_250,
        ("MH-02", "A.2"): 830,
    }
    assert result.of("overall.max_points") == {"MH-01": 202_500, "MH-02": 202_500}


APPRAISED = """\
code,dimension,name,max_points,xa,rule,parameters,appraiser,clause
A.1,A,Văn bản,10,x,count_against,minimum=4,,Phụ lục
A.2,A,An toàn thông tin,10,x,awarded,,Công an tỉnh,Phụ lục
A.3,A,Dữ liệu,10,x,awarded,,Công an tỉnh; Sở Tư pháp,Phụ lục
"""

DEFAULT = """
[appraiser]
name = "Sở Khoa học và Công nghệ"
citation = { clause = "Điều 2", quote = "các chỉ số còn lại" }
"""


def test_who_appraises_with_a_default(decided):
    """Shape 21: an appraiser of some indicators, two of one, the default of all others."""
    framework = decided(A + DEFAULT + OVERALL, APPRAISED).framework()
    named = {leaf.code: leaf.appraiser for _, leaf in framework.leaves}
    assert named == {"A.1": "", "A.2": "Công an tỉnh", "A.3": "Công an tỉnh; Sở Tư pháp"}
    assert framework.appraiser.name == "Sở Khoa học và Công nghệ"


def test_an_appraisal_may_be_higher_than_the_units_own_score(decided):
    """Shape 21: the unit counts 2 of 4, the council awards 7.5 of the same 10 points."""
    plugin = decided(A + DEFAULT + OVERALL, APPRAISED)
    own = plugin.evaluate("unit,indicator,value,points\nMH-01,A.1,2,\nMH-01,A.2,,4\nMH-01,A.3,,4\n")
    appraised = plugin.evaluate(
        "unit,indicator,value,points\nMH-01,A.1,,7.5\nMH-01,A.2,,4\nMH-01,A.3,,6\n"
    )
    assert own.of("overall.points") == {"MH-01": 130_000}
    assert appraised.of("overall.points") == {"MH-01": 175_000}


def _milestone(id_: str, kind: str, date: str, day: str, offset: int = 0) -> str:
    return (
        f'[[milestones]]\nid = "{id_}"\nkind = "{kind}"\nname = "{id_}"\ndate = "{date}"\n'
        f'year_offset = {offset}\nday = "{day}"\ncitation = {{ clause = "Điều 2" }}\n'
    )


UNDATED = """
[[milestones]]
id = "giai-trinh"
kind = "explanation"
name = "Giải trình"
decided_by = "Hội đồng thẩm định"
citation = { clause = "Điều 2" }
"""

DATES = "".join(
    [
        _milestone("mo-ky", "window_start", "01/11", "from", -1),
        _milestone("bao-cao-1", "progress_report", "15/03", "to"),
        _milestone("bao-cao-2", "progress_report", "15/06", "to"),
        _milestone("bao-cao-3", "progress_report", "15/09", "to"),
        _milestone("chot-ky", "window_end", "01/11", "to"),
        _milestone("nhap-lieu", "entry_deadline", "25/11", "before"),
        _milestone("tham-dinh", "appraisal", "31/12", "to"),
        _milestone("cong-bo", "publication", "31/01", "within_month", 1),
        UNDATED,
    ]
)


def test_a_calendar_of_different_dates_into_the_next_year(decided):
    """Shape 22: window, entry, appraisal and publication are four dates; reports in between."""
    plugin = decided(A + OVERALL + DATES, HUNDRED)
    calendar = plugin.plugin.calendar(plugin.framework(), 2024)
    dated = {each.id: (each.date, each.day_counts) for each in calendar.milestones if each.date}
    assert dated == {
        "mo-ky": (dt.date(2023, 11, 1), True),
        "bao-cao-1": (dt.date(2024, 3, 15), True),
        "bao-cao-2": (dt.date(2024, 6, 15), True),
        "bao-cao-3": (dt.date(2024, 9, 15), True),
        "chot-ky": (dt.date(2024, 11, 1), True),
        "nhap-lieu": (dt.date(2024, 11, 25), False),
        "tham-dinh": (dt.date(2024, 12, 31), True),
        "cong-bo": (dt.date(2025, 1, 31), True),
    }
    assert list(dated.values()) == sorted(dated.values())
    [undated] = [each for each in calendar.milestones if each.date is None]
    assert (undated.id, undated.decided_by) == ("giai-trinh", "Hội đồng thẩm định")


def test_progress_reports_are_dates_and_are_not_ranked(decided):
    """Shape 22: they are milestones of a kind of their own; nothing of them is scored."""
    plugin = decided(A + OVERALL + DATES, HUNDRED)
    reports = [
        each.id
        for each in plugin.plugin.calendar(plugin.framework(), 2024).milestones
        if each.kind == "progress_report"
    ]
    assert reports == ["bao-cao-1", "bao-cao-2", "bao-cao-3"]
    result = plugin.evaluate("unit,indicator,points\nMH-01,A.1,100\n")
    assert result.of("overall.value") == {"MH-01": 10_000}
