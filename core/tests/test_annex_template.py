"""The form of an annex: what the decision fixes is in it, and once filled it is brought back."""

from __future__ import annotations

import csv
import io

import pytest
from annexes import LISTED_ROW, bare, faults, outline, workbook
from frameworks import cite, dimension, framework, indicator, ranking, rule
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from strategies import frameworks

from dti_core.annex import bring, to_csv, to_xlsx
from dti_core.annex.parameters import parameters_text
from dti_core.annex.table import COLUMNS, KNOWN
from dti_core.lawfiles import to_parameters
from dti_core.messages import use_language
from dti_core.models import Detail, Framework
from dti_core.rules import KINDS, DueDate, parse_rule
from dti_core.sources import Source

WRITERS = {"csv": to_csv, "xlsx": to_xlsx}


@pytest.fixture(params=WRITERS)
def written(request):
    """Return the form of a framework as a source, in either format."""

    def call(framework: Framework) -> Source:
        return Source(f"annex.{request.param}", data=WRITERS[request.param](framework))

    return call


def _rows(framework: Framework) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(framework).decode("utf-8-sig"))))


def _sheets(framework: Framework) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(framework)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


# What a form holds -----------------------------------------------------------------------------


def test_a_form_has_as_many_rows_as_the_decision_declares():
    """Of main indicator 2 no count is declared, but it lists one indicator."""
    rows = _rows(outline())
    assert [(row["code"], row["dimension"]) for row in rows] == [
        ("1.1", "1"),
        ("1.2", "1"),
        ("2.1", "2"),
    ]
    assert list(rows[0]) == list(COLUMNS)
    filled = {key: cell for key, cell in rows[2].items() if cell}
    assert filled == LISTED_ROW | {"clause": "Phụ lục I.2.1"}


def _listed(code: str, parent: str = "") -> dict:
    return {"code": code, "parent": parent, "dimension": "1", "name": code, "citation": cite()}


def test_listed_indicators_take_their_place_among_the_declared_ones():
    first = dimension("1", declared={"indicators": 11, "citation": cite()})
    listed = [_listed("1.10"), _listed("1.2"), _listed("1.2.1", "1.2")]
    appraiser = {"name": "Sở minh hoạ", "citation": cite()}
    rows = _rows(outline(dimensions=[first], listed=listed, declared={"citation": cite()}))
    codes = ["1.1", "1.2", "1.2.1", *(f"1.{n}" for n in range(3, 12))]
    assert [row["code"] for row in rows] == codes
    assert [row["rule"] for row in rows[:3]] == ["", "sum_of", ""]
    assert rows[2]["parent"] == "1.2"
    default = _rows(outline(appraiser=appraiser))
    assert [row["appraiser"] for row in default] == ["Sở minh hoạ", "Sở minh hoạ", "Sở Nội vụ"]


def test_a_main_indicator_without_a_count_has_one_row_to_begin_with():
    given = [dimension("1"), dimension("2", declared={"max_points": "0", "citation": cite()})]
    rows = _rows(outline(dimensions=given, listed=(), declared={"citation": cite()}))
    assert [row["code"] for row in rows] == ["1.1"]


def test_a_block_and_the_rankings_of_an_empty_main_indicator_have_rows_of_their_own():
    block = dimension("C", block="bonus", cap="5")
    assert _rows(outline(dimensions=[*outline().dimensions, block]))[3]["max_points"] == "5"
    nothing = dimension("3", declared={"max_points": "0", "citation": cite()})
    pillar = ranking("kts", from_annex=True, dimensions=["3"])
    full = framework(dimension("1", indicator()), nothing, rankings=[ranking(), pillar])
    assert (_rows(full)[1]["code"], _rows(full)[1]["rankings"]) == ("3", "kts")


def test_where_nothing_is_known_a_form_has_only_its_heading():
    assert (_rows(bare()), list(_sheets(bare()))) == ([], ["Phụ lục", "Hướng dẫn"])


def test_an_unfilled_form_is_told_row_by_row(written):
    lines = [str(each) for each in faults(outline(), written(outline()))]
    assert [line for line in lines if "chưa điền" in line] == lines[:2]
    assert "2.1" not in "".join(lines[:2])


def test_csv_opens_in_a_spreadsheet():
    assert to_csv(outline()).startswith(b"\xef\xbb\xbfcode,parent,dimension,")


# The workbook ----------------------------------------------------------------------------------


def test_a_workbook_explains_every_column_and_rule_and_how_to_declare_a_difference():
    guide = _sheets(outline())["Hướng dẫn"]
    told = {str(row[0]): str(row[1]) for row in guide}
    assert set(COLUMNS) <= set(told)
    assert {each.kind for each in KINDS} | {"difference"} <= set(told)
    assert all(told[each] for each in COLUMNS)
    assert "bonus" not in told, "no reading in force allows it"
    assert "kts" in told
    lines = [key for key in told if key[:2] in {f"{n}." for n in range(1, 9)}]
    assert [line for line in lines if "rule là difference" in line]


def test_a_workbook_of_main_indicators_to_be_named_says_how():
    guide = _sheets(bare(bonus_block="annex"))["Hướng dẫn"]
    assert [row for row in guide if "Quyết định không nêu chỉ số chính" in str(row[0])]
    assert {"bonus", "deduction"} <= {row[0] for row in guide}


def test_a_workbook_compares_what_is_declared_with_what_is_filled_in():
    heading, first, second, total = _sheets(outline())["Đối chiếu"]
    assert (first[0], first[2], first[4]) == ("1", 2.0, 20.0)
    assert (second[0], second[2], second[4]) == ("2", "", "")
    assert (total[0], total[2], total[4]) == ("Cộng", 4.0, 50.0)
    assert len(heading) == 6


def test_the_words_are_in_the_language_in_use():
    use_language("en")
    assert list(_sheets(outline())) == ["Annex", "Guide", "Comparison"]


def test_the_same_framework_gives_the_same_bytes():
    assert to_xlsx(outline()) == to_xlsx(outline())


FORMULA = '=HYPERLINK("http://x")'


def test_text_is_never_a_formula(written):
    """Neither in a workbook nor in CSV, where an apostrophe is put before it and taken away."""
    leaf = indicator("1.1", name=FORMULA, evidence="-1+1", rule=rule("awarded"))
    full = framework(dimension("1", leaf))
    brought = bring(full, written(full)).indicators[0]
    assert (brought.name, brought.evidence) == (FORMULA, "-1+1")
    assert _rows(full)[0]["name"] == "'" + FORMULA
    assert _sheets(full)["Phụ lục"][1][3] == FORMULA


def test_a_filled_form_saved_by_a_spreadsheet_is_read():
    """Its other sheets stay, wherever they stand."""
    sheets = _sheets(outline())
    cells = [list(row) for row in sheets.pop("Phụ lục")]
    for row, points in zip(cells[1:], (10.0, 10.0, 30.0), strict=True):
        row[3:6] = [row[3] or "Chỉ số", points, "yes_no"]
    cells[3][7] = "kts"
    more = [["2.2", "", "2", "Chỉ số", 0.0, "awarded", "", "kts", "", "", "", ""]]
    saved = workbook({**sheets, "Phụ lục": cells + more})
    assert bring(outline(), Source("a.xlsx", data=saved)).max_points == 500_000


# And back --------------------------------------------------------------------------------------


def _plain(framework: Framework) -> list[object]:
    """What an annex says: everything but the words of citations, which it does not quote."""
    dimensions = [
        each.model_dump(exclude={"indicators", "declared"})
        | {"of": [_leaf(i) for i in each.indicators]}
        for each in framework.dimensions
    ]
    rankings = [(each.code, sorted(each.dimensions)) for each in framework.rankings]
    return [dimensions, rankings, framework.detail, framework.max_points]


def _leaf(leaf) -> dict[str, object]:
    plain = leaf.model_dump(exclude={"citation", "items"})
    items = [_leaf(each) for each in leaf.items]
    return plain | {"clause": leaf.citation.clause, "items": items, "kind": leaf.rule.kind}


def _idle(framework: Framework) -> list[str]:
    """Due dates that change nothing, which an annex may not hold."""
    late = ((leaf.code, leaf.rule) for _, leaf in framework.leaves)
    return [code for code, each in late if isinstance(each, DueDate) and each.late == 1]


@st.composite
def annexed(draw) -> tuple[Framework, Framework]:
    """Draw a framework and the outline of it: no indicators, and rankings left to the annex."""
    full = draw(frameworks())
    first, *others = full.rankings
    from_annex = draw(st.booleans())
    others = [each.model_copy(update={"from_annex": from_annex}) for each in others]
    full = full.rebuilt(detail=Detail.INDICATORS, rankings=[first, *others])
    emptied = {"dimensions": ()} if from_annex else {}
    return full, full.rebuilt(
        detail=Detail.OUTLINE,
        dimensions=[each.model_copy(update={"indicators": ()}) for each in full.dimensions],
        rankings=[first, *(each.model_copy(update=emptied) for each in others)],
    )


@pytest.mark.parametrize("form", WRITERS)
@given(case=annexed())
def test_a_filled_form_brings_back_the_same_framework(form, case):
    full, empty = case
    source = Source("annex", data=WRITERS[form](full))
    if _idle(full):
        assert len(faults(empty, source)) == len(_idle(full))
    else:
        assert _plain(bring(empty, source)) == _plain(full)
        assert _plain(bring(full, source)) == _plain(full)


@given(full=frameworks())
def test_the_parameters_of_a_rule_read_back_as_the_same_rule(full):
    for _, leaf in full.leaves:
        text = parameters_text(leaf.rule)
        assert parse_rule(leaf.rule.kind, to_parameters(text), KINDS) == leaf.rule


def test_every_column_of_a_row_can_be_written_and_read():
    assert len(set(KNOWN)) == len(KNOWN) == 15
