"""Rows of what is left out, replaced or reduced: each wrong one is told once, at its column."""

from __future__ import annotations

import pytest
from frameworks import YEAR, cite, dimension, framework, indicator, rule
from written import FORMATS, collected, faults, problems

from dti_core.collecting import collect
from dti_core.models import Framework
from dti_core.sources import Source

WHY = "Mọi chỉ số đều được đánh giá."


def _framework(policy: str | None = None, **fields) -> Framework:
    """Make an awarded indicator of 10 points and a share of 20."""
    leaves = [
        indicator("I.1", rule=rule("awarded")),
        indicator("I.2", "20", rule=rule("share")),
    ]
    exclusion = policy and {"policy": policy, "why": WHY, "citation": cite("Phụ lục I")}
    return framework(dimension("I", *leaves), exclusion=exclusion or None, **fields)


def _whole(policy: str = "deduct_or_replace") -> Framework:
    """Make one main indicator of 400 points that is awarded as a whole."""
    exclusion = {"policy": policy, "citation": cite()}
    leaf = indicator("6", "400", rule=rule("awarded"))
    return framework(dimension("6", leaf), detail="dimensions", exclusion=exclusion)


SILENT, DEDUCT = _framework(), _framework("deduct")
REPLACE, REFUSED = _framework("deduct_or_replace"), _framework("refused")
WHOLE, WHOLE_DEDUCT = _whole(), _whole("deduct")

NA = {"indicator": "I.1", "status": "na", "reason": "vb"}
REPLACED = {
    "indicator": "I.1",
    "status": "replaced",
    "reason": "vb",
    "points": "7",
    "max_points": "8",
    "replacement": "Chỉ số khác",
}
REDUCED = {"indicator": "6", "status": "reduced", "reason": "vb", "points": "7", "max_points": "8"}
POINTS = {"indicator": "I.1", "points": "1"}


def _without(row: dict[str, str], *names: str) -> dict[str, str]:
    return row | dict.fromkeys(names, "")


NAMED = {"replacement": "Chỉ số khác"}
INCOMPLETE, REFUSED_ROW = (
    ("fact.changed-incomplete", "max_points"),
    ("fact.exclusion-refused", "status"),
)
NOT_HERE, ALONE = ("fact.replacement-refused", "status"), ("fact.replacement-alone", "replacement")
OWN_ALONE, ABOVE = ("fact.max-points-alone", "max_points"), ("fact.above-own-maximum", "points")
NO_REASON, NOT_LESS = ("fact.na-without-reason", "reason"), ("fact.not-reduced", "max_points")

WRONG = {
    "unknown status": (REPLACE, POINTS | {"status": "khong"}, ("fact.status", "status")),
    "na refused": (REFUSED, NA, REFUSED_ROW),
    "replaced refused": (REFUSED, REPLACED, REFUSED_ROW),
    "reduced refused": (REFUSED, REDUCED | {"indicator": "I.1"}, REFUSED_ROW),
    "deducted only": (DEDUCT, REPLACED, NOT_HERE),
    "deducted only where nothing is said": (SILENT, REPLACED, NOT_HERE),
    "a whole deducted only": (WHOLE_DEDUCT, REPLACED | {"indicator": "6"}, NOT_HERE),
    "reduced component": (
        REPLACE,
        REDUCED | {"indicator": "I.1"},
        ("fact.reduced-here", "status"),
    ),
    "replaced without points": (REPLACE, _without(REPLACED, "points"), INCOMPLETE),
    "replaced without maximum": (REPLACE, _without(REPLACED, "max_points"), INCOMPLETE),
    "replaced with nothing": (REPLACE, _without(REPLACED, "points", "max_points"), INCOMPLETE),
    "replaced with a value": (
        REPLACE,
        _without(REPLACED, "points") | {"indicator": "I.2", "value": "5"},
        INCOMPLETE,
    ),
    "replaced with a value beside": (
        REPLACE,
        REPLACED | {"indicator": "I.2", "value": "5"},
        ("fact.more-than-one", "value"),
    ),
    "reduced without maximum": (WHOLE, _without(REDUCED, "max_points"), INCOMPLETE),
    "maximum without status": (REPLACE, POINTS | {"max_points": "8"}, OWN_ALONE),
    "maximum of na": (REPLACE, NA | {"max_points": "8"}, OWN_ALONE),
    "replacement unnamed": (
        REPLACE,
        REPLACED | {"replacement": " "},
        ("fact.replacement-unnamed", "replacement"),
    ),
    "replacement without status": (REPLACE, POINTS | NAMED, ALONE),
    "replacement of na": (REPLACE, NA | NAMED, ALONE),
    "replacement of reduced": (WHOLE, REDUCED | NAMED, ALONE),
    "above its maximum": (REPLACE, REPLACED | {"points": "8.01"}, ABOVE),
    "reduced above its maximum": (WHOLE, REDUCED | {"points": "9"}, ABOVE),
    "not reduced": (WHOLE, REDUCED | {"max_points": "400"}, NOT_LESS),
    "grown": (WHOLE, REDUCED | {"max_points": "400.01"}, NOT_LESS),
    "maximum zero": (
        REPLACE,
        REPLACED | {"points": "0", "max_points": "0"},
        ("fact.no-own-maximum", "max_points"),
    ),
    "points below nothing": (REPLACE, REPLACED | {"points": "-1"}, ("fact.negative", "points")),
    "maximum no number": (
        REPLACE,
        REPLACED | {"max_points": "tám"},
        ("fact.not-number", "max_points"),
    ),
    "maximum with a comma": (
        REPLACE,
        REPLACED | {"max_points": "8,5"},
        ("fact.decimal-comma", "max_points"),
    ),
    "maximum finer than points": (
        REPLACE,
        REPLACED | {"max_points": "8.005"},
        ("fact.own-decimals", "max_points"),
    ),
    "maximum too large": (
        REPLACE,
        REPLACED | {"max_points": "9490"},
        ("fact.above-own-limit", "max_points"),
    ),
    "na without reason": (REPLACE, _without(NA, "reason"), NO_REASON),
    "replaced without reason": (REPLACE, _without(REPLACED, "reason"), NO_REASON),
    "reduced without reason": (WHOLE, _without(REDUCED, "reason"), NO_REASON),
    "reason of nothing": (
        REPLACE,
        POINTS | {"reason": "vb"},
        ("fact.reason-without-na", "reason"),
    ),
    "replaced unknown indicator": (
        REPLACE,
        REPLACED | {"indicator": "I.9"},
        ("fact.unknown-indicator", "indicator"),
    ),
    "replaced without indicator": (
        REPLACE,
        _without(REPLACED, "indicator"),
        ("fact.no-indicator", "indicator"),
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_row_is_told_once_at_its_row_and_column(fault):
    whole, row, (key, column) = WRONG[fault]
    other = {"indicator": "6" if whole in {WHOLE, WHOLE_DEDUCT} else "I.2", "points": "1"}
    assert faults(whole, {**other, "unit": "khác"}, row) == [(key, 3, column)]


@pytest.mark.parametrize("form", FORMATS[1:])
@pytest.mark.parametrize("fault", ["na refused", "deducted only", "maximum finer than points"])
def test_other_formats_are_held_to_the_same(fault, form):
    whole, row, (key, column) = WRONG[fault]
    place = 1 if form == "jsonl" else 2
    assert faults(whole, row, form=form) == [(key, place, column)]


def test_every_fault_is_told_at_once_in_the_order_of_the_rows():
    rows = [
        {**REPLACED, "max_points": "9.999", "replacement": ""},
        {**NA, "unit": "B", "max_points": "1"},
        {**POINTS, "unit": "C", "replacement": "Chỉ số khác", "reason": "vb"},
    ]
    assert sorted(faults(REPLACE, *rows), key=lambda each: each[1:]) == [
        ("fact.own-decimals", 2, "max_points"),
        ("fact.replacement-unnamed", 2, "replacement"),
        ("fact.max-points-alone", 3, "max_points"),
        ("fact.reason-without-na", 4, "reason"),
        ("fact.replacement-alone", 4, "replacement"),
    ]


@pytest.mark.parametrize(
    ("whole", "row", "named"),
    [
        (REFUSED, NA, {"status": "na", "why": WHY, "clause": "Phụ lục I"}),
        (DEDUCT, REPLACED, {"why": WHY, "clause": "Phụ lục I"}),
        (REPLACE, {**REPLACED, "points": "9.5"}, {"points": "9.5", "max_points": "8"}),
        (REPLACE, {**REPLACED, "max_points": "8.005"}, {"max_points": "8.005", "decimals": 2}),
        (WHOLE, {**REDUCED, "max_points": "450"}, {"max_points": "450"}),
    ],
    ids=["refused", "deduct", "above", "decimals", "not-reduced"],
)
def test_a_fault_names_what_stands_in_the_row_and_what_forbids_it(whole, row, named):
    [problem] = problems(whole, row)
    assert {name: problem.values[name] for name in named} == named


def test_maxima_that_grow_the_scale_beyond_what_is_exact_are_told_of_their_unit():
    """Each is below the limit, together they are not; another unit's do not count."""
    leaves = [indicator(f"I.{n}", "1000", rule=rule("awarded")) for n in range(1, 6)]
    policy = {"policy": "deduct_or_replace", "citation": cite()}
    whole = framework(dimension("I", *leaves), exclusion=policy)
    rows = [
        {**REPLACED, "unit": unit, "indicator": code, "max_points": "4000"}
        for unit, codes in {"A": ["I.1", "I.2"], "B": ["I.3"]}.items()
        for code in codes
    ]
    told = [("fact.above-own-limit", 2, "max_points"), ("fact.above-own-limit", 3, "max_points")]
    assert faults(whole, *rows) == told
    assert [each.values["unit"] for each in problems(whole, *rows)] == ["A", "A"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_own_maximum_reads_the_same_from_every_format(form):
    rows = [
        {**REPLACED, "points": "7.25", "max_points": "12.5"},
        {**NA, "indicator": "I.2"},
    ]
    facts = collected(REPLACE, *rows, form=form).rows.collect()
    own = ["indicator", "points", "reason", "max_points", "replacement"]
    assert facts.select(own).rows() == [
        ("I.1", 72_500, "vb", 125_000, "Chỉ số khác"),
        ("I.2", None, "vb", None, None),
    ]


def test_a_status_is_read_in_any_case_and_with_blanks_around_it():
    facts = collected(
        REPLACE, {**REPLACED, "status": " Replaced "}, {**NA, "indicator": "I.2", "status": "NA"}
    )
    assert len(facts.rows.collect()) == 2


def test_a_semicolon_file_may_hold_a_decimal_comma_in_the_maximum():
    row = {"unit": "A"} | REPLACED | {"max_points": "12,5"}
    lines = (";".join(row), ";".join(row.values()))
    facts = collect(REPLACE, YEAR, [Source("minh-hoa.csv", data="\n".join(lines).encode())])
    assert facts.rows.collect()["max_points"].to_list() == [125_000]
