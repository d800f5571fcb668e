"""Forms in: what each would change is looked at first, and taken all or nothing per file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from dti_core.cycle.answers import figures_of
from dti_core.cycle.entering import before_of, enter, faults, points_of
from dti_core.cycle.refusing import refuse
from dti_core.cycle.running import Law, Place, Turn, View
from dti_core.cycle.sending import voice, without_words
from dti_core.cycle.states import BY_UNITS
from dti_core.errors import DtiError, InvalidFacts, Problem
from dti_core.forms import (
    Answer,
    Answers,
    Change,
    Checked,
    FormContent,
    FormReader,
    check,
    differences,
)
from dti_core.sources import Source
from dti_core.store import blobs, cells

WHAT: Final = "cycle.import"
EMPTY: Final = Answer()


class Conflicts(StrEnum):
    """What becomes of a cell that both the form and somebody else have changed meanwhile."""

    STOP = "stop"
    SKIP = "skip"
    UPDATE = "update"


@dataclass(frozen=True)
class Received:
    """A form that was read: its checked content, or else what is wrong with it."""

    source: Source
    checked: Checked | None = None
    problems: tuple[Problem, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Looked:
    """What a form would do.

    :param changes: every cell that says something new; ``conflicts`` are those among them that
        somebody else has changed since the form was made.
    :param raised: the indicators to which an appraiser gives more than held before; ``lowered``:
        less. ``accepted`` counts those that he leaves as they are.
    :param answers: what would be entered.
    """

    place: Place
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    accepted: int = 0
    answers: Answers = field(default_factory=dict)


def read_forms(law: Law, sources: Sequence[Source]) -> Iterator[Received]:
    """Read and check forms of a cycle; the files are never written to.

    A form that cannot be read does not stand in the way of another.
    """
    reader = FormReader(law.framework, plugin=law.plugin.name, year=law.year)
    contents = list[tuple[Source, FormContent]]()
    for source in sources:
        try:
            contents.append((source, reader.read(source)))
        except InvalidFacts as error:
            yield Received(source, None, error.problems, error.total)
    checked = check([each for _, each in contents], law.framework, law.year)
    for (source, _), each in zip(contents, checked, strict=True):
        yield Received(source, each, each.problems, each.total)


def look(view: View, form: Checked, conflicts: Conflicts = Conflicts.STOP) -> Looked:
    """Work out what a form changes, beside what is known now and what was known when it was made.

    :raises CycleRefused: with every reason why it cannot be taken in.
    """
    running, identity = view.running, form.content.identity
    place = Place(running.unit(identity.unit), identity.stage, identity.appraiser)
    running.require(place.stage)
    now = _known(view, place, None)
    then = _known(view, place, identity.version) if now and identity.version else {}
    codes = [row.code for row in form.content.rows]
    told = {code: form.answers.get(code, EMPTY) for code in codes}
    new = {code: each for code, each in told.items() if each != now.get(code, EMPTY)}
    own = {code for code, each in new.items() if each != then.get(code, EMPTY)}
    theirs = {code for code in new if now.get(code, EMPTY) != then.get(code, EMPTY)}
    both = own & (theirs | _reported_anew(view, place, identity.version))
    taken = {code: new[code] for code in new if code in own and _wins(code in both, conflicts)}
    refuse(faults(view, place, taken))
    shown = {**without_words(before_of(view, place)), **now} if place.stage not in BY_UNITS else now
    changes = differences(shown, form, running.law.framework)
    looked = Looked(
        place,
        tuple(each for each in changes if each.indicator in taken),
        tuple(each for each in changes if each.indicator in both),
        answers=taken,
    )
    return looked if place.stage in BY_UNITS else _weighed(view, looked)


def _reported_anew(view: View, place: Place, version: int) -> set[str]:
    """Return what an appraiser's form does not know: what the unit changed by an exception."""
    if place.stage in BY_UNITS:
        return set()
    now, then = before_of(view, place), before_of(view, place, version)
    codes = now.keys() | then.keys()
    return {
        code
        for code in codes
        if figures_of(now.get(code, EMPTY)) != figures_of(then.get(code, EMPTY))
    }


def look_at(view: View, form: Checked, conflicts: Conflicts = Conflicts.STOP) -> Looked | DtiError:
    """Work out what a form changes, or why it cannot be taken in."""
    try:
        return look(view, form, conflicts)
    except DtiError as error:
        return error


def _wins(is_conflict: bool, conflicts: Conflicts) -> bool:  # noqa: FBT001
    return not is_conflict or conflicts is not Conflicts.SKIP


def _known(view: View, place: Place, version: int | None) -> Mapping[str, Answer]:
    """Return what the voice of a place says, or said at a version."""
    session, cycle, unit = view.session, view.running.cycle.id, place.unit
    latest = cells.latest(session, cycle, place.stage, [unit.id], version)
    return voice(view.running, latest.values(), [unit], place.appraiser)[unit.id]


def _weighed(view: View, looked: Looked) -> Looked:
    """Tell what an appraiser gives more for, less for, and leaves as it is."""
    law, place = view.running.law, looked.place
    was = points_of(law, place.unit, before_of(view, place))
    now = points_of(law, place.unit, looked.answers)
    both = {code: ((was.get(code) or 0), (now.get(code) or 0)) for code in looked.answers}
    return replace(
        looked,
        raised=tuple(code for code, (before, after) in both.items() if after > before),
        lowered=tuple(code for code, (before, after) in both.items() if after < before),
        accepted=sum(before == after for before, after in both.values()),
    )


def take_each(
    turn: Turn, forms: Iterable[tuple[Checked, Source]], conflicts: Conflicts
) -> Iterator[Looked | DtiError]:
    """Take forms in within one transaction, each whole or not at all.

    The cycle is read anew where a form before may have changed how it stands for the next one.

    :return: of each what it does, or why it is refused.
    """
    seen = set[str]()
    for form, source in forms:
        unit = form.content.identity.unit
        if unit in seen:
            turn = turn.anew()
            seen.clear()
        seen.add(unit)
        found = _take_whole(turn, form, source, conflicts)
        if isinstance(found, DtiError):
            turn = turn.anew()
            seen.clear()
        yield found


def _take_whole(
    turn: Turn, form: Checked, source: Source, conflicts: Conflicts
) -> Looked | DtiError:
    try:
        with turn.write.whole():
            return take(turn, form, source, conflicts)
    except DtiError as error:
        return error


def take(turn: Turn, form: Checked, source: Source, conflicts: Conflicts) -> Looked:
    """Take a form in, whole, and keep the file as it came.

    :raises CycleRefused: with every reason why not; nothing of it is saved.
    """
    looked = look(turn, form, conflicts)
    if conflicts is Conflicts.STOP:
        refuse(
            Problem("cycle.conflict", {"change": str(each)}, source.text_name)
            for each in looked.conflicts
        )
    kept = blobs.keep(turn.write, source.content, WHAT)
    enter(turn, looked.place, looked.answers)
    told = {"file": source.text_name, "sha256": kept, "unit": looked.place.unit.code}
    turn.write.note(WHAT, **told, stage=looked.place.stage, appraiser=looked.place.appraiser)
    return looked
