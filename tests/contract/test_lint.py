"""``dti lint``: what it finds in real decisions, what it prints, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import dti_hue
from dti_core.loader import load_plugin

HUE = ("lint", "--plugin", "hue")
POINTS = ("so", "DTI103", "so-max-points")
COUNT = ("so", "DTI102", "so-indicators")


def _levels(ran) -> dict[str, list[dict]]:
    return {each["level"]: each["findings"] for each in json.loads(ran.out)["levels"]}


def _weighty(ran) -> set[tuple[str, str, str | None]]:
    """Return level, code and acknowledgement of every finding that is no note."""
    return {
        (level, each["code"], each["acknowledged"])
        for level, findings in _levels(ran).items()
        for each in findings
        if each["severity"] != "note"
    }


@pytest.fixture
def copied(tmp_path):
    """Install a copy of Huế's plugin as ``copy``, its decision with some words replaced."""

    def call(*replaced: tuple[str, str], file: str = "decision.toml", code: str = "") -> Path:
        package = tmp_path / "dti_copy"
        shutil.copytree(Path(dti_hue.__file__).parent, package)
        law = package / "data" / file
        text = law.read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        law.write_text(text, encoding="utf-8")
        with (package / "__init__.py").open("a", encoding="utf-8") as module:
            module.write(code)
        info = tmp_path / "dti_copy-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dti-copy\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[dti.plugins]\ncopy = dti_copy\n")
        return tmp_path

    return call


@pytest.fixture
def lint_copy(copied, process):
    """Lint such a copy in a process of its own, as JSON."""

    def call(*replaced: tuple[str, str], options: tuple[str, ...] = (), **how: str):
        path = str(copied(*replaced, **how))
        arguments = ("lint", "--plugin", "copy", "--format", "json", *options)
        return process(*arguments, PYTHONPATH=path)

    return call


def _without(law: str, *ids: str) -> tuple[tuple[str, str], ...]:
    """Return the replacements that take discrepancies out of a decision."""
    blocks = [f"[[discrepancies]]{each}" for each in law.split("[[discrepancies]]")[1:]]
    return tuple(
        (block.partition("\n# ")[0], "")
        for block in blocks
        if any(f'id = "{each}"\n' in block for each in ids)
    )


LAW = (dti_hue.DATA / "decision.toml").read_text(encoding="utf-8")


def test_the_decision_of_hue_is_settled(dti):
    ran = dti(*HUE, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    days = {(level, "DTI302", "window-days") for level in ("so", "huyen")}
    assert _weighty(ran) == {POINTS, COUNT, *days}


def test_it_finds_the_figures_without_being_told(lint_copy):
    """401 is not 391, and 35 is not 34, where no discrepancy says so."""
    ran = lint_copy(*_without(LAW, "so-indicators", "so-max-points"))
    assert ran.code == 1, ran.err
    told = {each["code"]: each for each in _levels(ran)["so"]}
    assert set(told) == {"DTI102", "DTI103"}
    assert all(word in told["DTI103"]["message"] for word in ("391", "401"))
    assert all(word in told["DTI102"]["message"] for word in ("34", "35"))
    assert all(each["acknowledged"] is None and each["settle"] for each in told.values())
    assert ran.err.splitlines() == ["2 phát hiện chưa được ghi nhận."]


def test_what_is_refused_is_told_to_an_official_too(copied, process):
    path = str(copied(*_without(LAW, "so-indicators", "so-max-points")))
    ran = process("lint", "--plugin", "copy", PYTHONPATH=path)
    text = " ".join(ran.out.decode().split())
    assert text.startswith("Plugin copy: dữ liệu không dựng được bộ chỉ số (so) DTI102 lỗi: ")
    assert "Quyết định ghi 391, cộng được 401." in text
    assert (ran.code, "Lỗi: 2, cảnh báo: 0 (đã ghi nhận 0)" in text) == (1, True)


def test_a_level_without_a_clause_is_a_finding(lint_copy):
    [cited] = re.findall("citation = .*với 53 chỉ số.*", LAW)
    ran = lint_copy((cited, ""))
    assert ran.code == 1, ran.err
    [finding] = _levels(ran)[None]
    assert (finding["code"], finding["subject"]) == ("DTI703", "citation")


def test_one_figure_that_is_told_does_not_hide_the_other(lint_copy):
    ran = lint_copy(*_without(LAW, "so-max-points"))
    assert ran.code == 1
    assert [each["code"] for each in _levels(ran)["so"]] == ["DTI103"]


def test_days_of_no_year_stand_where_nothing_tells_of_them(lint_copy):
    ran = lint_copy(*_without(LAW, "window-days"))
    assert ran.code == 1
    days = {(level, "DTI302", None) for level in ("so", "huyen")}
    assert _weighty(ran) == {POINTS, COUNT, *days}


NUMBERING = {
    "a gap": ([("\nI.10,I,", "\nI.12,I,")], "DTI202", "I.10-I.11"),
    "an order": (
        [("\nI.9,I,", "\nI.?,I,"), ("\nI.10,I,", "\nI.9,I,"), ("\nI.?,I,", "\nI.10,I,")],
        "DTI203",
        "I.9",
    ),
    "a double": ([("\nI.10,I,", "\nI.9,I,")], "DTI201", "I.9"),
    "another's number": ([("\nI.10,I,", "\nIX.10,I,")], "DTI204", "IX.10"),
}


@pytest.mark.parametrize("fault", NUMBERING.values(), ids=NUMBERING)
def test_the_numbering_of_the_annex_is_read(fault, lint_copy):
    replaced, code, subject = fault
    ran = lint_copy(*replaced, file="indicators.csv")
    assert ran.code == 1, ran.err
    told = {
        (each["code"], each["subject"])
        for findings in _levels(ran).values()
        for each in findings
        if each["severity"] != "note" and not each["acknowledged"]
    }
    assert (code, subject) in told


def test_a_level_alone_is_shown_alone(dti):
    ran = dti(*HUE, "--level", "xa", "--format", "json")
    assert (ran.code, list(_levels(ran))) == (0, ["xa"])
    assert {each["severity"] for each in _levels(ran)["xa"]} == {"note"}


def test_a_reading_that_the_authority_chose_is_no_longer_open(dti):
    def open_readings(*options):
        ran = dti(*HUE, "--level", "so", "--format", "json", *options)
        return {each["subject"] for each in _levels(ran)["so"] if each["code"] == "DTI801"}

    assert open_readings() - open_readings("--interpret", "ties=dense") == {"ties"}


def test_the_text_is_for_an_official(dti):
    ran = dti(*HUE, "--level", "so")
    text = " ".join(ran.out.decode().split())
    assert "931/QĐ-UBND · Cấp Sở, ban, ngành (so) · 2024–2030" in text
    figures = "DTI103 lỗi [II.1.a]: Điểm tối đa của cả bộ: Quyết định ghi 391, cộng được 401."
    assert f"{figures} cách giải quyết: Đối chiếu với bản gốc;" in text
    assert "đã ghi nhận: so-max-points" in text
    assert "Lỗi: 2, cảnh báo: 1 (đã ghi nhận 3); ghi chú: 14." in text
    assert not any(line.endswith("  ") for line in ran.out.decode().splitlines())


def test_the_text_in_english(dti):
    text = " ".join(dti(*HUE, "--level", "so", "--lang", "en").out.decode().split())
    assert "DTI103 error [II.1.a]: Maximum points of the whole: 391 declared, 401" in text
    assert "acknowledged: so-max-points" in text


def test_a_clean_level_says_so(dti):
    """Nothing but notes is told as a count of notes."""
    text = dti(*HUE, "--level", "xa").out.decode()
    assert "Lỗi: 0, cảnh báo: 0 (đã ghi nhận 0); ghi chú: " in text


WRONG_USE = {
    "no such plugin": ("lint", "--plugin", "heu"),
    "no such level": (*HUE, "--level", "tinh"),
    "a year outside": (*HUE, "--year", "1999"),
    "no such reading": (*HUE, "--interpret", "tie=dense"),
    "no such format": (*HUE, "--format", "xml"),
    "an annex without its level": (*HUE, "--annex", "a.csv"),
    "an annex of a decision that has one": (*HUE, "--level", "so", "--annex", "a.csv"),
}


@pytest.mark.parametrize("arguments", WRONG_USE.values(), ids=WRONG_USE)
def test_a_wrong_call_is_told_apart_from_a_finding(arguments, dti):
    ran = dti(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err


def test_a_program_that_fails_is_no_finding(lint_copy):
    code = "\n\n@hookimpl\ndef dti_tier(framework):\n    raise RuntimeError('hỏng')\n"
    ran = lint_copy(code=code)
    assert (ran.code, ran.out) == (3, b"")
    assert "hỏng" in ran.err
    assert "Traceback" not in ran.err


def test_tiers_that_leave_a_gap_are_a_finding_of_every_level(lint_copy):
    code = (
        "\n\n@hookimpl\ndef dti_tier(framework):\n    from dti_core.models import Tiers\n"
        "    cited = framework.declared.citation\n"
        "    return Tiers(tiers=[{'name': 'A', 'lower': '50', 'citation': cited}])\n"
    )
    ran = lint_copy(code=code)
    assert ran.code == 1
    assert {(level, "DTI401", None) for level in ("so", "huyen", "xa")} <= _weighty(ran)


ACKNOWLEDGED = {
    "haiduong": {("huyen", "DTI203", "huyen-I.16")},
    "hatinh": {
        (level, *told)
        for level in ("so", "huyen", "xa")
        for told in (("DTI301", "window-start"), ("DTI306", "first-year"))
    },
    "moduc": set(),
    "nghean": {(level, "DTI302", "period-end") for level in ("so", "huyen", "xa")},
}
"""A row out of order; a day of two years, reports due before the decision; the 31st of December."""


@pytest.mark.parametrize("plugin", ACKNOWLEDGED)
def test_every_other_decision_tells_of_what_is_found_in_it(plugin, dti):
    ran = dti("lint", "--plugin", plugin, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert _weighty(ran) == ACKNOWLEDGED[plugin]


def test_another_reading_takes_the_shared_day_away(dti):
    ran = dti(
        "lint", "--plugin", "hatinh", "--interpret", "window-end=excluded", "--format", "json"
    )
    assert ran.code == 0, ran.err
    assert {code for _, code, _ in _weighty(ran)} == {"DTI306"}


MODUC = ("lint", "--plugin", "moduc", "--level", "xa")


def _annex(write, old: str = "", new: str = "") -> Path:
    """Write the illustrative annex of a decision that has none, with one code replaced."""
    outline = next(each for each in load_plugin("moduc").frameworks() if each.level == "xa")
    text = outline.illustrative_annex.read_text(encoding="utf-8")
    assert f"\n{old}" in text
    return write("annex.csv", text.replace(f"\n{old}", f"\n{new}"))


def test_without_an_annex_only_the_outline_is_read(dti):
    ran = dti(*MODUC, "--format", "json")
    assert ran.code == 0, ran.err
    assert "DTI002" in {each["code"] for each in _levels(ran)["xa"]}


def test_an_annex_that_is_brought_is_read_with_the_decision(dti, write):
    whole = dti(*MODUC, "--annex", _annex(write), "--format", "json")
    assert whole.code == 0, whole.err
    assert "DTI002" not in {each["code"] for each in _levels(whole)["xa"]}
    short = dti(*MODUC, "--annex", _annex(write, "1.2,", "1.3,"), "--format", "json")
    assert short.code == 1
    assert _weighty(short) == {("xa", "DTI202", None)}


def test_a_wrong_annex_is_told_by_its_cells(dti, write):
    ran = dti(*MODUC, "--annex", write("annex.csv", "code,name\n"))
    assert (ran.code, ran.out) == (1, b"")
    assert "annex.csv" in ran.err
