"""What a form changes is told cell by cell."""

from __future__ import annotations

from form_cases import written
from frameworks import YEAR
from sample_form import FILLED, SETUP, UNIT, WHOLE, opened, read_back

from dti_core.forms import Unit, check, differences, read
from dti_core.messages import use_language
from dti_core.sources import Source


def test_every_change_is_told_by_cell():
    book = opened()
    book.enter("I.1", value="Không")
    book.enter("I.2", value=None, points=5, explanation=None)
    book.enter("I.4", value="08/02/2024")
    checked = read_back(book.saved())
    changes = differences(FILLED, checked, WHOLE)
    assert [(each.indicator, each.column, each.old, each.new) for each in changes] == [
        ("I.1", "value", "Có", "Không"),
        ("I.2", "value", "9,5", ""),
        ("I.2", "points", "", "5"),
        ("I.2", "explanation", "Tin bài\ntheo tháng", ""),
        ("I.4", "value", "07/02/2024", "08/02/2024"),
    ]
    row, letter = book.rows["indicator I.1"], chr(ord("A") + book.columns["value"] - 1)
    assert str(changes[0]) == f"Phiếu!{letter}{row} · I.1 · Giá trị: Có → Không"
    use_language("en")
    assert str(changes[1]).endswith("Value: 9,5 → —")


def test_an_answer_that_is_taken_away_is_a_change():
    changes = differences(FILLED, read_back(written(SETUP, UNIT, {})), WHOLE)
    assert {each.indicator for each in changes} == FILLED.keys()
    assert {each.new for each in changes} == {""}


def test_a_wrong_form_stands_in_the_way_of_no_other():
    book = opened()
    book.enter("I.2", value="nhiều")
    good, bad = written(SETUP, Unit("U-02"), FILLED), book.saved()
    contents = [read(Source(f"{n}.xlsx", data=each), WHOLE) for n, each in enumerate((good, bad))]
    first, second = check(contents, WHOLE, YEAR)
    assert (dict(first.answers), first.problems) == (FILLED, ())
    assert second.answers == {}
    assert [each.file for each in second.problems] == ["1.xlsx"]
