"""What a form shows, what may be filled in, and that nothing in it is taken for a formula."""

from __future__ import annotations

import re

import pytest
from form_cases import LEVELS, illustrative, of_plugin, setup_of, written
from form_cells import drop_downs, is_protected, of_rules, part, places, unlocked
from form_profiles import tried
from frameworks import YEAR, cite, dimension, framework, indicator, rule
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet import Spreadsheet, cached

from dti_core.errors import InvalidFacts
from dti_core.forms import Answer, Setup, Unit, figures
from dti_core.messages import use_language
from dti_core.numbers import ONE
from dti_core.rules import Awarded, Share, YesNo

UNIT = Unit("SO-01", "Sở minh hoạ 01")


def test_only_what_is_to_be_filled_in_is_unlocked():
    setup = Setup(of_rules(YesNo(), Share(), Awarded()), YEAR)
    content = written(setup, UNIT, {})
    rows, letters = places(content)
    filled = {"value": ["I.1", "I.2"], "denominator": ["I.2"], "points": ["I.3"]}
    for key in ("status", "reason", "evidence", "explanation"):
        filled[key] = ["I.1", "I.2", "I.3"]
    assert unlocked(content) == {
        f"{letters[key]}{rows[code]}" for key, codes in filled.items() for code in codes
    }
    assert is_protected(content)


def test_choices_are_drop_downs():
    content = written(Setup(of_rules(YesNo(), Awarded()), YEAR), UNIT, {})
    rows, letters = places(content)
    found = drop_downs(content)
    assert found[f"{letters['value']}{rows['I.1']}"] == '"Có,Không"'
    assert found[f"{letters['status']}{rows['I.2']}"] == '"Không đánh giá"'


@pytest.mark.parametrize(
    ("policy", "offered"),
    [
        ("refused", None),
        ("deduct", "Không đánh giá"),
        ("deduct_or_replace", "Không đánh giá,Thay thế"),
    ],
)
def test_exclusion_is_offered_as_the_decision_allows_it(policy, offered):
    exclusion = {"policy": policy, "why": "Vì sao", "citation": cite()}
    content = written(Setup(of_rules(YesNo(), exclusion=exclusion), YEAR), UNIT, {})
    rows, letters = places(content)
    assert ("status" in letters) == (offered is not None)
    assert ("replacement" in letters) == (policy == "deduct_or_replace")
    if offered:
        assert drop_downs(content)[f"{letters['status']}{rows['I.1']}"] == f'"{offered}"'


def test_maxima_conditions_and_what_to_enter_are_visible():
    leaf = indicator(
        "I.1", "24", rule=rule("count_against", minimum="12"), condition="Tối thiểu 12 tin bài.",
        action="Đăng tin", evidence="Đường dẫn",
    )  # fmt: skip
    cells = cached(written(Setup(framework(dimension("I", leaf)), YEAR), UNIT, {}))
    row = next(each for each in cells if each[0] == "indicator I.1")
    assert row[1:6] == [
        "I.1",
        "Chỉ số I.1",
        "Đăng tin\nTối thiểu 12 tin bài.\nTài liệu kiểm chứng: Đường dẫn",
        "Nhập số lượng. Từ 12: 24 điểm; ít hơn: theo tỷ lệ.",
        24.0,
    ]


ENTERED = {
    "Chọn Có (10 điểm) hoặc Không (0 điểm).": rule("yes_no"),
    "Tỷ lệ càng cao, điểm càng thấp. Mẫu số phải lớn hơn 0.": rule("reverse_share"),
    "Tỷ lệ bằng 0: trọn điểm; lớn hơn 0: 0 điểm.": rule("reverse_share", partial="nothing"),
    "Dưới 33,33 %: 0 điểm. Từ 80 %: trọn điểm. Mẫu số bằng 0: không đánh giá.": rule(
        "share", floor="33.33%", full_from="0.8", zero_denominator="not_applicable"
    ),
    "Nhập số lượng. Từ 2: 10 điểm. Từ 1: 5 điểm.": rule("steps", steps="2:1, 1:1/2"),
    "Từ 50 %: 10 điểm. Mẫu số bằng 0: trọn điểm.": rule(
        "steps", steps="50:1", of="share", zero_denominator="full"
    ),
    "Đến hết ngày 31/01/2024: 10 điểm; muộn hơn: 5 điểm.": rule("due_date", due="31/01"),
    "Trước ngày 31/01/2025: 10 điểm; từ ngày đó: 3,33 điểm.": rule(
        "due_date", due="31/01", year_offset=1, last_day_counts=False, late="1/3"
    ),
    "Từ 12: 10 điểm; ít hơn: 0 điểm.": rule("count_against", minimum="12", partial="nothing"),
    "Nhập điểm chấm, từ 0 đến 10.": rule("awarded"),
}


@pytest.mark.parametrize("words", ENTERED)
def test_each_row_says_what_is_entered_and_what_it_earns(words):
    cells = cached(written(Setup(of_rules(ENTERED[words]), YEAR), UNIT, {}))
    row = next(each for each in cells if each[0] == "indicator I.1")
    assert words in row[3]


def test_a_form_is_vietnamese_whatever_the_language_of_the_command():
    setup = setup_of("hue", "so")
    unit, mine = next(iter(illustrative("hue", "so").items()))
    vietnamese = written(setup, unit, mine)
    use_language("en")
    assert written(setup, unit, mine) == vietnamese


def test_the_same_answers_give_the_same_bytes_and_others_do_not():
    setup = setup_of("moduc", "xa")
    unit, mine = next(iter(illustrative("moduc", "xa").items()))
    assert written(setup, unit, mine) == written(setup, unit, mine)
    assert written(setup, unit, mine) != written(setup, unit, mine, version=1)


def test_indicators_of_other_groups_are_not_there():
    mine, other = indicator("I.1", groups=["A"]), indicator("I.2", groups=["B"])
    both = framework(dimension("I", mine, other, indicator("I.3")))
    rows, _ = places(written(Setup(both, YEAR), Unit("U", group="A"), {}))
    assert list(rows) == ["I.1", "I.3"]


def test_sub_items_bonus_and_deduction_add_up_with_their_caps():
    items = [indicator(f"I.1.{letter}", "5", rule=Awarded()) for letter in "ab"]
    extra = {"block": "bonus", "cap": "3"}, {"block": "deduction", "cap": "2"}
    whole = framework(
        dimension("I", indicator("I.1", "10", items=items)),
        dimension("C", indicator("C.1", "9", rule=Awarded()), **extra[0]),
        dimension("T", indicator("T.1", "9", rule=Awarded()), **extra[1]),
        bonus_block="annex",
    )
    mine = {code: Answer(points=4 * ONE) for code in ("I.1.a", "C.1", "T.1")}
    opened = Spreadsheet(written(Setup(whole, YEAR), UNIT, mine)).calculate()
    names = {opened.value(row, opened.columns["name"]): row for row in range(1, 30)}
    score, limit = (opened.columns[key] for key in ("score", "limit"))
    shown = {name: opened.value(row, score) for name, row in names.items() if row > 6}
    assert shown["Chỉ số I.1"] == 4
    assert shown["Chỉ số chính C (điểm cộng, nhiều nhất 3)"] == 3
    assert shown["Chỉ số chính T (điểm trừ, nhiều nhất 2)"] == 2
    assert shown["TỔNG ĐIỂM"] == 5
    assert opened.value(names["TỔNG ĐIỂM"], limit) == 10


class Doubled(YesNo):
    """A plugin's own kind: core knows neither its formula nor how to write it."""

    kind = "doubled"


def test_a_rule_of_a_plugins_own_has_no_formula_and_keeps_what_the_engine_gave():
    setup = Setup(of_rules(Doubled(), YesNo()), YEAR)
    opened = Spreadsheet(written(setup, UNIT, {"I.1": Answer(value=ONE), "I.2": Answer(value=ONE)}))
    score = opened.columns["score"]
    has_formula = {row for row, column in opened.formulas() if column == score}
    assert opened.rows["indicator I.1"] not in has_formula
    assert opened.rows["indicator I.2"] in has_formula
    opened.calculate()
    assert [opened.of(code, "score") for code in ("I.1", "I.2")] == [10, 10]
    assert opened.of("I.1", "check") == "Hệ thống tính khi nhận phiếu"


def test_a_value_formula_of_the_decisions_own_is_not_computed_by_the_form():
    """Huế under the reading that sets the whole scale against a hundred points."""
    plugin, hue = of_plugin("hue", "so", **{"ranking-basis": "points"})
    setup = Setup(hue, YEAR, formulas=plugin.formulas(hue))
    assert setup.plain == frozenset()
    assert setup_of("hue", "so").plain == {"overall"}
    unit, mine = next(iter(illustrative("hue", "so").items()))
    *_, value = figures(setup, {unit: mine})[unit.code].rankings["overall"]
    cells = cached(written(setup, unit, mine))
    row = next(each for each in cells if str(each[2]).startswith("Giá trị:"))
    keys = next(each for each in cells if "id" in each)
    assert row[keys.index("score")] == value / 100
    assert row[keys.index("check")] == "Hệ thống tính khi nhận phiếu"


HOSTILE = "=cmd|' /C calc'!A0"


def test_text_is_never_a_formula():
    leaf = indicator("=1+1", name="=2+2", condition=HOSTILE, action="+1", evidence="@SUM(A1)")
    whole = framework(dimension("-I", leaf, name="=3+3"))
    mine = {"=1+1": Answer(value=ONE, evidence=HOSTILE, explanation="=HYPERLINK(1)")}
    unit = Unit("=SO", HOSTILE, "")
    content = written(Setup(whole, YEAR, plugin=HOSTILE), unit, mine, appraiser="=1")
    formulas = Spreadsheet(content).formulas().values()
    assert not [each for each in formulas if "cmd" in each or "HYPERLINK" in each or "2+2" in each]
    assert sum(HOSTILE in str(cell) for row in cached(content) for cell in row) >= 3


@tried(25, deep=1_000)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_another_formula(words, name):
    setup = Setup(of_rules(YesNo()), YEAR)
    usual = Spreadsheet(written(setup, Unit("U", "Đơn vị"), {})).formulas()
    mine = {"I.1": Answer(reason=words or None, evidence=words, explanation=words)}
    content = written(setup, Unit("U", name), mine)
    assert Spreadsheet(content).formulas() == usual


def test_text_longer_than_a_cell_is_told_and_not_cut():
    setup = Setup(of_rules(YesNo()), YEAR)
    with pytest.raises(InvalidFacts, match="32768 ký tự"):
        written(setup, UNIT, {"I.1": Answer(value=ONE, explanation="a" * 32_768)})


@pytest.mark.parametrize(("name", "level"), LEVELS, ids=lambda each: each)
def test_every_level_has_its_form_with_a_guide(name, level):
    setup = setup_of(name, level)
    content = written(setup, UNIT, {})
    rows, _ = places(content)
    information = [each.code for each in setup.framework.information]
    leaves = [leaf.code for _, leaf in setup.framework.leaves if not leaf.groups]
    assert [*leaves, *information] == list(rows)
    assert re.search(r'<sheet name="Hướng dẫn"', part(content, "xl/workbook.xml"))
    assert re.search(r'<definedName name="dti_form">', part(content, "xl/workbook.xml"))
