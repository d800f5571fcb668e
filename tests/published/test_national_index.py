"""Published results come out again: values of 2022, ranks and ties of 2021."""

from __future__ import annotations

from fractions import Fraction

import pytest

TEN_THOUSANDTH = Fraction(1, 10_000)


def _column(evaluation, name: str) -> dict[str, int]:
    return dict(evaluation.units.select("unit", name).rows())


def test_the_published_values_of_2022(evaluated, published):
    """Four of five come out to the last digit, and TP. Hồ Chí Minh 0.7164 instead of 0.7163.

    Its eight published ratios give 0.716355. They are rounded to four decimals themselves, so each
    may be off by half a ten-thousandth, and so may their weighted mean: the value was computed
    from ratios that nobody published.
    """
    values = _column(evaluated(2022), "dti.value")
    official = {unit: int(10_000 * Fraction(row["value"])) for unit, row in published(2022).items()}
    assert values.keys() == official.keys()
    assert {unit: values[unit] - official[unit] for unit in values} == {
        "TP. Đà Nẵng": 0,
        "TP. Hồ Chí Minh": 1,
        "Quảng Ninh": 0,
        "Thừa Thiên - Huế": 0,
        "TP. Cần Thơ": 0,
    }


def test_every_value_of_2022_lies_where_rounded_ratios_let_it_lie(evaluated, published):
    """The exact mean and the published value differ by less than both roundings together."""
    ratios = ("dti.numerator", "dti.denominator")
    rows = evaluated(2022).units.select("unit", *ratios).rows()
    exact = {unit: Fraction(part, whole) for unit, part, whole in rows}
    assert exact["TP. Hồ Chí Minh"] == Fraction(716_355, 1_000_000)
    assert exact["TP. Đà Nẵng"] == Fraction(800_175, 1_000_000)
    for unit, row in published(2022).items():
        assert abs(exact[unit] - Fraction(row["value"])) < TEN_THOUSANDTH


def test_the_published_ranks_of_2022(evaluated, published):
    ranks = _column(evaluated(2022), "dti.rank")
    assert ranks == {unit: int(row["rank"]) for unit, row in published(2022).items()}


def test_the_published_ranks_of_2021_with_their_tie(evaluated, published):
    """Thanh Hóa and Vĩnh Phúc share the twelfth rank, the next is the fourteenth."""
    ranks = _column(evaluated(2021), "dti.rank")
    assert ranks == {unit: int(row["dti_rank"]) for unit, row in published(2021).items()}
    assert (ranks["Thanh Hóa"], ranks["Vĩnh Phúc"], ranks["Hải Dương"]) == (12, 12, 14)
    assert sorted(ranks.values()) == [*range(1, 13), 12, *range(14, 18)]


@pytest.mark.parametrize("pillar", ["cqs", "kts", "xhs"])
def test_the_order_of_2021_within_each_pillar(evaluated, published, pillar):
    """Provinces that are not listed stand between: only order and ties can be compared.

    Each listed province has as many listed ones before it as by the published ranks.
    """
    ranks = _column(evaluated(2021), f"{pillar}.rank")
    official = {unit: int(row[f"{pillar}_rank"]) for unit, row in published(2021).items()}
    before = {unit: sum(each < official[unit] for each in official.values()) for unit in official}
    assert ranks == {unit: 1 + count for unit, count in before.items()}


def test_the_values_of_2021_are_shown_as_published(evaluated):
    units = evaluated(2021).units.sort("unit").select("unit", "dti.value", "cqs.value").rows()
    shown = {unit: values for unit, *values in units}
    assert shown["TP. Đà Nẵng"] == [6_419, 6_868]
    assert shown["Thanh Hóa"] == [4_880, 5_302]
    assert shown["Vĩnh Phúc"] == [4_880, 5_483]


@pytest.mark.parametrize("year", [2021, 2022])
def test_nothing_is_missing_and_every_figure_names_where_it_was_published(evaluated, year):
    evaluation = evaluated(year)
    assert evaluation.missing.rows() == evaluation.not_applicable.rows() == []
    assert "dti.gov.vn" in evaluation.framework.decision.source
    source = evaluation.facts.inputs[0]
    assert (source.name, len(source.sha256)) == ("facts.csv", 64)
