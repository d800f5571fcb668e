"""``dti new-plugin`` itself: what it writes for which answers."""

from __future__ import annotations

import csv
import stat
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder

import dti_core

ROOT = Path(__file__).parents[2]
TEMPLATE = Path(dti_core.__file__).parent / "template"


def law(project: Path) -> dict:
    (path,) = project.glob("dti_*/data/decision.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def written(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*"))


def test_every_file_of_a_plugin_is_there(new, tmp_path):
    ran = new("minhhoa")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [
        "Made dti-minhhoa (13 files). What comes next:",
        "  pip install --editable dti-minhhoa 'dti-core[conformance]'",
        "  dti check minhhoa",
    ]
    files = [each for each in (tmp_path / "dti-minhhoa").rglob("*") if each.is_file()]
    assert sorted(each.relative_to(tmp_path / "dti-minhhoa").as_posix() for each in files) == [
        ".gitignore",
        "LICENSE",
        "README.md",
        "dti_minhhoa/__init__.py",
        "dti_minhhoa/data/decision.toml",
        "dti_minhhoa/data/illustrative/huyen.csv",
        "dti_minhhoa/data/illustrative/so.csv",
        "dti_minhhoa/data/illustrative/xa.csv",
        "dti_minhhoa/data/indicators.csv",
        "dti_minhhoa/examples/minhhoa.yaml",
        "dti_minhhoa/py.typed",
        "pyproject.toml",
        "tests/test_conformance.py",
    ]


def test_no_word_of_the_template_language_is_left(new, tmp_path):
    new("minhhoa", "--tiers", "Đạt=50,Chưa đạt=0", "--rankings", "cqs=Chính quyền số")
    for path in (tmp_path / "dti-minhhoa").rglob("*"):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert not {"{{", "}}", "{%", "%}"} & {text[i : i + 2] for i in range(len(text))}, path
        assert "\n\n\n\n" not in text, path


def test_the_plugins_test_is_one_import_line(new, tmp_path):
    new("minhhoa")
    text = (tmp_path / "dti-minhhoa/tests/test_conformance.py").read_text(encoding="utf-8")
    lines = [each for each in text.splitlines() if each and not each.startswith('"""')]
    assert lines == ["from dti_core.conformance.test_conformance import *  # noqa: F403"]


def test_it_depends_on_a_bounded_core(new, tmp_path):
    new("minhhoa")
    text = (tmp_path / "dti-minhhoa/pyproject.toml").read_text(encoding="utf-8")
    own = tomllib.loads((ROOT / "plugins/dti_hue/pyproject.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(text)["project"]["dependencies"] == own["project"]["dependencies"]


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        pytest.param("xa", ["xa"], id="one"),
        pytest.param("xa, so", ["so", "xa"], id="in-the-order-of-the-administration"),
        pytest.param("so,huyen,xa", ["so", "huyen", "xa"], id="all"),
    ],
)
def test_levels(new, tmp_path, given, levels):
    assert new("minhhoa", "--levels", given).returncode == 0
    project = tmp_path / "dti-minhhoa"
    assert [each["level"] for each in law(project)["levels"]] == levels
    data = project / "dti_minhhoa/data"
    assert {each.stem for each in (data / "illustrative").iterdir()} == set(levels)
    with (data / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [[level for level in levels if row[level] == "x"] for row in rows] == [
        [level] for level in levels
    ]
    assert not ({"so", "huyen", "xa"} - set(levels)) & set(rows[0])


def test_tiers_bring_their_hook(new, tmp_path):
    new("minhhoa", "--tiers", "Tốt=90, Khá=66.67 ,Yếu=0")
    project = tmp_path / "dti-minhhoa"
    tiers = [(each["name"], each["lower"]) for each in law(project)["tiers"]]
    assert tiers == [("Tốt", "90"), ("Khá", "66.67"), ("Yếu", "0")]
    assert "def dti_tier(" in (project / "dti_minhhoa/__init__.py").read_text(encoding="utf-8")


def test_without_tiers_there_is_no_hook_for_them(new, tmp_path):
    new("minhhoa")
    project = tmp_path / "dti-minhhoa"
    assert "tiers" not in law(project)
    assert "tier" not in (project / "dti_minhhoa/__init__.py").read_text(encoding="utf-8")


def test_rankings_stand_beside_the_overall_one(new, tmp_path):
    new("minhhoa", "--rankings", "cqs=Chính quyền số,kts=Kinh tế số")
    rankings = law(tmp_path / "dti-minhhoa")["rankings"]
    assert [each["code"] for each in rankings] == ["overall", "cqs", "kts"]
    assert [each["name"] for each in rankings[1:]] == ["Chính quyền số", "Kinh tế số"]


def test_issuer_number_and_year_are_not_asked_for_again(new, tmp_path):
    issuer, number = "Ủy ban nhân dân tỉnh Minh Hoạ", "01/2024/QĐ-UBND"
    new("minhhoa", "--issuer", issuer, "--number", number, "--year", "2024")
    project = tmp_path / "dti-minhhoa"
    decision = law(project)["decision"]
    assert (decision["issuer"], decision["number"]) == (issuer, number)
    assert (decision["first_year"], decision["date"].year) == (2024, 2024)
    for file in ("README.md", "pyproject.toml"):
        assert issuer in (project / file).read_text(encoding="utf-8")


def test_the_folder_can_be_chosen_and_those_above_it_are_made(new, tmp_path):
    assert new("minhhoa", "--directory", "a/b/c").returncode == 0
    assert (tmp_path / "a/b/c/pyproject.toml").exists()
    assert written(tmp_path)[0] == "a"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_empty_folder_is_filled_and_stays_the_same(new, tmp_path):
    folder = tmp_path / "trong"
    folder.mkdir(mode=0o750)
    before = folder.stat()
    assert new("minhhoa", "--directory", "trong").returncode == 0
    after = folder.stat()
    assert (folder / "pyproject.toml").exists()
    assert (after.st_ino, stat.S_IMODE(after.st_mode)) == (before.st_ino, 0o750)
    assert not list(folder.glob(".new-plugin*"))


def test_it_needs_no_git(new, tmp_path):
    assert new("minhhoa", PATH=str(tmp_path / "khong-co")).returncode == 0


def test_the_name_of_an_installed_plugin_is_warned_of(new, tmp_path):
    ran = new("hue", "--directory", "hue-khac")
    assert ran.returncode == 0
    assert ran.stderr.startswith("a plugin “hue” is installed already, from dti-hue;")
    assert (tmp_path / "hue-khac/dti_hue/__init__.py").exists()


def test_messages_are_vietnamese_by_default(new):
    ran = new("minhhoa", DTI_LANG="")
    assert ran.stdout.startswith("Đã tạo dti-minhhoa (13 tệp). Việc tiếp theo:\n")


def test_the_licence_is_that_of_core():
    assert (TEMPLATE / "plugin/LICENSE").read_bytes() == (ROOT / "core/LICENSE").read_bytes()


def test_wheel_and_sdist_of_core_hold_the_whole_template(core_wheel, tmp_path):
    sdist = next(SdistBuilder(str(ROOT / "core")).build(directory=str(tmp_path)))
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {f"dti_core/template/{each.relative_to(TEMPLATE).as_posix()}" for each in files()}
    assert wanted
    assert wanted <= names
    with zipfile.ZipFile(core_wheel) as archive:
        assert wanted <= set(archive.namelist())


def files() -> list[Path]:
    return [each for each in TEMPLATE.rglob("*") if each.is_file()]
