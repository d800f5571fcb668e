"""A filled-in form of another system comes in through a mapping that is kept and used again."""

from __future__ import annotations

import hashlib
import json
import unicodedata

import pytest
from sqlmodel import select

from dti_core.forms import ColumnMapping
from dti_core.loader import load_plugin
from dti_core.store import open_store
from dti_core.store.tables import AuditLine, Blob

DAY = "2024-11-20"
WHICH = ("--plugin", "hue", "--level", "xa", "--year", 2024)
HEADING = (
    "Mã,Chỉ tiêu,Nhóm,Điểm tối đa,Tự đánh giá,Thẩm định,Chênh lệch,Trạng thái,Minh chứng/Ghi chú"
)
XA = load_plugin("hue").framework("xa", 2024)
ONE, TWO, THREE = [leaf for _, leaf in XA.leaves][:3]
UNIT = "Xã-01"
OTHER = '"Nhiều dòng\nvà ""dấu nháy"""'


def most(leaf) -> str:
    return f"{leaf.max_points / 10_000:g}"


def row(leaf, *points, status="", note="") -> str:
    """A row with two lines in its name; points: own, appraised, and the difference."""
    figures = ",".join(map(str, (*points, "", "", "")[:3]))
    return f'{leaf.code},"Tên\n{leaf.code}",,{most(leaf)},{figures},{status},{note}'


@pytest.fixture
def office(dti, url, tmp_path):
    """A cycle that reports, and the command on it."""
    units = tmp_path / "units.csv"
    units.write_text(f"unit,level\n{UNIT},xa\nXa-02,xa\n", encoding="utf-8")

    def do(*arguments: object, who: str = "A", code: int = 0):
        ran = dti(*arguments, url=url)
        assert ran.code == code, ran.out + ran.err
        return ran

    do("unit", "import", units)
    do("cycle", "open", *WHICH, "--today", DAY)
    return do


@pytest.fixture
def form(tmp_path):
    """Write a form as the other system does: with a byte order mark, its lines as of Windows."""

    def write(*rows: str, heading: str = HEADING, name: str = f"{UNIT}.csv"):
        path = tmp_path / name
        text = "\n".join(["\ufeff" + heading, *rows, ""]).replace("\n", "\r\n")
        path.write_bytes(text.encode())
        return path

    return write


def bring(office, path, *options: object, code: int = 0):
    return office("form", "import", path, *options, "--today", DAY, "--who", "A", code=code)


def facts(url: str, stage: str) -> dict[str, tuple[object, ...]]:
    """What the store holds of the unit at a stage: points, reason, words."""
    from dti_core.store import cells

    with open_store(url) as store, store.read() as session:
        found = cells.latest(session, 1, stage).values()
        return {e.indicator: (e.points, e.reason, e.text, e.explanation) for e in found}


def test_self_assessed_points_come_in_while_units_report(office, form, url):
    path = form(
        row(ONE, most(ONE), note=OTHER), row(TWO, 0), "I,Nhóm,,30,9,,,,", ",Tổng cộng,,100,9,,,,"
    )
    looked = bring(office, path)
    assert "dòng 2, cột “Tự đánh giá”" in looked.out
    assert "cột “Minh chứng/Ghi chú”" in looked.out
    assert facts(url, "self") == {}
    bring(office, path, "--commit")
    words = 'Nhiều dòng\r\nvà "dấu nháy"'
    assert facts(url, "self") == {
        ONE.code: (ONE.max_points, None, words, None),
        TWO.code: (0, None, None, None),
    }


def test_the_same_form_again_changes_nothing(office, form, url):
    path = form(row(ONE, most(ONE)))
    bring(office, path, "--commit")
    assert "0 ô thay đổi" in bring(office, path, "--commit").out


def test_the_original_is_kept_with_its_hash_and_the_trail_holds(office, form, url):
    path = form(row(ONE, most(ONE)))
    bring(office, path, "--commit")
    with open_store(url) as store, store.read() as session:
        (blob,) = session.exec(select(Blob)).all()
        lines = session.exec(select(AuditLine).where(AuditLine.what == "cycle.adopt")).all()
        told = [json.dumps(each.new) for each in lines]
    assert blob.content == path.read_bytes()
    assert blob.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert any(blob.sha256 in each for each in told)
    office("audit", "verify")


def test_one_fault_keeps_the_whole_file_out(office, form, url):
    """Every fault is told by row and column."""
    above = f"{ONE.max_points / 10_000 + 1:g}"
    refused = bring(office, form(row(TWO, 0), row(ONE, above), "9.9,,,,1,,,,"), "--commit", code=1)
    assert "dòng 3, cột “Tự đánh giá”" in refused.out
    assert "dòng 4, cột “Mã”" in refused.out
    assert facts(url, "self") == {}
    with open_store(url) as store, store.read() as session:
        assert session.exec(select(Blob)).all() == []


def test_a_file_of_nobody_is_refused_beside_one_that_is_taken(office, form, url):
    good, bad = form(row(ONE, 0)), form(row(ONE, 0), name="XA-99.csv")
    told = office("form", "import", bad, good, "--commit", "--today", DAY, code=1).out
    assert "XA-99" in told
    assert set(facts(url, "self")) == {ONE.code}


def test_the_unit_is_named_or_the_file_is_called_by_it(office, form, url, tmp_path):
    """The name of a file may come with its letters taken apart, as some systems write them."""
    apart = unicodedata.normalize("NFD", f"{UNIT}.csv")
    bring(office, form(row(ONE, 0), name=apart), "--commit")
    bring(office, form(row(TWO, 0), name="xuat-ngay-5.csv"), "--unit", "Xa-02", "--commit")
    assert set(facts(url, "self")) == {ONE.code, TWO.code}
    two = [form(row(ONE, 0), name=name) for name in ("a.csv", "b.csv")]
    refused = office("form", "import", *two, "--unit", UNIT, code=2)
    assert "--unit" in refused.err


def test_a_mapping_is_written_once_edited_and_used_again(office, form, url, tmp_path):
    mapping = tmp_path / "anh-xa.toml"
    office("form", "mapping", "-o", mapping)
    assert office("form", "mapping", "-o", mapping, code=2).err
    text = mapping.read_text(encoding="utf-8")
    assert text.startswith("# Ánh xạ cột")
    text = text.replace('"Tự đánh giá"', '"Tự chấm"').replace(
        "[codes]", f'[codes]\nA1 = "{ONE.code}"'
    )
    text = text.replace("[statuses]", '[statuses]\n"Đã gửi" = "ordinary"')
    mapping.write_text(text, encoding="utf-8")
    heading = HEADING.replace("Tự đánh giá", "Tự chấm")
    for unit in (UNIT, "Xa-02"):
        given = row(ONE, 0, status="Đã gửi").replace(ONE.code, "A1")
        path = form(given, heading=heading, name=f"{unit}.csv")
        bring(office, path, "--mapping", mapping, "--commit")
    assert set(facts(url, "self")) == {ONE.code}


def test_without_a_mapping_a_table_with_other_headings_is_told_what_to_do(office, form):
    refused = bring(office, form("1.1,5", heading="STT,Tự chấm"), code=1)
    assert "dti form mapping" in refused.out
    assert "“Mã”" in refused.out


def test_a_mapping_that_is_wrong_is_told_before_anything_is_read(office, form, tmp_path):
    mapping = tmp_path / "anh-xa.toml"
    mapping.write_text('colour = "đỏ"', encoding="utf-8")
    refused = bring(office, form(row(ONE, 0)), "--mapping", mapping, code=1)
    assert "mục colour" in refused.err


def test_a_folder_is_taken_with_a_mapping(office, form, url, tmp_path):
    folder = tmp_path / "thu-muc"
    folder.mkdir()
    for unit in (UNIT, "Xa-02"):
        form(row(ONE, 0), name=f"{unit}.csv").rename(folder / f"{unit}.csv")
    mapping = tmp_path / "anh-xa.toml"
    mapping.write_text(ColumnMapping().to_toml(), encoding="utf-8")
    assert "2" in bring(office, folder, "--mapping", mapping, "--commit").out
    assert set(facts(url, "self")) == {ONE.code}


@pytest.fixture
def appraising(office, form):
    """The first round, in which the unit has released two indicators."""
    full = [row(each, most(each), note="Quyết định 5") for each in (ONE, TWO)]
    bring(office, form(*full), "--commit")
    office("form", "release", UNIT, "--today", DAY, "--who", "B")
    office("cycle", "advance", "--why", "minh hoạ", "--today", DAY, "--who", "C")
    return office


def test_appraised_points_come_in_while_the_first_round_is_on(appraising, form, url):
    """The same points accept what was reported; for fewer, what the row notes is the reason."""
    lower = row(TWO, most(TWO), 0, f"-{most(TWO)}", note="Thiếu văn bản")
    bring(appraising, form(row(ONE, most(ONE), most(ONE), 0, note="a"), lower), "--commit")
    assert facts(url, "round1") == {
        ONE.code: (ONE.max_points, None, None, None),
        TWO.code: (0, None, None, "Thiếu văn bản"),
    }


def test_fewer_points_without_a_word_are_refused_by_row(appraising, form, url):
    path = form(row(ONE, most(ONE), most(ONE)), row(TWO, most(TWO), 0))
    refused = bring(appraising, path, "--commit", code=1)
    assert "dòng 3, cột “Thẩm định”" in refused.out
    assert facts(url, "round1") == {}


def test_after_the_first_round_there_is_no_place_for_it(appraising, form):
    appraising("cycle", "advance", "--accept-rest", "--today", DAY, "--who", "C")
    refused = bring(appraising, form(row(ONE, most(ONE), most(ONE))), code=1)
    assert "thẩm định lần 1" in refused.out


def test_what_only_such_a_form_needs_is_not_taken_for_our_own(office, tmp_path):
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(b"PK")
    assert "--mapping" in office("form", "import", path, "--unit", UNIT, code=2).err
