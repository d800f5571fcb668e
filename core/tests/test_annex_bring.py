"""Bringing an annex: what a file without faults becomes, however people save it."""

from __future__ import annotations

import hashlib
import unicodedata
from fractions import Fraction

import pytest
from annexes import FORMS, LISTED, ROWS, as_csv, bare, changed, outline, workbook
from frameworks import YEAR, cite, dimension
from running import InTest, as_plugin, by_unit

from dti_core.annex import bring
from dti_core.annex.table import COLUMNS
from dti_core.models import Detail, Discrepancy
from dti_core.pipeline import evaluate
from dti_core.sources import Source

FACTS = """\
unit,indicator,value,points
A,1.1,01/02/2024,
A,1.2,6,
A,2.1,70,
A,2.2.1,,9.5
A,2.2.2,1,
B,1.1,31/01/2024,
B,1.2,12,
B,2.1,80,
B,2.2.1,,10
B,2.2.2,2,
"""


@pytest.fixture(params=FORMS, ids=lambda form: form.suffix)
def form(request):
    return request.param


def _bring(rows, form=FORMS[0], given=None, **how):
    return bring(given or outline(), form.source(rows, **how))


def test_every_indicator_is_taken_in(form):
    brought = _bring(ROWS, form)
    codes = [[each.code for each in one.indicators] for one in brought.dimensions]
    assert codes == [["1.1", "1.2"], ["2.1", "2.2"]]
    assert [leaf.code for _, leaf in brought.leaves] == ["1.1", "1.2", "2.1", "2.2.1", "2.2.2"]
    assert (brought.detail, brought.max_points) == (Detail.INDICATORS, 500_000)
    first = brought.indicators[0]
    assert (first.evidence, first.rule.late) == ("Kế hoạch", Fraction(1, 2))
    assert brought.discrepancies == ()


def test_an_empty_clause_is_the_main_indicators_and_an_empty_appraiser_the_listed_one():
    first, second, third, _ = _bring(ROWS).indicators
    assert first.citation.clause == dimension("1").citation.clause
    assert second.citation.clause == "Phụ lục I.1.2"
    assert (third.appraiser, second.appraiser) == ("Sở Nội vụ", "")


def test_rankings_that_the_annex_fills_in_have_their_main_indicators():
    overall, digital_economy = _bring(ROWS).rankings
    assert (overall.dimensions, digital_economy.dimensions) == ((), ("2",))


def test_the_annex_is_named_with_its_hash(form):
    source = form.source(ROWS)
    brought = bring(outline(), source, illustrative=True)
    told = (brought.annex.name, brought.annex.sha256, brought.annex.illustrative)
    assert told == (f"annex.{form.suffix}", hashlib.sha256(source.data).hexdigest(), True)


def test_units_are_evaluated_by_it(form, tmp_path):
    """By hand: A has 5 + 5 + 8.75 + 9.5 + 3.75, B everything."""
    brought = _bring(ROWS, form)
    facts = [Source("facts.csv", data=FACTS.encode())]
    evaluation = evaluate(as_plugin(InTest(brought)), brought, YEAR, facts)
    units = by_unit(evaluation)
    assert (units["A"]["overall.points"], units["B"]["overall.points"]) == (320_000, 500_000)
    assert (units["A"]["kts.points"], units["A"]["kts.max_points"]) == (220_000, 300_000)
    assert evaluation.recipe["annex"]["name"] == f"annex.{form.suffix}"


def test_a_file_on_disk_is_only_read(form, tmp_path):
    path = tmp_path / f"annex.{form.suffix}"
    path.write_bytes(form.source(ROWS).data)
    path.chmod(0o400)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    brought = bring(outline(), Source(str(path), path))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert brought.annex.name == str(path)


# Main indicators and blocks that only the annex names ------------------------------------------

OWN = [
    {"code": "1", "name": "Nhận thức số", "max_points": "20", "rankings": "kts"},
    *ROWS[:2],
    {"code": "2", "name": "Hoạt động", "max_points": "30", "clause": "Phụ lục I.2"},
    *(dict(row, rankings="") for row in ROWS[2:]),
]
BLOCK = [
    {"code": "C", "name": "Điểm khuyến khích", "max_points": "5", "rule": "Bonus"},
    {"code": "C.1", "dimension": "C", "name": "Sáng kiến", "max_points": "10", "rule": "awarded"},
]


def test_main_indicators_of_the_annex_come_with_their_maxima():
    brought = _bring(OWN, given=bare())
    assert [(each.code, each.name) for each in brought.dimensions] == [
        ("1", "Nhận thức số"),
        ("2", "Hoạt động"),
    ]
    assert [each.declared.max_points for each in brought.dimensions] == [200_000, 300_000]
    assert [each.citation.clause for each in brought.dimensions] == ["Điều 1", "Phụ lục I.2"]
    assert brought.indicators[2].citation.clause == "Phụ lục I.2"
    assert brought.rankings[1].dimensions == ("1",)


def test_a_block_outside_the_scale_has_its_cap(form):
    brought = _bring([*ROWS, *BLOCK], form, outline(bonus_block="annex"))
    block = brought.dimensions[-1]
    assert (block.block, block.cap, block.max_points) == ("bonus", 50_000, 0)
    assert (brought.max_points, len(brought.indicators)) == (500_000, 4)
    assert block.indicators[0].max_points == 100_000


def test_what_the_decision_names_may_be_said_again():
    rows = [{"code": "1", "name": "Chỉ số chính 1", "max_points": "20"}, *ROWS]
    assert _bring(rows).dimensions == _bring(ROWS).dimensions


def test_a_maximum_of_a_main_indicator_that_the_decision_leaves_open_is_taken_in():
    rows = [{"code": "2", "max_points": "30"}, *ROWS]
    assert _bring(rows).dimensions[1].declared.max_points == 300_000


def test_sub_indicators_are_for_the_groups_of_their_indicator():
    brought = _bring(changed({(5, "groups"): "A;  B"}))
    assert {each.groups for each in brought.indicators[3].walk()} == {("A", "B")}


# A difference that the authority knows of ------------------------------------------------------


def _difference(code, name="Công văn minh hoạ"):
    return {"code": code, "rule": "difference", "name": name}


def test_a_declared_difference_becomes_a_discrepancy(form):
    rows = [*changed({(2, "max_points"): "12"}), _difference("max_points")]
    brought = _bring([*rows, _difference(" Max_points : 1", "Đã đính chính")], form)
    whole, part = brought.discrepancies
    assert (whole.about, whole.declared_value, whole.found_value) == ("max_points", "50", "52")
    assert (whole.citation, whole.why) == (cite(), "Công văn minh hoạ")
    assert (part.about, part.declared_value, part.found_value) == ("max_points:1", "20", "22")
    assert (part.citation.clause, part.why) == ("Phụ lục I", "Đã đính chính")
    assert part.declared == "20 điểm (chỉ số chính 1)"


def test_counts_may_differ_too():
    more = {"code": "1.3", "dimension": "1", "name": "Thêm", "max_points": "0", "rule": "yes_no"}
    rows = [*ROWS, more, _difference("indicators"), _difference("indicators:1")]
    found = {each.about: each.found_value for each in _bring(rows).discrepancies}
    assert found == {"indicators": "5", "indicators:1": "3"}


def test_a_difference_that_the_decision_tells_itself_need_not_be_declared():
    figures = {"declared": "50", "found": "52", "declared_value": "50", "found_value": "52"}
    told = Discrepancy(id="sum", about="max_points", used="52", citation=cite(), **figures)
    rows = changed({(4, "max_points"): "14.5"})
    assert _bring(rows, given=outline(discrepancies=[told])).discrepancies == (told,)


# How people save files -------------------------------------------------------------------------

CELLS = [list(COLUMNS), *([row.get(name, "") for name in COLUMNS] for row in ROWS)]
NUMBERS = [CELLS[0], *([*row[:4], float(row[4]), *row[5:]] for row in CELLS[1:])]
TYPED = [CELLS[0], *([float(r[0]) if r[0].count(".") == 1 else r[0], *r[1:]] for r in CELLS[1:])]
COMMAS = [CELLS[0], *([*row[:4], row[4].replace(".", ","), *row[5:]] for row in CELLS[1:])]
SHEETS = {
    "numbers": {"Phụ lục": NUMBERS},
    "codes typed as numbers": {"Phụ lục": TYPED},
    "decimal commas as text": {"Phụ lục": COMMAS},
    "a cover sheet": {"Bìa": [["Phụ lục"], ["của quyết định"]], "Trang 2": CELLS, "Trống": []},
    "headings in other case": {"S": [[f" {name.upper()} " for name in COLUMNS], *CELLS[1:]]},
    "blank lines": {"S": [[], CELLS[0], [], *CELLS[1:4], [""] * 12, ["  "], *CELLS[4:], []]},
    "NFD": {"S": [[unicodedata.normalize("NFD", str(c)) for c in row] for row in CELLS]},
    "line breaks in names": {
        "S": [CELLS[0], *([*r[:3], r[3].replace(" ", " \n"), *r[4:]] for r in CELLS[1:])]
    },
    "columns of nothing": {"S": [[*row, "", " "] for row in CELLS]},
}
TEXT = as_csv(ROWS).decode()
FILES = {
    "BOM": b"\xef\xbb\xbf" + TEXT.encode(),
    "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "CR": TEXT.replace("\n", "\r").encode(),
    "semicolons": as_csv(ROWS, separator=";"),
    "decimal commas": as_csv(
        [dict(r, max_points=r["max_points"].replace(".", ",")) for r in ROWS], separator=";"
    ),
    "NFD": unicodedata.normalize("NFD", TEXT).encode(),
    "blank lines": b"\n\n" + TEXT.replace("\n", "\n,,,,,,,,,,,\n\n").encode(),
    "RULES": TEXT.replace("sum_of", "Sum_Of").replace("due=", "Due=").encode(),
}


@pytest.mark.parametrize("sheets", SHEETS.values(), ids=SHEETS)
def test_a_workbook_as_people_save_it(sheets):
    expected = _bring(ROWS).dimensions
    assert bring(outline(), Source("annex.xlsx", data=workbook(sheets))).dimensions == expected


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_csv_file_as_people_save_it(content):
    assert bring(outline(), Source("a.csv", data=content)).dimensions == _bring(ROWS).dimensions


def test_columns_may_stand_in_any_order_and_optional_ones_be_absent():
    columns = ("rule", "max_points", "name", "dimension", "code", "parent", "parameters")
    rows = [{name: row.get(name, "") for name in columns} for row in ROWS]
    given = outline(rankings=outline().rankings[:1])
    assert len(_bring(rows, given=given, columns=columns).leaves) == 5


def test_what_the_decisions_own_tables_hold_beside_is_taken_in():
    columns = (*COLUMNS, "condition", "note")
    rows = [dict(ROWS[0], condition="Trước 31/01", note="Ghi\nchú"), *ROWS[1:]]
    first = _bring(rows, columns=columns).indicators[0]
    assert (first.condition, first.note) == ("Trước 31/01", "Ghi\nchú")
    assert first.citation.quote == "Trước 31/01"


def test_a_listed_name_need_not_have_the_same_blanks():
    rows = changed({(4, "name"): f"  {LISTED.replace(' ', '  ')} "})
    assert _bring(rows).indicators[2].name == LISTED
