"""The tutorial of a new decision is followed to the letter: from a page of paper to a wheel."""

from __future__ import annotations

import re

from documents import DOCS, blocks

TUTORIAL = DOCS / "tutorial" / "new-decision.md"


def test_every_command_does_what_the_page_shows(ran):
    commands, _ = ran(TUTORIAL)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)


def test_the_plugin_that_passes_is_the_installed_one_with_its_examples(ran):
    """Its data and examples came out of the wheel; nothing of the template is left in them."""
    _, folder = ran(TUTORIAL)
    (package,) = folder.glob(".venv/lib/*/site-packages/dti_vidu")
    written = [block.says["file"] for block in blocks(TUTORIAL) if "file" in block.says]
    inside = {each.removeprefix("dti-vidu/dti_vidu/") for each in written if "dti_vidu/" in each}
    assert inside == {
        "data/decision.toml",
        "data/indicators.csv",
        "data/illustrative/xa.csv",
        "examples/vidu.yaml",
    }
    for name in inside:
        assert "ĐIỀN" not in (package / name).read_text(encoding="utf-8")


def test_every_figure_of_the_decision_on_the_page_is_in_its_data():
    """What the reader copies is what he was shown: each number of the annex is in the table."""
    page = TUTORIAL.read_text(encoding="utf-8")
    annex = page.partition("> **Phụ lục I.**")[2].partition("\n\n")[0].replace("\n> ", " ")
    maxima = dict(re.findall(r"(I\.\d) .*?(\d+)\s+điểm[.;]", annex.replace("được điểm", "được")))
    (table,) = (
        each.text for each in blocks(TUTORIAL) if each.language == "csv" and "rule" in each.text
    )
    rows = {line.partition(",")[0]: line for line in table.splitlines()[1:]}
    assert set(maxima) == set(rows)
    assert all(f",{maximum},x," in rows[code] for code, maximum in maxima.items())
