"""A cycle that is worked through by the services alone: who, on which day, does what to which unit.

The illustrative annex of Mộ Đức's communes is small, and its calendar has two rounds; other
decisions are opened the same way.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache

import pytest
from clerk import Clerk

from dti_core.cycle.advancing import advance
from dti_core.cycle.answers import effective
from dti_core.cycle.entering import enter
from dti_core.cycle.evaluating import evaluate_cycle
from dti_core.cycle.excepting import lock_exception
from dti_core.cycle.opening import Opening, open_cycle
from dti_core.cycle.publishing import publish
from dti_core.cycle.refusing import CycleRefused
from dti_core.cycle.releasing import release
from dti_core.cycle.running import Place, Turn, View, Which, find, law_of, running
from dti_core.forms import Answer
from dti_core.numbers import ONE
from dti_core.sources import Source
from dti_core.store import Store
from dti_core.store.tables import Unit

NOW = datetime(2024, 10, 1, 8, tzinfo=UTC)
OPEN_DAY, LAST_DAY, LOCKED = date(2024, 10, 1), date(2024, 11, 14), date(2024, 11, 15)
"""Mộ Đức's communes report *trước ngày 15/11*: until the 14th."""


@cache
def law(plugin: str, level: str, annex: str | None, choices: tuple = ()):
    """The law of a cycle, loaded once; whoever opens a cycle fills it in."""
    return []


def unit(number: int, level: str, **others) -> Unit:
    name = f"Đơn vị minh hoạ {number:02d}"
    return Unit(**({"code": f"DV-{number}", "name": name, "level": level} | others))


def yes(**others) -> Answer:
    """A yes with something to show."""
    return Answer(**({"value": ONE, "evidence": "Quyết định (minh hoạ)"} | others))


def points(given: float, **others) -> Answer:
    return Answer(**({"points": round(given * ONE), "evidence": "Báo cáo (minh hoạ)"} | others))


def answer(given: int | None, **others: str) -> Answer:
    return Answer() if given is None else Answer(points=given * ONE, **others)


def hurry(connection, _record) -> None:
    """Let SQLite not wait for the disk: nobody cuts the power here."""
    connection.execute("PRAGMA synchronous = OFF").close()


@dataclass
class Hall:
    """One cycle in a store; ``day`` is today until it is changed."""

    store: Store
    plugin: str = "moduc"
    level: str = "xa"
    year: int = 2024
    day: date = OPEN_DAY
    which: Which = field(default_factory=Which)

    def open(self, units: int = 3, **others):
        annex = Clerk(self.plugin, self.level).annex
        source = None if annex is None else Source(str(annex), annex)
        opening = Opening(self.plugin, self.level, self.year, source, **others)
        with self.store.write("Văn phòng", NOW) as write:
            numbers = range(1, units + 1)
            write.add([unit(each, self.level) for each in numbers], "unit.import")
            open_cycle(write, opening, self.day)
        return self

    def _running(self, session):
        cycle = find(session, self.which)
        known = law(cycle.plugin, cycle.level, cycle.annex, tuple(cycle.choices.items()))
        if not known:
            known.append(law_of(session, cycle))
        return running(session, cycle, known[0], self.day)

    @contextmanager
    def turn(self, who: str):
        with self.store.write(who, NOW) as write:
            yield Turn(write.session, self._running(write.session), write)

    @contextmanager
    def view(self):
        with self.store.read() as session:
            yield View(session, self._running(session))

    def do(self, service, code: str | None = None, *arguments, who: str = "Văn phòng", **options):
        """Call a service, about a unit or the cycle as a whole, in a transaction of its own."""
        with self.turn(who) as turn:
            about = [] if code is None else [turn.running.unit(code)]
            return service(turn, *about, *arguments, **options)

    def enter(self, code: str, who: str = "An", stage: str = "self", by: str = "", **answers):
        """Enter answers of a unit; ``i1_1`` names indicator 1.1."""
        given = {name.removeprefix("i").replace("_", "."): each for name, each in answers.items()}
        with self.turn(who) as turn:
            return enter(turn, Place(turn.running.unit(code), stage, by), given)

    def release(self, code: str, who: str = "Bình"):
        return self.do(release, code, who=who)

    def report(self, *codes: str, **answers):
        """Enter and release, each by somebody else."""
        for code in codes:
            self.enter(code, **(answers or {"i1_1": yes()}))
            self.release(code)

    def advance(self, why: str = "minh hoạ", **options):
        return self.do(advance, None, why, **options)

    def to(self, state: str):
        """Go on until the cycle is in a state; what nobody has appraised is accepted."""
        while self.state != state:
            self.advance(accept_rest=True)
        return self

    def publish(self):
        return self.do(publish)

    def excepted(self, code: str, until: date, why: str = "mất điện", stage: str = "self"):
        with self.turn("Văn phòng") as turn:
            return lock_exception(turn, Place(turn.running.unit(code), stage), until, why)

    @property
    def state(self) -> str:
        with self.view() as view:
            return view.running.state.value

    def states(self) -> list[str]:
        """Where each unit stands, in the order of the codes."""
        with self.view() as view:
            every = sorted(view.running.units.items())
            return [view.running.state_of(each).value for _, each in every]

    def late(self) -> list[str]:
        with self.view() as view:
            return [code for code, each in view.running.units.items() if view.running.is_late(each)]

    def holds(self, code: str, stage: str) -> dict[str, Answer]:
        """What holds for a unit at the end of a stage."""
        with self.view() as view:
            found = view.running.unit(code).id
            return dict(effective(view.session, view.running, stage, [found]).get(found, {}))

    def evaluate(self, stage: str | None = None):
        with self.view() as view:
            return evaluate_cycle(view.session, view.running, stage)


@contextmanager
def refuses(*keys: str):
    """See that a service refuses, for these reasons and no others."""
    with pytest.raises(CycleRefused) as caught:
        yield caught
    assert [each.key for each in caught.value.problems] == [f"cycle.{each}" for each in keys]
    assert all(str(each) for each in caught.value.problems)
