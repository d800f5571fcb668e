"""The rounds: who appraises what, what needs a reason, who settles, what is frozen meanwhile."""

from __future__ import annotations

import unicodedata

import pytest
from hall import LOCKED, OPEN_DAY, Hall, points, refuses, yes

from dti_core.cycle.appraising import accept, assign, settle, unappraised
from dti_core.cycle.releasing import withdraw
from dti_core.cycle.running import Place
from dti_core.forms import OF_UNIT, Answer
from dti_core.numbers import ONE
from dti_core.store.cells import history, latest

COUNCIL = "Hội đồng Thẩm định huyện"
NO = Answer(value=0, explanation="Quyết định đã hết hiệu lực")


@pytest.fixture
def hall(store):
    """Three units have reported, and the first round is open."""
    made = Hall(store).open(chair="Chủ tịch")
    made.report("DV-1", "DV-2", "DV-3", i1_1=yes(), i8_2=points(12))
    made.advance()
    return made


def waiting(hall: Hall) -> set[tuple[str, str, str]]:
    with hall.view() as view:
        found = unappraised(view.session, view.running, view.running.units.values())
        return {(unit.code, *rest) for unit, *rest in found}


def settled(hall: Hall, who: str, **answers) -> None:
    """Say what counts of the first unit."""
    given = {name.removeprefix("i").replace("_", "."): each for name, each in answers.items()}
    hall.do(settle, "DV-1", given, who=who)


def test_what_units_reported_is_frozen_while_it_is_appraised(hall):
    for state in ("round1", "explanation", "round2", "council", "published"):
        if state == "published":
            hall.publish()
        hall.to(state)
        with refuses("is-published" if state == "published" else "is-submitted"):
            hall.enter("DV-1", i1_1=NO)
        with refuses("not-submitted" if state == "explanation" else "frozen"):
            hall.do(withdraw, "DV-1")


def test_no_round_is_appraised_out_of_its_turn(hall):
    for stage in ("round2", "final"):
        with refuses("too-early"):
            hall.enter("DV-1", stage=stage, i1_1=NO)
    hall.to("round2")
    for stage, key in (("round1", "frozen"), ("final", "too-early")):
        with refuses(key):
            hall.enter("DV-1", stage=stage, i1_1=NO)


def test_stages_are_kept_apart(hall):
    hall.enter("DV-1", "Chi", "round1", i8_2=points(10, explanation="Thiếu ảnh"))
    hall.to("round2").enter("DV-1", "Chi", "round2", i8_2=points(11))
    hall.to("council").publish()
    with hall.view() as view:
        cells = latest(view.session, 1, units=[1])
        said = {each.stage: each.points for each in cells.values() if each.indicator == "8.2"}
        assert all(len(history(view.session, each)) == 1 for each in cells)
    assert said == {"self": 120_000, "round1": 100_000, "round2": 110_000, "final": 110_000}


@pytest.mark.parametrize(
    ("code", "less"),
    [("8.2", points(11.99)), ("1.1", Answer(value=0)), ("8.2", Answer())],
    ids=["fewer points", "no for yes", "rejected"],
)
def test_giving_less_needs_a_reason(hall, code, less):
    with refuses("needs-reason"):
        hall.enter("DV-1", stage="round1", **{code: less})


def test_giving_more_is_allowed_and_needs_none(hall):
    hall.enter("DV-1", stage="round1", i8_2=points(20))
    assert hall.holds("DV-1", "round1")["8.2"].points == 20 * ONE
    assert hall.holds("DV-1", "self")["8.2"].points == 12 * ONE


def test_less_than_the_round_before_gave_needs_a_reason_too(hall):
    hall.enter("DV-1", stage="round1", i8_2=points(20))
    hall.to("round2")
    with refuses("needs-reason"):
        hall.enter("DV-1", stage="round2", i8_2=points(15))


def test_the_council_finds_what_a_late_unit_did_not_report(store):
    hall = Hall(store, day=LOCKED).open()
    hall.advance(why="")
    hall.enter("DV-1", stage="round1", i8_2=points(3))
    assert waiting(hall) == set()
    assert hall.to("council").publish()[1].units["overall.points"].to_list() == [3 * ONE, 0, 0]


def test_one_round_ends_when_all_that_was_reported_is_appraised(hall):
    with refuses(*["not-appraised"] * 3) as caught:
        hall.advance()
    assert caught.value.problems[0].values["names"] == COUNCIL
    for code in ("DV-1", "DV-2", "DV-3"):
        assert hall.do(accept, code, COUNCIL) == 2
    assert waiting(hall) == set()
    assert hall.advance() == "explanation"


def test_accepting_leaves_alone_what_was_appraised(hall):
    hall.enter("DV-1", "Chi", "round1", COUNCIL, i8_2=points(15))
    assert hall.do(accept, "DV-1", COUNCIL) == 1
    held = hall.holds("DV-1", "round1")
    assert (held["8.2"].points, held["1.1"].value) == (15 * ONE, ONE)
    assert held["1.1"].evidence == "Quyết định (minh hoạ)", "the unit's own words stay"


def test_what_was_appraised_once_need_not_be_in_the_second_round(hall):
    hall.to("round2")
    assert waiting(hall) == set()
    assert hall.advance() == "council"


def test_who_reports_late_by_exception_is_appraised_in_the_second_round(store):
    hall = Hall(store, day=LOCKED).open()
    hall.to("round2").excepted("DV-1", LOCKED)
    hall.report("DV-1")
    with refuses("not-appraised"):
        hall.advance()
    hall.do(accept, "DV-1", COUNCIL)
    assert hall.advance() == "council"


def test_another_does_not_appraise_what_is_not_his(hall):
    with refuses("not-theirs"):
        hall.enter("DV-1", "Chi", "round1", "Phòng Nội vụ", i8_2=points(15))
    hall.do(assign, None, "Phòng Nội vụ", "8.2")
    hall.enter("DV-1", "Chi", "round1", "Phòng Nội vụ", i8_2=points(15))
    with refuses("not-theirs"):
        hall.enter("DV-1", "Chi", "round1", COUNCIL, i8_2=points(15))
    with refuses("not-theirs"):
        hall.enter("DV-1", "Chi", "round1", "Phòng Nội vụ", i1_1=yes())


def test_a_name_in_other_letters_of_unicode_is_the_same_appraiser(hall):
    other = unicodedata.normalize("NFD", COUNCIL)
    hall.enter("DV-1", "Chi", "round1", other, i8_2=points(15))
    hall.enter("DV-1", "Chi", "round1", COUNCIL, i8_2=points(16))
    with refuses("assigned"):
        hall.do(assign, None, other)
    with pytest.raises(Exception, match="--who"):
        hall.do(assign, None, " ")


def test_several_are_recorded_apart_and_the_chair_settles_where_they_differ(hall):
    for name in ("Phòng A", "Phòng B"):
        hall.do(assign, None, name, "8.2")
    assert ("DV-1", "8.2", "Phòng B") in waiting(hall)
    hall.enter("DV-1", "An", "round1", "Phòng A", i8_2=points(14))
    hall.enter("DV-1", "Bình", "round1", "Phòng B", i8_2=points(15))
    with hall.view() as view:
        cells = latest(view.session, 1, "round1", [1]).values()
    assert {(each.appraiser, each.points) for each in cells} == {
        ("Phòng A", 140_000), ("Phòng B", 150_000)}  # fmt: skip
    assert hall.holds("DV-1", "round1")["8.2"].points == 12 * ONE, "what held before still does"
    with refuses("unsettled"):
        hall.advance(accept_rest=True)
    with refuses("not-chair"):
        settled(hall, "Bình", i8_2=points(14))
    settled(hall, "Chủ tịch", i8_2=points(14))
    assert hall.holds("DV-1", "round1")["8.2"].points == 14 * ONE
    assert hall.advance(accept_rest=True) == "explanation"


def test_accepting_the_rest_does_not_outvote_who_has_spoken(hall):
    """What the silent one accepts differs from what the other said: the chair settles it."""
    for name in ("Phòng A", "Phòng B"):
        hall.do(assign, None, name, "8.2")
    hall.enter("DV-1", "An", "round1", "Phòng A", i8_2=points(14))
    with refuses("unsettled"):
        hall.advance(accept_rest=True)
    assert waiting(hall) > {("DV-1", "8.2", "Phòng B")}, "nothing is saved"


def test_where_several_see_the_same_nothing_is_to_be_settled(hall):
    for name in ("Phòng A", "Phòng B"):
        hall.do(assign, None, name, "8.2")
        hall.enter("DV-1", name, "round1", name, i8_2=points(15, explanation=f"Theo {name}"))
    assert hall.holds("DV-1", "round1")["8.2"].points == 15 * ONE
    hall.advance(accept_rest=True)


def test_only_the_chair_speaks_for_several(hall):
    """A clerk who names no appraiser would settle what he only meant to enter."""
    for name in ("Phòng A", "Phòng B"):
        hall.do(assign, None, name, "8.2")
    with refuses("not-chair"):
        hall.enter("DV-1", "Bình", "round1", i8_2=points(15))
    hall.enter("DV-1", "Bình", "round1", i1_1=yes())
    hall.enter("DV-1", "Chủ tịch", "round1", i8_2=points(15))


def test_without_a_chair_whoever_leads_the_council_settles(store):
    hall = Hall(store).open(1)
    hall.report("DV-1", i8_2=points(12))
    hall.advance()
    hall.do(assign, None, "Phòng A", "8.2")
    settled(hall, "Bình", i8_2=points(15))
    assert hall.holds("DV-1", "round1")["8.2"].points == 15 * ONE


def test_another_opinion_on_what_is_settled_is_refused_not_lost(hall):
    settled(hall, "Chủ tịch", i8_2=points(14))
    with refuses("settled-already"):
        hall.enter("DV-1", "Chi", "round1", COUNCIL, i8_2=points(15))
    hall.enter("DV-1", "Chi", "round1", COUNCIL, i8_2=points(14))
    settled(hall, "Chủ tịch", i8_2=points(15))
    assert hall.holds("DV-1", "round1")["8.2"].points == 15 * ONE


def test_appraisers_differ_in_the_status_of_a_unit_too(store):
    hall = Hall(store, "haiduong", "so", 2023, OPEN_DAY.replace(year=2024, month=1)).open(2)
    hall.report("DV-1", "DV-2", i1=points(40))
    hall.advance()
    hall.do(assign, None, "Phòng A")
    said = {"Sở Thông tin và Truyền thông": "not_ranked", "Phòng A": "ranked"}
    for name, status in said.items():
        given = {OF_UNIT: Answer(text=status, reason="không có dịch vụ công")}
        with hall.turn(name) as turn:
            from dti_core.cycle.entering import enter

            enter(turn, Place(turn.running.unit("DV-1"), "round1", name), given)
    with refuses("unsettled"):
        hall.advance(accept_rest=True)


def test_hai_duongs_table_says_who_appraises_and_the_default_rule_who_the_rest(store):
    hall = Hall(store, "haiduong", "so", 2023, OPEN_DAY.replace(year=2024, month=1)).open(2)
    hall.report("DV-1", "DV-2", i1=points(40), **{"iI.3": Answer(text="13")})
    hall.advance()
    rest = "Sở Thông tin và Truyền thông"
    assert waiting(hall) == {("DV-1", "1", rest), ("DV-2", "1", rest)}
    with refuses("not-theirs"):
        hall.enter("DV-1", rest, "round1", rest, **{"iI.3": Answer(text="14")})
    hall.enter("DV-1", "Nội", "round1", "Sở Nội vụ", **{"iI.3": Answer(text="14")})
    assert hall.holds("DV-1", "round1")["I.3"].text == "14"
    for name, said in (("Sở Tài chính", "7 tỷ"), ("Sở Kế hoạch và Đầu tư", "8 tỷ")):
        hall.enter("DV-1", name, "round1", name, **{"iI.10": Answer(text=said)})
    with refuses("unsettled"):
        hall.advance(accept_rest=True)
