"""Shapes 17–19: what a decision says in a formula of its own, in one small module each."""

from __future__ import annotations

import pytest
from decisions import OVERALL, A, B

PEERS = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Số dịch vụ,10,x,best_peer,,Phụ lục
A.2,A,Số máy tính,20,x,best_peer,,Phụ lục
"""


def test_a_value_is_measured_by_the_best_of_all_units(decided):
    """Shape 17: x ÷ max over all units; 50, 100, 25 and 0 of 100, and 3, 9, none and 1 of 9.

    What is not applicable, missing or awarded by people is no peer.
    """
    result = decided(A + OVERALL, PEERS, hooks="best_peer").evaluate("""
unit,indicator,value,points,status,reason
MH-01,A.1,50,,,
MH-02,A.1,100,,,
MH-03,A.1,25,,,
MH-04,A.1,0,,,
MH-05,A.1,,7,,
MH-01,A.2,3,,,
MH-02,A.2,9,,,
MH-03,A.2,,,na,Công văn minh hoạ
MH-04,A.2,1,,,
""")
    of_first = [result.points[f"MH-0{n}", "A.1"] for n in range(1, 6)]
    assert of_first == [50_000, 100_000, 25_000, 0, 70_000]
    of_second = [result.points[f"MH-0{n}", "A.2"] for n in range(1, 5)]
    assert of_second == [66_700, 200_000, None, 22_200]


def test_where_the_best_has_nothing_nobody_earns_anything(decided):
    """Shape 17, guarded: a maximum of zero divides nothing."""
    facts = "unit,indicator,value\nMH-01,A.1,0\nMH-02,A.1,0\nMH-01,A.2,4\nMH-02,A.2,8\n"
    result = decided(A + OVERALL, PEERS, hooks="best_peer").evaluate(facts)
    assert result.of("overall.points") == {"MH-01": 100_000, "MH-02": 200_000}


RATIOS = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Chỉ số,30,x,awarded,,Phụ lục
B.1,B,Chỉ số,50,x,awarded,,Phụ lục
B.2,B,Chỉ số,10,x,awarded,,Phụ lục
"""

WEIGHTED = """
unit,indicator,points,status,reason
MH-01,A.1,10,,
MH-01,B.1,40,,
MH-01,B.2,8,,
MH-02,A.1,30,,
MH-02,B.1,25,,
MH-02,B.2,,na,Công văn minh hoạ
MH-03,A.1,15,,
MH-03,B.1,,na,Công văn minh hoạ
MH-03,B.2,,na,Công văn minh hoạ
"""


@pytest.mark.parametrize("scale", [1, 1000])
def test_the_value_is_a_weighted_mean_of_ratios_with_four_decimals(decided, scale):
    """Shape 18: weights 100 and 300; of MH-02 one of two is excluded, of MH-03 all of B.

    MH-01: (100 × 0.3333 + 300 × 0.8) / 400 = 0.683325. MH-02: (100 × 1 + 300 × 0.5) / 400 = 0.625.
    MH-03: 0.5.
    """
    policies = f"\n[policies]\nvalue_scale = {scale}\nvalue_decimals = 4\n"
    law = A + B + OVERALL + policies
    result = decided(law, RATIOS, hooks="weighted_ratios").evaluate(WEIGHTED)
    shown = {1: ("0.6833", "0.6250", "0.5000"), 1000: ("683.3250", "625.0000", "500.0000")}[scale]
    values = [int(each.replace(".", "")) for each in shown]
    assert list(result.of("overall.value", "overall.rank").values()) == [
        (value, rank) for rank, value in enumerate(values, 1)
    ]


MAIN = """
[[dimensions]]
code = "A"
name = "Nhận thức số"
clause = "Phụ lục"
max_points = "1"

[[dimensions]]
code = "B"
name = "Thể chế số"
clause = "Phụ lục"
max_points = "1"

[policies]
point_decimals = 4
value_scale = 1
value_decimals = 4
"""

MERGED = "unit,merged_into\nMH-01,MH-MỚI\nMH-02,MH-MỚI\nMH-03,MH-MỚI\n"


def test_a_merged_unit_has_the_mean_of_its_predecessors(decided):
    """Shape 19: three units became one; MH-04 stays as it was.

    A: (0.8 + 0.6 + 0.5001) / 3 = 0.63336…, 0.6334; B: (0.5 + 0.25 + 0) / 3 = 0.25; the whole is
    (0.6334 + 0.25) / 2 = 0.4417.
    """
    plugin = decided(MAIN + OVERALL, hooks="merged_units", merged=MERGED)
    result = plugin.evaluate("""
unit,unit_name,indicator,points
MH-01,Đơn vị minh hoạ 01,A,0.8
MH-01,Đơn vị minh hoạ 01,B,0.5
MH-02,Đơn vị minh hoạ 02,A,0.6
MH-02,Đơn vị minh hoạ 02,B,0.25
MH-03,Đơn vị minh hoạ 03,A,0.5001
MH-03,Đơn vị minh hoạ 03,B,0
MH-04,Đơn vị minh hoạ 04,A,0.5
MH-04,Đơn vị minh hoạ 04,B,0.25
""")
    assert result.of("points:A", "points:B", "overall.value", "overall.rank") == {
        "MH-MỚI": (6_334, 2_500, 4_417, 1),
        "MH-04": (5_000, 2_500, 3_750, 2),
    }
    assert result.evaluation.missing.rows() == []
