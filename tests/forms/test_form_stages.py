"""The forms of the stages: what each shows of the others, and what may be filled in."""

from __future__ import annotations

from form_cases import written
from form_cells import of_rules, places, unlocked
from frameworks import YEAR, cite, status
from spreadsheet import Spreadsheet, cached

from dti_core.forms import OF_UNIT, Answer, Filling, Setup, Unit, export
from dti_core.numbers import ONE
from dti_core.rules import Awarded, Share, YesNo

UNIT = Unit("SO-01", "Sở minh hoạ 01")


def test_general_information_and_the_status_of_the_unit():
    information = {"code": "TT.1", "name": "Số công chức", "citation": cite()}
    both = of_rules(YesNo(), information=[information], statuses=[status("late")])
    mine = {"TT.1": Answer(text="120"), OF_UNIT: Answer(text="late", reason="Công văn")}
    own, _ = places(written(Setup(both, YEAR), UNIT, mine))
    assert list(own) == ["I.1", "TT.1"]
    content = written(Setup(both, YEAR, "round1"), UNIT, mine)
    rows, letters = places(content)
    cells = cached(content)
    column = ord(letters["status"]) - ord("A")
    assert cells[rows[""] - 1][column : column + 2] == ["Trạng thái late", "Công văn"]
    assert cells[rows["TT.1"] - 1][ord(letters["value"]) - ord("A")] == 120.0


def test_the_councils_form_shows_the_self_score_beside_the_appraisers_cell():
    whole = of_rules(Share(), YesNo(), Awarded())
    own = {
        "I.1": Answer(value=3 * ONE, denominator=4 * ONE, evidence="Báo cáo 12"),
        "I.2": Answer(reason="Công văn 5"),
        "I.3": Answer(points=8 * ONE, explanation="Giải trình"),
    }
    setup = Setup(whole, YEAR, "round1")
    mine = {"I.1": Answer(points=7 * ONE)}
    content = export(setup, Filling(UNIT, mine, others={"self": own}))
    opened = Spreadsheet(content).calculate()
    shown = [
        [opened.of(f"I.{n}", key) for n in (1, 2, 3)]
        for key in ("self.given", "self.points", "self.note", "difference")
    ]
    assert shown == [
        ["3/4", "Không đánh giá; Công văn 5", ""],
        [7.5, "", 8.0],
        ["Báo cáo 12", "", "Giải trình"],
        [-0.5, "", ""],
    ]
    rows, letters = places(content)
    assert f"{letters['points']}{rows['I.1']}" in unlocked(content)
    assert f"{letters['self.points']}{rows['I.1']}" not in unlocked(content)


def test_an_appraiser_fills_in_only_what_is_his():
    setup = Setup(of_rules(YesNo(), YesNo()), YEAR, "round1")
    content = export(setup, Filling(UNIT, only=frozenset(["I.2"])))
    rows, letters = places(content)
    column = letters["value"]
    assert f"{column}{rows['I.2']}" in unlocked(content)
    assert f"{column}{rows['I.1']}" not in unlocked(content)


def test_an_explanation_measures_nothing_anew():
    setup = Setup(of_rules(YesNo(), Share()), YEAR, "explanation")
    content = export(setup, Filling(UNIT, others={"self": {"I.1": Answer(value=ONE)}}))
    _, letters = places(content)
    assert {"evidence", "explanation", "self.given"} <= letters.keys()
    assert not {"value", "points", "score", "status"} & letters.keys()
