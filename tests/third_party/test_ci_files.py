"""The files that a contributor copies into a repository of his own: whole, valid, and they work."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CI = ROOT / "docs/how-to/ci"
PAGE = ROOT / "docs/how-to/publish-a-plugin.md"
WORKFLOWS = sorted(CI.glob("*.yml"))


def read(name: str) -> dict:
    """Read a workflow as text alone: YAML 1.1 takes the key ``on`` for a truth value."""
    text = (CI / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text


def steps(job: dict) -> list[str]:
    return [each["uses"].partition("@")[0] for each in job["steps"] if "uses" in each]


def script(name: str, job: str, step: str) -> str:
    (found,) = (each for each in read(name)["jobs"][job]["steps"] if each.get("name") == step)
    return found["run"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_whole(path):
    workflow = read(path.name)
    assert set(workflow) == {"name", "on", "permissions", "jobs"}
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert ("uses" in job) != ("runs-on" in job and bool(job["steps"]))
        assert set(job.get("needs", "").split()) <= set(workflow["jobs"])
        assert all(("run" in each) != ("uses" in each) for each in job.get("steps", ()))


def test_every_file_is_on_the_page_and_every_action_is_pinned_to_a_version():
    page = PAGE.read_text(encoding="utf-8")
    for path in CI.iterdir():
        assert f"(ci/{path.name})" in page
        used = re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))
        assert all(
            each.startswith("./") or re.search(r"@(v\d+|release/v1)$", each) for each in used
        )


def test_the_tests_are_reusable_and_the_release_calls_them_first():
    assert "workflow_call" in read("test.yml")["on"]
    jobs = read("release.yml")["jobs"]
    assert jobs["test"] == {"uses": "./.github/workflows/test.yml"}
    assert (jobs["build"]["needs"], jobs["publish"]["needs"]) == ("test", "build")


def test_only_the_publishing_job_may_ask_for_an_identity_and_no_password_is_kept():
    jobs = read("release.yml")["jobs"]
    assert {name: each.get("permissions") for name, each in jobs.items()} == {
        "test": None,
        "build": None,
        "publish": {"id-token": "write"},
    }
    assert steps(jobs["publish"]) == ["actions/download-artifact", "pypa/gh-action-pypi-publish"]
    assert not any("secrets." in path.read_text(encoding="utf-8") for path in CI.iterdir())


def test_no_file_names_a_registry():
    for path in (PAGE, *CI.iterdir()):
        assert not re.search(r"https?://|index-url", path.read_text(encoding="utf-8")), path.name


def test_every_python_of_core_is_tested():
    core = tomllib.loads((ROOT / "core/pyproject.toml").read_text(encoding="utf-8"))
    wanted = [each.rpartition(" ")[2] for each in core["project"]["classifiers"] if " 3." in each]
    wanted = [each for each in wanted if each.startswith("3.")]
    matrix = read("test.yml")["jobs"]["plugin"]["strategy"]["matrix"]["python"]
    assert matrix == wanted
    assert f"py3{{{','.join(each[2:] for each in wanted)}}}" == tox()["tox"]["env_list"]


def tox() -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None)
    found.read_string((CI / "tox.ini").read_text(encoding="utf-8"))
    return found


def test_tox_runs_the_same():
    found = tox()["testenv"]
    assert found["commands"].split("\n")[1:] == ["dti check {[plugin]name}", "pytest {posargs}"]
    assert (found["package"], found["dependency_groups"]) == ("wheel", "test")


def test_what_the_workflow_checks_is_what_a_made_plugin_brings(tmp_path, make_throwaway):
    """The group ``test`` that the workflow installs is in the project that the command makes."""
    environment = make_throwaway("ci")
    ran = environment.run("dti", "new-plugin", "minhhoa", "-d", str(tmp_path / "dti-minhhoa"))
    assert ran.returncode == 0, ran.stderr
    made = tomllib.loads((tmp_path / "dti-minhhoa/pyproject.toml").read_text(encoding="utf-8"))
    assert any("dti-core[conformance]" in each for each in made["dependency-groups"]["test"])


def shell(text: str, environment, project: Path, **variables: str):
    """Run a step as the workflow's shell does, with the environment's programs first."""
    path = os.pathsep.join([str(environment.folder / "bin"), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", text],
        cwd=project,
        env=os.environ | {"PATH": path} | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_step_of_conformance_finds_the_plugin_and_writes_its_report(stranger):
    environment, project = stranger
    ran = shell(script("test.yml", "plugin", "Conformance"), environment, project)
    assert ran.returncode == 0, ran.stderr
    assert 'failures="0"' in (project / "conformance.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("tag", "code"), [("v2022.1", 0), ("v2022.2", 1), ("2022.1", 1)])
def test_a_tag_that_is_not_the_version_is_not_released(stranger, tag, code):
    environment, project = stranger
    text = script("release.yml", "build", "The tag names the version")
    assert shell(text, environment, project, GITHUB_REF_NAME=tag).returncode == code
