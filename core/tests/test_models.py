"""Decisions, interpretations, tiers and calendars: what each refuses to be."""

from __future__ import annotations

import datetime as dt
import unicodedata
from fractions import Fraction

import pytest
from frameworks import (
    cite,
    decision,
    declared,
    dimension,
    framework,
    indicator,
    interpretation,
    ranking,
    rule,
    tiers,
)
from pydantic import ValidationError

from dti_core.base import Model
from dti_core.models import (
    Calendar,
    Citation,
    Declared,
    Discrepancy,
    Milestone,
    Option,
    Ranking,
    Tier,
    Tiers,
)


def _milestone(**fields) -> Milestone:
    given = {
        "id": "entry",
        "kind": "entry_deadline",
        "name": "Hạn nhập",
        "date": dt.date(2024, 11, 30),
        "day": "before",
        "citation": cite(),
    }
    return Milestone(**given | fields)


def _discrepancy(**fields) -> Discrepancy:
    given = {
        "id": "count",
        "about": "indicators",
        "declared": "2 chỉ số",
        "found": "1 chỉ số",
        "used": "1 chỉ số",
        "citation": cite(),
    }
    return Discrepancy(**given | fields)


EVERY_MODEL = [
    cite(),
    decision(),
    decision().clauses[0],
    decision(supersedes=[{"number": "00/QĐ-MH", "date": "2023-01-01"}]).supersedes[0],
    interpretation(),
    interpretation().options[0],
    _discrepancy(),
    tiers("90"),
    tiers("90").tiers[0],
    _milestone(),
    Calendar(year=2024, milestones=[_milestone()]),
    framework(),
    dimension("I", indicator()),
    indicator(),
    Ranking(**ranking()),
    Declared(**declared([dimension("I", indicator())])),
    rule("share"),
    rule("steps", steps="2:1").steps[0],
    rule("due_date", due="31/01").due,
]


@pytest.mark.parametrize("model", EVERY_MODEL, ids=lambda model: type(model).__name__)
def test_a_model_is_frozen_and_refuses_unknown_fields(model: Model):
    field = next(iter(type(model).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(model, field, getattr(model, field))
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    type(model).model_validate(fields)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(model).model_validate(fields | {"không_có": 1})


def test_text_is_held_in_nfc_without_blanks_around_it():
    decomposed = unicodedata.normalize("NFD", "  Điều khoản về số  ")
    assert Citation(clause=decomposed).clause == "Điều khoản về số"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_name_that_is_empty_is_refused(text):
    with pytest.raises(ValidationError, match="clause"):
        Citation(clause=text)


# Decisions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"first_year": 2026}, "first_year is after last_year"),
        ({"clauses": [{"id": "Điều 1"}, {"id": "Điều 1"}]}, "a clause is listed twice"),
        ({"clauses": []}, "at least 1 item"),
        ({"issuer": ""}, "issuer"),
        ({"date": "ngày 4"}, "date"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(fields, message):
    with pytest.raises(ValidationError, match=message):
        decision(**fields)


@pytest.mark.parametrize(
    ("clause", "listed"),
    [
        ("Phụ lục I", True),
        ("Phụ lục I.4", True),
        ("Phụ lục I.4.a", True),
        ("Phụ lục II", False),
        ("Phụ lục", False),
        ("Điều 1", True),
        ("Điều 10", False),
    ],
)
def test_a_clause_is_listed_itself_or_by_the_clause_it_is_a_part_of(clause, listed):
    assert decision().has_clause(clause) is listed


def test_the_date_of_a_decision_may_be_unknown():
    assert decision(date=None).date is None


# Interpretations -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"options": [{"id": "zero", "text": "Không"}]}, "at least 2 items"),
        ({"options": [{"id": "zero", "text": "Không"}] * 2}, "an option is listed twice"),
        ({"in_force": "half"}, "'half' is none of"),
        ({"why": ""}, "why"),
    ],
)
def test_an_interpretation_has_options_and_one_of_them_in_force(fields, message):
    with pytest.raises(ValidationError, match=message):
        interpretation(**fields)


def test_the_authority_chooses_another_option_and_the_choice_is_marked():
    silent = interpretation()
    chosen = silent.choose("refuse")
    assert (chosen.in_force, chosen.overridden, chosen.chosen.id) == ("refuse", True, "refuse")
    assert (silent.in_force, silent.overridden) == ("zero", False)
    with pytest.raises(ValueError, match="none of"):
        silent.choose("half")


def test_an_option_means_its_value_or_else_its_id():
    assert Option(id="half", text="Một nửa").meaning == "half"
    assert Option(id="half", text="Một nửa", value=0).meaning == 0
    assert Option(id="half", text="Một nửa", value="1/2").meaning == "1/2"


# Tiers ---------------------------------------------------------------------------------------


def _tier(name: str, lower: object, **fields) -> dict:
    return {"name": name, "lower": lower, "citation": cite()} | fields


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "at least 1 item"),
        ([_tier("A", "0"), _tier("B", "90")], "highest bound to the lowest"),
        ([_tier("A", "90"), _tier("B", "90"), _tier("C", "0")], "each bound once"),
        ([_tier("A", "90"), _tier("B", "50")], "lowest tier starts at 0"),
        ([_tier("A", "90"), _tier("B", "0", lower_closed=False)], "starts at 0 and holds it"),
        ([_tier("A", "90"), _tier("A", "0")], "tier names are unique"),
    ],
    ids=["none", "rising", "bound twice", "not from 0", "0 left out", "name twice"],
)
def test_tiers_cover_everything_once_from_the_highest(given, message):
    with pytest.raises(ValidationError, match=message):
        Tiers(tiers=given)


@pytest.mark.parametrize(
    ("lower", "exact"), [("33.3", Fraction(333, 10)), ("200/3", Fraction(200, 3)), (90, 90)]
)
def test_a_bound_is_an_exact_percentage(lower, exact):
    assert Tier(**_tier("A", lower)).lower == exact


@pytest.mark.parametrize("lower", ["chín mươi", "", "90%", "1/0"])
def test_a_bound_that_is_no_number_is_refused(lower):
    with pytest.raises(ValueError, match=r".+"):
        Tier(**_tier("A", lower))


# Calendars -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"date": None},
        {"day": None},
        {"decided_by": "UBND cấp huyện"},
        {"date": None, "day": None},
        {"date": None, "decided_by": "UBND cấp huyện"},
    ],
    ids=["no date", "no day", "date and decider", "neither", "a day without date"],
)
def test_a_milestone_has_a_date_with_its_day_or_somebody_who_decides(fields):
    with pytest.raises(ValidationError, match="either a date with its day, or who decides"):
        _milestone(**fields)


@pytest.mark.parametrize("fields", [{"kind": "party"}, {"day": "after"}])
def test_a_milestone_of_an_unknown_kind_is_refused(fields):
    with pytest.raises(ValidationError, match="Input should be"):
        _milestone(**fields)


@pytest.mark.parametrize(
    ("day", "counts"), [("from", True), ("to", True), ("within_month", True), ("before", False)]
)
def test_the_day_itself_counts_unless_the_clause_says_before(day, counts):
    assert _milestone(day=day).day_counts is counts


def test_where_somebody_decides_nobody_knows_whether_the_day_counts():
    assert _milestone(date=None, day=None, decided_by="UBND cấp huyện").day_counts is None


def test_a_calendar_is_in_the_order_of_its_dates():
    early, late = _milestone(date=dt.date(2024, 1, 1)), _milestone()
    open_end = _milestone(date=None, day=None, decided_by="UBND cấp huyện")
    assert Calendar(year=2024, milestones=[early, open_end, late]).milestones[1] == open_end
    with pytest.raises(ValidationError, match="order of their dates"):
        Calendar(year=2024, milestones=[late, early])
    with pytest.raises(ValidationError, match="at least 1 item"):
        Calendar(year=2024, milestones=[])
