"""Shapes 15 and 16: every scoring rule, each of ten points unless told, in points by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from decisions import OVERALL, A

HEADING = "code,parent,dimension,name,max_points,xa,rule,parameters,clause\n"


def _one(rule: str, parameters: str = "", max_points: str = "10") -> str:
    return HEADING + f'A.1,,A,Chỉ số,{max_points},x,{rule},"{parameters}",Phụ lục\n'


PARTS = """\
A.1,,A,Chỉ số,10,x,sum_of,,Phụ lục
A.1.1,A.1,A,Phần 1,5,x,yes_no,,Phụ lục
A.1.2,A.1,A,Phần 2,5,x,yes_no,,Phụ lục
"""

QUARTERS = """\
A.1,,A,Báo cáo quý,10,x,sum_of,,Phụ lục
A.1.1,A.1,A,Quý I,2.5,x,due_date,due=05/04,Phụ lục
A.1.2,A.1,A,Quý II,2.5,x,due_date,due=05/07,Phụ lục
A.1.3,A.1,A,Quý III,2.5,x,due_date,due=05/10,Phụ lục
A.1.4,A.1,A,Quý IV,2.5,x,due_date,due=05/01; year_offset=1,Phụ lục
"""

MEETINGS = "steps=4:1, 3:3/4, 2:1/2, 1:1/4"

# The annex, then for each unit its fact(s), ``value`` or ``value/denominator``, and its points.
RULES = {
    "yes or no": (_one("yes_no"), {"có": "10", "không": "0"}),
    "a share": (_one("share"), {"1/3": "3.33", "12.5": "1.25", "7/7": "10"}),
    "a reverse share": (_one("reverse_share"), {"0/9": "10", "1/4": "7.5", "9/9": "0"}),
    "any share above nothing loses all": (
        _one("reverse_share", "partial=nothing"),
        {"0/1000": "10", "1/1000": "0"},
    ),
    "counted against a minimum": (
        _one("count_against", "minimum=12"),
        {"12": "10", "20": "10", "3": "2.5", "0": "0"},
    ),
    "steps: 4 meetings 20, 3 meetings 15, 2 meetings 10, 1 meeting 5": (
        _one("steps", MEETINGS, "20"),
        {"5": "20", "4": "20", "3": "15", "2": "10", "1": "5", "0": "0"},
    ),
    "steps of a share": (
        _one("steps", "of=share; steps=90:1, 60:1/2"),
        {"9/10": "10", "89.99": "5", "60": "5", "59.99": "0"},
    ),
    "half for late": (
        _one("due_date", "due=31/01; late=1/2"),
        {"31/01/2024": "10", "01/02/2024": "5", "15/12/2023": "10"},
    ),
    "late on the day itself": (
        _one("due_date", "due=31/01; late=1/2; last_day_counts=false"),
        {"30/01/2024": "10", "31/01/2024": "5"},
    ),
    "below a floor nothing, then proportional, full at 100 %": (
        _one("share", "floor=50%"),
        {"49.99": "0", "50": "5", "75": "7.5", "100": "10"},
    ),
    "all or nothing": (_one("share", "floor=100%"), {"99.99": "0", "999/1000": "0", "100": "10"}),
    "full from a threshold on, below it not rescaled": (
        _one("share", "full_from=80%"),
        {"80": "10", "79.99": "8", "79.9": "7.99", "40": "4"},
    ),
    "pooled shares (b+d)/(a+c): 3 of 10 and 45 of 50 are 48 of 60, not the mean of the two": (
        _one("share"),
        {"48/60": "8"},
    ),
    "who chairs: 2 the head, 1 a deputy, 0 somebody else": (
        _one("steps", "steps=2:1, 1:1/2"),
        {"2": "10", "1": "5", "0": "0"},
    ),
    "sums of halves": (HEADING + PARTS, {"có;có": "10", "có;không": "5", "không;không": "0"}),
    "quarter by quarter, half for each late one": (
        HEADING + QUARTERS,
        {
            "05/04/2024;05/07/2024;05/10/2024;05/01/2025": "10",
            "05/04/2024;06/07/2024;05/10/2024;05/01/2025": "8.75",
            "06/04/2024;06/07/2024;06/10/2024;06/01/2025": "5",
            "05/04/2024;;;": "2.5",
        },
    ),
}


def _facts(units: dict[str, str]) -> str:
    lines = ["unit,indicator,value,denominator"]
    for unit in units:
        parts = unit.split(";")
        for number, part in enumerate(parts, 1):
            value, _, whole = (part, "", "") if part.count("/") == 2 else part.partition("/")
            code = "A.1" if len(parts) == 1 else f"A.1.{number}"
            if value:
                lines.append(f"{unit},{code},{value},{whole}")
    return "\n".join(lines)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule(decided, rule):
    """Shape 15, each rule that it names."""
    annex, units = RULES[rule]
    result = decided(A + OVERALL, annex).evaluate(_facts(units))
    points = {unit: int(Decimal(each) * 10_000) for unit, each in units.items()}
    assert result.of("overall.points") == points


ZERO = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Không phát sinh thì trọn điểm,10,x,share,zero_denominator=full,Phụ lục
A.2,A,Không phát sinh thì không tính,10,x,share,zero_denominator=not_applicable,Phụ lục
A.3,A,Không phát sinh thì không điểm,10,x,share,zero_denominator=zero,Phụ lục
"""


def test_a_zero_denominator_three_ways(decided):
    """Shape 16: full marks, excluded, nothing: 10 of 20. With one of one: 30 of 30."""
    result = decided(A + OVERALL, ZERO).evaluate("""
unit,indicator,value,denominator
MH-01,A.1,0,0
MH-01,A.2,0,0
MH-01,A.3,0,0
MH-02,A.1,1,1
MH-02,A.2,1,1
MH-02,A.3,1,1
""")
    nothing, all_of_it = (("MH-01", f"A.{n}") for n in (1, 3)), ("MH-01", "A.2")
    assert [result.points[each] for each in nothing] == [100_000, 0]
    assert result.points[all_of_it] is None
    assert result.of("overall.points", "overall.max_points", "overall.rank") == {
        "MH-01": (100_000, 200_000, 2),
        "MH-02": (300_000, 300_000, 1),
    }
