"""Every fault of a row: refused with file, row, column, what is wrong and what would be right."""

from __future__ import annotations

import pytest

SAYS_NOTHING = {"indicator": "I.2"}
VALUE = {"indicator": "I.2", "value": "1"}
NUMBER = "Hãy ghi một số, nhiều nhất bốn chữ số thập phân"
NO_COMMA = "Hãy ghi dấu chấm (12.5), hoặc phân cách các cột của tệp CSV bằng dấu chấm phẩy"
DAY = "Hãy ghi 2024-01-31 hoặc 31/01/2024"
YES_NO = "Hãy ghi 1 hoặc 0, true hoặc false, có hoặc không, x"
ONE_OF = "nhiều hơn một trong value, points, status=na"

# What the row holds, the column blamed, what is wrong, what would be right.
FAULTS = {
    "no-unit": ({"unit": " ", **VALUE}, "unit", "thiếu", "mã đơn vị"),
    "no-indicator": ({"value": "1"}, "indicator", "thiếu", "mã chỉ số"),
    "unknown-indicator": (
        {"indicator": "I.22", "value": "1"},
        "indicator",
        "không có chỉ số “I.22”",
        "I.2",
    ),
    "status": (
        {**SAYS_NOTHING, "status": "khong"},
        "status",
        "“khong”",
        "dùng một trong: na",
    ),
    "nothing": (SAYS_NOTHING, "value", "dòng không có số liệu", "status=na kèm reason"),
    "denominator-only": (
        {"indicator": "I.9", "denominator": "4"},
        "denominator",
        "denominator chỉ đi với value",
        "value",
    ),
    "value-and-points": ({**VALUE, "points": "1"}, "value", ONE_OF, "chỉ giữ một"),
    "value-and-na": ({**VALUE, "status": "na", "reason": "vb"}, "value", ONE_OF, "chỉ giữ một"),
    "points-and-na": (
        {"indicator": "I.2", "points": "1", "status": "na", "reason": "vb"},
        "value",
        ONE_OF,
        "chỉ giữ một",
    ),
    "na-without-reason": (
        {**SAYS_NOTHING, "status": "na"},
        "reason",
        "status=na phải có reason",
        "văn bản",
    ),
    "reason-without-na": ({**VALUE, "reason": "vb"}, "reason", "chỉ đi với status", "bỏ reason"),
    "points-with-denominator": (
        {"indicator": "I.9", "points": "1", "denominator": "4"},
        "denominator",
        "denominator chỉ đi với value",
        "value",
    ),
    "na-with-denominator": (
        {"indicator": "I.9", "status": "na", "reason": "vb", "denominator": "4"},
        "denominator",
        "denominator chỉ đi với value",
        "value",
    ),
    "value-where-points-are-awarded": (
        {"indicator": "VI.5", "value": "7"},
        "value",
        "do người thẩm định chấm",
        "ghi “7” vào cột points",
    ),
    **{
        f"denominator-of-a-{kind}": (
            {"indicator": code, "value": value, "denominator": "4"},
            "denominator",
            "không phải tỷ lệ",
            "Hãy để trống",
        )
        for kind, code, value in (
            ("count", "I.4", "6"),
            ("step", "I.2", "1"),
            ("yes-no", "I.1", "có"),
            ("date", "II.1", "31/01/2024"),
        )
    },
    **{
        f"count-{value}": ({"indicator": "I.4", "value": value}, "value", f"“{value}”", NUMBER)
        for value in (
            *("mười", "12.34567", "1,234.5", "1e3", "NaN", "inf", "1 000", "5%", "--1", ".5", "5."),
            *("1.2.3", "0x10", "１２", "١٢"),
        )
    },
    **{
        f"share-{value}": ({"indicator": "I.9", "value": value}, "value", f"“{value}”", NUMBER)
        for value in ("nửa", "0.12345", "50%", "1/2")
    },
    **{
        f"yes-no-{value}": ({"indicator": "I.1", "value": value}, "value", f"“{value}”", YES_NO)
        for value in ("có thể", "2", "-1", "yn", "1.5")
    },
    **{
        f"date-{value.replace('/', '-')}-{number}": (
            {"indicator": "II.1", "value": value},
            "value",
            f"“{value}”",
            DAY,
        )
        for number, value in enumerate(
            (
                *("30/02/2024", "2024-02-30", "01/31/2024", "31.01.2024", "2024/01/31", "45322"),
                *("tháng 1", "2024-01", "15/03/24", "24-03-15", "15/03/20244", "2024-01-31T00:00"),
            )
        )
    },
    "denominator-text": (
        {"indicator": "I.9", "value": "1", "denominator": "bốn"},
        "denominator",
        "“bốn”",
        NUMBER,
    ),
    "points-text": ({"indicator": "VI.5", "points": "bảy"}, "points", "“bảy”", NUMBER),
    "points-decimals": ({"indicator": "VI.5", "points": "1.00001"}, "points", "1.00001", NUMBER),
    "decimal-comma-count": ({"indicator": "I.4", "value": "12,5"}, "value", "“12,5”", NO_COMMA),
    "decimal-comma-share": ({"indicator": "I.9", "value": "0,5"}, "value", "“0,5”", NO_COMMA),
    "decimal-comma-denominator": (
        {"indicator": "I.9", "value": "1", "denominator": "12,5"},
        "denominator",
        "“12,5”",
        NO_COMMA,
    ),
    "decimal-comma-points": ({"indicator": "VI.5", "points": "7,25"}, "points", "“7,25”", NO_COMMA),
    "reported-at": ({**VALUE, "reported_at": "hôm qua"}, "reported_at", "“hôm qua”", DAY),
    "negative-count": ({"indicator": "I.4", "value": "-0.0001"}, "value", "số âm", "không hợp lệ"),
    "negative-share": ({"indicator": "I.9", "value": "-1"}, "value", "số âm", "không hợp lệ"),
    "negative-points": ({"indicator": "VI.5", "points": "-1"}, "points", "số âm", "không hợp lệ"),
    "too-large-14-digits": (
        {"indicator": "I.4", "value": "9" * 14},
        "value",
        "số quá lớn",
        "đơn vị lớn hơn",
    ),
    "too-large-15-digits": (
        {"indicator": "I.4", "value": "9" * 15},
        "value",
        "số quá lớn",
        "đơn vị lớn hơn",
    ),
    "too-large-denominator": (
        {"indicator": "I.9", "value": "1", "denominator": "9" * 14},
        "denominator",
        "số quá lớn",
        "đơn vị lớn hơn",
    ),
    "too-large-points": (
        {"indicator": "VI.5", "points": "9" * 15},
        "points",
        "số quá lớn",
        "đơn vị lớn hơn",
    ),
    "above-maximum": ({"indicator": "VI.5", "points": "10.0001"}, "points", "10.0001", "tối đa 10"),
    "percent-above-100": ({"indicator": "I.9", "value": "100.0001"}, "value", "vượt 100 %", "mẫu"),
    "share-above-one": (
        {"indicator": "I.9", "value": "11", "denominator": "10"},
        "value",
        "tử số 11 lớn hơn mẫu số 10",
        "không thể vượt 1",
    ),
    "share-of-nothing": (
        {"indicator": "I.9", "value": "1", "denominator": "0"},
        "value",
        "tử số 1 lớn hơn mẫu số 0",
        "không thể vượt 1",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_once_with_its_place_and_its_cure(fault, facts, refused):
    row, column, wrong, right = fault
    path = facts(row)
    faults = refused("--input", path)
    place, says = f"{path}, dòng 2, cột “{column}”: ", faults[0]
    assert len(faults) == 1, faults
    assert says.startswith(place)
    message = says.removeprefix(place)
    assert wrong in message
    assert right in message


@pytest.mark.parametrize("day", ["31/12/2022", "01/01/2026", "0024-01-31", "31/01/2204"])
def test_a_date_two_years_off_is_refused(day, facts, refused):
    """A plan may be signed in the year before, or late in the year after."""
    path = facts({"indicator": "II.1", "value": day})
    [fault] = refused("--input", path)
    place = f"{path}, dòng 2, cột “value”: "
    assert fault.startswith(f"{place}ngày {day} không thuộc năm đánh giá, năm trước hay năm sau.")


def test_a_negative_denominator_is_called_negative(facts, refused):
    path = facts({"indicator": "I.9", "value": "1", "denominator": "-10"})
    assert refused("--input", path) == [f"{path}, dòng 2, cột “denominator”: số âm không hợp lệ."]


@pytest.mark.parametrize("code", ["I.8", "II.3", "VI.7", "IX.6"])
def test_an_indicator_of_another_level_is_unknown_at_this_one(code, facts, refused):
    path = facts({"indicator": code, "value": "1"})
    [fault] = refused("--input", path, level="so")
    assert f"dòng 2, cột “indicator”: cấp này không có chỉ số “{code}”. Có phải: " in fault


def test_a_zero_denominator_is_a_fault_where_the_reading_says_so(facts, refused):
    path = facts({"indicator": "IV.2", "value": "0", "denominator": "0"})
    [fault] = refused("--input", path, "--interpret", "zero-denominator=error")
    place = f"{path}, dòng 2, cột “denominator”: mẫu số bằng 0"
    assert fault.startswith(place)
    assert "status=na kèm reason" in fault


def test_a_second_row_of_a_unit_and_indicator_names_the_first(facts, refused):
    path = facts(VALUE, {"indicator": "I.4", "value": "1"}, {"unit": " A ", **VALUE})
    [fault] = refused("--input", path)
    assert fault.startswith(f"{path}, dòng 4, cột “indicator”: đơn vị “A” đã có chỉ số “I.2”")
    assert f"({path}: 2)" in fault
    assert "giữ lại một dòng" in fault


@pytest.mark.parametrize("column", ["unit_name", "group"])
def test_a_unit_has_one_name_and_one_group(column, facts, refused):
    """The first name given holds; only the rows that differ are told."""
    rows = ({"indicator": code, "value": "1"} for code in ("I.2", "I.4", "I.5", "I.6", "I.9"))
    names = ("", "X", "X", "Y", "")
    path = facts(*(row | {column: name} for row, name in zip(rows, names, strict=True)))
    [fault] = refused("--input", path)
    place = f"{path}, dòng 5, cột “{column}”: "
    assert fault.startswith(f"{place}đơn vị “A” ở đây ghi “Y”, khác với dòng trước.")


def test_a_commune_without_a_district_cannot_be_ranked_within_one(facts, refused):
    path = facts(VALUE, {"unit": "B", **VALUE, "group": "H1"})
    [fault] = refused("--input", path, "--interpret", "commune-scope=group", level="xa")
    assert fault.startswith(f"{path}, dòng 2, cột “group”: ")
    assert "“A” không có nhóm" in fault
