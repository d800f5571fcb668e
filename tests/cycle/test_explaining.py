"""One round or two, what units explain between them, and how the status tells it all."""

from __future__ import annotations

import pytest
from hall import LOCKED, Hall, points, refuses, yes

from dti_core.cycle.appraising import accept
from dti_core.cycle.releasing import withdraw
from dti_core.cycle.status import status_of
from dti_core.forms import Answer
from dti_core.numbers import ONE


@pytest.fixture
def hall(store):
    """Three units have reported, and the first round is open."""
    made = Hall(store).open(chair="Chủ tịch")
    made.report("DV-1", "DV-2", "DV-3", i1_1=yes(), i8_2=points(12))
    made.advance()
    return made


def test_two_rounds_where_units_explain_between_them_else_one(store):
    hall = Hall(store).open(1)
    with hall.view() as view:
        assert [*view.running.stages] == ["self", "round1", "explanation", "round2", "final"]
    passed = [hall.advance(accept_rest=True) for _ in range(4)]
    assert passed == ["round1", "explanation", "round2", "council"]


def test_one_round_where_nothing_is_said_of_explaining(store):
    hall = Hall(store, "hatinh", "xa").open(1)
    assert [hall.advance(accept_rest=True) for _ in range(2)] == ["round1", "council"]
    with refuses("publish-instead"):
        hall.advance()
    with refuses("no-stage"):
        hall.enter("DV-1", stage="round2", i1=points(3))


def test_units_explain_in_words_after_the_first_round(hall):
    with refuses("too-early"):
        hall.enter("DV-1", stage="explanation", i8_2=Answer(explanation="Ảnh ở phụ lục"))
    hall.enter("DV-1", "Chi", "round1", i8_2=points(10, explanation="Thiếu ảnh"))
    hall.to("explanation")
    more = points(20, explanation="Ảnh ở phụ lục")
    hall.enter("DV-1", "An", "explanation", i8_2=more)
    held = hall.holds("DV-1", "explanation")["8.2"]
    assert (held.points, held.explanation) == (10 * ONE, "Ảnh ở phụ lục"), "words, no figures"
    with refuses("same-person"):
        hall.release("DV-1", "An")
    assert hall.release("DV-1", "Bình") == "explanation"
    with refuses("is-submitted"):
        hall.enter("DV-1", "An", "explanation", i8_2=more)
    assert hall.do(withdraw, "DV-1") == "explanation"
    hall.release("DV-1", "Bình")
    hall.to("round2")
    with refuses("frozen"):
        hall.enter("DV-2", "An", "explanation", i8_2=more)


def test_an_exception_lets_one_unit_explain_in_the_second_round(hall):
    hall.to("round2").excepted("DV-1", LOCKED, stage="explanation")
    hall.enter("DV-1", "An", "explanation", i8_2=Answer(explanation="Ảnh ở phụ lục"))
    assert hall.release("DV-1", "Bình") == "explanation"
    with refuses("frozen"):
        hall.enter("DV-2", "An", "explanation", i8_2=Answer(explanation="Ảnh ở phụ lục"))


def test_status_says_what_is_still_to_be_appraised_and_how_long_is_left(hall):
    hall.do(accept, "DV-1", "Hội đồng Thẩm định huyện")
    with hall.view() as view:
        found = status_of(view.session, view.running)
    assert [(each.unit.code, each.waiting, each.entered) for each in found.units] == [
        ("DV-1", 0, 2), ("DV-2", 2, 2), ("DV-3", 2, 2)]  # fmt: skip


def test_status_says_who_is_missing_and_how_long_is_left(store):
    hall = Hall(store).open()
    hall.report("DV-2")
    with hall.view() as view:
        found = status_of(view.session, view.running)
    assert (found.missing, found.days_left) == (["DV-1", "DV-3"], 44)
