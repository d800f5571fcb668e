"""``dti annex import``: a published annex, in an official's layout, into a new plugin's table."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import xlsxwriter

import dti_hue
from dti_core.lawfiles import read_frameworks

DTI = Path(sys.executable).with_name("dti")
HUE = Path(dti_hue.__file__).parent / "data"
LAW = tomllib.loads((HUE / "decision.toml").read_text(encoding="utf-8"))
with (HUE / "indicators.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))

LEVELS = ("so", "huyen", "xa")
HEAD = ["TT", "Chỉ số", "Thực hiện", "Điều kiện", "Tài liệu kiểm chứng", "Điểm tối đa"]
SAME = ("code", "dimension", "name", "action", "condition", "evidence", "max_points", *LEVELS)


def official() -> list[list[str]]:
    """Lay the annex of Quyết định 931/QĐ-UBND out as it is published: numbers begin anew."""
    cells = [["PHỤ LỤC"], ["BỘ CHỈ SỐ CHUYỂN ĐỔI SỐ"], [], [*HEAD, "Áp dụng"]]
    cells.append([""] * 6 + ["Sở", "Huyện", "Xã"])
    for main in LAW["dimensions"]:
        mine = [row for row in ROWS if row["dimension"] == main["code"]]
        whole = sum(int(row["max_points"]) for row in mine)
        cells.append([main["code"], main["name"], "", "", "", str(whole)])
        cells += [[row["code"].split(".")[1], *(row[each] for each in SAME[2:])] for row in mine]
    return [*cells, ["Tổng cộng", "", "", "", "", "675"], ["", "Ghi chú: x là cấp áp dụng"]]


def as_xlsx(cells: list[list[str]], path: Path) -> Path:
    """Write a workbook as people do: merged titles and headings, numbers as numbers."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Phụ lục"), book.add_format({"bold": True})
        for at in (0, 1):
            sheet.merge_range(at, 0, at, 8, "", bold)
        for place in range(6):
            sheet.merge_range(3, place, 4, place, "", bold)
        sheet.merge_range(3, 6, 3, 8, "", bold)
        for at, row in enumerate(cells):
            for place, cell in enumerate(row):
                if cell.isdecimal():
                    sheet.write_number(at, place, int(cell))
                elif cell:
                    sheet.write_string(at, place, cell)
    return path


def as_csv(cells: list[list[str]], path: Path) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(cells)
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return path


def by_libreoffice(path: Path, kind: str) -> Path:
    folder = path.parent / "saved"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, path]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


@pytest.fixture
def run(tmp_path):
    """Run the command in a folder of its own."""

    def call(*arguments: str | Path):
        return subprocess.run(
            [DTI, *arguments],
            cwd=tmp_path,
            env=os.environ | {"DTI_LANG": "en", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return call


@pytest.fixture
def plugin(run, tmp_path):
    """Make a plugin for a new decision."""
    assert run("new-plugin", "minhhoa", "--year", "2024").returncode == 0
    return tmp_path / "dti-minhhoa"


def table(plugin: Path) -> list[dict[str, str]]:
    with (plugin / "dti_minhhoa/data/indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in SAME) for row in rows]


SOFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
FILES = [
    pytest.param(lambda folder: as_xlsx(official(), folder / "931.xlsx"), id="xlsx"),
    pytest.param(lambda folder: as_csv(official(), folder / "931.csv"), id="csv"),
    pytest.param(
        lambda folder: by_libreoffice(as_xlsx(official(), folder / "931.xlsx"), "xlsx"),
        id="libreoffice-xlsx",
        marks=SOFFICE,
    ),
    pytest.param(
        lambda folder: by_libreoffice(
            as_xlsx(official(), folder / "931.xlsx"),
            "csv:Text - txt - csv (StarCalc):44,34,76",
        ),
        id="libreoffice-csv",
        marks=SOFFICE,
    ),
    pytest.param(
        lambda folder: by_libreoffice(as_xlsx(official(), folder / "931.xlsx"), "ods"),
        id="libreoffice-ods",
        marks=SOFFICE,
    ),
]


@pytest.mark.parametrize("make", FILES)
def test_the_53_indicators_of_hue_come_back(run, plugin, tmp_path, make):
    ran = run("annex", "import", make(tmp_path), "--plugin-dir", plugin)
    assert ran.returncode == 0, ran.stderr
    assert same(table(plugin)) == same(ROWS)
    assert [row["clause"] for row in table(plugin)] == [row["clause"] for row in ROWS]
    assert [row["rule"] for row in table(plugin)] == ["awarded"] * 53
    assert all(row["note"].startswith("ĐIỀN: quy tắc tính điểm") for row in table(plugin))
    told = ran.stderr.splitlines()
    assert len(told) == 3, told
    assert "outside the table, not taken in: “BỘ CHỈ SỐ CHUYỂN ĐỔI SỐ”" in told[0]
    assert "outside the table, not taken in: “Ghi chú: x là cấp áp dụng”" in told[1]
    assert told[2].startswith("Wrote ")
    shown = [[cell.strip() for cell in line.split("│")] for line in ran.stdout.splitlines()]
    assert ["", "", "Total", "53", "675", "35 · 401", "53 · 675", "50 · 645", ""] in shown


def paste(plugin: Path, shown: str) -> None:
    """Do to decision.toml what the command says."""
    path = plugin / "dti_minhhoa/data/decision.toml"
    text = path.read_text(encoding="utf-8")
    dimensions = re.search(
        r"^\[\[dimensions\]\].*?(?=^Add to clauses)", shown, re.MULTILINE | re.DOTALL
    )[0]
    clauses = "".join(re.findall(r"^    \{ id = .*\n", shown, re.MULTILINE))
    text = re.sub(r"^\[\[dimensions\]\].*?\n\n", dimensions, text, flags=re.MULTILINE | re.DOTALL)
    text = text.replace('title = "Các chỉ số thành phần" },\n', f'title = "I" }},\n{clauses}')
    path.write_text(text, encoding="utf-8")


def test_what_is_to_be_pasted_makes_a_decision_that_loads(run, plugin, tmp_path):
    file = as_xlsx(official(), tmp_path / "931.xlsx")
    ran = run("annex", "import", file, "--plugin-dir", plugin)
    folder = plugin / "dti_minhhoa/data"
    number = int(re.search(r"in place of the \[\[dimensions\]\] of line (\d+):", ran.stdout)[1])
    placeholder = (folder / "decision.toml").read_text(encoding="utf-8").splitlines()[number - 1]
    assert placeholder == 'name = "ĐIỀN: tên chỉ số chính; mỗi chỉ số chính một mục [[dimensions]]"'
    paste(plugin, ran.stdout)
    found = {each.level.value: each for each in read_frameworks(folder, {})}
    own = {each.level.value: each for each in read_frameworks(HUE, {})}
    for level in LEVELS:
        assert found[level].max_points == own[level].max_points
        assert [e.code for e in found[level].indicators] == [e.code for e in own[level].indicators]
        assert [each.name for each in found[level].dimensions] == [
            each.name for each in own[level].dimensions
        ]
    again = run("annex", "import", file, "--plugin-dir", plugin, "--force")
    assert "[[dimensions]]" not in again.stdout
    assert "Add to clauses" not in again.stdout


def test_three_files_for_three_levels_make_the_same_table(run, plugin, tmp_path):
    for level in LEVELS:
        cells = [row[:6] for row in official() if len(row) < 9 or row[6 + LEVELS.index(level)]]
        cells[3:5] = [HEAD]
        file = as_csv(cells, tmp_path / f"{level}.csv")
        ran = run("annex", "import", file, "--plugin-dir", plugin, "--level", level)
        assert ran.returncode == 0, ran.stderr
    by_code = {row[0]: row for row in same(table(plugin))}
    assert by_code == {row[0]: row for row in same(ROWS)}
    assert len(table(plugin)) == len(ROWS)


def test_the_data_table_of_hue_is_an_annex_too(run, tmp_path):
    """With rules, parameters and readings as they stand."""
    project = tmp_path / "dti-minhhoa"
    shutil.copytree(HUE, project / "dti_minhhoa/data")
    file = shutil.copy(HUE / "indicators.csv", tmp_path / "table.csv")
    ran = run("annex", "import", file, "--plugin-dir", project, "--force")
    assert ran.returncode == 0, ran.stderr
    assert [line for line in ran.stderr.splitlines() if "table.csv" in line] == []
    assert [dict(row) for row in table(project)] == [{"parent": "", **row} for row in ROWS]


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_the_form_of_an_annex_is_an_annex_too(run, plugin, tmp_path, name):
    form = run("annex", "template", "--plugin", "hue", "--level", "huyen", "-o", name)
    assert form.returncode == 0, form.stderr
    ran = run("annex", "import", name, "--plugin-dir", plugin, "--level", "huyen")
    assert ran.returncode == 0, ran.stderr
    assert [row["code"] for row in table(plugin)] == [row["code"] for row in ROWS]
    assert not any("ĐIỀN" in row["note"] for row in table(plugin))


REFUSED = {
    "no file": (["nowhere.csv"], 1, "nowhere.csv: there is no such file"),
    "no table": (["README.md"], 1, "README.md: no table of indicators was found"),
    "no level": (["short.csv"], 2, "Add --level with one of: so, huyen, xa"),
    "another level": (["short.csv", "--level", "tinh"], 2, "does not evaluate the level “tinh”"),
    "no plugin": (["short.csv", "--level", "xa", "--plugin-dir", "."], 2, ""),
}


@pytest.mark.parametrize(("arguments", "code", "words"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_written_where_a_file_is_refused(run, plugin, arguments, code, words):
    tmp_path = plugin.parent
    (tmp_path / "README.md").write_text("a\n", encoding="utf-8")
    as_csv([HEAD, ["I", "N"], ["1", "A", "", "", "", "5"]], tmp_path / "short.csv")
    before = {each: each.read_bytes() for each in plugin.rglob("*") if each.is_file()}
    place = [] if "--plugin-dir" in arguments else ["--plugin-dir", plugin]
    (tmp_path / "dti_two/data").mkdir(parents=True)
    ran = run("annex", "import", *arguments, *place)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
    assert before == {each: each.read_bytes() for each in plugin.rglob("*") if each.is_file()}


def test_a_table_that_holds_more_than_examples_is_kept_without_force(run, plugin, tmp_path):
    file = as_csv([HEAD, ["I", "N"], ["1", "A", "", "", "", "5"]], tmp_path / "short.csv")
    given = ("annex", "import", file, "--plugin-dir", plugin, "--level", "xa")
    assert run(*given).returncode == 0
    ran = run(*given)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "holds 1 rows already, some of them for level xa. Add --force" in ran.stderr
    assert run(*given, "--force").returncode == 0
    assert [row["code"] for row in table(plugin)] == ["I.1"]


def test_both_languages_tell_the_same_places(run, plugin, tmp_path):
    cells = [["Tiêu đề"], HEAD, ["I", "N", "", "", "", "9"], ["1", "A", "", "", "", "mười"]]
    file = as_csv(cells, tmp_path / "a.csv")
    given = ("annex", "import", file, "--plugin-dir", plugin, "--level", "xa", "--force")
    english, vietnamese = run(*given), run(*given, "--lang", "vi")
    places = [
        [re.search(r"\w+ (\d+)", line)[1] for line in ran.stderr.splitlines()[:-1]]
        for ran in (english, vietnamese)
    ]
    assert places == [["1", "3", "4"]] * 2
    assert vietnamese.stderr.splitlines()[1].endswith(
        "chỉ số chính I: tệp ghi 9 điểm, các chỉ số cộng lại được 0. Không sửa; hãy đối chiếu với "
        "quyết định."
    )
