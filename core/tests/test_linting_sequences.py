"""Numbering: what counts as a gap, in which way of counting, and where nothing is missed."""

from __future__ import annotations

import pytest
from frameworks import cite, decision, dimension, indicator, rule
from hypothesis import given
from hypothesis import strategies as st
from linted import Decided, decided, found, listed, one

from dti_core.linting.numbering import SCHEMES
from dti_core.models import Information
from dti_core.rules import SumOf


def _indicators(*codes: str):
    return decided(dimension("I", *(indicator(code) for code in codes)))


def _subjects(made: Decided) -> list[tuple[str, str]]:
    return [(each.code, each.subject) for each in found(made) if each.fails]


SEQUENCES = {
    "up to ten, not as text": ([f"I.{n}" for n in range(1, 12)], []),
    "the first is missing": (["I.2", "I.3"], [("DTI202", "I.1")]),
    "one alone that is no first": (["I.2"], [("DTI202", "I.1")]),
    "a run is one gap": (["I.1", "I.5"], [("DTI202", "I.2-I.4")]),
    "two gaps": (["I.1", "I.3", "I.5"], [("DTI202", "I.2"), ("DTI202", "I.4")]),
    "numbered on from a hundred": (["101", "102", "103"], []),
    "letters with đ": (["I.a", "I.b", "I.c", "I.d", "I.đ", "I.e"], []),
    "letters without đ": (["I.a", "I.b", "I.c", "I.d", "I.e"], []),
    "d is missing before đ": (["I.a", "I.b", "I.c", "I.đ"], [("DTI202", "I.d")]),
    "Latin letters": (["A", "B", "C", "D", "E", "F", "G"], []),
    "Roman": (["I.I", "I.II", "I.IV"], [("DTI202", "I.III")]),
    "words are no numbers": (["mạng", "nhân lực"], []),
    "gap and order": (["I.4", "I.1", "I.2"], [("DTI202", "I.3"), ("DTI203", "I.1")]),
    "two levels deep": (["5.9.1", "5.9.3"], [("DTI202", "5.9.2")]),
}


@pytest.mark.parametrize("case", SEQUENCES.values(), ids=SEQUENCES)
def test_component_indicators_are_a_whole_sequence(case):
    codes, expected = case
    assert _subjects(_indicators(*codes)) == expected


@given(scheme=st.sampled_from(SCHEMES), data=st.data())
def test_a_code_taken_out_of_a_whole_sequence_is_the_gap(scheme, data):
    length = data.draw(st.integers(3, min(len(scheme), 12)))
    parts = list(scheme)[:length]
    gone = data.draw(st.sampled_from(parts[1:-1]))
    rest = [part for part in parts if part != gone]
    otherwise_whole = any(list(other)[: len(rest)] == rest for other in SCHEMES)
    told = [] if otherwise_whole else [("DTI202", f"5.{gone}")]
    assert _subjects(_indicators(*(f"5.{part}" for part in rest))) == told


def test_codes_may_count_on_from_one_main_indicator_to_the_next():
    parts = (range(1, 4), range(4, 7))
    numbered = [
        dimension(code, *(indicator(str(n)) for n in part))
        for code, part in zip(("A", "B"), parts, strict=True)
    ]
    assert _subjects(decided(*numbered)) == []


def test_main_indicators_are_a_whole_sequence():
    numbered = [dimension(code, indicator(f"{code}.1")) for code in ("I", "II", "IV")]
    assert _subjects(decided(*numbered)) == [("DTI202", "III")]


def test_the_parts_of_an_indicator_are_a_whole_sequence():
    items = [indicator(code, "5") for code in ("I.1.a", "I.1.c")]
    whole = indicator("I.1", "10", items=items, rule=SumOf())
    [gap] = [each for each in found(decided(dimension("I", whole))) if each.fails]
    assert (gap.code, gap.subject) == ("DTI202", "I.1.b")
    assert "I.1.c" in gap.message


def _two_levels(**other) -> Decided:
    """Make a level that lacks I.2 and one that has it, both of one decision."""
    law = decision()
    short = dimension("I", indicator("I.1"), indicator("I.3"))
    whole = dimension("I", *(indicator(f"I.{n}") for n in (1, 2, 3)), **other)
    levels = (("so", short), ("xa", whole))
    return Decided(lambda: [one(part, level=level, decision=law) for level, part in levels])


def test_levels_that_read_one_table_share_its_numbers():
    assert _subjects(_two_levels()) == []
    assert _subjects(_two_levels(citation=cite("Phụ lục I"))) == [("DTI202", "I.2")]


def test_a_number_that_no_level_of_the_table_has_is_missing_at_each():
    law = decision()
    parts = [dimension("I", *(indicator(f"I.{n}") for n in codes)) for codes in ((1, 4), (1, 2, 4))]
    levels = zip(("so", "xa"), parts, strict=True)
    made = [one(part, level=level, decision=law) for level, part in levels]
    assert _subjects(Decided(lambda: made)) == [("DTI202", "I.3")] * 2


def test_listed_indicators_are_a_partial_list_but_their_parts_are_not():
    some = [listed("I.2"), listed("I.9"), *(listed(f"I.9.{n}", parent="I.9") for n in (1, 3))]
    assert _subjects(decided(listed=some)) == [("DTI202", "I.9.2")]


def _information(code: str, parent: str = "") -> Information:
    return Information(code=code, name=f"Thông tin {code}", parent=parent, citation=cite())


def test_general_information_may_have_gaps_but_goes_up():
    codes = ("T.3", "T.11", "T.16", "T.15")
    [finding] = found(decided(information=[_information(code) for code in codes]))
    assert (finding.code, finding.subject) == ("DTI203", "T.15")
    assert "T.16" in finding.message


def test_a_code_is_listed_once_over_both_lists():
    both = decided(listed=[listed("I.9")], information=[_information("I.9")])
    assert _subjects(both) == [("DTI201", "I.9")]


@pytest.mark.parametrize("parent", ["I.7", "I.8"])
def test_a_part_stands_below_the_parent_of_its_number(parent):
    """A parent that is not listed at all, and one of another number."""
    some = [listed("I.8"), listed("I.9"), listed("I.9.1", parent=parent)]
    assert _subjects(decided(listed=some)) == [("DTI204", "I.9.1")]


def test_an_item_stands_below_its_own_indicator():
    items = [indicator("I.2.1", "5"), indicator("I.2.2", "5")]
    first = indicator("I.1", "10", items=items, rule=SumOf())
    made = decided(dimension("I", first, indicator("I.2")))
    assert _subjects(made) == [("DTI204", "I.2.1"), ("DTI204", "I.2.2")]


def test_without_an_annex_a_main_indicator_is_no_sequence_of_its_own():
    parts = [dimension(code, indicator(code, rule=rule("awarded"))) for code in ("1", "2", "3")]
    figures = {"dimensions": 3, "max_points": "30", "citation": cite()}
    assert _subjects(decided(*parts, detail="dimensions", declared=figures)) == []
