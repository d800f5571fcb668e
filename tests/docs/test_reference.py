"""The reference is whole and true: generated pages are fresh, written ones name what there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from documents import DOCS, ROOT, blocks

from dti_core import hookspecs, messages
from dti_core.cli.app import app
from dti_core.collecting.reading import COLUMNS
from dti_core.conformance import CONFORMANCE_VERSION
from dti_core.conformance.suite import CHECKS
from dti_core.loader import load_plugin
from dti_core.rules import KINDS, FactType

DTI = Path(sys.executable).with_name("dti")
REFERENCE = DOCS / "reference"
KEYS = re.findall(
    r'^msgid "(.+)"$',
    (messages.LOCALE_DIR / "vi/LC_MESSAGES/dti.po").read_text(encoding="utf-8"),
    re.MULTILINE,
)
GENERATE = [sys.executable, str(DOCS / "generate.py"), "--check"]


def read(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def table(page: str, after: str) -> list[list[str]]:
    """Return the rows of the first table after some words, without its heading."""
    text = read(page).partition(after)[2]
    lines = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_generated_pages_are_fresh():
    """Run `python docs/generate.py` where this fails."""
    done = subprocess.run(GENERATE, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_stale_page_is_named_and_refused(tmp_path):
    """The check can fail: a changed page and a missing one."""
    docs = tmp_path / "docs"
    (docs / "reference").mkdir(parents=True)
    for script in DOCS.glob("*.py"):
        shutil.copy(script, docs)
    for page in REFERENCE.glob("*.md"):
        (docs / "reference" / page.name).write_text(page.read_text("utf-8"), encoding="utf-8")
    (docs / "reference" / "rules.md").write_text("old\n", encoding="utf-8")
    (docs / "reference" / "hooks.md").unlink()
    script = str(docs / "generate.py")
    call = [sys.executable, script, "--check"]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    assert set(done.stdout.split()) == {"docs/reference/rules.md", "docs/reference/hooks.md"}


@pytest.mark.parametrize("hook", [name for name in vars(hookspecs) if name.startswith("dti_")])
def test_every_hook_is_described(hook):
    section = read("reference/hooks.md").partition(f"## `{hook}`\n")[2].partition("\n## ")[0]
    words = re.sub(r"\W+", " ", getattr(hookspecs, hook).__doc__.splitlines()[0])
    assert words in re.sub(r"\W+", " ", section)


HELP = {messages.catalogue("vi").gettext(key): key for key in KEYS if key.startswith("help.")}


def commands(group, words=()):
    """Return the key of the help of every command, by its words; of groups and what is in them."""
    found = {" ".join(("dti", *words)): HELP[group.info.help]}
    for each in group.registered_commands:
        found[" ".join(("dti", *words, each.name or each.callback.__name__))] = HELP[each.help]
    for each in group.registered_groups:
        found |= commands(each.typer_instance, (*words, each.typer_instance.info.name))
    return found


@pytest.mark.parametrize(("command", "key"), commands(app).items())
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_command_is_shown_in_both_languages(command, key, language):
    section = read("reference/commands.md").partition(f"## `{command}`\n")[2]
    shown = " ".join(section.partition("\n## ")[0].split())
    assert messages.catalogue(language).gettext(key) in shown


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_rule_kind_is_described_with_its_parameters(kind):
    section = read("reference/rules.md").partition(f"## `{kind.kind}`\n")[2].partition("\n## ")[0]
    own = set(kind.model_fields) - {"zero_denominator"}
    assert {name for name in own if f"| `{name}` |" in section} == own
    assert f"Measures: `{kind.measures}`" in section


def test_every_check_of_the_suite_is_listed_with_its_title_in_both_languages_and_why():
    rows = re.findall(r"^\| `(\w+\.\w+)` \| (.+) \|$", read("reference/checks.md"), re.MULTILINE)
    titles = messages.catalogue("vi")
    told = [(each.id, each.title, titles.gettext(f"check.{each.id}"), each.why) for each in CHECKS]
    assert [(code, *words.split(" | ")[:3]) for code, words in rows] == told


def test_the_page_of_conformance_names_the_version_of_the_suite():
    assert f"`CONFORMANCE_VERSION` is {CONFORMANCE_VERSION}." in read("explanation/conformance.md")


def test_every_message_about_a_fault_is_listed():
    listed = set(re.findall(r"^\| `([\w.-]+)` \|", read("reference/errors.md"), re.MULTILINE))
    groups = ("read.", "fact.", "annex.", "lint.", "plugin.", "usage.", "run.", "note.")
    groups += ("store.", "unit.", "audit.", "backup.", "evidence.", "cycle.", "form.")
    assert listed == {key for key in KEYS if key.startswith(groups)}


def test_every_reason_to_refuse_input_is_in_the_contract():
    told = set(re.findall(r"`((?:read|fact)\.[\w-]+)`", read("reference/input.md")))
    assert told == {key for key in KEYS if key.startswith(("read.", "fact."))}


def test_every_input_column_is_in_the_contract():
    told = [row[0].strip("` ") for row in table("reference/input.md", "## Input: tidy rows")]
    assert sorted(told) == sorted(COLUMNS)


def test_every_type_of_fact_is_in_the_contract():
    told = [row[0].strip("` ") for row in table("reference/input.md", "What `value` holds")]
    assert sorted(told) == sorted(FactType)


def test_the_example_of_the_contract_is_read(tmp_path):
    """The rows that show exclusions, evidence and a status are taken by the decision they name."""
    example = next(each.text for each in blocks(REFERENCE / "input.md") if each.text[:5] == "unit,")
    facts = tmp_path / "facts.csv"
    facts.write_text(example, encoding="utf-8")
    call = [DTI, "evaluate", "--plugin", "hatinh", "--level", "so", "--input", facts]
    done = subprocess.run([*call, "--format", "json"], check=True, capture_output=True)
    units = {each["unit"]: each for each in json.loads(done.stdout)["units"]}
    assert units["SO-01"]["max_points"] == 1000 - 12.37 - 50
    assert units["SO-03"]["status"] == "not_reported"
    assert not any(each["without_evidence"] for each in units.values())


EVERYTHING = {"hue": ["so", "huyen", "xa"], "hatinh": ["so"], "haiduong": ["so"], "moduc": ["xa"]}
"""Levels that have together whatever a result may hold: statuses, general information, an annex."""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Results of several decisions, as JSON and as CSV."""
    folder = tmp_path_factory.mktemp("results")
    made = []
    for plugin, levels in EVERYTHING.items():
        for level, form in product(levels, ("json", "csv")):
            output = folder / f"{plugin}-{level}.{form}"
            call = [DTI, "evaluate", "--plugin", plugin, "--level", level, "--output", output]
            subprocess.run(call, check=True, capture_output=True)
            made.append(output)
    return made


def test_the_paths_of_the_json_result_are_those_of_the_contract(results):
    rows = table("reference/input.md", "### JSON")
    told = {path for row in rows for path in re.findall(r"`([^`]+)`", row[0])}
    found = set()
    for result in (each for each in results if each.suffix == ".json"):
        found |= set(_paths(json.loads(result.read_text(encoding="utf-8"))))
    assert told == found


def _paths(value, path=""):
    names = dict.fromkeys(("units[].rankings", "units[].information"), "CODE")
    names["recipe.interpretations"] = "ID"
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _paths(each, f"{path}.{names.get(path, key)}".lstrip("."))
    elif isinstance(value, list):
        for each in value:
            yield from _paths(each, f"{path}[]")
    else:
        yield path


def test_the_columns_of_the_csv_result_are_those_of_the_contract(results):
    rows = table("reference/input.md", "### CSV, Parquet, XLSX")
    told = {name for row in rows for name in re.findall(r"`([^`]+)`", row[0])}
    found = set()
    for result in (each for each in results if each.suffix == ".csv"):
        names = pl.read_csv(result, infer_schema=False).columns
        found |= {re.sub(r":.*|^[^.]+(?=\.)", _as_code, name) for name in names}
    assert told == found


def _as_code(found):
    """Write CODE for the code of a dimension (behind a colon) or of a ranking."""
    return ":CODE" if found[0].startswith(":") else "CODE"


def test_the_rules_that_the_explanation_of_hue_names_are_those_of_its_data():
    """Which indicators are done-or-not, counted, stepped … is told in docs/explanation/hue.md."""
    told = {}
    for condition, rule in table("explanation/hue.md", "## How the conditions became rules"):
        codes = re.findall(r"\b[IVX]+\.\d+\b", condition)
        told[re.match(r"`(\w+)`", rule)[1]] = set(codes)
    found = {kind: set() for kind in told}
    for framework in load_plugin("hue").frameworks():
        for _, leaf in framework.leaves:
            found[leaf.rule.kind].add(leaf.code)
    assert told.pop("share") == set(), "the share is the rule of all others"
    found.pop("share")
    assert told == found


def test_the_readme_of_each_plugin_leads_to_the_documentation():
    for plugin in ROOT.glob("plugins/dti_*"):
        assert "../../docs/" in (plugin / "README.md").read_text(encoding="utf-8")
