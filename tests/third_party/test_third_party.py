"""A plugin that no package of the workspace knows, against the built core: through every door.

922/QĐ-BTTTT, the national index of provinces at the level of its main indicators.
"""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTEST = ("-P", "-m", "pytest", "-v", "-p", "no:cacheprovider")
"""Without the folder in which it starts: the wheel is tested, not the source beside it."""

PUBLISHED = {
    "TP. Đà Nẵng": "0.8002",
    "TP. Hồ Chí Minh": "0.7163",
    "Quảng Ninh": "0.7024",
    "Thừa Thiên - Huế": "0.6975",
    "TP. Cần Thơ": "0.6924",
}
"""The five first provinces of 2022 in their order (dti.gov.vn)."""


@pytest.fixture(scope="module")
def checked(stranger):
    """The first door."""
    environment, _ = stranger
    return environment.run("dti", "check", "btttt", "--format", "json")


def passed_by_pytest(ran) -> list[str]:
    """Return the ids of the checks that passed, in the order in which they ran."""
    return re.findall(r"test_conformance\[(\S+)\] PASSED", ran.stdout)


def test_it_is_outside_the_workspace():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    members = project["tool"]["uv"]["workspace"]["members"]
    here = Path(__file__).parent.relative_to(ROOT).as_posix()
    assert not any(fnmatch(f"{here}/dti-btttt", each) for each in members)


def test_it_meets_the_built_core_and_no_other_plugin(stranger):
    environment, _ = stranger
    told = "import dti_btttt, dti_core, importlib.metadata as m; print(dti_core.__file__)"
    ran = environment.run("python", "-P", "-c", told)
    assert Path(ran.stdout.strip()).is_relative_to(environment.folder), ran.stderr
    rows = environment.run("dti", "plugins").stdout.splitlines()
    plugins = [each.split("│")[1].strip() for each in rows if each.startswith("│")]
    assert plugins == ["btttt"]


def test_the_command_passes_every_check(checked):
    report = json.loads(checked.stdout)
    faults = {each["id"]: each["faults"] for each in report["checks"] if each["faults"]}
    assert (checked.returncode, faults) == (0, {})
    n = len(report["checks"])
    assert report["summary"] == f"{n}/{n} ran, {n} passed, 0 declared, 0 failed"


def test_pytest_is_the_second_door(stranger, checked):
    environment, _ = stranger
    named = ("--pyargs", "dti_core.conformance", "--dti-plugin", "btttt")
    ran = environment.run("python", *PYTEST, *named)
    assert ran.returncode == 0, ran.stdout
    assert passed_by_pytest(ran) == [each["id"] for each in json.loads(checked.stdout)["checks"]]


def test_its_own_tests_are_the_third_door(stranger, checked):
    environment, project = stranger
    ran = environment.run("python", *PYTEST, cwd=project)
    assert ran.returncode == 0, ran.stdout
    assert passed_by_pytest(ran) == [each["id"] for each in json.loads(checked.stdout)["checks"]]


def test_the_published_values_and_order_of_2022_come_out(stranger, tmp_path):
    """The ratios of its worked examples, as one file: each value within the last digit."""
    environment, project = stranger
    examples = (project / "dti_btttt/examples/nam-2022.yaml").read_text(encoding="utf-8")
    row = re.compile(r"\{unit: (.+), indicator: (\d), value: ([\d.]+), denominator: 1\}")
    facts = row.findall(examples)
    assert len(facts) == len(PUBLISHED) * 8
    lines = ["unit,indicator,value,denominator", *(",".join((*fact, "1")) for fact in facts)]
    (tmp_path / "facts.csv").write_text("\n".join(lines), encoding="utf-8")
    call = ("evaluate", "--plugin", "btttt", "--input", "facts.csv", "--format", "json")
    ran = environment.run("dti", *call, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    units = json.loads(ran.stdout, parse_float=Decimal)["units"]
    ranked = {each["unit"]: each["rankings"]["overall"] for each in units}
    order = sorted(ranked, key=lambda unit: ranked[unit]["rank"])
    assert order == list(PUBLISHED)
    apart = {unit: ranked[unit]["value"] - Decimal(each) for unit, each in PUBLISHED.items()}
    assert apart.pop("TP. Hồ Chí Minh") == Decimal("0.0001")
    assert set(apart.values()) == {Decimal("0.0000")}


def test_a_province_without_one_of_the_eight_is_refused(stranger, tmp_path):
    environment, _ = stranger
    text = "unit,indicator,value,denominator\nTỉnh minh hoạ 01,1,0.9,1\n"
    (tmp_path / "facts.csv").write_text(text, encoding="utf-8")
    call = ("evaluate", "--plugin", "btttt", "--input", "facts.csv")
    ran = environment.run("dti", *call, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Tỉnh minh hoạ 01" in ran.stderr
