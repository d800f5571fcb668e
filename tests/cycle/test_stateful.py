"""The state machine against a model: what one allows the other does, and both hold the same.

``DTI_CYCLES`` sets how many cycles are tried on SQLite; PostgreSQL tries a fifth of them.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest
from hall import Hall, answer, hurry
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from model import CHAIR, UNITS, Model
from sqlalchemy import event

from dti_core.cycle.advancing import advance
from dti_core.cycle.appraising import accept, assign, settle
from dti_core.cycle.entering import enter
from dti_core.cycle.excluding import Approval, exclude, include
from dti_core.cycle.publishing import content, correct, results
from dti_core.cycle.refusing import CycleRefused
from dti_core.cycle.releasing import withdraw
from dti_core.cycle.running import Place
from dti_core.forms import Answer
from dti_core.numbers import ONE
from dti_core.store import open_store
from dti_core.store.cells import latest
from dti_core.store.tables import Fact
from dti_core.store.trail import verify

CYCLES = int(os.environ.get("DTI_CYCLES", "20"))
ONCE = ("reporting", "round1", "council", "published")
TWICE = ("reporting", "round1", "explanation", "round2", "council", "published")
DAY = date(2024, 11, 10)
CASES = {
    "hatinh": (("1", "2"), Model(ONCE, {}, DAY, date(2024, 11, 25), excludes=True)),
    "moduc": (("8.2", "6.1.3"), Model(TWICE, {}, DAY, date(2024, 11, 14), excludes=False)),
}
"""By plugin: two indicators, and the cycle that begins."""
VOICES = (("Phòng A", "Phòng B"), ("Phòng C",))
DONE: Counter[str] = Counter()

units, places = st.sampled_from(UNITS), st.sampled_from((0, 0, 1))
spots = st.tuples(units, places)
people, judges = st.sampled_from(("An", "Bình", "Chi")), st.sampled_from(("An", CHAIR))
voices = st.sampled_from(("Phòng A", "Phòng B", "Phòng C", ""))
points, maybe = st.integers(0, 9), st.sampled_from((None, *range(10)))
words = st.sampled_from(("lý do", "lý do", ""))


class Machine(RuleBasedStateMachine):
    """One cycle of a decision in a database of its own, and the model beside it."""

    databases: Any
    kind: str
    plugin: str

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.url = self.databases.make(self.kind)
        self.store = self.opened.enter_context(open_store(self.url))
        if self.kind == "sqlite":
            event.listen(self.store.engine, "connect", hurry)
            self.store.engine.dispose()
        self.hall = Hall(self.store, self.plugin, day=DAY).open(chair=CHAIR)
        self.codes, start = CASES[self.plugin]
        names = dict(zip(self.codes, VOICES, strict=True))
        for code, each in names.items():
            for name in each:
                self.hall.do(assign, None, name, code)
        self.model = Model(start.states, names, start.day, start.last, start.excludes)
        self.seen: dict[int, tuple] = {}
        self.frozen: list[bytes] = []

    def both(self, allowed: bool, name: str, call) -> None:
        """See that what the model allows is done, and what it refuses is refused."""
        if not allowed:
            with pytest.raises(CycleRefused):
                call()
            return
        call()
        DONE[name] += 1

    def said(self, spot: tuple[str, str], who: str, given: Answer, stage: str, by: str = ""):
        with self.hall.turn(who) as turn:
            enter(turn, Place(turn.running.unit(spot[0]), stage, by), {spot[1]: given})

    @initialize(
        given=points, reporting=st.sets(units), steps=st.integers(0, 5), amended=st.none() | units
    )
    def begins(self, given, reporting, steps, amended):
        """Begin anywhere on the way: some reported, one amended it, the rest was accepted."""
        for code in sorted(reporting):
            for place in (0, 1):
                self.enters(code, place, given, "An")
            self.releases(code, "Bình")
        for step in range(steps):
            if amended and step == len(self.model.states) - 3:
                self.amends(amended, 9 - given)
            self.goes_on("minh hoạ", rest=True)
        if amended:
            self.withdraws(amended)
        if steps > len(self.model.states) - 2:
            self.publishes()

    @rule(code=units, place=places, given=maybe, who=people)
    def enters(self, code, place, given, who):
        self.both(
            self.model.enter(code, self.codes[place], given, who),
            "enter",
            lambda: self.said((code, self.codes[place]), who, answer(given, evidence="x"), "self"),
        )

    @rule(code=units, place=places, word=words, who=people)
    def explains(self, code, place, word, who):
        self.both(
            self.model.explain(code, self.codes[place], word, who),
            "explain",
            lambda: self.said((code, self.codes[place]), who, Answer(explanation=word or None),
                              "explanation"),
        )  # fmt: skip

    @rule(code=units, who=people)
    def releases(self, code, who):
        self.both(self.model.release(code, who), "release", lambda: self.hall.release(code, who))

    @rule(given=points)
    def all_report(self, given):
        for code in UNITS:
            self.enters(code, 0, given, "An")
            self.releases(code, "Bình")

    @rule(code=units, given=points)
    def amends(self, code, given):
        self.excepts(code, "self", 4, "bão")
        self.enters(code, 0, given, "Chi")
        self.releases(code, "Dung")

    @rule(code=units)
    def withdraws(self, code):
        self.both(self.model.withdraw(code), "withdraw", lambda: self.hall.do(withdraw, code))

    @rule(days=st.sampled_from((1, 1, 2, 6)))
    def days_pass(self, days):
        self.hall.day += timedelta(days)
        self.model.day += timedelta(days)

    @rule(
        code=units,
        stage=st.sampled_from(("self", "self", "explanation", "round1")),
        days=st.integers(-1, 4),
        why=words,
    )
    def excepts(self, code, stage, days, why):
        until = self.hall.day + timedelta(days)
        self.both(
            self.model.excepts(code, stage, until, why),
            "except",
            lambda: self.hall.excepted(code, until, why, stage),
        )

    @rule(why=words, rest=st.booleans())
    def goes_on(self, why, rest):
        self.both(
            self.model.advance(why, "Văn phòng", accept_rest=rest),
            "advance",
            lambda: self.hall.do(advance, None, why, accept_rest=rest),
        )

    @rule(spot=spots, voice=voices, given=maybe, word=words, who=judges)
    def appraises(self, spot, voice, given, word, who):
        spot, word = (spot[0], self.codes[spot[1]]), "" if given is None else word
        stage = self.model.stage if self.model.stage in {"round2", "final"} else "round1"
        self.both(
            self.model.appraise(spot, voice, (given, word), who),
            "appraise",
            lambda: self.said(spot, who, answer(given, explanation=word or None),
                              stage, voice),
        )  # fmt: skip

    @rule(code=units, place=places, given=points, who=judges)
    def settles(self, code, place, given, who):
        answers = {self.codes[place]: answer(given, explanation="chốt")}
        self.both(
            self.model.settle(code, self.codes[place], given, who),
            "settle",
            lambda: self.hall.do(settle, code, answers, who=who),
        )

    @rule(code=units, name=voices)
    def accepts(self, code, name):
        self.both(
            self.model.accept(code, name, "Văn phòng"),
            "accept",
            lambda: self.hall.do(accept, code, name),
        )

    @rule(code=units, place=places, document=words)
    def excludes(self, code, place, document):
        self.both(
            self.model.exclude(code, self.codes[place], document),
            "exclude",
            lambda: self.hall.do(exclude, code, self.codes[place], Approval(document)),
        )

    @rule(code=units, place=places, why=words)
    def includes(self, code, place, why):
        self.both(
            self.model.include(code, self.codes[place], why),
            "include",
            lambda: self.hall.do(include, code, self.codes[place], why),
        )

    @rule()
    def publishes(self):
        self.both(self.model.publish("Văn phòng"), "publish", self.hall.publish)
        if len(self.model.published) > len(self.frozen):
            self._compare_published()

    def _compare_published(self):
        rows = self.hall.evaluate().units.rows(named=True)
        found = {each["unit"]: each["overall.points"] for each in rows}
        assert found == {c: each * ONE for c, each in self.model.published[-1].items()}
        late = {each["unit"] for each in rows if each["status"]}
        assert late == {c for c in UNITS if self.plugin == "hatinh" and self.model.is_late(c)}
        with self.store.read() as session:
            mine = results(session, self.hall._running(session))
            self.frozen.append(content(session, mine[0]))

    @rule(why=words)
    def corrects(self, why):
        self.both(self.model.correct(why), "correct", lambda: self.hall.do(correct, None, why))

    @invariant()
    def the_same_holds(self):
        with self.hall.view() as view:
            running = view.running
            assert running.state == self.model.state
            there = [running.unit(each) for each in UNITS]
            assert [running.state_of(each) for each in there] == [
                self.model.state_of(each) for each in UNITS]  # fmt: skip
            assert [running.is_late(each) for each in there] == [
                self.model.is_late(each) for each in UNITS]  # fmt: skip
            codes = {each.id: each.code for each in there}
            said = latest(view.session, running.cycle.id).values()
            frozen = [content(view.session, each) for each in
                      reversed(results(view.session, running))]  # fmt: skip
        assert {
            (codes[each.unit], each.indicator, each.stage, each.appraiser): each.points
            for each in said
            if not each.is_empty
        } == {
            cell: None if v[-1].points is None else v[-1].points * ONE
            for cell, v in self.model.cells.items()
            if not v[-1].is_empty
        }
        assert frozen == self.frozen

    @invariant()
    def no_fact_is_ever_another(self):
        with self.store.read() as session:
            rows = session.connection().execute(Fact.__table__.select()).all()
        found = {each.id: tuple(each) for each in rows}
        assert self.seen.items() <= found.items()
        self.seen = found

    def teardown(self):
        with self.store.read() as session:
            assert verify(session).problems == []
        self.opened.close()
        self.databases.give_back(self.url)


@pytest.mark.parametrize("plugin", CASES)
def test_a_cycle_does_what_the_model_does(databases, kind, plugin):
    DONE.clear()
    few = max(2, CYCLES // (1 if kind == "sqlite" else 5))
    how = settings(
        max_examples=few,
        stateful_step_count=60,
        deadline=None,
        derandomize="DTI_CYCLES" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    given = {"databases": databases, "kind": kind, "plugin": plugin}
    run_state_machine_as_test(type("Machine", (Machine,), given), settings=how)
    print(f"\n{plugin}, {kind}, {few} cycles: {dict(DONE)}")  # noqa: T201
