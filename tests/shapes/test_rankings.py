"""Shapes 9, 10, 12 and 14: ties, overlapping tables, and what stands outside the scale."""

from __future__ import annotations

from decisions import HUNDRED, OVERALL, A, B, C

THREE = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Nền tảng chung,100,x,awarded,,Phụ lục
B.1,B,Chính quyền số,100,x,awarded,,Phụ lục
C.1,C,Kinh tế số,200,x,awarded,,Phụ lục
"""

PILLARS = """
[[rankings]]
code = "cqs"
name = "Chính quyền số"
dimensions = ["A", "B"]
citation = { clause = "Điều 1" }

[[rankings]]
code = "kts"
name = "Kinh tế số"
dimensions = ["A", "C"]
citation = { clause = "Điều 1" }
"""


def test_ties_leave_the_next_rank_out_or_not(decided):
    """Shape 9: 1-2-2-4 over all, 1-2-2-3 within the main indicator."""
    within = """
[[rankings]]
code = "a"
name = "Nhận thức số"
dimensions = ["A"]
ties = "dense"
citation = { clause = "Điều 1" }
"""
    result = decided(A + OVERALL + within, HUNDRED).evaluate("""
unit,indicator,points
MH-01,A.1,90
MH-02,A.1,80
MH-03,A.1,80
MH-04,A.1,70
""")
    assert result.of("overall.rank", "a.rank") == {
        "MH-01": (1, 1),
        "MH-02": (2, 2),
        "MH-03": (2, 2),
        "MH-04": (4, 3),
    }


def test_pillars_that_both_include_the_foundation(decided):
    """Shape 10: by hand (80+50)/200, (80+100)/300 and 230/400 for MH-01."""
    result = decided(A + B + C + OVERALL + PILLARS, THREE).evaluate("""
unit,indicator,points
MH-01,A.1,80
MH-01,B.1,50
MH-01,C.1,100
MH-02,A.1,60
MH-02,B.1,80
MH-02,C.1,60
""")
    values = ("overall.value", "cqs.value", "kts.value")
    assert result.of(*values) == {"MH-01": (5_750, 6_500, 6_000), "MH-02": (5_000, 7_000, 4_000)}
    ranks = ("overall.rank", "cqs.rank", "kts.rank")
    assert result.of(*ranks) == {"MH-01": (1, 2, 1), "MH-02": (2, 1, 2)}


BLOCKS = """
[[dimensions]]
code = "THƯỞNG"
name = "Điểm thưởng"
clause = "Điều 2"
block = "bonus"
cap = "10"

[[dimensions]]
code = "TRỪ"
name = "Điểm trừ"
clause = "Điều 2"
block = "deduction"
cap = "5"
"""

WITH_BLOCKS = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Điểm thẩm định,100,x,awarded,,Phụ lục
THƯỞNG.1,THƯỞNG,Sáng kiến,8,x,count_against,minimum=4,Điều 2
THƯỞNG.2,THƯỞNG,Khen thưởng,7,x,yes_no,,Điều 2
TRỪ.1,TRỪ,Báo cáo chậm,6,x,awarded,,Điều 2
"""


def test_bonus_and_deduction_outside_the_scale(decided):
    """Shape 12: 6 + 7 of a bonus end at 10, 6 of a deduction at 5; the denominator stays 100.

    MH-01: 80 + 10 - 5 = 85. MH-02: 98 + 8 = 106. MH-03: 3 - 5 is nothing. MH-04 has neither.
    """
    result = decided(A + BLOCKS + OVERALL, WITH_BLOCKS).evaluate("""
unit,indicator,value,points
MH-01,A.1,,80
MH-01,THƯỞNG.1,3,
MH-01,THƯỞNG.2,có,
MH-01,TRỪ.1,,6
MH-02,A.1,,98
MH-02,THƯỞNG.1,4,
MH-03,A.1,,3
MH-03,TRỪ.1,,6
MH-04,A.1,,90
""")
    assert result.of("overall.points", "overall.max_points", "overall.value", "overall.rank") == {
        "MH-01": (850_000, 1_000_000, 8_500, 3),
        "MH-02": (1_060_000, 1_000_000, 10_600, 1),
        "MH-03": (0, 1_000_000, 0, 4),
        "MH-04": (900_000, 1_000_000, 9_000, 2),
    }
    assert result.of("points:THƯỞNG", "points:TRỪ")["MH-01"] == (100_000, 50_000)
    assert result.evaluation.missing.rows() == []


UNSCORED = """
[[dimensions]]
code = "B"
name = "Đô thị thông minh"
clause = "Phụ lục"
max_points = "0"

[[information]]
code = "TT.1"
name = "Dân số"
citation = { clause = "Phụ lục" }

[[information]]
code = "TT.2"
name = "Địa chỉ cổng thông tin"
citation = { clause = "Phụ lục" }
"""


def test_a_main_indicator_of_no_points_and_information_that_is_not_scored(decided):
    """Shape 14: *không tính điểm*; what is told changes nothing and is never missing."""
    plugin = decided(A + UNSCORED + OVERALL, HUNDRED)
    bare = "unit,indicator,value,points\nMH-01,A.1,,75\n"
    told = bare + "MH-01,TT.1,12345,\nMH-01,TT.2,https://minh-hoa.example,\n"
    result = plugin.evaluate(told)
    figures = ("overall.points", "overall.max_points", "points:B", "max_points:B", "overall.rank")
    assert result.of(*figures) == {"MH-01": (750_000, 1_000_000, 0, 0, 1)}
    assert plugin.evaluate(bare).of(*figures) == result.of(*figures)
    assert result.evaluation.missing.rows() == []
    collected = result.evaluation.facts.information.collect().rows()
    assert collected == [
        ("MH-01", "TT.1", "12345"),
        ("MH-01", "TT.2", "https://minh-hoa.example"),
    ]
