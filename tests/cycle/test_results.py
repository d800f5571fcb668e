"""What comes of a cycle: exclusions, progress, publication and correction, and its trail."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest
from hall import LOCKED, NOW, OPEN_DAY, Hall, points, refuses, unit, yes
from sqlmodel import func, select

from dti_core.cycle.appraising import unappraised
from dti_core.cycle.evaluating import progress
from dti_core.cycle.excluding import Approval, exclude, include
from dti_core.cycle.publishing import content, correct, results
from dti_core.errors import UsageError
from dti_core.forms import Answer
from dti_core.numbers import ONE
from dti_core.report.json_text import to_json
from dti_core.sources import Source
from dti_core.store.tables import AuditLine, Result
from dti_core.store.trail import verify
from dti_core.store.units import NewUnit, merge, split
from dti_core.trace import trace

LETTER = Approval("Công văn 12/CV", date(2024, 10, 2), "không phát sinh hồ sơ")


@pytest.fixture
def hall(store):
    made = Hall(store).open()
    made.report("DV-1", "DV-2", "DV-3", i1_1=yes(), i8_2=points(12))
    return made


@pytest.fixture
def hue(store):
    """Huế leaves out what a document approves."""
    made = Hall(store, "hue", "so").open(2)
    made.report("DV-1", "DV-2", **{"iI.1": Answer(value=ONE)})
    return made


def published(hall: Hall) -> list[tuple[int, int | None, bytes]]:
    with hall.view() as view:
        found = results(view.session, view.running)
        return [(each.version, each.replaces, content(view.session, each)) for each in found]


def test_an_exclusion_names_its_document_and_leaves_the_indicator_out(hue):
    hue.do(exclude, "DV-1", "I.2", LETTER)
    steps = {each.indicator.code: each for each in trace(hue.evaluate(), "DV-1").steps}
    step = steps["I.2"]
    assert step.state == "not_applicable"
    assert "Công văn 12/CV: không phát sinh hồ sơ" in step.sentence
    rows = hue.evaluate().units.rows(named=True)
    largest = {each["unit"]: each["overall.max_points"] for each in rows}
    assert largest["DV-2"] - largest["DV-1"] == 10 * ONE


def test_an_exclusion_without_a_document_and_a_second_one_are_refused(hue):
    with refuses("exclusion-document"):
        hue.do(exclude, "DV-1", "I.2", Approval("  "))
    with refuses("no-indicator"):
        hue.do(exclude, "DV-1", "I.99", LETTER)
    hue.do(exclude, "DV-1", "I.2", LETTER)
    with refuses("excluded-already"):
        hue.do(exclude, "DV-1", "I.2", LETTER)


def test_the_document_itself_is_kept(hue):
    original = Source("cong-van.pdf", data=b"%PDF-1.7 minh hoa")
    kept = hue.do(exclude, "DV-1", "I.2", Approval("Công văn 12/CV", original=original))
    assert kept.original == hashlib.sha256(b"%PDF-1.7 minh hoa").hexdigest()


def test_what_is_left_out_need_not_be_appraised(hue):
    hue.to("round1")
    with hue.view() as view:
        units = [view.running.unit("DV-1")]
        assert [code for _, code, _ in unappraised(view.session, view.running, units)] == ["I.1"]
    hue.do(exclude, "DV-1", "I.1", LETTER)
    with hue.view() as view:
        assert list(unappraised(view.session, view.running, units)) == []


def test_an_exclusion_is_undone_with_a_reason(hue):
    before = to_json(hue.evaluate())
    hue.do(exclude, "DV-1", "I.2", LETTER)
    assert to_json(hue.evaluate()) != before
    with refuses("include-reason"):
        hue.do(include, "DV-1", "I.2", " ")
    hue.do(include, "DV-1", "I.2", "công văn bị thu hồi")
    assert to_json(hue.evaluate()) == before
    with refuses("not-excluded"):
        hue.do(include, "DV-1", "I.2", "lần nữa")


def test_mo_duc_refuses_exclusions_and_says_by_which_clause(hall):
    with refuses("exclusion-refused") as caught:
        hall.do(exclude, "DV-1", "1.1", LETTER)
    assert "II.4.b" in str(caught.value.problems[0])


def test_nothing_is_left_out_of_what_is_published(hue):
    hue.do(exclude, "DV-1", "I.2", LETTER)
    hue.to("council").publish()
    with refuses("is-published"):
        hue.do(exclude, "DV-2", "I.2", LETTER)
    with refuses("is-published"):
        hue.do(include, "DV-1", "I.2", "lần nữa")


def test_progress_is_as_if_the_year_ended_now_and_ranks_nobody(store):
    hall = Hall(store).open()
    hall.enter("DV-1", i8_2=points(12))
    with hall.view() as view:
        evaluation = progress(view.session, view.running)
    rows = {each["unit"]: each for each in evaluation.units.rows(named=True)}
    assert {code: each["overall.points"] for code, each in rows.items()} == {
        "DV-1": 12 * ONE, "DV-2": 0, "DV-3": 0}  # fmt: skip
    ranks = [each[f"{one.code}.rank"] for each in rows.values()
             for one in evaluation.framework.rankings]  # fmt: skip
    assert set(ranks) == {None}
    assert published(hall) == []


def test_nothing_is_published_before_the_council_has_it(hall):
    for state in ("reporting", "round1", "explanation", "round2"):
        hall.to(state)
        with refuses("council-first"):
            hall.publish()


def test_publishing_freezes_the_result_with_its_recipe(hall):
    hall.to("council").enter("DV-1", stage="final", i8_2=points(20))
    result, evaluation = hall.publish()
    assert result.recipe["decision"] == evaluation.recipe["decision"]
    assert result.recipe == json.loads(to_json(evaluation))["recipe"]
    ((version, replaces, frozen),) = published(hall)
    assert (version, replaces, frozen) == (1, None, to_json(evaluation))
    assert hashlib.sha256(frozen).hexdigest() == result.content
    assert to_json(hall.evaluate()) == frozen, "the facts are frozen too"
    with refuses("correct-first"):
        hall.publish()
    with refuses("is-published"):
        hall.enter("DV-1", stage="final", i8_2=points(19, explanation="nhầm"))


def test_a_correction_is_a_version_that_names_the_old_one(hall):
    hall.to("council")
    with refuses("not-published"):
        hall.do(correct, None, "nhầm")
    hall.publish()
    ((_, _, first),) = published(hall)
    with refuses("correct-reason"):
        hall.do(correct, None, " ")
    hall.do(correct, None, "cộng nhầm")
    assert hall.state == "council"
    hall.enter("DV-1", stage="final", i8_2=points(11, explanation="cộng nhầm"))
    hall.publish()
    (version, replaces, second), (_, _, kept) = published(hall)
    assert (version, replaces) == (2, 1)
    assert kept == first != second
    assert hall.holds("DV-1", "final")["8.2"].points == 11 * ONE
    assert hall.holds("DV-1", "round2")["8.2"].points == 12 * ONE


def test_evaluate_takes_the_latest_stage_that_is_over(hall):
    def of(stage):
        rows = hall.evaluate(stage).units.rows(named=True)
        return next(each["overall.points"] for each in rows if each["unit"] == "DV-1") // ONE

    assert of(None) == 22, "while units report: what they have entered"
    hall.advance()
    hall.enter("DV-1", stage="round1", i8_2=points(15))
    assert (of(None), of("self"), of("round1")) == (22, 22, 25), "the first round is not over"
    hall.to("round2").enter("DV-1", stage="round2", i8_2=points(20))
    assert (of(None), of("round2")) == (25, 30)
    hall.to("council")
    assert (of(None), of("self"), of("round1")) == (30, 22, 25)


def test_the_command_evaluates_the_cycle_with_and_without_a_stage(hall, dti, url):
    hall.advance()
    hall.enter("DV-1", stage="round1", i8_2=points(15))
    which = ("--plugin", "moduc", "--level", "xa", "--year", 2024, "--format", "json")

    def of(*stage):
        ran = dti("evaluate", *which, *stage, "--today", "2024-10-02", url=url)
        assert ran.code == 0, ran.err
        units = json.loads(ran.out)["units"]
        return {each["unit"]: each["rankings"]["overall"]["points"] for each in units}

    assert of()["DV-1"] == of("--stage", "self")["DV-1"] == 22
    assert of("--stage", "round1") == {"DV-1": 25, "DV-2": 22, "DV-3": 22}
    ran = dti("evaluate", "--plugin", "hue", "--stage", "self", url=url)
    assert (ran.code, "moduc xa 2024" in ran.err) == (2, True)


def test_of_two_open_cycles_one_must_be_named(hall, dti, url):
    other = Hall(hall.store, "hue", "so").open(0)
    ran = dti("cycle", "status", url=url)
    assert (ran.code, "moduc xa 2024, hue so 2024" in ran.err) == (2, True)
    for one in (("--plugin", "hue"), ("--level", "so")):
        ran = dti("cycle", "status", *one, "--today", "2024-10-02", url=url)
        assert (ran.code, "hue · so · 2024" in ran.out) == (0, True)
    assert dti("cycle", "status", "--year", 2024, url=url).code == 2
    with refuses("there-already"):
        other.open(0)


def test_a_merger_during_a_cycle_ends_the_old_units_and_begins_the_new_one(hall):
    day = OPEN_DAY + timedelta(9)
    with hall.store.write("Văn phòng", NOW) as write:
        merge(write, ["DV-1", "DV-2"], NewUnit("DV-12", "Đơn vị minh hoạ 12"), day)
    assert hall.states() == ["submitted"] * 3, "until the day before, all is as it was"
    hall.day = day
    assert hall.states() == ["reporting", "submitted"]
    with pytest.raises(UsageError, match="DV-1"):
        hall.enter("DV-1", i1_1=yes())
    hall.report("DV-12", i8_2=points(20))
    hall.to("council")
    units = hall.publish()[1].units.rows(named=True)
    assert {each["unit"]: each["overall.points"] // ONE for each in units} == {
        "DV-12": 20, "DV-3": 22}  # fmt: skip


def test_a_split_during_a_cycle_lets_the_new_units_report(hall):
    day = OPEN_DAY + timedelta(9)
    into = [NewUnit(code, code) for code in ("DV-3A", "DV-3B")]
    with hall.store.write("Văn phòng", NOW) as write:
        split(write, "DV-3", into, day)
    hall.day = day
    hall.report("DV-3A")
    assert hall.states() == ["submitted", "submitted", "submitted", "reporting"]
    hall.day = LOCKED
    hall.advance(why="")
    assert hall.late() == ["DV-3B"]


def test_a_unit_that_is_added_after_opening_reports_like_the_others(hall):
    with hall.store.write("Văn phòng", NOW) as write:
        write.add([unit(4, "xa"), unit(5, "huyen")], "unit.import")
    assert hall.states() == ["submitted"] * 3 + ["reporting"], "and none of another level"
    hall.report("DV-4")
    assert hall.states() == ["submitted"] * 4


def test_the_trail_tells_every_step_and_is_whole(hall):
    hall.excepted("DV-1", LOCKED, "mất điện")
    hall.enter("DV-1", "Chi", i8_2=points(13))
    hall.release("DV-1", "Dung")
    hall.advance("đã đủ")
    hall.enter("DV-2", "Hội đồng", "round1", i8_2=points(10, explanation="Thiếu ảnh"))
    hall.to("council").publish()
    hall.do(correct, None, "cộng nhầm")
    hall.publish()
    with hall.view() as view:
        assert verify(view.session).problems == []
        lines = view.session.exec(select(AuditLine).order_by(AuditLine.id)).all()
        count = view.session.exec(select(func.count()).select_from(Result)).one()
    told = [each.what for each in lines]
    steps = ["unit.import", "cycle.open", "cycle.report", "cycle.release", "cycle.except",
             "cycle.advance", "cycle.appraise", "cycle.publish"]  # fmt: skip
    assert [told.index(each) for each in steps] == sorted(told.index(each) for each in steps)
    assert count == 2
    whys = {each.what: each.why for each in lines if each.why}
    assert (whys["cycle.except"], whys["cycle.advance"]) == ("mất điện", "cộng nhầm")
    lowered = next(each for each in lines if each.unit == 2 and each.what == "cycle.appraise")
    assert (lowered.who, lowered.new["explanation"]) == ("Hội đồng", "Thiếu ảnh")


def test_the_command_finds_the_trail_whole(hall, dti, url):
    hall.to("council").publish()
    assert dti("audit", "verify", url=url).code == 0


@pytest.mark.parametrize("who", ["", "  "])
def test_nobody_changes_a_cycle_without_a_name(hall, dti, url, who):
    for command in (("cycle", "advance"), ("form", "withdraw", "DV-1"), ("cycle", "correct")):
        ran = dti(*command, "--today", "2024-10-02", "--who", who, url=url)
        assert (ran.code, "--who" in ran.err) == (2, True)
    assert hall.states() == ["submitted"] * 3
