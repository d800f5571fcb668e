"""``dti annex import``: the folder of a plugin, and a table that grows level by level."""

from __future__ import annotations

import csv

import pytest
from imports import take

from dti_core.annex.importing import Wish, find_folder, merge, read_annex
from dti_core.annex.importing.suggesting import in_vietnamese
from dti_core.errors import UsageError
from dti_core.messages import use_language
from dti_core.sources import Source

DECISION = """\
[decision]
number = "01/QĐ-MH"
clauses = [{ id = "Điều 1" }, { id = "Phụ lục I" }]

[[levels]]
level = "huyen"

[[levels]]
level = "xa"

[[dimensions]]
code = "1"
name = "ĐIỀN: tên chỉ số chính"
clause = "Phụ lục I"
"""
HEADING = (
    "code,parent,dimension,name,action,condition,evidence,max_points,huyen,xa,rule,parameters,"
    "clause,note\n"
)
EXAMPLE = '1.1,,1,Mẫu,,,,10,x,,yes_no,,Phụ lục I.1,"ĐIỀN: đây là một dòng ví dụ."\n'
DONE = "I.1,,I,A,,,,1,x,,yes_no,,Phụ lục I.I.1,Đã xong\n"
ANNEX = "TT,Chỉ số,Điểm tối đa\nI,Nhận thức số,\n1,A,1\n2,B,2\n"


@pytest.fixture
def plugin(tmp_path):
    """Make a plugin's folder with the example row of the template."""
    data = tmp_path / "dti_mh" / "data"
    data.mkdir(parents=True)
    (data / "decision.toml").write_text(DECISION, encoding="utf-8")
    (data / "indicators.csv").write_text(HEADING + EXAMPLE, encoding="utf-8")
    return tmp_path


def put(plugin, text=ANNEX, *, force=False, **wish):
    """Take an annex in, as the command does."""
    folder = find_folder(plugin)
    imported = read_annex(Source("a.csv", data=text.encode()), folder.target, Wish(**wish))
    entries, apart = merge(folder, imported.entries, imported.levels, force=force)
    folder.indicators.write_bytes(folder.as_csv(entries))
    return [str(each) for each in apart]


def table(plugin, *columns):
    path = plugin / "dti_mh" / "data" / "indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row[name] for name in columns) for row in csv.DictReader(file)]


def test_the_example_rows_of_the_template_give_way(plugin):
    put(plugin, level="huyen")
    marked = [("I.1", "A", "x", ""), ("I.2", "B", "x", "")]
    assert table(plugin, "code", "name", "huyen", "xa") == marked


def test_the_heading_is_that_of_the_template(plugin):
    put(plugin, level="huyen")
    path = plugin / "dti_mh" / "data" / "indicators.csv"
    assert path.read_bytes().decode().split("\n")[0] + "\n" == HEADING


def test_a_plugin_without_a_table_gets_one(plugin):
    (plugin / "dti_mh" / "data" / "indicators.csv").unlink()
    put(plugin, level="xa")
    assert table(plugin, "code") == [("I.1",), ("I.2",)]


def test_a_decision_that_names_its_main_indicators_wants_none(plugin):
    path = plugin / "dti_mh" / "data" / "decision.toml"
    named = DECISION.replace('"1"', '"I"').replace("ĐIỀN: tên chỉ số chính", "Nhận thức số")
    path.write_text(named, encoding="utf-8")
    folder = find_folder(plugin)
    imported = read_annex(Source("a.csv", data=ANNEX.encode()), folder.target, Wish("xa"))
    assert (folder.missing_dimensions(imported), folder.missing_clauses(imported)) == ("", "")
    assert folder.placeholder is None


def test_levels_come_one_after_the_other(plugin):
    """Rows with the same code and name are one row with marks; new ones find their place."""
    put(plugin, level="huyen")
    more = ANNEX.replace("2,B,2\n", "2,B,2\n3,C,3\n").replace("1,A,1\n", "")
    assert put(plugin, more, level="xa") == []
    marked = [("I.1", "x", ""), ("I.2", "x", "x"), ("I.3", "", "x")]
    assert table(plugin, "code", "huyen", "xa") == marked


def test_a_row_that_differs_stands_apart_and_is_told(plugin):
    put(plugin, level="huyen")
    [line] = put(plugin, ANNEX.replace("1,A,1", "1,A,5"), level="xa")
    assert line.endswith(
        "indicators.csv: I.1 đứng thành hai dòng cho các cấp khác nhau vì khác ở cột max_points."
    )
    expected = [("I.1", "5", "", "x"), ("I.1", "1", "x", ""), ("I.2", "2", "x", "x")]
    assert table(plugin, "code", "max_points", "huyen", "xa") == expected


def test_what_a_person_has_filled_in_stays(plugin):
    path = plugin / "dti_mh" / "data" / "indicators.csv"
    path.write_text(HEADING + DONE, encoding="utf-8")
    put(plugin, level="xa")
    expected = [("I.1", "yes_no", "Đã xong", "x", "x"), ("I.2", "awarded", "", "", "x")]
    found = table(plugin, "code", "rule", "note", "huyen", "xa")
    assert [found[0], (*found[1][:2], "", *found[1][3:])] == expected


def test_a_level_that_the_table_has_is_replaced_only_by_force(plugin):
    put(plugin, level="huyen")
    put(plugin, level="xa")
    before = table(plugin, "code", "huyen", "xa")
    with pytest.raises(UsageError, match="đã có 2 dòng, trong đó có dòng của cấp xa"):
        put(plugin, ANNEX.replace("2,B", "9,D"), level="xa")
    assert table(plugin, "code", "huyen", "xa") == before
    put(plugin, ANNEX.replace("2,B", "9,D"), level="xa", force=True)
    forced = [("I.1", "x", "x"), ("I.9", "", "x"), ("I.2", "x", "")]
    assert table(plugin, "code", "huyen", "xa") == forced


def test_columns_that_a_table_needs_are_added(plugin):
    with_appraiser = ANNEX.replace("tối đa", "tối đa,Đơn vị thẩm định").replace("A,1", "A,1,Sở Y")
    put(plugin, with_appraiser, level="xa")
    assert table(plugin, "appraiser") == [("Sở Y",), ("",)]


def test_a_folder_of_an_older_layout_and_the_folder_of_the_data_itself(plugin):
    data = plugin / "dti_mh" / "data"
    assert find_folder(data.parent).path == find_folder(data).path == data
    older = data / "2024"
    older.mkdir()
    (data / "decision.toml").rename(older / "decision.toml")
    assert find_folder(plugin).path == older


def test_a_folder_without_a_decision_or_with_two(plugin, tmp_path):
    with pytest.raises(UsageError, match=r"không có data/decision\.toml"):
        find_folder(tmp_path / "nowhere")
    second = plugin / "dti_hai" / "data"
    second.mkdir(parents=True)
    (second / "decision.toml").write_text(DECISION, encoding="utf-8")
    with pytest.raises(UsageError, match="Hãy chỉ một trong các thư mục"):
        find_folder(plugin)


BROKEN = {
    "no TOML": ("decision.toml", b"[decision\n"),
    "no UTF-8": ("decision.toml", "[decision]\n# quyết".encode("utf-16")),
    "no levels": ("decision.toml", b"[decision]\nclauses = []\n"),
    "cells": ("indicators.csv", b"code,name,note\n1\n"),
    "columns": ("indicators.csv", "mã,tên\n1,2\n".encode()),
}


@pytest.mark.parametrize(("file", "content"), BROKEN.values(), ids=BROKEN)
def test_data_that_cannot_be_read_are_named(plugin, file, content):
    (plugin / "dti_mh" / "data" / file).write_bytes(content)
    with pytest.raises(UsageError, match=f"{file}: không đọc được"):
        put(plugin, level="xa")


def test_what_the_decision_still_wants_can_be_pasted(plugin):
    folder = find_folder(plugin)
    text = "PHỤ LỤC 2\n" + ANNEX + 'II,"Chính quyền ""số""",\n1,C,1\n'
    imported = read_annex(Source("a.csv", data=text.encode()), folder.target, Wish("xa"))
    assert folder.missing_dimensions(imported) == (
        '[[dimensions]]\ncode = "I"\nname = "Nhận thức số"\nclause = "Phụ lục 2"\n\n'
        '[[dimensions]]\ncode = "II"\nname = "Chính quyền \\"số\\""\nclause = "Phụ lục 2"\n'
    )
    assert folder.missing_clauses(imported) == (
        '    { id = "Phụ lục 2", title = "ĐIỀN: tên của phần này" },'
    )
    assert folder.placeholder == 13


@pytest.mark.parametrize(
    ("title", "clause", "main"),
    [
        ("", "Phụ lục I.I.1", "Phụ lục I"),
        ("PHỤ LỤC", "Phụ lục I.1", "Phụ lục I"),
        ("Phụ lục số 02", "Phụ lục 02.I.1", "Phụ lục 02"),
        ("PHỤ LỤC III: BỘ CHỈ SỐ", "Phụ lục III.I.1", "Phụ lục III"),
    ],
)
def test_the_clause_is_the_annex_that_the_titles_name(title, clause, main):
    imported = take((f"{title}\n" + ANNEX).encode())
    assert (imported.entries[0]["clause"], imported.mains[0].clause) == (clause, main)


def test_a_clause_that_is_given():
    imported = take(("PHỤ LỤC II\n" + ANNEX).encode(), clause="Điều 3")
    assert imported.entries[0]["clause"] == "Điều 3.I.1"


def test_the_table_is_the_same_whatever_language_messages_are_in():
    text = ANNEX + 'a),Sớm,2\nb),Muộn,"0,5"\n3,C,mười\n'
    vietnamese = take(text.encode()).entries
    use_language("en")
    assert take(text.encode()).entries == vietnamese
    assert in_vietnamese("annex.import-note-level") == "cấp áp dụng"
