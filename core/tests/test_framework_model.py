"""A framework is checked when it is built: codes, sums, counts, rankings, clauses, scale."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from frameworks import (
    cite,
    declared,
    dimension,
    framework,
    indicator,
    interpretation,
    ranking,
    rule,
)
from pydantic import ValidationError

from dti_core.models import Declared, Discrepancy
from dti_core.numbers import EXACT_FLOAT
from dti_core.rules import SumOf

TWO = (dimension("I", indicator("I.1")), dimension("II", indicator("II.1", "30")))


def _told(about: str, declared_value: object, found_value: object, clause: str = "Điều 1"):
    return Discrepancy(
        id=f"khác-{about}",
        about=about,
        declared="số đã ghi",
        found="số đếm được",
        used="số đếm được",
        declared_value=declared_value,
        found_value=found_value,
        citation=cite(clause),
    )


def test_a_framework_knows_its_indicators_leaves_and_sums():
    items = [indicator("II.1.a", "12"), indicator("II.1.b", "18")]
    parent = indicator("II.1", "30", items=items)
    whole = framework(TWO[0], dimension("II", parent))
    assert [each.code for each in whole.indicators] == ["I.1", "II.1"]
    leaves = [(each.code, leaf.code) for each, leaf in whole.leaves]
    assert leaves == [("I", "I.1"), ("II", "II.1.a"), ("II", "II.1.b")]
    assert (whole.max_points, whole.dimensions[1].max_points) == (400_000, 300_000)


@pytest.mark.parametrize("decimals", range(5))
def test_the_point_unit_is_what_the_last_decimal_counts(decimals):
    assert framework(point_decimals=decimals).point_unit == 10 ** (4 - decimals)


def test_a_ranking_without_dimensions_is_of_all_of_them_in_the_annexs_order():
    whole = framework(*TWO, rankings=[ranking(), ranking("phụ", dimensions=["II", "I"])])
    for each in whole.rankings:
        assert [one.code for one in whole.in_ranking(each)] == ["I", "II"]


def test_the_option_in_force_is_found_by_its_interpretation():
    whole = framework(interpretations=[interpretation()])
    assert whole.option("missing") == "zero"
    with pytest.raises(KeyError):
        whole.option("ties")


# Indicators ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "maximum",
    ["-1", "mười", "0.00001", "1,5", 10.0, Decimal(12), Decimal("12.5"), Fraction(12), None],
    ids=repr,
)
def test_a_maximum_that_is_no_exact_number_of_points_is_refused(maximum):
    with pytest.raises(ValidationError, match="max_points"):
        indicator(max_points=maximum)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rule": "yes_no"}, "Input should be an instance of Rule"),
        ({"rule": SumOf()}, "sub-items and the rule sum_of go together"),
        ({"rule": rule(), "items": [indicator("I.1.a")]}, "sum_of go together"),
        ({"items": [indicator("I.1.a", "9.99")]}, "maxima of the sub-items do not add up"),
    ],
    ids=["no rule", "a sum of nothing", "items under a rule", "a wrong sum"],
)
def test_an_indicator_has_a_rule_or_sub_items_that_add_up(fields, message):
    with pytest.raises(ValidationError, match=message):
        indicator(**fields)


# Codes -----------------------------------------------------------------------------------------


def _with_items(*codes: str):
    items = [indicator(code, "5") for code in codes]
    return indicator("I.1", str(5 * len(codes)), items=items)


@pytest.mark.parametrize(
    ("dimensions", "message"),
    [
        ([TWO[0], dimension("I", indicator("I.2"))], "dimension I stands 2 times"),
        ([dimension("I", indicator(), indicator())], "indicator I.1 stands 2 times"),
        ([TWO[0], dimension("II", indicator("I.1"))], "indicator I.1 stands 2 times"),
        ([dimension("I", _with_items("a", "a"))], "indicator a stands 2 times"),
        ([dimension("I", _with_items("I.1"))], "indicator I.1 stands 2 times"),
    ],
    ids=["dimension", "in a dimension", "across dimensions", "items", "an item as its parent"],
)
def test_a_code_that_stands_twice_is_refused(dimensions, message):
    with pytest.raises(ValidationError, match=message):
        framework(*dimensions)


def test_rankings_and_interpretations_stand_once():
    with pytest.raises(ValidationError, match="ranking overall stands 2 times"):
        framework(rankings=[ranking(), ranking()])
    with pytest.raises(ValidationError, match="interpretation missing stands 2 times"):
        framework(interpretations=[interpretation(), interpretation()])


def test_a_ranking_names_only_dimensions_that_are_there():
    with pytest.raises(ValidationError, match="ranking overall names dimension III"):
        framework(*TWO, rankings=[ranking(dimensions=["I", "III"])])


@pytest.mark.parametrize(
    "fields",
    [
        {"rankings": []},
        {"dimensions": []},
        {"rankings": [ranking(scope="tỉnh")]},
        {"rankings": [ranking(ties="random")]},
        {"level": "thôn"},
        {"missing": "half"},
        {"point_decimals": 5},
        {"point_decimals": -1},
        {"value_decimals": 5},
        {"value_decimals": -1},
        {"value_scale": 0},
        {"value_scale": -100},
        {"value_scale": 10**15},  # times a numerator, over 64 bits
    ],
    ids=str,
)
def test_a_field_outside_what_it_may_be_is_refused(fields):
    with pytest.raises(ValidationError, match=next(iter(fields))):
        framework(**fields)


def test_a_dimension_has_indicators_unless_it_is_declared_to_be_worth_nothing():
    """*Không tính điểm*: a main indicator of maximum 0 may stand without any indicator."""
    empty, scored = dimension("I"), dimension("II", indicator("II.1"))
    with pytest.raises(ValidationError, match="dimension I has no indicators"):
        framework(empty, scored)
    nothing = empty.model_copy(update={"declared": Declared(max_points=0, citation=cite())})
    assert framework(nothing, scored).max_points == scored.max_points


# Sums and scale --------------------------------------------------------------------------------


@pytest.mark.parametrize(("decimals", "maximum"), [(0, "10.5"), (1, "0.25"), (2, "0.125")])
def test_a_maximum_with_more_decimals_than_points_may_have_is_refused(decimals, maximum):
    with pytest.raises(ValidationError, match=f"more than {decimals} decimals"):
        framework(dimension("I", indicator(max_points=maximum)), point_decimals=decimals)


@pytest.mark.parametrize("maximum", ["9000", "9490.62"])
def test_a_scale_whose_square_stays_below_the_bound_is_taken(maximum):
    whole = framework(dimension("I", indicator(max_points=maximum)))
    assert whole.max_points**2 < EXACT_FLOAT


@pytest.mark.parametrize("maxima", [["9490.63"], ["9000", "1000"]], ids="+".join)
def test_a_scale_too_large_for_exact_comparison_is_refused(maxima):
    leaves = [indicator(f"I.{n}", each) for n, each in enumerate(maxima)]
    with pytest.raises(ValidationError, match="scale is over"):
        framework(dimension("I", *leaves))


# Declared and found ----------------------------------------------------------------------------

DIFFERENCES = {
    "dimensions": ({"dimensions": 9}, (9, 2)),
    "indicators": ({"indicators": 34}, (34, 2)),
    "max_points": ({"max_points": "391.5"}, ("391.5", "40")),
}


@pytest.mark.parametrize("about", DIFFERENCES)
def test_what_is_declared_and_not_found_is_refused_unless_a_discrepancy_tells_it(about):
    changed, figures = DIFFERENCES[about]
    fields = {"declared": declared(TWO, **changed)}
    message = f"{about}: {figures[0]} declared, {figures[1]} found"
    with pytest.raises(ValidationError, match=message):
        framework(*TWO, **fields)
    told = framework(*TWO, **fields, discrepancies=[_told(about, *figures)])
    assert told.max_points == 400_000


@pytest.mark.parametrize("about", DIFFERENCES)
@pytest.mark.parametrize("wrong", ["declared", "found", "about"])
def test_a_discrepancy_that_tells_other_figures_does_not_count(about, wrong):
    changed, (declared_value, found_value) = DIFFERENCES[about]
    told = {
        "declared": _told(about, 1, found_value),
        "found": _told(about, declared_value, 1),
        "about": _told("tên gọi", declared_value, found_value),
    }[wrong]
    with pytest.raises(ValidationError, match="no discrepancy tells it"):
        framework(*TWO, declared=declared(TWO, **changed), discrepancies=[told])


# Clauses ---------------------------------------------------------------------------------------

ELSEWHERE = cite("Điều 99")


CITERS = {
    "declared": lambda: framework(*TWO, declared=declared(TWO, citation=ELSEWHERE)),
    "dimension": lambda: framework(dimension("I", indicator(), citation=ELSEWHERE)),
    "indicator": lambda: framework(dimension("I", indicator(citation=ELSEWHERE))),
    "parent": lambda: framework(
        dimension("I", indicator(items=[indicator("I.1.a")], citation=ELSEWHERE))
    ),
    "item": lambda: framework(
        dimension("I", indicator(items=[indicator("I.1.a", citation=ELSEWHERE)]))
    ),
    "ranking": lambda: framework(rankings=[ranking(citation=ELSEWHERE)]),
    "interpretation": lambda: framework(interpretations=[interpretation(citation=ELSEWHERE)]),
    "discrepancy": lambda: framework(discrepancies=[_told("tên gọi", 1, 2, "Điều 99")]),
}


@pytest.mark.parametrize("citer", CITERS)
def test_whatever_cites_a_clause_that_the_decision_does_not_list_is_refused(citer):
    with pytest.raises(ValidationError, match="clause Điều 99 is not in the decision's list"):
        CITERS[citer]()


@pytest.mark.parametrize(
    "fields", [{"code": "I.1"}, {"citation": ELSEWHERE}], ids=["code", "clause"]
)
def test_sub_items_of_sub_items_are_checked_too_or_refused(fields):
    leaf = indicator("I.1.a.1")
    inner = indicator(**{"code": "I.1.a", "max_points": "10", "items": [leaf]} | fields)
    with pytest.raises(ValidationError):
        framework(dimension("I", indicator(items=[inner])))


def test_a_framework_is_written_as_json_with_exact_texts():
    leaf = indicator(rule=rule("share", floor="1/3"))
    written = framework(dimension("I", leaf)).model_dump(mode="json")
    rule_written = written["dimensions"][0]["indicators"][0]["rule"]
    assert rule_written == {"zero_denominator": "error", "floor": "1/3", "full_from": None}
