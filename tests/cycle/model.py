"""A cycle in plain dictionaries, to compare the real one with: it knows no code of ``dti_core``.

Every operation says whether it is allowed, and does it where it is. Points are whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

UNITS = ("DV-1", "DV-2", "DV-3")
CHAIR = "Chủ tịch"
ROUNDS = ("round1", "round2", "final")
STAGE = {"reporting": "self", "explanation": "explanation", "council": "final",
         "round1": "round1", "round2": "round2"}  # fmt: skip
Cell = tuple[str, str, str, str]
"""Unit, indicator, stage, voice."""


@dataclass
class Said:
    """One version of a cell: points, a word beside them, and who said it."""

    points: int | None = None
    word: str = ""
    who: str = ""

    @property
    def is_empty(self) -> bool:
        return self.points is None and not self.word


@dataclass
class Model:
    """A cycle with two indicators, the first of which several appraise."""

    states: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    day: date
    last: date
    excludes: bool
    at: int = 0
    closed: set[str] = field(default_factory=set)
    own: dict[tuple[str, str], str] = field(default_factory=dict)
    exceptions: list[tuple[str, str, date]] = field(default_factory=list)
    cells: dict[Cell, list[Said]] = field(default_factory=lambda: defaultdict(list))
    excluded: set[tuple[str, str]] = field(default_factory=set)
    published: list[dict[str, int]] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.states[self.at]

    @property
    def stage(self) -> str | None:
        return STAGE.get(self.state)

    # --- what is so -----------------------------------------------------------------------------

    def is_excepted(self, unit: str, stage: str = "self") -> bool:
        frozen = self.state in {"council", "published"}
        return not frozen and any(
            (u, s) == (unit, stage) and until >= self.day for u, s, until in self.exceptions
        )

    def state_of(self, unit: str) -> str:
        submitted = self.own.get(("self", unit)) == "submitted"
        if self.state == "reporting" and submitted:
            return "submitted"
        return "reporting" if self.is_excepted(unit) and not submitted else self.state

    def is_late(self, unit: str) -> bool:
        submitted = self.own.get(("self", unit)) == "submitted"
        return "self" in self.closed and not submitted and not self.is_excepted(unit)

    def latest(self, unit: str, stage: str) -> dict[str, dict[str, Said]]:
        """What is said of each indicator by each voice."""
        found: dict[str, dict[str, Said]] = defaultdict(dict)
        for (u, indicator, s, voice), versions in self.cells.items():
            if (u, s) == (unit, stage) and not versions[-1].is_empty:
                found[indicator][voice] = versions[-1]
        return found

    def held(self, unit: str, until: str) -> dict[str, int | None]:
        """The points that hold at the end of a stage."""
        found: dict[str, int | None] = {}
        order = ("self", "round1", "explanation", "round2", "final")
        for stage in order[: order.index(until) + 1]:
            if stage in {"self", "explanation"} and self.is_late(unit):
                continue
            for indicator, voices in self.latest(unit, stage).items():
                different = {each.points for each in voices.values()}
                if stage == "explanation":
                    found.setdefault(indicator, None)
                elif "" in voices:
                    found[indicator] = voices[""].points
                elif len(different) == 1:
                    found[indicator] = different.pop()
                else:
                    found.setdefault(indicator, None)
        return found

    def before(self, unit: str, stage: str) -> dict[str, int | None]:
        stages = [STAGE[each] for each in self.states if each in STAGE]
        return self.held(unit, stages[stages.index(stage) - 1])

    def waiting(self) -> list[tuple[str, str, str]]:
        found = []
        rounds = ROUNDS[: ROUNDS.index(self.stage) + 1]
        for unit in UNITS:
            reported = {} if self.is_late(unit) else self.held(unit, "self")
            for indicator, points in reported.items():
                said = {v for each in rounds for v in self.latest(unit, each).get(indicator, ())}
                counts = points is not None and (unit, indicator) not in self.excluded
                if counts and "" not in said:
                    found += [(unit, indicator, n) for n in self.names[indicator] if n not in said]
        return found

    def unsettled(self) -> bool:
        return any(
            "" not in voices and len({each.points for each in voices.values()}) > 1
            for unit in UNITS
            for voices in self.latest(unit, self.stage).values()
        )

    def _may_report(self, unit: str, stage: str) -> bool:
        in_time = stage == "explanation" or self.day <= self.last
        return self.is_excepted(unit, stage) or (self.stage == stage and in_time)

    def _may_enter(self, unit: str, stage: str) -> bool:
        return self.own.get((stage, unit)) != "submitted" and self._may_report(unit, stage)

    def _reporting_stage(self, unit: str) -> str:
        if self.state_of(unit) == "reporting":
            return "self"
        explains = self.stage == "explanation" or self.is_excepted(unit, "explanation")
        return "explanation" if explains else "self"

    # --- what is done ---------------------------------------------------------------------------

    def _say(self, cell: Cell, said: Said) -> bool:
        versions = self.cells.get(cell, [])
        old = versions[-1] if versions else Said()
        if (old.points, old.word) == (said.points, said.word):
            return False
        self.cells[cell].append(said)
        return True

    def enter(self, unit: str, indicator: str, points: int | None, who: str) -> bool:
        if not self._may_enter(unit, "self"):
            return False
        self.own["self", unit] = "reporting"
        said = Said(points, "x" if points is not None else "", who)
        if self._say((unit, indicator, "self", ""), said) and self.stage in ROUNDS:
            for cell in [each for each in self.cells if each[:3] == (unit, indicator, self.stage)]:
                self._say(cell, Said(who=who))
        return True

    def explain(self, unit: str, indicator: str, word: str, who: str) -> bool:
        if "explanation" not in self.states or not self._may_enter(unit, "explanation"):
            return False
        self.own["explanation", unit] = "reporting"
        self._say((unit, indicator, "explanation", ""), Said(None, word, who))
        return True

    def release(self, unit: str, who: str) -> bool:
        stage = self._reporting_stage(unit)
        mine = [v[-1] for (u, _, s, _), v in self.cells.items() if (u, s) == (unit, stage)]
        entered = any(not each.is_empty for each in mine)
        if not (self._may_enter(unit, stage) and entered) or who in {each.who for each in mine}:
            return False
        self.own[stage, unit] = "submitted"
        return True

    def withdraw(self, unit: str) -> bool:
        stage = self._reporting_stage(unit)
        if self.own.get((stage, unit)) != "submitted" or not self._may_report(unit, stage):
            return False
        self.own[stage, unit] = "reporting"
        return True

    def excepts(self, unit: str, stage: str, until: date, why: str) -> bool:
        reached = {STAGE.get(each) for each in self.states[: self.at + 1]}
        frozen = self.state in {"council", "published"}
        if stage not in {"self", "explanation"} & reached or frozen or not why or until < self.day:
            return False
        self.exceptions.append((unit, stage, until))
        if (stage, unit) in self.own:
            self.own[stage, unit] = "reporting"
        return True

    def appraise(
        self, spot: tuple[str, str], voice: str, said: tuple[int | None, str], who: str
    ) -> bool:
        (unit, indicator), (points, word) = spot, said
        if self.stage not in ROUNDS or self.state_of(unit) == "reporting":
            return False
        names = self.names[indicator]
        if voice and voice not in names:
            return False
        if not voice and len(names) > 1 and who != CHAIR:
            return False
        settled = self.latest(unit, self.stage).get(indicator, {}).get("")
        if voice and settled and points is not None and settled.points != points:
            return False
        held = self.before(unit, self.stage).get(indicator)
        if held is not None and (points is None or points < held) and not word:
            return False
        self._say((unit, indicator, self.stage, voice), Said(points, word, who))
        return True

    def settle(self, unit: str, indicator: str, points: int, who: str) -> bool:
        return who == CHAIR and self.appraise((unit, indicator), "", (points, "chốt"), who)

    def accept(self, unit: str, name: str, who: str) -> bool:
        if self.stage not in ROUNDS or self.state_of(unit) == "reporting":
            return False
        before = self.before(unit, self.stage)
        for u, indicator, n in self.waiting():
            if (u, n) == (unit, name):
                self._say((unit, indicator, self.stage, name), Said(before[indicator], "", who))
        return True

    def advance(self, why: str, who: str, *, accept_rest: bool) -> bool:
        if self.state in {"council", "published"}:
            return False
        if self.stage in ROUNDS:
            return self._end_round(who, accept_rest=accept_rest)
        over = self.stage == "self" and self.day > self.last
        done = all(
            self.own.get((self.stage, each)) == "submitted"
            or (self.stage == "explanation" and self.is_late(each))
            for each in UNITS
        )
        if not (why or over or done):
            return False
        if self.stage == "self":
            for unit in UNITS:
                own = self.own.get(("self", unit))
                if own is None or (own == "reporting" and not self.is_excepted(unit)):
                    self.own["self", unit] = "late"
        self._next()
        return True

    def _next(self) -> None:
        self.closed.add(self.stage)
        self.at += 1

    def _end_round(self, who: str, *, accept_rest: bool) -> bool:
        if any(self.state_of(each) == "reporting" for each in UNITS):
            return False
        kept = {cell: list(versions) for cell, versions in self.cells.items()}
        waiting = self.waiting()
        for unit, indicator, name in waiting if accept_rest else ():
            before = self.before(unit, self.stage)[indicator]
            self._say((unit, indicator, self.stage, name), Said(before, "", who))
        if self.unsettled() or (waiting and not accept_rest):
            self.cells = defaultdict(list, kept)
            return False
        self._next()
        return True

    def exclude(self, unit: str, indicator: str, document: str) -> bool:
        there = (unit, indicator) in self.excluded
        if self.state == "published" or not self.excludes or not document or there:
            return False
        self.excluded.add((unit, indicator))
        return True

    def include(self, unit: str, indicator: str, why: str) -> bool:
        there = (unit, indicator) in self.excluded
        if self.state == "published" or not why or not there:
            return False
        self.excluded.remove((unit, indicator))
        return True

    def publish(self, who: str) -> bool:
        if self.state != "council" or self.unsettled():
            return False
        result = {}
        for unit in UNITS:
            held = self.held(unit, "final")
            for indicator, points in held.items():
                old = self.cells.get((unit, indicator, "final", ""), [])
                if not old or old[-1].points != points:
                    self._say((unit, indicator, "final", ""), Said(points, "kept", who))
            counted = {i: p for i, p in held.items() if (unit, i) not in self.excluded}
            result[unit] = sum(each or 0 for each in counted.values())
        self.published.append(result)
        self._next()
        return True

    def correct(self, why: str) -> bool:
        if self.state != "published" or not why:
            return False
        self.closed.discard("final")
        self.at -= 1
        return True
