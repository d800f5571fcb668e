"""The tutorial is what a reader will see: every command is run, every shown line is compared."""

from __future__ import annotations

import pytest
from documents import DOCS, ROOT, blocks
from python_calamine import CalamineWorkbook
from shell_session import matches, run_script

TUTORIAL = DOCS / "tutorial" / "first-ranking.md"


def test_every_command_does_what_the_page_shows(ran):
    commands, _ = ran(TUTORIAL)
    faults = [command.fault() for command in commands if command.fault()]
    assert commands
    assert not faults, "\n\n".join(faults)


def test_the_workbook_that_the_tutorial_saves_can_be_opened_and_ranks_its_units(ran):
    _, folder = ran(TUTORIAL)
    book = CalamineWorkbook.from_path(folder / "ket-qua.xlsx")
    units, _, readings = (
        {cell for row in book.get_sheet_by_name(name).to_python() for cell in row}
        for name in book.sheet_names
    )
    assert {"DV-01", "DV-02", "DV-03"} <= units
    assert {"below-minimum", "so-max-points"} <= readings


def test_the_first_command_of_the_readme_installs_and_ranks(source, libraries):
    """README: one command installs and runs the main job."""
    shell = [block.text for block in blocks(ROOT / "README.md") if block.language == "sh"]
    output = run_script(f"{shell[0]}\necho exit $?", source, libraries)
    assert "số liệu minh hoạ" in output
    assert output.endswith("exit 0\n"), output


@pytest.mark.parametrize(
    ("shown", "actual", "same"),
    [
        pytest.param("", "", True, id="nothing"),
        pytest.param("", "a\n", False, id="unshown-output"),
        pytest.param("a\n", "a  \n", True, id="blanks-at-the-end"),
        pytest.param("a\n", "a\nb\n", False, id="more-than-shown"),
        pytest.param("…\nb\n", "a\na\nb\n", True, id="lines-left-out"),
        pytest.param("a … c\n", "a b c\n", True, id="words-left-out"),
        pytest.param("a … c\n", "a b\nc\n", False, id="words-end-with-the-line"),
        pytest.param("1.5\n", "1x5\n", False, id="a-point-is-a-point"),
    ],
)
def test_shown_output_is_compared_strictly(shown, actual, same):
    assert matches(shown, actual) is same
