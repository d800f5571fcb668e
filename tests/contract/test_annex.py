"""``dti annex``: the form of every decision, and what is told of a file that was filled in."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

import dti_haiduong
import dti_moduc
import dti_nghean
from dti_core.annex import bring
from dti_core.loader import load_plugin
from dti_core.sources import Source

LEVELS = [
    (name, framework.level.value)
    for name in ("haiduong", "hatinh", "hue", "moduc", "nghean")
    for framework in load_plugin(name).frameworks()
]
ANNEXES = [
    ("haiduong", "huyen", dti_haiduong),
    ("moduc", "huyen", dti_moduc),
    ("moduc", "xa", dti_moduc),
    *(("nghean", level, dti_nghean) for level in ("so", "huyen", "xa")),
]


def _illustrative(module, level: str, what: str = "annex-") -> Path:
    return Path(module.__file__).parent / "data" / "illustrative" / f"{what}{level}.csv"


def _leaves(framework) -> list[object]:
    return [
        (leaf.model_dump(exclude={"citation"}), leaf.citation.clause, leaf.rule.kind)
        for _, leaf in framework.leaves
    ]


@pytest.fixture
def template(dti, tmp_path):
    """Write the form of a level into a file."""

    def call(plugin: str, level: str, name: str = "annex.xlsx") -> Path:
        path = tmp_path / name
        ran = dti("annex", "template", "--plugin", plugin, "--level", level, "-o", path)
        assert (ran.code, ran.out) == (0, b""), ran.err
        assert f"Đã ghi {path}." in ran.err
        return path

    return call


@pytest.fixture
def check(dti):
    """Check an annex; nothing is ever written."""

    def call(plugin: str, level: str, path: Path, *options: str):
        before = path.read_bytes()
        ran = dti("annex", "check", "--plugin", plugin, "--level", level, path, *options)
        assert path.read_bytes() == before
        assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []
        return ran

    return call


def _written(tmp_path: Path, rows: list[dict[str, str]]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "phụ lục.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize(("plugin", "level"), LEVELS)
def test_every_level_of_every_decision_has_a_form(template, plugin, level):
    workbook, table = template(plugin, level), template(plugin, level, "annex.CSV")
    assert workbook.read_bytes().startswith(b"PK")
    assert table.read_bytes().startswith(b"\xef\xbb\xbfcode,parent,dimension,name,max_points,rule,")


@pytest.mark.parametrize("name", ["annex.xlsx", "annex.csv"])
def test_the_form_of_a_whole_annex_brings_its_53_indicators_back(template, name):
    [huyen] = [each for each in load_plugin("hue").frameworks() if each.level == "huyen"]
    path = template("hue", "huyen", name)
    brought = bring(huyen, Source(path.name, path))
    assert len(brought.indicators) == 53
    assert _leaves(brought) == _leaves(huyen)


def test_a_level_that_differs_from_its_own_figures_brings_back_the_same_discrepancies(template):
    [so] = [each for each in load_plugin("hue").frameworks() if each.level == "so"]
    path = template("hue", "so")
    assert bring(so, Source(path.name, path)).discrepancies == so.discrepancies


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_that_libreoffice_saved_is_read(template, tmp_path):
    [huyen] = [each for each in load_plugin("hue").frameworks() if each.level == "huyen"]
    path, saved = template("hue", "huyen"), tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", saved, path]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    source = Source(path.name, saved / path.name)
    assert source.content != path.read_bytes()
    assert _leaves(bring(huyen, source)) == _leaves(huyen)


def test_a_form_goes_to_standard_output_as_asked_for(dti):
    given = ("annex", "template", "--plugin", "nghean", "--level", "so")
    assert dti(*given, "--format", "csv").out.startswith(b"\xef\xbb\xbfcode,")
    assert dti(*given).out.startswith(b"PK")


def test_an_unfilled_form_tells_what_to_fill_in(template, check):
    ran = check("nghean", "so", template("nghean", "so"))
    assert (ran.code, ran.out) == (1, b"")
    assert len(ran.faults) == 9
    assert "annex.xlsx, Phụ lục!D2: dòng của chỉ số “1.1” chưa điền" in ran.faults[0]
    assert "phụ lục có tất cả 7 chỉ số; quyết định ghi 40 (Đoạn 2)" in ran.faults[7]
    assert ran.faults[8].startswith("Tổng cộng 8 lỗi")


@pytest.mark.parametrize(
    ("plugin", "level", "module"), ANNEXES, ids=[f"{name}-{level}" for name, level, _ in ANNEXES]
)
def test_an_annex_without_faults_is_summed_up(check, plugin, level, module):
    ran = check(plugin, level, _illustrative(module, level))
    assert ran.code == 0, ran.err
    assert "không có lỗi nào" in ran.out.decode()


def test_counts_and_sums_are_shown_for_each_main_indicator(check):
    shown = check("nghean", "so", _illustrative(dti_nghean, "so")).out.decode()
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines()]
    assert ["6", "Hoạt động chính quyền số", "10", "350"] in rows
    assert ["", "Cộng", "40", "1000"] in rows
    english = check("nghean", "so", _illustrative(dti_nghean, "so"), "--lang", "en").out.decode()
    assert "no faults in the annex" in english


def test_a_difference_is_told_beside_the_sums(check, tmp_path):
    rows = _rows(_illustrative(dti_nghean, "so"))
    rows[0]["max_points"] = "16"
    path = _written(tmp_path, rows)
    wrong = check("nghean", "so", path)
    assert wrong.code == 1
    assert "phụ lục.csv, dòng 1, cột “max_points”: điểm tối đa trong phụ lục" in wrong.faults[0]
    difference = {"code": "max_points", "rule": "difference", "name": "Văn bản đính chính minh hoạ"}
    ran = check(
        "nghean", "so", _written(tmp_path, [*rows, dict.fromkeys(rows[0], "") | difference])
    )
    assert ran.code == 0
    assert "1001 (quyết định ghi 1000)" in ran.out.decode()
    assert "Quyết định tự mâu thuẫn [annex-max_points, Đoạn 2]" in ran.err


def test_a_bonus_is_taken_in_under_the_reading_that_allows_it(check, tmp_path):
    rows = _rows(_illustrative(dti_moduc, "xa"))
    empty = dict.fromkeys(rows[0], "")
    block = {"code": "K", "name": "Khuyến khích (minh hoạ)", "max_points": "5", "rule": "bonus"}
    part = {"code": "K.1", "dimension": "K", "name": "Sáng kiến (minh hoạ)", "max_points": "5"}
    part |= {"rule": "awarded"}
    path = _written(tmp_path, [*rows, empty | block, empty | part])
    wrong = check("moduc", "xa", path)
    assert (wrong.code, len(wrong.faults)) == (1, 1)
    assert "hãy thêm --interpret bonus=on" in wrong.faults[0]
    assert check("moduc", "xa", path, "--interpret", "bonus=on").code == 0


def test_a_checked_annex_gives_the_result_of_the_illustrative_one(dti, tmp_path):
    given = ("evaluate", "--plugin", "nghean", "--level", "so", "--format", "json")
    facts, annex = _illustrative(dti_nghean, "so", ""), _illustrative(dti_nghean, "so")
    brought = dti(*given, "--input", facts, "--annex", annex)
    assert brought.units == dti(*given).units


def test_a_decision_with_its_annex_takes_no_other(template, check):
    ran = check("hue", "huyen", template("hue", "huyen"))
    assert (ran.code, ran.out) == (2, b"")
    assert ran.faults == ["plugin “hue” đã có đủ phụ lục của quyết định; không dùng --annex."]


def test_an_annex_that_is_not_there(dti, tmp_path):
    ran = dti("annex", "check", "--plugin", "nghean", tmp_path / "không có.xlsx")
    assert (ran.code, ran.out) == (1, b"")
    assert "không có tệp này" in ran.err


@pytest.mark.parametrize("given", [(), ("tempalte",), ("check", "--plugin", "nghean")], ids=len)
def test_a_command_that_is_not_whole(dti, given):
    ran = dti("annex", *given)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("Lỗi cách gọi lệnh: ")


@pytest.mark.parametrize("command", ["template", "check"])
@pytest.mark.parametrize(("language", "word"), [("vi", "quyết định"), ("en", "decision")])
def test_help_is_in_both_languages(process, command, language, word):
    ran = process("annex", command, "--help", "--lang", language)
    assert ran.code == 0
    assert word in ran.out.decode()
