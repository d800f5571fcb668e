"""A filled-in commune form of another system comes in through a mapping that is kept."""

from __future__ import annotations

import tomllib

import pytest
from form_profiles import tried
from frameworks import YEAR, dimension, framework, indicator, rule
from hypothesis import given
from hypothesis import strategies as st
from sample_form import as_xlsx

from dti_core.collecting import collect
from dti_core.conformance.cases import as_source
from dti_core.errors import InvalidFacts
from dti_core.forms import Answer, ColumnMapping, Unit, read_foreign
from dti_core.numbers import ONE
from dti_core.rules import Awarded
from dti_core.sources import Source

UNIT = Unit("XA-01", "Xã minh hoạ 01")
ITEMS = [indicator(f"2.1.{n}", "5", rule=Awarded()) for n in (1, 2)]
NEWS = indicator("1.2", "20", rule=rule("count_against", minimum="5"))
WHOLE = framework(
    dimension("1", indicator("1.1", "10"), NEWS),
    dimension("2", indicator("2.1", "10", items=ITEMS)),
)
MAPPING = ColumnMapping(statuses={"Đã thẩm định": "ordinary", "Không áp dụng": "na"})
HEADING = (
    "Mã,Chỉ tiêu,Nhóm,Điểm tối đa,Tự đánh giá,Thẩm định,Chênh lệch,Trạng thái,Minh chứng/Ghi chú"
)
ROWS = """\
1,Nhận thức số,,30,25,24.5,-0.5,,
1.1,"Chủ tịch UBND xã làm Trưởng ban
(quyết định còn hiệu lực)",Nhận thức số,10,10,10,0,Đã thẩm định,"Quyết định ""số 5"", có ký số
https://example.org/qd5"
1.2,Số tin bài,Nhận thức số,20,"15,5",14.5,-1,Đã thẩm định,'=Thống kê
2.1,Văn bản,Thể chế số,10,,,,,
2.1.1,Kế hoạch,Thể chế số,5,0,,,Không áp dụng,Công văn 7
2.1.2,Quy chế,Thể chế số,5,4,5,1,,
,Tổng cộng,,40,29.5,29.5,0,,
"""


def form(rows: str = ROWS, heading: str = HEADING) -> Source:
    return Source("xa-01.csv", data=f"\ufeff{heading}\n{rows}".replace("\n", "\r\n").encode())


def read(source: Source | None = None, mapping: ColumnMapping = MAPPING):
    return read_foreign(source or form(), mapping, WHOLE, UNIT, YEAR)


def told(rows: str, mapping: ColumnMapping = MAPPING) -> list[str]:
    with pytest.raises(InvalidFacts) as refused:
        read(form(rows), mapping)
    return [str(each).removeprefix("xa-01.csv, ") for each in refused.value.problems]


def test_self_assessed_and_appraised_points_come_in_side_by_side():
    """A byte order mark, cells of several lines, doubled quotes, sums and headings of groups."""
    found = read().answers
    words = 'Quyết định "số 5", có ký số\r\nhttps://example.org/qd5'
    assert found["self"] == {
        "1.1": Answer(points=10 * ONE, evidence=words),
        "1.2": Answer(points=155_000, evidence="=Thống kê"),
        "2.1.1": Answer(reason="Công văn 7", evidence="Công văn 7"),
        "2.1.2": Answer(points=4 * ONE),
    }
    assert {code: each.points for code, each in found["round1"].items()} == {
        "1.1": 10 * ONE,
        "1.2": 145_000,
        "2.1.1": None,
        "2.1.2": 5 * ONE,
    }


def test_the_rows_are_tidy_input():
    columns = ("unit", "unit_name", "indicator", "points", "status", "reason", "evidence")
    rows = [
        row | {"points": row.get("points", "").replace(",", ".")} for row in read().rows["self"]
    ]
    facts = collect(WHOLE, YEAR, [as_source(rows, columns=columns)])
    assert sorted(facts.rows.collect()["indicator"].to_list()) == ["1.1", "1.2", "2.1.1", "2.1.2"]


def test_a_workbook_of_the_other_system_is_read_too():
    heading = HEADING.split(",")
    cells = [["", "Phiếu của hệ thống khác"], heading, ["1.1", "a", "", 10, 9.5, 10, 0.5, "", "b"]]
    found = read(Source("xa.xlsx", data=as_xlsx(cells))).answers
    assert found["self"]["1.1"] == Answer(points=95_000, evidence="b")


def test_a_semicolon_may_stand_between_the_columns():
    rows = "1.1;a;;10;9,5;10;0,5;;"
    assert read(form(rows, HEADING.replace(",", ";"))).answers["self"]["1.1"].points == 95_000


def test_their_codes_and_headings_are_mapped():
    mapping = ColumnMapping(
        code="STT", name="", group="", max_points="", self_points="Tự chấm", difference="",
        appraised_points="", status="", evidence="", codes={"A1": "1.1"},
    )  # fmt: skip
    source = Source("xa.csv", data="STT,Tự chấm\nA1,7\n".encode())
    assert read(source, mapping).answers == {"self": {"1.1": Answer(points=7 * ONE)}, "round1": {}}


FAULTS = {
    "an unknown code": ("9.9,a,,,5,,,,", ["dòng 2, cột “Mã”: cấp này không có chỉ số “9.9”"]),
    "points above the maximum": (
        "1.1,a,,10,10.5,,,,",
        ["dòng 2, cột “Tự đánh giá”: 10.5 điểm vượt điểm tối đa 10"],
    ),
    "no number": (
        "1.1,a,,10,,mười,,,",
        ["dòng 2, cột “Thẩm định”: “mười” không phải số hợp lệ"],
    ),
    "another maximum": (
        "1.1,a,,12,5,,,,",
        ["dòng 2, cột “Điểm tối đa”: điểm tối đa 12 khác với quyết định (10)"],
    ),
    "a wrong difference": (
        "1.1,a,,10,5,6,2,,",
        ["dòng 2, cột “Chênh lệch”: chênh lệch ghi 2, nhưng điểm thẩm định"],
    ),
    "a status of nobody": (
        "1.1,a,,10,5,,,Chờ duyệt,",
        ["dòng 2, cột “Trạng thái”: trạng thái “Chờ duyệt” chưa có trong ánh xạ cột"],
    ),
    "a row without a code": (",Chỉ tiêu lạ,,10,5,,,,", ["dòng 2, cột “Mã”: thiếu mã chỉ số"]),
    "a row twice": (
        '"1.1","a\nb",,10,5,,,,\n1.1,a,,10,5,,,,',
        ["dòng 3, cột “Mã”: đơn vị “XA-01” đã có chỉ số “1.1” ở dòng khác (xa-01.csv: 2)"],
    ),
    "left out without a document": (
        "1.1,a,,10,,,,Không áp dụng,",
        ["dòng 2, cột “Minh chứng/Ghi chú”: trạng thái này phải ghi văn bản cho phép"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_told_by_row_and_column(fault):
    rows, expected = FAULTS[fault]
    lines = told(rows)
    assert len(lines) == len(expected)
    assert all(line.startswith(words) for line, words in zip(lines, expected, strict=True)), lines


def test_a_column_that_is_not_there_is_told():
    with pytest.raises(InvalidFacts, match="không có cột “Thẩm định”"):
        read(form("1.1,a", "Mã,Tự đánh giá"), ColumnMapping(max_points="", difference=""))


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@tried(60, deep=2_000)
@given(
    code=NAMES.filter(str.strip),
    codes=st.dictionaries(NAMES.filter(str.strip), NAMES.filter(str.strip), max_size=3),
)
def test_a_mapping_is_saved_and_used_again(code, codes):
    mapping = ColumnMapping(code=code, codes=codes, statuses={"Đã duyệt": "ordinary"})
    saved = mapping.to_toml()
    assert tomllib.loads(saved)["statuses"] == {"Đã duyệt": "ordinary"}
    assert ColumnMapping.from_toml(Source("anh-xa.toml", data=saved.encode())) == mapping


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('code = "Mã"\ncolour = "đỏ"', "ánh xạ cột, mục colour"),
        ('code = ""', "ánh xạ cột, mục code"),
        ("code = ", "không đọc được tệp ánh xạ cột"),
    ],
    ids=["unknown", "empty", "no TOML"],
)
def test_a_mapping_that_is_wrong_is_told(text, words):
    with pytest.raises(InvalidFacts, match=words):
        ColumnMapping.from_toml(Source("anh-xa.toml", data=text.encode()))
