"""What ``dti new-plugin`` refuses: told in one line, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest


def written(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*"))


NAMES = {
    "capital": "MinhHoa",
    "accents": "minhhoạ",
    "hyphen": "minh-hoa",
    "underscore": "minh_hoa",
    "digit-first": "1minhhoa",
    "path": "../minhhoa",
    "core": "core",
    "empty": "",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_that_no_plugin_can_have_is_refused(new, tmp_path, name):
    ran = new(name)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"“{name}” is no name of a plugin: ")
    assert written(tmp_path) == []


ANSWERS = {
    "no-level": ("--levels", " , "),
    "unknown-level": ("--levels", "so,tinh"),
    "tier-without-bound": ("--tiers", "Tốt,Yếu=0"),
    "tier-without-name": ("--tiers", "=90,Yếu=0"),
    "tiers-from-low-to-high": ("--tiers", "Yếu=0,Tốt=90"),
    "tiers-above-zero": ("--tiers", "Tốt=90,Khá=50"),
    "tier-over-the-scale": ("--tiers", "Tốt=101,Yếu=0"),
    "tier-twice": ("--tiers", "Tốt=90,Tốt=0"),
    "bound-that-is-no-number": ("--tiers", "Tốt=cao,Yếu=0"),
    "bound-over-zero": ("--tiers", "Tốt=1/0,Yếu=0"),
    "ranking-without-name": ("--rankings", "cqs"),
    "ranking-twice": ("--rankings", "cqs=Một,cqs=Hai"),
    "ranking-called-overall": ("--rankings", "overall=Chung"),
    "ranking-in-capitals": ("--rankings", "CQS=Chính quyền số"),
    "issuer-with-a-quote": ("--issuer", 'UBND "tỉnh"'),
    "number-with-a-backslash": ("--number", "1\\QĐ"),
    "issuer-of-two-lines": ("--issuer", "UBND\ntỉnh"),
}


@pytest.mark.parametrize(("option", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(new, tmp_path, option, answer):
    ran = new("minhhoa", option, answer)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1
    assert "Traceback" not in ran.stderr
    assert written(tmp_path) == []


@pytest.mark.parametrize("year", ["1999", "2101", "nay"])
def test_a_year_that_no_decision_is_of_is_refused(new, tmp_path, year):
    ran = new("minhhoa", "--year", year)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert written(tmp_path) == []


def test_a_folder_with_something_in_it_is_not_touched(new, tmp_path):
    own = tmp_path / "dti-minhhoa" / "ghi-chu.txt"
    own.parent.mkdir()
    own.write_text("của tôi", encoding="utf-8")
    ran = new("minhhoa")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "dti-minhhoa is there and not empty: nothing is overwritten. "
        "Choose another folder with --directory.\n"
    )
    assert written(tmp_path) == ["dti-minhhoa", "dti-minhhoa/ghi-chu.txt"]


def test_a_file_in_the_place_of_the_folder_is_not_touched(new, tmp_path):
    (tmp_path / "goi").write_text("", encoding="utf-8")
    assert new("minhhoa", "--directory", "goi").returncode == 2
    ran = new("minhhoa", "--directory", "goi/minhhoa")
    assert ran.returncode == 2
    assert "goi/minhhoa" in ran.stderr
    assert written(tmp_path) == ["goi"]


BROKEN_COPIER = """
from pathlib import Path

def run_copy(source, draft, **options):
    Path(draft).mkdir()
    (Path(draft) / "pyproject.toml").write_text("[project")
    raise OSError(28, "No space left on device")
"""


def test_what_fails_halfway_leaves_nothing(new, tmp_path):
    """A disk that is full after the first file, as the library would meet it."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "copier.py").write_text(BROKEN_COPIER, encoding="utf-8")
    ran = new("minhhoa", "--directory", "goi", PYTHONPATH=str(library))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "goi" in ran.stderr
    assert "No space left on device" in ran.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["library"]


def test_without_copier_the_command_says_how_to_install_it(new, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    (library / "copier.py").write_text(
        "raise ModuleNotFoundError('none', name='copier')\n", encoding="utf-8"
    )
    ran = new("minhhoa", PYTHONPATH=str(library))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "copier" in ran.stderr
    assert "pip install 'dti-core[new]'" in ran.stderr
    assert not (tmp_path / "dti-minhhoa").exists()
