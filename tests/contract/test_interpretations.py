"""Every option of every interpretation does what it says: another figure, or a refusal."""

from __future__ import annotations

import pytest

QUARTER = {"value": "1", "denominator": "4"}
NOTHING = {"value": "0", "denominator": "0"}
REFUSED = "chỉ số này do người thẩm định chấm"

# Interpretation and option, the fact it bears on, and the points and maximum of a unit with that
# fact alone; or, as text, why the fact is refused.
EFFECTS = {
    "rounding=hundredths": ("VI.5", {"points": "1.2345"}, "1.23", "675.00"),
    "rounding=ten-thousandths": ("VI.5", {"points": "1.2345"}, "1.2345", "675.0000"),
    "below-minimum=proportional": ("I.4", {"value": "6"}, "12.00", "675.00"),
    "below-minimum=nothing": ("I.4", {"value": "11"}, "0.00", "675.00"),
    "reverse=proportional": ("V.3", QUARTER, "7.50", "675.00"),
    "reverse=nothing": ("IX.5", QUARTER, "0.00", "675.00"),
    "zero-denominator=not_applicable": ("IV.2", NOTHING, "0.00", "665.00"),
    "zero-denominator=zero": ("IV.2", NOTHING, "0.00", "675.00"),
    "zero-denominator=full": ("IV.2", NOTHING, "10.00", "675.00"),
    "zero-denominator=error": ("IV.2", NOTHING, "mẫu số bằng 0", None),
    "III.6=not_counted": ("III.6", NOTHING, "0.00", "665.00"),
    "III.6=counted_full": ("III.6", NOTHING, "10.00", "675.00"),
    "III.6=counted_zero": ("III.6", NOTHING, "0.00", "675.00"),
    "IV.1=share": ("IV.1", QUARTER, "2.50", "675.00"),
    "IV.1=awarded": ("IV.1", QUARTER, REFUSED, None),
    "VI.3=reverse_share": ("VI.3", QUARTER, "7.50", "675.00"),
    "VI.3=share": ("VI.3", QUARTER, "2.50", "675.00"),
    "VI.4=proportional": ("VI.4", {"value": "3"}, "5.00", "675.00"),
    "VI.4=nothing": ("VI.4", {"value": "5"}, "0.00", "675.00"),
    "VI.5=awarded": ("VI.5", QUARTER, REFUSED, None),
    "VI.5=share": ("VI.5", QUARTER, "2.50", "675.00"),
    "VI.7=share": ("VI.7", QUARTER, "2.50", "675.00"),
    "VI.7=awarded": ("VI.7", QUARTER, REFUSED, None),
    "IX.6=share": ("IX.6", QUARTER, "5.00", "675.00"),
    "IX.6=awarded": ("IX.6", QUARTER, REFUSED, None),
}
ELSEWHERE = {"last-year", "missing", "ties", "ranking-basis", "commune-scope"}
"""Interpretations of a whole run: each has a test of its own below."""


@pytest.mark.parametrize(("choice", "effect"), EFFECTS.items(), ids=EFFECTS)
def test_an_option_changes_the_points(choice, effect, facts, evaluate):
    indicator, fact, points, maximum = effect
    ran = evaluate("--input", facts({"indicator": indicator} | fact), "--interpret", choice)
    if maximum is None:
        assert (ran.code, ran.out) == (1, b"")
        assert points in ran.faults[-1]
    else:
        unit = ran.units["A"]
        assert (unit["points"], unit["max_points"]) == (points, maximum)


def test_every_option_of_the_decision_is_tried_here(evaluate):
    readings = [
        each
        for level in ("so", "huyen", "xa")
        for each in evaluate(level=level).result["interpretations"]
    ]
    options = {f"{each['id']}={option['id']}" for each in readings for option in each["options"]}
    assert set(EFFECTS) == {each for each in options if each.partition("=")[0] not in ELSEWHERE}
    assert {each["id"] for each in readings} >= ELSEWHERE


def test_points_may_be_awarded_where_the_reading_says_awarded(facts, evaluate):
    path = facts({"indicator": "IV.1", "points": "4"})
    assert evaluate("--input", path, "--interpret", "IV.1=awarded").units["A"]["points"] == "4.00"


@pytest.mark.parametrize("option", ["not_applicable", "zero", "full"])
def test_ix3_is_left_out_whatever_the_others_do(option, facts, evaluate):
    """Its own condition says so: “Các đơn vị không phát sinh sẽ không tính tiêu chí này”."""
    path = facts({"indicator": "IX.3"} | NOTHING)
    ran = evaluate("--input", path, "--interpret", f"zero-denominator={option}")
    unit = ran.units["A"]
    assert (unit["points"], unit["max_points"]) == ("0.00", "665.00")
    assert unit["not_applicable"] == [{"indicator": "IX.3", "reason": None}]


def test_last_year(dti):
    arguments = ("evaluate", "--plugin", "hue", "--year", 2026, "--format", "json")
    assert dti(*arguments, "--interpret", "last-year=2030").code == 0
    ran = dti(*arguments, "--interpret", "last-year=2025")
    assert (ran.code, ran.out) == (2, b"")
    assert "931/QĐ-UBND: 2024–2025" in ran.faults[-1]


def test_missing(facts, evaluate):
    path = facts({"indicator": "I.1", "value": "x"})
    assert evaluate("--input", path, "--interpret", "missing=zero").units["A"]["value"] == "0.74"
    ran = evaluate("--input", path, "--interpret", "missing=refuse")
    assert (ran.code, ran.out, len(ran.faults)) == (1, b"", 53)


def _ranks(ran) -> dict[str, str]:
    return {unit: each["rankings"]["overall"]["rank"] for unit, each in ran.units.items()}


@pytest.mark.parametrize(("ties", "last"), [("competition", "4"), ("dense", "3")])
def test_ties(ties, last, facts, evaluate):
    counts = {"A": "3", "B": "6", "C": "6", "D": "12"}
    path = facts(*({"unit": u, "indicator": "I.4", "value": n} for u, n in counts.items()))
    ranks = _ranks(evaluate("--input", path, "--interpret", f"ties={ties}"))
    assert ranks == {"D": "1", "B": "2", "C": "2", "A": last}


def _with_an_exclusion(facts) -> object:
    award = {"indicator": "VI.5", "points": "9"}
    leave = {"unit": "B", "indicator": "III.2", "status": "na", "reason": "miễn"}
    return facts(award, {"unit": "B"} | award, leave)


@pytest.mark.parametrize(
    ("basis", "values"), [("ratio", ("1.33", "1.40")), ("points", ("9.00", "1.40"))]
)
def test_ranking_basis(basis, values, facts, evaluate):
    """II.3.c: 9 × 100 ÷ 675 = 1.33 and 9 × 100 ÷ 645 = 1.40; by II.3.a alone, 9 points."""
    ran = evaluate("--input", _with_an_exclusion(facts), "--interpret", f"ranking-basis={basis}")
    assert (ran.units["A"]["value"], ran.units["B"]["value"]) == values
    assert _ranks(ran)["A"] == {"ratio": "2", "points": "1"}[basis]


@pytest.mark.parametrize(("scope", "ranks"), [("level", "1234"), ("group", "1212")])
def test_commune_scope(scope, ranks, facts, evaluate):
    rows = [
        {"unit": unit, "indicator": "I.4", "value": count, "group": group}
        for unit, count, group in (
            ("A", "9", "H1"),
            ("B", "8", "H1"),
            ("C", "7", "H2"),
            ("D", "6", "H2"),
        )
    ]
    ran = evaluate("--input", facts(*rows), "--interpret", f"commune-scope={scope}", level="xa")
    assert _ranks(ran) == dict(zip("ABCD", ranks, strict=True))


def test_choices_are_marked_in_every_report(dti):
    arguments = ("--plugin", "hue", "--level", "huyen", "--interpret", "ties=dense")
    for command in (("evaluate",), ("interpretations",)):
        assert "[do cơ quan chọn]" in dti(*command, *arguments).out.decode()
    assert "[do cơ quan chọn]" not in dti("evaluate", *arguments[:4]).out.decode()


@pytest.mark.parametrize(
    "wrong", ["ties", "ties=", "=dense", "ties=rank", "annex=none", "Ties=dense", "ties=dense=x"]
)
def test_a_wrong_choice_is_refused_and_nothing_written(wrong, refused):
    assert refused("--interpret", wrong, code=2)


def test_all_wrong_choices_are_told_at_once(refused):
    faults = refused("--interpret", "ties=x", "--interpret", "annex=none", code=2)
    assert faults[0] == "cách hiểu “ties” không có phương án “x”. Có: competition, dense."
    assert faults[1].startswith("cấp này không có cách hiểu “annex”. Có: ")


@pytest.mark.parametrize("choices", [("dense", "competition"), ("competition", "dense", "dense")])
def test_two_choices_of_one_interpretation_are_refused(choices, refused):
    [fault] = refused(*(f"--interpret=ties={each}" for each in choices), code=2)
    assert fault == "cách hiểu “ties” được chọn hai lần khác nhau. Hãy chọn một."


def test_the_same_choice_twice_is_one_choice(evaluate):
    ran = evaluate("--interpret", "ties=dense", "--interpret", " ties = dense ")
    assert ran.result["recipe"]["interpretations"]["ties"] == "dense"


@pytest.mark.parametrize(
    ("level", "choice"),
    [("so", "VI.7=share"), ("so", "IX.6=awarded"), ("xa", "VI.7=awarded"),
     ("so", "commune-scope=group"), ("huyen", "commune-scope=level")],
)  # fmt: skip
def test_a_choice_of_another_level_is_refused(level, choice, refused):
    [fault] = refused("--interpret", choice, code=2, level=level)
    name = choice.partition("=")[0]
    assert fault.startswith(f"cấp này không có cách hiểu “{name}”. Có: ")


@pytest.mark.parametrize("level", ["so", "huyen", "xa"])
def test_a_misnamed_choice_is_answered_with_those_of_the_level(level, evaluate, refused):
    known = [each["id"] for each in evaluate(level=level).result["interpretations"]]
    [fault] = refused("--interpret", "annex=none", code=2, level=level)
    assert fault == f"cấp này không có cách hiểu “annex”. Có: {', '.join(sorted(known))}."
