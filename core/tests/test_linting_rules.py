"""Rules are tried: each kind of core, and kinds that only a plugin knows."""

from __future__ import annotations

from typing import ClassVar

import narwhals as nw
import pytest
from frameworks import dimension, indicator
from linted import decided, found, ruled

from dti_core.rules import Earned, FactType, Rule

SOUND = {
    "yes or no": ruled("yes_no"),
    "share": ruled("share"),
    "share with a floor": ruled("share", floor="80%"),
    "full from a bound": ruled("share", full_from="1/3"),
    "only the whole counts": ruled("share", floor="1", full_from="1"),
    "reverse": ruled("reverse_share"),
    "reverse or nothing": ruled("reverse_share", partial="nothing"),
    "a large minimum": ruled("count_against", minimum="1000000", partial="nothing"),
    "a broken minimum": ruled("count_against", minimum="2.5"),
    "steps of a count": ruled("steps", steps="4:1, 3:3/4, 1:1/4"),
    "steps of a share": ruled("steps", of="share", steps="99.5:1, 50:1/2"),
    "late earns nothing": ruled("due_date", due="31/12", late="0"),
    "awarded": ruled("awarded"),
}


@pytest.mark.parametrize("made", SOUND.values(), ids=SOUND)
def test_a_rule_that_gives_its_maximum_and_less_is_sound(made):
    assert found(made) == []


UNSOUND = {
    "no step is full": (ruled("steps", steps="2:3/4, 1:1/2"), "DTI601", ("7,5", "10")),
    "no step of a share is full": (ruled("steps", of="share", steps="90:1/3"), "DTI601", ("3,3",)),
    "nothing counts": (ruled("steps", steps="1:0"), "DTI601", ("0", "10")),
    "a bound of nothing": (ruled("share", full_from="0"), "DTI602", ("10",)),
    "late earns all": (ruled("due_date", due="31/03", late="1"), "DTI602", ("10",)),
}


@pytest.mark.parametrize("case", UNSOUND.values(), ids=UNSOUND)
def test_a_rule_that_never_or_always_gives_its_maximum_is_told(case):
    made, code, figures = case
    [finding] = found(made)
    assert (finding.code, finding.subject) == (code, "I.1")
    assert all(each in finding.message for each in figures), finding.message


class _OfTwo(Rule):
    """A plugin's own kind: nothing earns more than half."""

    kind: ClassVar[str] = "of_two"
    measures: ClassVar[FactType] = FactType.SHARE

    def earned(self, year: int) -> Earned:
        return Earned(nw.col("value"), 2 * nw.col("denominator"))


class _BestPeer(Rule):
    """A plugin's own kind: a count over the largest of all units."""

    kind: ClassVar[str] = "best_peer"
    measures: ClassVar[FactType] = FactType.NUMBER

    def earned(self, year: int) -> Earned:
        return Earned(nw.col("value"), nw.col("value").max())


def test_a_kind_of_the_plugins_own_is_tried_like_any_other():
    of_two, best = (dimension("I", indicator(rule=each)) for each in (_OfTwo(), _BestPeer()))
    assert [each.code for each in found(decided(of_two))] == ["DTI601"]
    assert found(decided(best)) == []
