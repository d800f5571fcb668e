"""Shapes 5–7, 11 and 13: maxima that depend on the unit, and the units that it competes with."""

from __future__ import annotations

import pytest
from decisions import HUNDRED, OVERALL, A, B

from dti_core.errors import InvalidFacts

BY_GROUP = OVERALL + 'scope = "group"\n'

PUBLIC_SERVICES = """\
code,dimension,name,max_points,xa,rule,parameters,groups,clause
A.1,A,Phần chung,750,x,awarded,,,Phụ lục
A.2,A,Tiếp công dân,50,x,awarded,,dvc; tiep-dan,Phụ lục
B.1,B,Dịch vụ công,200,x,awarded,,dvc,Phụ lục
"""


def test_the_maximum_depends_on_the_group(decided):
    """Shape 5: 1000 points with public services, 800 or 750 without; ranked within the group.

    720/800 = 90 %, 945/1000 = 94.5 %, 900/1000 = 90 %, 750/750 = 100 %.
    """
    result = decided(A + B + BY_GROUP, PUBLIC_SERVICES).evaluate("""
unit,group,indicator,points
MH-01,dvc,A.1,700
MH-01,dvc,A.2,45
MH-01,dvc,B.1,200
MH-02,dvc,A.1,700
MH-02,dvc,A.2,50
MH-02,dvc,B.1,150
MH-03,tiep-dan,A.1,675
MH-03,tiep-dan,A.2,45
MH-04,khac,A.1,750
MH-05,khac,A.1,600
""")
    assert result.of("overall.points", "overall.max_points", "overall.value", "overall.rank") == {
        "MH-01": (9_450_000, 10_000_000, 9_450, 1),
        "MH-02": (9_000_000, 10_000_000, 9_000, 2),
        "MH-03": (7_200_000, 8_000_000, 9_000, 1),
        "MH-04": (7_500_000, 7_500_000, 10_000, 1),
        "MH-05": (6_000_000, 7_500_000, 8_000, 2),
    }
    assert result.evaluation.missing.rows() == []


TWO = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Văn bản,60,x,awarded,,Phụ lục
A.2,A,Tỷ lệ hồ sơ,40,x,share,zero_denominator=not_applicable,Phụ lục
"""


def test_the_maximum_depends_on_what_is_excluded(decided):
    """Shape 6: 100/100, 60/60 by document and 60/60 by a zero denominator tie at 100 %."""
    result = decided(A + OVERALL, TWO).evaluate("""
unit,indicator,value,denominator,points,status,reason
MH-01,A.1,,,60,,
MH-01,A.2,7,7,,,
MH-02,A.1,,,60,,
MH-02,A.2,,,,na,Công văn minh hoạ
MH-03,A.1,,,60,,
MH-03,A.2,0,0,,,
MH-04,A.1,,,59.99,,
MH-04,A.2,7,7,,,
""")
    assert result.of("overall.max_points", "overall.value", "overall.rank") == {
        "MH-01": (1_000_000, 10_000, 1),
        "MH-02": (600_000, 10_000, 1),
        "MH-03": (600_000, 10_000, 1),
        "MH-04": (1_000_000, 9_999, 4),
    }


def _exclusion(policy: str) -> str:
    return f"""
[exclusion]
policy = "{policy}"
why = "Hội đồng thẩm định quyết định."
citation = {{ clause = "Điều 2" }}
"""


EXCLUDED = """
unit,indicator,points,status,reason,max_points,replacement
MH-01,A.1,45,,,,
MH-01,A.2,,na,Công văn minh hoạ,,
"""
REPLACED = """
unit,indicator,points,status,reason,max_points,replacement
MH-01,A.1,45,,,,
MH-01,A.2,24,replaced,Công văn minh hoạ,30,Chỉ số khác
"""


def test_excluded_points_leave_the_denominator(decided):
    """Shape 7, deducted: 45 of 60 that are left, 75 %."""
    result = decided(A + OVERALL + _exclusion("deduct"), TWO).evaluate(EXCLUDED)
    assert result.of("overall.max_points", "overall.value") == {"MH-01": (600_000, 7_500)}


def test_excluded_points_are_replaced_by_another_indicator(decided):
    """Shape 7, replaced: 45 of 60 and 24 of the 30 of another indicator, 69/90 = 76.67 %."""
    law = A + OVERALL + _exclusion("deduct_or_replace")
    result = decided(law, TWO).evaluate(REPLACED)
    assert result.of("overall.max_points", "overall.value") == {"MH-01": (900_000, 7_667)}
    assert decided(law, TWO).evaluate(EXCLUDED).of("overall.value") == {"MH-01": 7_500}


def test_a_part_of_a_main_indicator_is_reduced(decided):
    """Shape 7 at the level of main indicators: 75 of the 90 that are assessed, 83.33 %."""
    whole = A.replace("[[dimensions]]", '[[dimensions]]\nmax_points = "100"')
    result = decided(whole + OVERALL).evaluate("""
unit,indicator,points,status,reason,max_points
MH-01,A,75,reduced,Công văn minh hoạ,90
MH-02,A,75,,,
""")
    assert result.of("overall.max_points", "overall.value") == {
        "MH-01": (900_000, 8_333),
        "MH-02": (1_000_000, 7_500),
    }


@pytest.mark.parametrize("facts", [EXCLUDED, REPLACED], ids=["na", "replaced"])
def test_exclusion_is_not_allowed(decided, facts):
    """Shape 7, refused: the row is told with the clause and its reason."""
    two = TWO.replace("zero_denominator=not_applicable", "zero_denominator=zero")
    with pytest.raises(InvalidFacts) as caught:
        decided(A + OVERALL + _exclusion("refused"), two).evaluate(facts)
    [problem] = caught.value.problems
    assert (problem.key, problem.row, problem.column) == ("fact.exclusion-refused", 3, "status")
    assert problem.values["clause"] == "Điều 2"


def test_communes_are_ranked_within_their_district_and_later_within_the_province(contributed):
    """Shape 11: the same facts by the decision of 2024 and by the one of 2025."""
    plugin = contributed({2024: (A + BY_GROUP, HUNDRED), 2025: (A + OVERALL, HUNDRED)})
    facts = """
unit,group,indicator,points
XA-01,Huyện minh hoạ 1,A.1,90
XA-02,Huyện minh hoạ 1,A.1,80
XA-03,Huyện minh hoạ 2,A.1,85
XA-04,Huyện minh hoạ 2,A.1,70
"""
    within = plugin.evaluate(facts, 2024).of("overall.rank")
    assert within == {"XA-01": 1, "XA-02": 2, "XA-03": 1, "XA-04": 2}
    over_all = plugin.evaluate(facts, 2025).of("overall.rank")
    assert over_all == {"XA-01": 1, "XA-02": 3, "XA-03": 2, "XA-04": 4}


SPECIAL = """\
code,dimension,name,max_points,xa,rule,parameters,groups,clause
A.1,A,Phần chung,80,x,awarded,,,Phụ lục
A.2,A,Dành cho đơn vị đặc thù,20,x,awarded,,đặc thù,Phụ lục
"""


def test_an_indicator_only_for_some_units_of_the_level(decided):
    """Shape 13: 60/80 = 75 % against 60/80 and 18/20, 78 %; all in one ranking."""
    result = decided(A + OVERALL, SPECIAL).evaluate("""
unit,group,indicator,points
MH-01,,A.1,60
MH-02,đặc thù,A.1,60
MH-02,đặc thù,A.2,18
MH-03,đặc thù,A.1,60
""")
    assert result.of("overall.max_points", "overall.value", "overall.rank") == {
        "MH-01": (800_000, 7_500, 2),
        "MH-02": (1_000_000, 7_800, 1),
        "MH-03": (1_000_000, 6_000, 3),
    }
    assert result.evaluation.missing.rows() == [("MH-03", "A.2")]
