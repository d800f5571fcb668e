"""A decision as data files: what is read, what an interpretation changes, what is refused."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import narwhals as nw
import pytest
from frameworks import YEAR
from law_texts import ANNEX, LAW
from oracle import Fact
from running import run

from dti_core.lawfiles import read_calendar, read_frameworks
from dti_core.rules import Earned, FactType, Rule
from dti_core.trace import trace


@pytest.fixture
def folder(tmp_path) -> Path:
    _write(tmp_path)
    return tmp_path


def _write(folder: Path, law: str = LAW, annex: str = ANNEX) -> None:
    (folder / "decision.toml").write_text(law, encoding="utf-8")
    (folder / "indicators.csv").write_text(annex, encoding="utf-8")


def test_each_level_takes_what_its_column_marks(folder):
    so, xa = read_frameworks(folder, {})
    assert [leaf.code for _, leaf in so.leaves] == ["I.1", "I.2.a", "I.2.b"]
    assert [leaf.code for _, leaf in xa.leaves] == ["I.2.a", "I.2.b"]
    assert [each.code for each in so.indicators] == ["I.1", "I.2"]
    assert (so.level, so.name, so.max_points) == ("so", "Cấp sở", 300_000)
    assert (xa.rankings[0].scope, xa.note) == ("group", "Chỉ một phần")
    assert [each.id for each in xa.discrepancies] == ["count"]
    assert (so.discrepancies, so.rankings[0].name) == ((), "Chung")
    assert so.illustrative == folder / "illustrative/so.csv"
    assert xa.illustrative is None


def test_an_indicator_holds_the_annexs_own_words(folder):
    first, second = read_frameworks(folder, {})[0].indicators
    assert (first.name, first.evidence) == ("Ban hành kế hoạch", "Kế hoạch")
    assert (first.citation.clause, first.citation.quote) == ("Phụ lục I.1", "Trước hạn")
    assert (second.name, second.citation.quote, second.note) == ("Tin, bài", "Tin, bài", "Ghi chú")


def test_what_an_interpretation_stands_for_is_the_option_in_force(folder):
    so, _ = read_frameworks(folder, {})
    assert (so.missing, so.point_decimals, so.decision.last_year) == ("zero", 2, 2030)
    assert (so.rankings[0].ties, so.indicators[0].rule.late) == ("competition", Fraction(1, 2))


def test_another_reading_changes_the_data_and_is_marked(folder):
    choices = {"missing": "refuse", "rounding": "one", "ties": "dense", "late": "none"}
    so, xa = read_frameworks(folder, choices | {"last-year": "2024", "khác": "gì"})
    assert (so.missing, so.point_decimals, so.decision.last_year) == ("refuse", 1, 2024)
    assert (so.rankings[0].ties, so.indicators[0].rule.late) == ("dense", 0)
    assert all(each.overridden for each in so.interpretations)
    assert "ties" not in {each.id for each in xa.interpretations}


def test_an_option_of_another_decision_is_passed_over(folder):
    """Two decisions of one issuer may share an interpretation and differ in its options."""
    so, _ = read_frameworks(folder, {"missing": "half"})
    assert so.option("missing") == "zero"


def test_milestones_are_those_of_the_level_in_the_order_of_their_dates(folder):
    so, xa = read_frameworks(folder, {})
    calendar = read_calendar(folder, so, YEAR)
    dated = [(each.id, each.date, each.day_counts) for each in calendar.milestones]
    assert dated == [
        ("entry", dt.date(2024, 11, 30), True),
        ("publish", dt.date(2025, 1, 15), False),
    ]
    ids = [(each.id, each.decided_by) for each in read_calendar(folder, xa, YEAR).milestones]
    assert ids == [("publish", ""), ("xa", "UBND cấp huyện")]


def test_a_milestone_may_stand_on_an_interpretation_too(tmp_path):
    """``@ID`` anywhere in the file stands for the option in force."""
    option = '{ id = "d30", text = "Ngày 30", value = "30/11" }, { id = "d15", text = "15/11" }'
    law = LAW.replace('date = "30/11"', 'date = "@entry-day"') + (
        '[[interpretations]]\nid = "entry-day"\nquestion = "Ngày nào?"\nwhy = "Không nói"\n'
        f'options = [{option}]\nin_force = "d30"\ncitation = {{ clause = "Điều 1" }}\n'
    )
    _write(tmp_path, law)
    so, _ = read_frameworks(tmp_path, {})
    assert read_calendar(tmp_path, so, YEAR).milestones[0].date == dt.date(2024, 11, 30)


WRONG_LAW = {
    "a reading that is not there": ('"@missing"', '"@mising"', "@mising names no interpretation"),
    "years the wrong way": ("first_year = 2024", "first_year = 2031", "after last_year"),
    "a misspelt key of the decision": ('title = "Bộ', 'titel = "Bộ', "titel"),
    "a wrong count": ("indicators = 2", "indicators = 3", "indicators: 3 declared, 2 found"),
    "a float": ('max_points = "30"', "max_points = 30.0", "a float is not exact"),
    "a misspelt key of a ranking": ('name = "Trong nhóm"', 'nom = "Trong nhóm"', "nom"),
    "two rankings of one code": ('levels = ["xa"]\nscope', 'levels = ["so"]\nscope', "2 times"),
    "a misspelt table": (
        "[[milestones]]",
        "[[milestone]]",
        "no milestone; did you mean milestones",
    ),
    "a misspelt key of a level": ("indicators = 2", "indicator = 2", "did you mean indicators"),
    "a misspelt key of a dimension": ('clause = "Phụ lục I"', 'claus = ""', "did you mean clause"),
    "no such level": ('levels = ["xa"]\nscope', 'levels = ["xaa"]\nscope', "no level 'xaa'"),
    "a milestone of no kind": ('kind = "publication"', 'kind = "party"', "kind"),
    "a day that not every year has": ('date = "15/01"', 'date = "29/02"', "day is out of range"),
}


@pytest.mark.parametrize("fault", WRONG_LAW)
def test_a_wrong_decision_file_is_refused_with_what_is_wrong(tmp_path, fault):
    old, new, message = WRONG_LAW[fault]
    assert old in LAW
    _write(tmp_path, LAW.replace(old, new))
    with pytest.raises(ValueError, match=message):
        [read_calendar(tmp_path, each, YEAR) for each in read_frameworks(tmp_path, {})]


LISTED = "level,code,parent,dimension,name,appraiser,clause,note\n"
WRONG_LISTED = {
    "no such level": ("xaa,I.9,,I,Tên,,Điều 1,\n", "I.9: there is no level 'xaa'"),
    "no such dimension": ("so,I.9,,II,Tên,,Điều 1,\n", "I.9: there is no dimension 'II'"),
}


@pytest.mark.parametrize("fault", WRONG_LISTED)
def test_a_wrong_list_is_refused_with_what_is_wrong(folder, fault):
    row, message = WRONG_LISTED[fault]
    (folder / "listed.csv").write_text(LISTED + row, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_frameworks(folder, {})


def test_every_stray_of_a_decision_is_told_at_once(tmp_path):
    law = LAW.replace("[[milestones]]", "[[milestone]]").replace("indicators = 2", "indicator = 2")
    _write(tmp_path, law)
    with pytest.raises(ValueError, match=r"milestone; .*indicator; "):
        read_frameworks(tmp_path, {})


WRONG_ANNEX = {
    "no such kind": ("count_against,", "counting,", "I.2.a: no rule kind 'counting'"),
    "no such parameter": ("minimum=12", "minimum=12; most=9", r"I.2.a: [^§]*most"),
    "no such reading": ("late=@late", "late=@latest", "@latest names no interpretation"),
    "a wrong sum": ("Tin,,,,12", "Tin,,,,13", "I.2: the maxima of the sub-items do not add up"),
    "a maximum in words": ("Tin,,,,12", "Tin,,,,mười hai", "max_points"),
    "a code twice": ("I.2.b,I.2", "I.2.a,I.2", "indicator I.2.a stands 2 times"),
    "no such clause": ("Phụ lục I.1,", "Phụ lục X.1,", "clause Phụ lục X.1 is not in"),
    "no such dimension": ("I.1,,I,", "I.1,,II,", "I.1: there is no dimension 'II'"),
    "no such parent": ("I.2.b,I.2,", "I.2.b,I.3,", "I.2"),
}


@pytest.mark.parametrize("fault", WRONG_ANNEX)
def test_a_wrong_annex_is_refused_with_what_is_wrong(tmp_path, fault):
    old, new, message = WRONG_ANNEX[fault]
    assert old in ANNEX
    _write(tmp_path, annex=ANNEX.replace(old, new))
    with pytest.raises(ValueError, match=message):
        read_frameworks(tmp_path, {})


@pytest.mark.parametrize(
    ("law", "annex"),
    [
        (LAW, ANNEX.replace(",rule,", ",kind,")),
        (LAW, ANNEX + "I.3,,I,Dòng bị cắt\n"),
        (LAW.replace("[decision]", "[quyết-định]"), ANNEX),
        (LAW.replace("[decision]", "[decision"), ANNEX),
    ],
    ids=["no column rule", "a row cut short", "no decision", "no TOML"],
)
def test_a_data_file_with_something_absent_is_refused_as_wrong_data(tmp_path, law, annex):
    _write(tmp_path, law, annex)
    with pytest.raises(ValueError, match=r".+"):
        read_frameworks(tmp_path, {})


def test_a_row_with_more_cells_than_the_heading_is_refused(tmp_path):
    """A comma without quotation marks shifts every later cell of the row."""
    _write(tmp_path, annex=ANNEX.replace("Phụ lục I.2,Ghi chú", "Phụ lục I.2,Ghi chú, thêm"))
    with pytest.raises(ValueError, match=r"I\.2|3"):
        read_frameworks(tmp_path, {})


class Square(Rule):
    """A kind that only this test knows: the square of a share."""

    kind: ClassVar[str] = "square"
    measures: ClassVar[FactType] = FactType.SHARE

    def earned(self, year: int) -> Earned:
        part, whole = nw.col("value"), nw.col("denominator")
        return Earned(part * part, whole * whole)


def test_a_kind_of_the_plugins_own_is_read_scored_and_explained(tmp_path, language):
    row = "I.1,,I,Ban hành kế hoạch,,Trước hạn,Kế hoạch,10,x,,square,,Phụ lục I.1,"
    _write(tmp_path, annex="\n".join([ANNEX.splitlines()[0], row, *ANNEX.splitlines()[2:]]))
    with pytest.raises(ValueError, match=r"I\.1: no rule kind 'square'"):
        read_frameworks(tmp_path, {})
    so, _ = read_frameworks(tmp_path, {}, kinds=[Square])
    evaluation = run(so, [Fact("u", "I.1", 2, 3)])
    step = trace(evaluation, "u").steps[0]
    assert step.points == 44_400
    assert "square" in step.sentence
    assert {"vi": "4,44", "en": "4.44"}[language] in step.sentence
