"""Level, year and language: what is assumed is told, what is wrong is refused."""

from __future__ import annotations

import io
from importlib.resources import files

import polars as pl
import pytest

EVALUATE = ("evaluate", "--plugin", "hue")
DEFAULTS = [
    "Không nêu --level: dùng cấp so (Cấp Sở, ban, ngành).",
    "Không nêu --year: dùng năm 2024.",
]
SO_NOTES = (
    "[so-indicators, II.1.a]. Quyết định ghi: 34 chỉ số thành phần (II.1.a). Thực tế: 35 chỉ số",
    "[so-max-points, II.3.b]. Quyết định ghi: 391 điểm (II.1.a, II.3.b). Thực tế: 401 điểm",
)
SO_USES = ("Chương trình dùng: 35 chỉ số", "Chương trình dùng: Tổng điểm tối đa các chỉ số áp dụng")
YES = {"indicator": "I.1", "value": "x"}


def test_defaults_are_told_on_stderr(dti):
    ran = dti(*EVALUATE, "--format", "json")
    assert ran.err.splitlines()[:2] == DEFAULTS
    assert (ran.result["level"], ran.result["year"]) == ("so", "2024")


def test_what_was_named_is_not_told_again(evaluate):
    assert "Không nêu" not in evaluate().err


@pytest.mark.parametrize("year", [2024, 2027, 2030])
def test_every_year_of_the_decision_is_evaluated(year, dti):
    ran = dti(*EVALUATE, "--level", "huyen", "--year", year, "--format", "json")
    assert ran.result["year"] == str(year)


@pytest.mark.parametrize("year", [2023, 2031, 0, -1])
@pytest.mark.parametrize("command", ["evaluate", "frameworks", "interpretations", "calendar"])
def test_another_year_is_refused_with_the_interval(command, year, dti):
    ran = dti(command, "--plugin", "hue", f"--year={year}")
    assert (ran.code, ran.out) == (2, b"")
    assert f"năm {year}" in ran.faults[-1]
    assert "931/QĐ-UBND: 2024–2030" in ran.faults[-1]


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_figures_of_the_departments_differ_and_every_run_says_so(form, facts, evaluate):
    for inputs in ((), ("--input", facts(YES))):
        ran = evaluate("--format", form, *inputs, level="so")
        assert ran.code == 0
        told = [line for line in ran.err.splitlines() if line.startswith("Quyết định tự mâu thuẫn")]
        for note, used, line in zip(SO_NOTES, SO_USES, told, strict=True):
            assert note in line
            assert used in line
        assert not any(note.encode() in ran.out for note in SO_NOTES)


@pytest.mark.parametrize("level", ["huyen", "xa"])
def test_the_figures_of_the_other_levels_agree(level, evaluate):
    assert "so-indicators" not in evaluate(level=level).err


def test_illustrative_data_are_told_and_own_data_are_not(facts, evaluate):
    assert "LƯU Ý: đây là số liệu minh hoạ" in evaluate().err
    assert "minh hoạ" not in evaluate("--input", facts(YES)).err


def test_missing_facts_are_counted_on_stderr(facts, evaluate):
    assert "Thiếu 52 số liệu ở 1 đơn vị" in evaluate("--input", facts(YES)).err


WRONG = {
    "no-command": (("evaluat",), "evaluat"),
    "no-plugin": (("evaluate",), "thiếu tuỳ chọn bắt buộc --plugin"),
    "plugin-misspelt": (("evaluate", "--plugin", "huee"), "Có phải “hue”?"),
    "plugin-unknown": (("evaluate", "--plugin", "xyz"), "chưa cài plugin “xyz”. Đã cài: "),
    "level": ((*EVALUATE, "--level", "tinh"), "Các cấp: so, huyen, xa."),
    "option-misspelt": ((*EVALUATE, "--yeer", "2024"), "--year"),
    "format": ((*EVALUATE, "--format", "pdf"), "table|json|csv|parquet|xlsx"),
    "calendar-format": (("calendar", "--plugin", "hue", "--format", "csv"), "table|json|ics"),
    "lang": ((*EVALUATE, "--lang", "fr"), "vi|en"),
    "year-text": ((*EVALUATE, "--year", "abc"), "của --year không hợp lệ. Hãy dùng: --year NĂM."),
    "annex": ((*EVALUATE, "--annex", "annex.xlsx"), "đã có đủ phụ lục"),
    "interpret-form": ((*EVALUATE, "--interpret", "ties"), "dạng MÃ=PHƯƠNG-ÁN"),
    "interpret-misspelt": ((*EVALUATE, "--interpret", "tie=dense"), "Có: ties."),
    "interpret-unknown": ((*EVALUATE, "--interpret", "annex=none"), "ranking-basis"),
    "interpret-option": ((*EVALUATE, "--interpret", "ties=x"), "Có: competition, dense."),
    "unit": (("explain", "--plugin", "hue", "--unit", "SO-1"), "Có phải: SO-"),
    "indicator": (
        ("explain", "--plugin", "hue", "--unit", "SO-01", "--indicator", "I.44"),
        "Có phải: I.4",
    ),
}


@pytest.mark.parametrize(("arguments", "right"), WRONG.values(), ids=WRONG)
def test_wrong_usage_says_what_would_be_right(arguments, right, dti):
    ran = dti(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert right in ran.faults[-1]
    assert "Traceback" not in ran.err


def test_the_annex_is_refused_and_nothing_written(tmp_path, refused):
    [fault] = refused("--annex", tmp_path / "annex.xlsx", code=2)
    assert "phụ lục" in fault


def test_english_where_asked_for(dti, facts):
    bad = facts({"indicator": "I.2", "value": "two"})
    ran = dti(*EVALUATE, "--lang", "en", "--input", bad)
    assert "No --level given: using so" in ran.err
    assert f"{bad}, row 2, column “value”: “two” is no valid number. Write a number" in ran.err
    table = dti("--lang=en", *EVALUATE, "--level", "huyen").out.decode()
    assert "Result by 931/QĐ-UBND" in table
    assert "Maximum" in table


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
def test_what_programs_read_is_the_same_in_both_languages(form, evaluate):
    assert evaluate("--format", form).out == evaluate("--format", form, "--lang", "en").out


def test_row_order_never_matters(dti, tmp_path):
    """A tidy table read backwards gives the same units."""
    csv = dti(*EVALUATE, "--level", "xa", "--format", "csv").out
    backwards = tmp_path / "b.csv"
    _communes().reverse().write_csv(backwards)
    ran = dti(*EVALUATE, "--level", "xa", "--format", "csv", "--input", backwards)
    assert pl.read_csv(io.BytesIO(ran.out)).equals(pl.read_csv(io.BytesIO(csv)))


def _communes() -> pl.DataFrame:
    """Read the illustrative communes as the plugin ships them."""
    content = (files("dti_hue") / "data" / "illustrative" / "xa.csv").read_bytes()
    return pl.read_csv(content, infer_schema=False)
