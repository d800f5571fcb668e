"""Điều 9.2 at its thresholds, the status of Điều 9.2.e, and what every other reading changes."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dti_core.errors import InvalidFacts, UsageError
from dti_core.loader import load_plugin
from dti_core.numbers import to_decimal
from dti_core.pipeline import evaluate
from dti_core.sources import Source

THRESHOLDS = {90: ("Tốt", "Khá"), 70: ("Khá", "Trung bình"), 50: ("Trung bình", "Yếu")}
"""Percent → the tier from there on, and the one below (Điều 9.2.a to d)."""
MAXIMA = {1: 100, 2: 100, 3: 100, 4: 100, 5: 150, 6: 400, 7: 50}
HEADING = "unit,indicator,points,max_points,status,reason,replacement\n"
LATE = "không tự báo cáo, đánh giá theo thời gian quy định của tỉnh thì xếp hạng yếu"
FACTS = """\
A,1,90.125
B,1,80
C,1,80
D,1,78
D,7,,,na,Văn bản 1
E,1,70
E,,,,not_reported
F,1,60
"""
"""Half a hundredth, a tie, an exclusion, a late unit, and much that is missing."""
REPLACED = "A,7,40,60,replaced,Văn bản 1,Chỉ số khác\n"


@pytest.fixture(scope="module")
def hatinh():
    return load_plugin("hatinh")


@pytest.fixture(scope="module")
def exact(hatinh):
    """Points of four decimals, so that one ten-thousandth more or less is a fact of its own."""
    return hatinh.framework("so", 2024, {"rounding": "ten-thousandths"})


def _evaluated(plugin, framework, text: str):
    source = Source("facts.csv", data=(HEADING + text).encode())
    rows = evaluate(plugin, framework, 2024, [source]).units.rows(named=True)
    return {row["unit"]: row for row in rows}


def _rows(unit: str, points: int, own: int = 4_000_000, *, alone: bool = False) -> str:
    """Spread points (ten-thousandths) over the main indicators of a sở.

    ``own``: what the maximum of main indicator 6 is reduced to; ``alone``: the others are not
    assessed.
    """
    lines, left = [], points
    for code in (6, 1, 2, 3, 4, 5, 7):
        if alone and code != 6:
            lines.append(f"{unit},{code},,,na,Văn bản 1")
            continue
        part = min(left, own if code == 6 else MAXIMA[code] * 10_000)
        reduced = f",{to_decimal(own)},reduced,Văn bản 1" if code == 6 and own < 4_000_000 else ""
        lines.append(f"{unit},{code},{to_decimal(part)}{reduced}")
        left -= part
    return "\n".join(lines) + "\n"


@settings(max_examples=40, deadline=None)
@given(own=st.integers(50, 1_999_999).map(lambda n: 2 * n + 1), alone=st.booleans())
@example(own=3_876_301, alone=False)
@example(own=101, alone=True)
def test_each_threshold_and_one_ten_thousandth_beside_it(own, alone, hatinh, exact):
    """Odd denominators: a threshold mostly lies between two ten-thousandths of a point."""
    whole = own if alone else own + 6_000_000
    text, expected = "", {}
    for percent, (tier, below) in THRESHOLDS.items():
        least = -(-percent * whole // 100)  # the fewest points that reach it
        for points, name in {least - 1: below, least: tier, least + 1: tier}.items():
            text += _rows(f"{percent}-{points}", points, own, alone=alone)
            expected[f"{percent}-{points}"] = (points, whole, name)
    found = _evaluated(hatinh, exact, text)
    assert expected == {
        unit: (row["overall.numerator"], row["overall.denominator"], row["tier"])
        for unit, row in found.items()
    }


@pytest.mark.parametrize("percent", THRESHOLDS)
def test_the_rounded_display_never_decides(percent, hatinh, exact):
    """One ten-thousandth below shows the threshold and has not reached it."""
    least = percent * 100_000
    found = _evaluated(hatinh, exact, _rows("at", least) + _rows("below", least - 1))
    assert {row["overall.value"] for row in found.values()} == {percent * 100}
    assert (found["at"]["tier"], found["below"]["tier"]) == THRESHOLDS[percent]


@settings(max_examples=20, deadline=None)
@given(points=st.integers(0, 10_000_000))
@example(points=10_000_000)
def test_whoever_did_not_report_in_time_is_yeu(points, hatinh, exact):
    """Điều 9.2.e, whatever the points; they stay as they are."""
    text = _rows("late", points) + _rows("in time", points) + "late,,,,not_reported\n"
    found = _evaluated(hatinh, exact, text)
    late, other = found["late"], found["in time"]
    assert late["tier"] == "Yếu"
    assert late["overall.numerator"] == other["overall.numerator"] == points
    assert late["overall.rank"] == other["overall.rank"] == 1
    least = next((name for percent, (name, _) in THRESHOLDS.items()
                  if points >= percent * 100_000), "Yếu")  # fmt: skip
    assert other["tier"] == least


def test_whoever_reported_nothing_at_all_is_yeu(hatinh, exact):
    found = _evaluated(hatinh, exact, "A,1,5\nB,,,,not_reported,Không gửi báo cáo\n")
    assert (found["B"]["tier"], found["B"]["overall.points"], found["B"]["overall.rank"]) == (
        "Yếu", 0, 2,
    )  # fmt: skip


def test_the_tiers_and_the_status_quote_dieu_9_2(hatinh, exact):
    tiers = hatinh.tiers(exact)
    assert [(each.name, each.lower, each.lower_closed) for each in tiers.tiers] == [
        ("Tốt", 90, True), ("Khá", 70, True), ("Trung bình", 50, True), ("Yếu", 0, True),
    ]  # fmt: skip
    assert [each.citation.clause for each in tiers.tiers] == [f"Điều 9.2.{c}" for c in "abcd"]
    [override] = tiers.overrides
    assert (override.status, override.tier) == ("not_reported", "Yếu")
    for citation in (override.citation, exact.statuses[0].citation):
        assert citation.clause == "Điều 9.2.e"
        assert LATE in citation.quote


# Every other reading --------------------------------------------------------------------------


def _fingerprint(plugin, choices: dict[str, str]) -> dict[str, object]:
    """Tell everything that a reading may change."""
    framework = plugin.framework("so", 2024, choices)
    found: dict[str, object] = {
        "years": (framework.decision.first_year, framework.decision.last_year),
        "calendar": [(m.date, m.day) for m in plugin.calendar(framework, 2024).milestones],
    }
    for name, text in {"facts": FACTS, "replaced": REPLACED}.items():
        try:
            rows = _evaluated(plugin, framework, text).items()
        except InvalidFacts as error:
            found[name] = sorted({each.key for each in error.problems})
        else:
            columns = ("overall.numerator", "overall.denominator", "overall.rank", "tier")
            found[name] = {unit: tuple(row[each] for each in columns) for unit, row in rows}
    return found


IDS = (
    *("first-year", "last-year", "window-start", "window-end", "late-rank"),
    *("ranking-basis", "exclusion", "missing", "rounding", "ties"),
)


@pytest.mark.parametrize("level", ["so", "huyen", "xa"])
def test_these_are_the_interpretations_and_none_is_overridden(level, hatinh):
    framework = hatinh.framework(level, None)
    assert tuple(each.id for each in framework.interpretations) == IDS
    assert not any(each.overridden for each in framework.interpretations)


@pytest.mark.parametrize("identifier", IDS)
def test_every_option_has_an_effect_of_its_own(identifier, hatinh):
    interpretations = hatinh.framework("so", 2024).interpretations
    [reading] = [each for each in interpretations if each.id == identifier]
    found = [_fingerprint(hatinh, {identifier: option.id}) for option in reading.options]
    assert found[0] == _fingerprint(hatinh, {}), "the reading in force stands first"
    assert all(each not in found[:n] for n, each in enumerate(found))


def _ranks(plugin, **choices: str) -> dict:
    return _fingerprint(plugin, {key.replace("_", "-"): choices[key] for key in choices})["facts"]


def test_late_rank(hatinh):
    """Unranked: the others close up; points, value and the tier Yếu stay."""
    ranked, unranked = _ranks(hatinh), _ranks(hatinh, late_rank="unranked")
    assert [ranked[unit][2] for unit in "ABCDEF"] == [1, 3, 3, 2, 5, 6]
    assert [unranked[unit][2] for unit in "ABCDEF"] == [1, 3, 3, 2, None, 5]
    assert unranked["E"][:2] == ranked["E"][:2]
    assert unranked["E"][3] == "Yếu"


def test_ranking_basis(hatinh):
    """78 of 950 is more than 80 of 1000 as a share and less as a total."""
    share, total = _ranks(hatinh)["D"], _ranks(hatinh, ranking_basis="points")["D"]
    assert Fraction(*share[:2]) == Fraction(78, 950)
    assert Fraction(*total[:2]) == Fraction(78, 1000)
    assert (share[2], total[2]) == (2, 4)


def test_ranking_basis_decides_the_tier_too(hatinh):
    text = "".join(f"A,{code},{Fraction(9 * MAXIMA[code], 10)}\n" for code in range(1, 7))
    text += "A,7,,,na,Văn bản 1\n"  # 855 of 950, of 1000
    for basis, tier in {"ratio": "Tốt", "points": "Khá"}.items():
        framework = hatinh.framework("so", 2024, {"ranking-basis": basis})
        assert _evaluated(hatinh, framework, text)["A"]["tier"] == tier
    nothing = "".join(f"A,{code},,,na,Văn bản 1\n" for code in MAXIMA)
    assert _evaluated(hatinh, framework, nothing)["A"]["overall.value"] is None


def test_exclusion(hatinh):
    """Deducted only: what is replaced is refused, what is left out is not."""
    found = _fingerprint(hatinh, {"exclusion": "deduct-only"})
    assert found["replaced"] == ["fact.replacement-refused"]
    assert found["facts"] == _ranks(hatinh)


def test_the_first_of_november_can_be_counted_once(hatinh):
    """Điều 7.1.a: the window 01/11–01/11 holds that day twice."""
    for choices, first, last in (
        ({}, dt.date(2023, 11, 1), True),
        ({"window-start": "excluded"}, dt.date(2023, 11, 2), True),
        ({"window-end": "excluded"}, dt.date(2023, 11, 1), False),
    ):
        framework = hatinh.framework("so", 2024, choices)
        calendar = hatinh.calendar(framework, 2024)
        start, end = (next(m for m in calendar.milestones if m.kind == kind)
                      for kind in ("window_start", "window_end"))  # fmt: skip
        assert (start.date, end.date) == (first, dt.date(2024, 11, 1))
        assert (start.day_counts, end.day_counts) == (True, last)


def test_the_first_year_can_be_2024(hatinh):
    with pytest.raises(UsageError, match="2024–2030"):
        hatinh.framework("so", 2023, {"first-year": "2024"})
