"""All faults at once: of every file, the first hundred of them, and how many there are."""

from __future__ import annotations

import pytest

HEADING = "unit,indicator,value,denominator,points,status,reason\n"
# One fault a row, of kinds that are found one after the other: the rows' order must win.
KINDS = ("I.2,một,,,,", "I.2,,,,,", "I.99,1,,,,", "VI.5,,,11,,", "I.9,2,1,,,")
TOTAL = "Tổng cộng 250 lỗi, đã nêu 100. Chưa ghi kết quả nào."


def test_the_first_hundred_of_250_faults_are_told_in_the_order_of_the_rows(write, refused):
    rows = (f"U{n:03d},{KINDS[n % len(KINDS)]}\n" for n in range(250))
    path = write("a.csv", HEADING + "".join(rows))
    *told, total = refused("--input", path)
    assert total == TOTAL
    assert [fault.split(", ")[1] for fault in told] == [f"dòng {row}" for row in range(2, 102)]
    assert all(fault.startswith(f"{path}, ") for fault in told)


@pytest.mark.parametrize(
    ("name", "heading", "row"),
    [
        ("a.csv", HEADING, "A,I.2,1,,,,,thừa\n"),
        ("a.jsonl", '{"unit":"A","indicator":"I.2","value":1}\n', '{"unit":\n'),
        ("columns.csv", ",".join(f"c{n}" for n in range(248)) + "\n", ""),
    ],
    ids=["too-many-cells", "broken-json-lines", "unknown-columns"],
)
def test_faults_of_reading_are_counted_too(name, heading, row, write, refused):
    path = write(name, heading + row * 250)
    *told, total = refused("--input", path)
    assert total == TOTAL
    assert len(told) == 100


def test_the_faults_of_several_files_come_together(facts, refused):
    first = facts({"indicator": "I.2", "value": "một"}, name="1.csv")
    second = facts({"indicator": "I.2x", "value": "1"}, {"indicator": "I.4"}, name="2.csv")
    faults = refused("--input", first, "--input", second)
    assert [fault.split("”")[0] for fault in faults[:3]] == [
        f"{first}, dòng 2, cột “value",
        f"{second}, dòng 2, cột “indicator",
        f"{second}, dòng 3, cột “value",
    ]
    assert faults[3:] == ["Tổng cộng 3 lỗi, đã nêu 3. Chưa ghi kết quả nào."]


def test_a_fact_in_two_files_names_both_places(facts, refused):
    first = facts({"indicator": "I.2", "value": "1"}, name="1.csv")
    second = facts({"indicator": "I.4", "value": "1"}, {"indicator": "I.2", "value": "2"})
    [fault] = refused("--input", first, "--input", second)
    assert fault.startswith(f"{second}, dòng 3, cột “indicator”: ")
    assert f"({first}: 2)" in fault


def test_one_fault_needs_no_count(facts, refused):
    assert len(refused("--input", facts({"indicator": "I.2"}))) == 1


def test_missing_facts_are_faults_where_the_reading_refuses_them(facts, refused):
    path = facts(
        {"indicator": "I.2", "value": "1"}, {"unit": "B", "indicator": "I.2", "points": "9"}
    )
    *told, total = refused("--input", path, "--interpret", "missing=refuse")
    assert total == "Tổng cộng 104 lỗi, đã nêu 100. Chưa ghi kết quả nào."
    assert told[0] == (
        "đơn vị “A” thiếu chỉ số I.1, và cách hiểu đang áp dụng từ chối khi thiếu số liệu."
    )
