"""Reporting: entered by one and released by another, until the last day, and who is late."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hall import LAST_DAY, LOCKED, OPEN_DAY, Hall, points, refuses, yes

from dti_core.cycle.publishing import results
from dti_core.cycle.releasing import withdraw
from dti_core.forms import Answer
from dti_core.numbers import ONE
from dti_core.report.json_text import to_json
from dti_core.trace import trace


@pytest.fixture
def hall(store):
    return Hall(store).open()


def test_what_one_has_entered_another_releases(hall):
    hall.enter("DV-1", "An", i1_1=yes())
    with refuses("same-person"):
        hall.release("DV-1", "An")
    assert hall.states() == ["reporting"] * 3
    hall.release("DV-1", "Bình")
    assert hall.states() == ["submitted", "reporting", "reporting"]


def test_whoever_entered_any_of_it_is_not_the_other(hall):
    hall.enter("DV-1", "An", i1_1=yes())
    hall.enter("DV-1", "Bình", i5_1=yes())
    for who in ("An", "Bình"):
        with refuses("same-person"):
            hall.release("DV-1", who)
    hall.release("DV-1", "Chi")


def test_a_name_in_other_letters_of_unicode_is_the_same_person(hall):
    hall.enter("DV-1", "Lê Thị Bưởi", i1_1=yes())
    with refuses("same-person"):
        hall.release("DV-1", unicodedata.normalize("NFD", "Lê Thị Bưởi"))


def test_nothing_is_released_where_nothing_was_entered(hall):
    with refuses("nothing-entered"):
        hall.release("DV-1")
    hall.enter("DV-1", i1_1=yes())
    hall.enter("DV-1", i1_1=Answer())
    with refuses("nothing-entered"):
        hall.release("DV-1")


def test_what_is_released_is_closed(hall):
    hall.report("DV-1")
    with refuses("is-submitted"):
        hall.enter("DV-1", i1_1=Answer(value=0))
    with refuses("is-submitted"):
        hall.release("DV-1")


def test_no_evidence_wants_an_explanation_where_the_decision_asks(hall):
    hall.enter("DV-1", i1_1=Answer(value=ONE))
    with refuses("no-evidence"):
        hall.release("DV-1")
    hall.enter("DV-1", i1_1=Answer(value=ONE, explanation="Đang trình ký"))
    hall.release("DV-1")


def test_no_explanation_is_wanted_where_the_decision_does_not_ask(store):
    hall = Hall(store, "hue", "so").open(1)
    hall.report("DV-1", **{"iI.1": Answer(value=ONE)})
    assert hall.states() == ["submitted"]


def test_what_is_released_is_withdrawn_until_the_last_day(hall):
    hall.report("DV-1")
    hall.day = LAST_DAY
    hall.do(withdraw, "DV-1")
    assert hall.states()[0] == "reporting"
    hall.enter("DV-1", i1_1=Answer(value=0, evidence="Công văn"))
    hall.release("DV-1")
    assert hall.holds("DV-1", "self")["1.1"].value == 0


def test_and_not_after_it(hall):
    hall.report("DV-1")
    hall.day = LOCKED
    with refuses("locked"):
        hall.do(withdraw, "DV-1")
    hall.day = LAST_DAY
    with refuses("not-submitted"):
        hall.do(withdraw, "DV-2")


def test_before_the_15th_is_until_the_14th(hall):
    hall.day = LAST_DAY
    hall.enter("DV-1", i1_1=yes())
    hall.day = LOCKED
    with refuses("locked"):
        hall.enter("DV-1", i5_1=yes())
    with refuses("locked"):
        hall.release("DV-1")
    assert list(hall.holds("DV-1", "self")) == ["1.1"]


def test_until_the_day_that_the_authority_sets(store):
    day = date(2024, 10, 20)
    hall = Hall(store).open(last_days={"self": day})
    hall.day = day
    hall.enter("DV-1", i1_1=yes())
    hall.day = day + timedelta(1)
    with refuses("locked"):
        hall.enter("DV-1", i5_1=yes())


def test_nothing_is_reported_before_the_first_day(store):
    """Hải Dương opens its platform within January of the year after."""
    hall = Hall(store, "haiduong", "so", 2023, date(2023, 12, 31)).open(1)
    assert hall.state == "opened"
    with refuses("not-yet"):
        hall.enter("DV-1", i1=points(40))
    hall.day = date(2024, 1, 1)
    hall.report("DV-1", i1=points(40))
    assert hall.state == "reporting"


def test_an_exception_lets_one_unit_report_until_its_day(hall):
    hall.day = LOCKED
    hall.excepted("DV-2", until := LOCKED + timedelta(3))
    with refuses("locked"):
        hall.enter("DV-1", i1_1=yes())
    hall.day = until
    hall.enter("DV-2", i1_1=yes())
    hall.day = until + timedelta(1)
    with refuses("locked"):
        hall.release("DV-2")
    hall.day = until
    hall.release("DV-2")
    assert hall.states()[1] == "submitted"


def test_an_exception_opens_what_was_released_and_it_is_released_anew(hall):
    hall.report("DV-1", "DV-2", "DV-3")
    hall.advance()
    assert hall.states() == ["round1"] * 3
    hall.excepted("DV-1", LOCKED)
    assert hall.states() == ["reporting", "round1", "round1"]
    with refuses("still-reports"):
        hall.enter("DV-1", stage="round1", i1_1=yes())
    with refuses("still-reports"):
        hall.advance(accept_rest=True)
    hall.enter("DV-1", "Chi", i1_1=Answer(value=0, evidence="Công văn"))
    with refuses("same-person"):
        hall.release("DV-1", "Chi")
    hall.release("DV-1", "An")
    assert hall.states() == ["round1"] * 3
    assert hall.late() == []


@pytest.mark.parametrize(
    ("reason", "until", "stage", "key"),
    [
        ("  ", LOCKED, "self", "exception-reason"),
        ("bão", OPEN_DAY - timedelta(1), "self", "exception-over"),
        ("bão", LOCKED, "round1", "exception-stage"),
        ("bão", LOCKED, "explanation", "exception-state"),
    ],
    ids=["no reason", "a day that is over", "not the units'", "has not begun"],
)
def test_no_exception_without_a_reason_a_day_to_come_and_a_stage_of_units(
    hall, reason, until, stage, key
):
    with refuses(key):
        hall.excepted("DV-1", until, reason, stage)


def test_no_exception_holds_once_the_council_has_it(hall):
    """Facts are frozen while the council decides, also for whom an exception still runs."""
    hall.report("DV-1", "DV-2", "DV-3")
    hall.to("round2").excepted("DV-1", LOCKED)
    hall.release("DV-1", "Chi")
    hall.to("council")
    with refuses("frozen"):
        hall.do(withdraw, "DV-1")
    with refuses("exception-state"):
        hall.excepted("DV-2", LOCKED)


def test_an_exception_holds_no_more_for_what_is_published(hall):
    hall.report("DV-1", "DV-2", "DV-3")
    hall.to("round2").excepted("DV-1", LOCKED)
    hall.release("DV-1", "Chi")
    hall.to("council").publish()
    before = to_json(hall.evaluate())
    with refuses("frozen"):
        hall.do(withdraw, "DV-1")
    with refuses("is-published"):
        hall.enter("DV-1", i1_1=yes())
    assert to_json(hall.evaluate()) == before


def test_what_a_unit_changes_by_exception_is_appraised_again(hall):
    hall.report("DV-1", "DV-2", "DV-3", i1_1=yes(), i5_1=yes())
    hall.advance()
    for code in ("i1_1", "i5_1"):
        hall.enter("DV-1", "Hội đồng", "round1", **{code: yes(evidence=None)})
    hall.excepted("DV-1", LOCKED)
    hall.enter("DV-1", "Chi", i1_1=Answer(value=0, evidence="Công văn"))
    hall.release("DV-1", "Dung")
    with refuses("not-appraised", "not-appraised", "not-appraised") as caught:
        hall.advance()
    assert [each.values["count"] for each in caught.value.problems] == [1, 2, 2]
    hall.advance(accept_rest=True)
    assert hall.holds("DV-1", "round1")["1.1"].value == 0
    assert hall.holds("DV-1", "round1")["5.1"].value == ONE


def test_who_has_not_released_is_late_and_his_words_do_not_count(hall):
    hall.report("DV-1")
    hall.enter("DV-2", i1_1=yes())
    hall.day = LOCKED
    assert hall.late() == []
    hall.advance(why="")
    assert hall.late() == ["DV-2", "DV-3"]
    assert hall.holds("DV-2", "self") == {}
    units = hall.evaluate().units.rows(named=True)
    assert {each["unit"]: each["overall.points"] > 0 for each in units} == {
        "DV-1": True, "DV-2": False, "DV-3": False}  # fmt: skip


def test_before_the_last_day_reporting_ends_only_with_a_reason(hall):
    hall.report("DV-1", "DV-2")
    with refuses("not-all-released"):
        hall.advance(why=" ")
    hall.report("DV-3")
    assert hall.advance(why="") == "round1"


def test_a_late_unit_that_an_exception_lets_report_is_late_no_more(hall):
    hall.day = LOCKED
    hall.advance(why="")
    hall.excepted("DV-1", LOCKED + timedelta(2))
    assert hall.late() == ["DV-2", "DV-3"]
    hall.report("DV-1")
    hall.day = LOCKED + timedelta(10)
    assert hall.late() == ["DV-2", "DV-3"]
    assert hall.holds("DV-1", "self")["1.1"].value == ONE


def test_a_late_unit_is_late_again_when_its_exception_is_over(hall):
    hall.day = LOCKED
    hall.advance(why="")
    hall.excepted("DV-1", LOCKED)
    hall.enter("DV-1", i1_1=yes())
    assert hall.late() == ["DV-2", "DV-3"]
    hall.day = LOCKED + timedelta(1)
    assert hall.late() == ["DV-1", "DV-2", "DV-3"]
    assert hall.holds("DV-1", "self") == {}


def test_a_late_unit_is_weak_in_ha_tinh_by_the_clause(store):
    hall = Hall(store, "hatinh", "xa").open(2)
    hall.report("DV-1", **{f"i{each}": points(90) for each in range(1, 9)})
    hall.day = date(2024, 11, 26)
    hall.advance(why="")
    hall.enter("DV-2", "Hội đồng", "round1", i1=points(100))
    hall.advance(accept_rest=True)
    evaluation = hall.publish()[1]
    row = trace(evaluation, "DV-2").row
    assert row["status"] == "not_reported"
    assert row["overall.points"] == 100 * ONE, "what the council found counts"
    assert row["tier"] == "Yếu"
    assert row["overall.rank"] is None or row["overall.rank"] == 2
    late = next(each for each in evaluation.framework.statuses if each.late)
    assert late.citation.clause == "Điều 9.2.e"
    assert trace(evaluation, "DV-1").row["status"] == ""


def test_elsewhere_nothing_is_made_up_for_a_late_unit(hall):
    hall.day = LOCKED
    hall.advance(why="")
    row = trace(hall.evaluate(), "DV-1").row
    assert (row["status"], row["overall.points"], row["overall.rank"]) == ("", 0, 1)


def test_nobody_has_published_anything_meanwhile(hall):
    hall.report("DV-1")
    with hall.view() as view:
        assert results(view.session, view.running) == []
