"""What the conformance suite reads out of quoted words, names and calls."""

import datetime as dt
import time
from fractions import Fraction

import pytest

from dti_core.conformance.clock import watched
from dti_core.conformance.families.boundaries import WORDS
from dti_core.conformance.families.calendar import SIDES
from dti_core.conformance.families.identity import _made_of, _plain
from dti_core.conformance.quoting import days, last_word, numbers

NUMBERS = {
    "leading-zero": ("gồm 07 chỉ số chính; 62 chỉ số", [7, 62]),
    "thousands": ("thang điểm 1.000", [1000]),
    "decimal-comma": ("trên 33,3%", [Fraction(333, 10)]),
    "decimal-point": ("trên 33.35%", [Fraction(3335, 100)]),
    "end-of-sentence": ("tối đa 500.", [500]),
    "dates-are-none": ("trước 30/11/2024", []),
    "codes-are-none": ("theo A1 và 1082/QĐ-UBND", []),
}


@pytest.mark.parametrize(("quote", "found"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_read_as_decisions_write_them(quote, found):
    assert [each.number for each in numbers(quote)] == found


DAYS = {
    "figures": ("Trước 30/11 của năm đánh giá", [(30, 11, 0)]),
    "with-a-year": ("Trước ngày 02/02/2024.", [(2, 2, 2024)]),
    "in-words": ("từ ngày 1 tháng 6", [(1, 6, None)]),
    "month-alone": ("Trong tháng 3 năm 2024", [(None, 3, 2024)]),
    "month-and-year": ("Trước tháng 02/2024", [(None, 2, 2024)]),
    "day-alone": ("trước ngày 15 của tháng cuối quý", [(15, None, None)]),
    "two": ("Từ 01/11 năm trước đến 15/11 hằng năm", [(1, 11, -1), (15, 11, None)]),
    "the-year-after": ("đến ngày 31/3 của năm tiếp theo", [(31, 3, 1)]),
    "the-year-before": ("từ 01/12 năm liền trước năm đánh giá", [(1, 12, -1)]),
    "lengths-are-none": ("báo cáo 3 tháng, 6 tháng và 9 tháng", []),
}


@pytest.mark.parametrize(("quote", "found"), DAYS.values(), ids=DAYS)
def test_days_are_read_as_far_as_they_are_told(quote, found):
    assert [each[:3] for each in days(quote)] == found


BOUNDS = {
    "đạt từ 90% trở lên": "closed",
    "trên 75% đến dưới 90%": "open",
    "lớn hơn hoặc bằng 50": "closed",
    "nhỏ hơn 50": "below",
    "nhỏ hơn hoặc bằng 50": "up to",
    "≥ 80": "closed",
    "loại A: 80": None,
}


@pytest.mark.parametrize(("quote", "side"), BOUNDS.items(), ids=BOUNDS)
def test_the_last_word_before_a_number_bounds_it(quote, side):
    first = next(numbers(quote))
    assert last_word(first.before, WORDS) == side


def test_the_word_before_a_day_tells_whether_it_counts():
    window, end = days("Số liệu tính từ ngày 01/11 năm trước đến ngày 01/11 năm đánh giá")
    assert [last_word(each.before, SIDES) for each in (window, end)] == ["from", "to"]


def test_the_words_that_may_follow_one_another_are_read_from_the_last():
    (day,) = days("Chậm nhất vào ngày 25/11")
    assert last_word(day.before, SIDES) == "to"


ISSUER = "Ủy ban nhân dân huyện Mộ Đức"
NAMES = {"moduc": True, "mođuc": False, "mo": True, "ubndmd": True, "ducmo": False, "hue": False}


@pytest.mark.parametrize(("name", "is_made"), NAMES.items(), ids=NAMES)
def test_a_plugin_is_named_by_beginnings_of_its_issuers_words_in_order(name, is_made):
    assert _made_of(name, _plain(ISSUER).split()) is is_made


CLOCKS = {
    "date.today": dt.date.today,
    "datetime.now": lambda: dt.datetime.now(dt.UTC),
    "time.time": time.time,
    "time.localtime": time.localtime,
    "time.monotonic_ns": time.monotonic_ns,
}


@pytest.mark.parametrize(("name", "look"), CLOCKS.items(), ids=CLOCKS)
def test_every_look_at_a_clock_is_seen(name, look):
    with watched() as seen:
        look()
    assert seen == [name]


def test_arithmetic_with_dates_is_no_look_at_a_clock():
    with watched() as seen:
        dt.date(2024, 2, 29) + dt.timedelta(days=1)
        dt.date.fromisoformat("2024-01-31").strftime("%d/%m")
        time.strptime("2024", "%Y")
    assert seen == []
