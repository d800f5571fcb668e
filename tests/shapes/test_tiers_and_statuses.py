"""Shapes 1–4 and 8: tiers of either side, other names, and what a unit's status decides."""

from __future__ import annotations

import pytest
from decisions import HUNDRED, OVERALL, A


def _tiers(*tiers: tuple[str, str], closed: bool = True) -> str:
    """Write tiers from the highest to the one that starts at nothing and holds it."""
    entries = []
    for name, lower in tiers:
        side = "true" if closed or lower == "0" else "false"
        entries.append(
            f'[[tiers]]\nname = "{name}"\nlower = "{lower}"\nlower_closed = {side}\n'
            'citation = { clause = "Điều 2" }\n'
        )
    return "\n".join(entries)


def _facts(points: list[str]) -> str:
    lines = [f"{number},A.1,{each}" for number, each in enumerate(points)]
    return "\n".join(["unit,indicator,points", *lines])


FOUR = (("Tốt", "90"), ("Khá", "70"), ("Trung bình", "50"), ("Yếu", "0"))
QUARTERS = (("Tốt", "75"), ("Khá", "50"), ("Trung bình", "25"), ("Yếu", "0"))
FIVE = (
    *(("Xuất sắc", "90"), ("Tốt", "80"), ("Khá", "65"), ("Trung bình khá", "50")),
    ("Kém", "0"),
)

CASES = {
    "shape 1: closed below": (
        _tiers(*FOUR),
        {"100": "Tốt", "90": "Tốt", "89.99": "Khá", "70": "Khá", "69.99": "Trung bình"}
        | {"50": "Trung bình", "49.99": "Yếu", "0": "Yếu"},
    ),
    "shape 2: closed above": (
        _tiers(*QUARTERS, closed=False),
        {"100": "Tốt", "75.01": "Tốt", "75": "Khá", "50.01": "Khá", "50": "Trung bình"}
        | {"25.01": "Trung bình", "25": "Yếu", "0": "Yếu"},
    ),
    "shape 3: five tiers of other names": (
        _tiers(*FIVE),
        {"90": "Xuất sắc", "80": "Tốt", "79.99": "Khá", "50": "Trung bình khá", "49.99": "Kém"},
    ),
}


@pytest.mark.parametrize("shape", CASES)
def test_tiers(decided, shape):
    """Shapes 1, 2 and 3: [90,100] … [0,50); >75 … ≤25; xuất sắc … kém."""
    tiers, named = CASES[shape]
    result = decided(A + OVERALL + tiers, HUNDRED).evaluate(_facts(list(named)))
    assert list(result.of("tier").items()) == [
        (str(number), name) for number, name in enumerate(named.values())
    ]


STATUSES = """
[[statuses]]
code = "not_reported"
name = "Không tự báo cáo đúng thời gian quy định"
citation = { clause = "Điều 2" }

[[statuses]]
code = "outside"
name = "Được tính điểm, không xếp hạng"
ranked = false
citation = { clause = "Điều 2" }

[[overrides]]
status = "not_reported"
tier = "Yếu"
citation = { clause = "Điều 2" }
"""

FACTS = """
unit,indicator,points,status
MH-01,A.1,95,
MH-01,,,not_reported
MH-02,A.1,91,
MH-02,,,outside
MH-03,A.1,80,
MH-04,,,not_reported
"""


def test_a_status_overrides_the_tier(decided):
    """Shape 4: whoever did not report in time is in the lowest tier, whatever the points."""
    result = decided(A + OVERALL + _tiers(*FOUR) + STATUSES, HUNDRED).evaluate(FACTS)
    assert result.of("overall.value", "tier") == {
        "MH-01": (9_500, "Yếu"),
        "MH-02": (9_100, "Tốt"),
        "MH-03": (8_000, "Khá"),
        "MH-04": (0, "Yếu"),
    }


def test_units_that_are_scored_and_not_ranked(decided):
    """Shape 8: MH-02 has its value and tier, no rank, and takes none from the others."""
    result = decided(A + OVERALL + _tiers(*FOUR) + STATUSES, HUNDRED).evaluate(FACTS)
    assert result.of("overall.rank") == {"MH-01": 1, "MH-02": None, "MH-03": 2, "MH-04": 3}


def test_a_table_that_is_valued_and_not_ranked(decided):
    """Shape 8, of all units at once: a table of scope ``none``."""
    unranked = OVERALL + 'scope = "none"\n'
    result = decided(A + unranked + _tiers(*FOUR), HUNDRED).evaluate(_facts(["95", "70"]))
    assert result.of("overall.value", "overall.rank", "tier") == {
        "0": (9_500, None, "Tốt"),
        "1": (7_000, None, "Khá"),
    }
